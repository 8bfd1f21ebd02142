"""Accounts: their sources asked in order, answers collected and kept."""
