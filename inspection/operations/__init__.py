"""What keeps the program alive for years: backup, doctor, pruning, messages, status, metrics, the journal of its jobs."""
