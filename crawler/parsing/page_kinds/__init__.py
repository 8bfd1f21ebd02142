"""What kind a page is: rules in order, the first that answers decides."""
