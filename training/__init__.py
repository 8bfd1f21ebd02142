"""Scripts that build the data files of `checks.text`; not shipped in the wheel."""
