"""Bytes to a flat tree, and what is read straight from it: lines, links, jumps, bounds."""
