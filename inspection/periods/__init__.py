"""The months of an office: opened, closed with their figures, and told in a notice."""
