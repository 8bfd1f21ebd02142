"""The commands of `xunjian`, by topic. Each imports what it needs when it runs, so that the program starts at once."""
