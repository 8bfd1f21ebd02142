"""Stored findings and cards to report values, files and pictures."""
