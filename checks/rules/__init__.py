"""rules.yaml read and checked: every fault at once, with file, line and key."""
