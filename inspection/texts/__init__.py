"""Texts before they are published, and the statistics of the language."""
