"""Archives of periods: written once, opened and checked without the program."""
