"""Chinese text analysis."""

from pathlib import Path

DATA = Path(__file__).parent / "data"  # word lists and statistics that come with the program
