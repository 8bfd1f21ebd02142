"""What programs read, as plain documents; their types are the schemas of the interface."""
