"""Statistics of the language: words, counts, how likely a passage is."""
