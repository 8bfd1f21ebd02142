"""The table that opens docs/accuracy.md: the figures a reader wants first, taken from the sections behind it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

TITLE = "## In short"
MISSING = "not measured this time"
LIST = "## Reading pages", "## Columns", "## Letters and guides", "## Links", "## Text"


class Line(NamedTuple):
    """One figure: where it stands (section, words before its table, first cell of its row) and how it is shown."""

    what: str
    section: str
    behind: str
    row: str
    shown: str  # {name} is a column of that table, {value} its second cell


LINES = (
    Line("kind of a page, families by a stranger who set traps", LIST[0], "Seventh round", "**all**", "{kind right} right"),
    Line("its date or newest entry", LIST[0], "Seventh round", "**all**", "{date given} given, {wrong date given} wrong"),
    Line("entries of lists, by another stranger", LIST[0], "Eighth round", "**all**", "{items right} right"),
    Line("publish dates of articles", LIST[0], "Publish dates of the", "xunjian", "{date right} right, {wrong date given} wrong (next best reader: see below)"),
    Line("dead columns found", LIST[1], "A site on loopback", "dead", "{judged so} of {columns}"),
    Line("live columns accused", LIST[1], "A site on loopback", "live", "{accused wrongly} of {columns}"),
    Line("letters found, state told wrongly", LIST[2], "260 pages", "**all**", "{letters found}, {state wrong}"),
    Line("dead links and soft 404 found", LIST[3], "A site on loopback", "xunjian", "{dead links found}, {soft 404 found}"),
    Line("sound addresses accused, by a stranger's site", LIST[3], "A second site", "**working or doubtful addresses accused**", "{value}"),
    Line("typos of manuscripts: precision / recall", LIST[4], "Statistics learnt", "textproof_odd: P / R", "{with general words} (without the words: {learnt})"),
    Line("typos people really made: precision / recall", LIST[4], "Statistics learnt", "cscd_0_2499: P / R", "{with general words} (without the words: {learnt})"),
    Line("alarms on 10,000 characters of clean text", LIST[4], "Statistics learnt", "clean_rmrb98, clean: alarms per 10,000", "{with general words} (without the words: {learnt})"),
)  # fmt: skip


def summary(sections: Sequence[str]) -> str:
    """The opening table; a figure whose section was not measured says so."""
    rows = "\n".join(f"| {line.what} | {_figure(line, sections)} |" for line in LINES)
    return f"{TITLE}\n\n| what | figure |\n| --- | --- |\n{rows}\n\nThe strangers' rounds, the misses and what was mended stand behind each figure below."


def _figure(line: Line, sections: Sequence[str]) -> str:
    text = next((part for part in sections if part.startswith(line.section)), "")
    start = text.find(line.behind)
    if start < 0:
        return MISSING
    for head, cells in _rows(text[start:]):
        if cells[0] == line.row:
            return line.shown.format_map({**dict(zip(head, cells, strict=False)), "value": cells[1]})
    return MISSING


def _rows(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """(head, cells) of the rows of the tables in a text, in order."""
    head: list[str] = []
    for row in text.splitlines():
        if not row.startswith("|"):
            head = []
            continue
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if not head:
            head = [cell.strip("*") for cell in cells]
        elif not all(set(cell) <= {"-", ":"} for cell in cells):
            yield head, cells
