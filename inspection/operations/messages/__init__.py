"""Telling people: what changed, what is due, what was not looked at. Nothing goes to a unit until the office says so."""
