"""Cells that a spreadsheet would run: in CSV nothing but their first character tells text from formula.

Written with an apostrophe before it, as a person would type it; read back without it. One that already has an
apostrophe gets another, so that what was written is what is read.
"""

import re

_RUNS = re.compile(r"'*[\s\x00-\x1f]*[=+\-@＝＋－＠]")


def plain_cell(text: str) -> str:
    """A cell as it is written to CSV."""
    return f"'{text}" if _RUNS.match(text) else text


def cell_of(text: str) -> str:
    """A cell as it was before it was written."""
    return text[1:] if text.startswith("'") and _RUNS.match(text, 1) else text
