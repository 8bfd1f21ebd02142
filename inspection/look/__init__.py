"""What the parser sees in one page or answer, and why."""
