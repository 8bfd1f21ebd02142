"""Word documents: paragraphs, table rows, text boxes, notes, headers and footers, in the order of reading."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from crawler.parsing.documents.embedded_text import embedded_lines
from crawler.parsing.documents.model import Limits, Line
from crawler.parsing.documents.package import open_package

Element = Any  # lxml elements; python-docx hands out the same ones
_DOCUMENT = re.compile(
    r'Type="[^"<>]{0,200}/officeDocument"[^<>]{0,300}?Target="/?([^"]+)"|Target="/?([^"<>]{1,300})"[^<>]{0,300}?Type="[^"<>]{0,200}/officeDocument"'
)
_SIDE = (
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
    ("header", "页眉"),
    ("footer", "页脚"),
)
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "instrText", "delText", "rPr", "pPr"})
_BLOCKS = frozenset(
    {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "footnote", "endnote", "txbxContent"}
)
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text of one paragraph; `start` is its offset in `text_of` the paragraph."""

    text: str
    paragraph: Element
    start: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text as read: a paragraph, or the short cells of a table row."""

    parts: tuple[Part, ...]
    place: str

    @property
    def text(self) -> str:
        """The parts with tabs between them."""
        return "\t".join(part.text for part in self.parts)


def docx_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    """The lines of a Word document."""
    with open_package(data, limits) as package:
        main = _main_part(package)
        root = _tree(package, main)
        body = next(child for child in root if name_of(child) == "body")
        sides = ((_tree(package, part), where) for part, where in side_parts(package.namelist(), main))
        for parent, where in chain([(body, "")], sides):
            yield from (Line(row.text, row.place) for row in rows(parent, where))
        yield from embedded_lines(package, main, root, limits)


def side_parts(names: list[str], main: str) -> Iterator[tuple[str, str]]:
    """(part, how to call it) of notes, headers and footers."""
    folder = main.rpartition("/")[0]
    for start, where in _SIDE:
        pattern = re.compile(rf"{re.escape(folder)}/{start}\d*\.xml")
        yield from ((name, where) for name in sorted(names) if pattern.fullmatch(name))


def _main_part(package: zipfile.ZipFile) -> str:
    found = _DOCUMENT.search(package.read("_rels/.rels").decode("utf-8", "replace"))
    return (found[1] or found[2]) if found else "word/document.xml"


def _tree(package: zipfile.ZipFile, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(package.read(name), parser)


def name_of(element: Element) -> str:
    """The local name: transitional and strict documents differ in the namespace only."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as printed: without deleted text, fields' codes and text boxes."""
    return "".join(text for _, text in runs(paragraph))


def runs(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """(run, its text) in order; those of links, fields and insertions included."""
    for child in paragraph:
        name = name_of(child)
        if name == "r":
            yield child, "".join(_pieces(child))
        elif name not in _LEFT_OUT:
            yield from runs(child)


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _LEFT_OUT:
            yield from _pieces(child)


def blocks(parent: Element) -> Iterator[tuple[str, Element]]:
    """("p" or "tbl", element) below a body, cell or note, content controls and tracked blocks opened."""
    for child in parent:
        name = name_of(child)
        if name in ("p", "tbl"):
            yield name, child
        elif name in _BLOCKS:
            yield from blocks(child)


def paragraphs(parent: Element) -> Iterator[Element]:
    """Every paragraph in the order of reading, those of tables and text boxes included."""
    for name, element in blocks(parent):
        if name == "p":
            yield element
            yield from (inner for box in _boxes(element) for inner in paragraphs(box))
        else:
            yield from (inner for row in _table_rows(element) for cell in row for inner in paragraphs(cell))


def _boxes(paragraph: Element) -> Iterator[Element]:
    for element in paragraph.iterdescendants():
        if name_of(element) == "txbxContent" and not any(
            name_of(above) == "Fallback" for above in element.iterancestors()
        ):
            yield element


def _table_rows(table: Element) -> Iterator[list[Element]]:
    """The cells of each row; a cell that goes on from the row above is empty in the file already."""
    for row in _inside(table, "tr"):
        yield list(_inside(row, "tc"))


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    for child in parent:
        name = name_of(child)
        if name == wanted:
            yield child
        elif name in _BLOCKS:
            yield from _inside(child, wanted)


def rows(parent: Element, where: str) -> Iterator[Row]:
    """The lines of a body, note, header or footer. `where` says which one; empty: the body."""
    number = tables = 0
    for name, element in blocks(parent):
        if name == "tbl":
            tables += 1
            yield from _table_lines(element, f"{where}第{tables}个表格")
            continue
        inner = (paragraph for box in _boxes(element) for paragraph in paragraphs(box))
        for part in (part for paragraph in chain([element], inner) for part in _parts(paragraph)):
            number += 1
            yield Row((part,), where or f"第{number}段")


def _table_lines(table: Element, where: str) -> Iterator[Row]:
    """A row of short cells is one line; a cell of several paragraphs is a text of its own."""
    for number, cells in enumerate(_table_rows(table), 1):
        short: list[Part] = []
        long: list[Part] = []
        for cell in cells:
            parts = [part for paragraph in paragraphs(cell) for part in _parts(paragraph)]
            (long if len(parts) > 1 else short).extend(parts)
        yield from (
            Row(parts, f"{where}第{number}行") for parts in (tuple(short), *((part,) for part in long)) if parts
        )


def _parts(paragraph: Element) -> Iterator[Part]:
    """The printed lines of a paragraph that hold text."""
    start = 0
    for line in text_of(paragraph).split("\n"):
        text = line.strip()
        if text:
            yield Part(text, paragraph, start + line.index(text[0]))
        start += len(line) + 1
