"""Marked-up copies of a proofread document: one HTML page, or the Word document itself with comments."""

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.text.run import Run
from jinja2 import Environment, PackageLoader, StrictUndefined

from checks.text.formats import UNPAIRED
from checks.text.hits import Hit, Level
from crawler.parsing.documents.word import Part, name_of, rows, runs
from domain.errors import UsageError
from inspection.texts.proof import Proofread

_FAULTS = (ValueError, KeyError, OSError, AttributeError, LookupError, TypeError)  # of python-docx at odd packages
_AUTHOR, _INITIALS = "巡检校对", "校"
_STYLES = {"text.misstatement": "statement", "text.privacy": "private", "text.format": "format", "text.typo": "typo"}
_TABLE = re.compile("个表格第|^工作表")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Lines = list[tuple[int, tuple[Part, ...]]]  # offset of each line of the body, and the stretches of paragraphs it is


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two hits, or a hit when it has a number."""

    text: str
    number: int = 0
    style: str = ""
    note: str = ""
    suggestion: str = ""


@dataclass(slots=True)
class Block:
    """A paragraph, or a table of several lines; `name` where another part of the document begins."""

    name: str = ""
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[list[Piece]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Cells of the longest row."""
        return max(map(len, self.rows), default=0)


def marked_html(found: Proofread, title: str = "校对结果", suspected: bool = False) -> str:
    """A copy of the text as one page: a list of the hits, and every hit marked where it stands, with its suggestion."""
    hits = shown_hits(found, suspected)
    table = [
        {"number": number, "place": found.place_of(hit.start), "note": found.note_of(hit), "sentence": hit.sentence}
        for number, hit in enumerate(hits, 1)
    ]
    environment = Environment(
        loader=PackageLoader("inspection"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("marked.html")
    return template.render(title=title, rows=table, blocks=_blocks(found, hits), cut=found.cut)


def shown_hits(found: Proofread, suspected: bool) -> list[Hit]:
    """The hits in order of place, of those that overlap the first."""
    shown: list[Hit] = []
    for hit in found.hits:
        if (suspected or hit.reported) and (not shown or hit.start >= shown[-1].end):
            shown.append(hit)
    return shown


def _blocks(found: Proofread, hits: Sequence[Hit]) -> list[Block]:
    blocks: list[Block] = []
    start, part, hit = 0, "", 0
    for number, line in enumerate(found.text.split("\n"), 1):
        cells: list[list[Piece]] = []
        at = start
        for cell in line.rstrip("\r").split("\t"):
            first = hit
            while hit < len(hits) and hits[hit].start < at + len(cell) + 1:
                hit += 1
            cells.append(list(_pieces(found, cell, at, hits[first:hit], first)))
            at += len(cell) + 1
        place = found.places_by_line.get(number, "")
        name = re.sub(r"第\d+[段行]$", "", place)
        is_row = bool(_TABLE.search(place))
        if is_row and blocks and blocks[-1].rows and name == part:
            blocks[-1].rows.append(cells)
        else:
            flat = [piece for pieces in cells for piece in pieces]
            blocks.append(Block(name if name != part else "", *(([], [cells]) if is_row else (flat, []))))
        part, start = name, start + len(line) + 1
    return blocks


def _pieces(found: Proofread, cell: str, start: int, hits: Sequence[Hit], before: int) -> Iterator[Piece]:
    """The text of a cell, cut at its hits; `before` hits stand before it."""
    at = 0
    for number, hit in enumerate(hits, before + 1):
        low, high = hit.start - start, min(hit.end - start, len(cell))
        style = "suspected" if hit.level is Level.SUSPECTED else _STYLES.get(hit.check, "typo")
        yield Piece(cell[at:low])
        shown = hit.text if hit.check == "text.privacy" else cell[low:high]  # masked
        yield Piece(shown, number, style, found.note_of(hit), "" if hit.layer == UNPAIRED else hit.suggestion)
        at = high
    yield Piece(cell[at:])


def marked_docx(data: bytes | None, found: Proofread, suspected: bool = False) -> bytes:
    """The document with a comment at every hit; without a docx to copy, a new one from the text.

    Word takes comments in the body only: those on headers, footers and notes stand at the beginning and name the place.
    """
    try:
        document = docx.Document(io.BytesIO(data)) if data is not None else _written(found.text)
        lines = list(_lines(document)) if data is not None else _own_lines(document)
        for hit in shown_hits(found, suspected):
            _comment(document, lines, found, hit)
        target = io.BytesIO()
        document.save(target)
    except _FAULTS as fault:
        raise UsageError(f"这份 Word 文档不能加批注（{type(fault).__name__}）；请把标注稿写成 .html") from fault
    return target.getvalue()


def _written(text: str) -> Document:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line.rstrip("\r"))
    return document


def _lines(document: Document) -> Iterator[tuple[int, tuple[Part, ...]]]:
    """The lines of the body as `read_manuscript` gives them."""
    start = 0
    for row in rows(document.element.body, ""):
        yield start, row.parts
        start += len(row.text) + 1


def _own_lines(document: Document) -> Lines:
    found: Lines = []
    start = 0
    for paragraph in document.paragraphs:
        found.append((start, (Part(paragraph.text, paragraph._p, 0),)))
        start += len(paragraph.text) + 1
    return found


def _comment(document: Document, lines: Lines, found: Proofread, hit: Hit) -> None:
    chosen = _runs_of(lines, hit)
    text = found.note_of(hit)
    if not chosen:
        chosen = _first_runs(document)
        text = f"{found.place_of(hit.start)}：{text}（原文：{hit.sentence}）"
    first, last = (Run(run, document) for run in (chosen[0], chosen[-1]))
    document.add_comment([first, last], text=text, author=_AUTHOR, initials=_INITIALS)


def _runs_of(lines: Lines, hit: Hit) -> list[Any]:
    """The runs of the body that hold a hit and nothing else, where they can be parted; () for a hit elsewhere."""
    for start, parts in reversed(lines):
        if start > hit.start:
            continue
        at = start
        for part in parts:
            low, high = hit.start - at, min(hit.end - at, len(part.text))
            if 0 <= low <= len(part.text):
                if (box := _around_box(part.paragraph)) is not None:
                    return [box]
                return _isolated(part.paragraph, part.start + low, part.start + max(high, low + 1))
            at += len(part.text) + 1
        return []
    return []


def _around_box(paragraph: Any) -> Any:
    """The outermost run with the text box in which a paragraph stands: Word takes no comments inside."""
    boxed = [above for above in paragraph.iterancestors() if name_of(above) == "r"]
    return boxed[-1] if boxed else None


def _isolated(paragraph: Any, low: int, high: int) -> list[Any]:
    """The runs of a paragraph from `low` to `high`; plain runs are parted there, so that no other words are marked."""
    found, at = [], 0
    for run, text in list(runs(paragraph)):
        start, end = max(low - at, 0), min(high - at, len(text))
        at += len(text)
        if start >= end:
            continue
        words = [child for child in run if name_of(child) == "t"]
        if len(words) == 1 and all(name_of(child) in ("t", "rPr") for child in run):
            _part(run, text, start, end)
        found.append(run)
    return found


def _part(run: Any, text: str, start: int, end: int) -> None:
    """Leave text[start:end] in the run; what stands before and behind goes into copies of it."""
    if end < len(text):
        run.addnext(_with_text(deepcopy(run), text[end:]))
    if start:
        run.addprevious(_with_text(deepcopy(run), text[:start]))
    _with_text(run, text[start:end])


def _with_text(run: Any, text: str) -> Any:
    (words,) = (child for child in run if name_of(child) == "t")
    words.text = text
    words.set(_SPACE, "preserve")
    return run


def _first_runs(document: Document) -> list[Any]:
    for paragraph in document.paragraphs:
        if found := [run for run, _ in runs(paragraph._p)]:
            return found[:1]
    return [document.add_paragraph().add_run("（以下为校对批注）")._r]
