"""Typos: candidates, guards, features, the ranker that decides."""
