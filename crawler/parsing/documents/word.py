"""Word documents: paragraphs, table rows, text boxes, notes, headers and footers, in the order of reading."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.parsing.documents.model import Limits, Line
from crawler.parsing.documents.package import open_package

Element = Any  # lxml elements; python-docx hands out the same ones
_DOCUMENT = re.compile(
    r'Type="[^"]*/officeDocument"[^>]*?Target="/?([^"]+)"|Target="/?([^"]+)"[^>]*?Type="[^"]*/officeDocument"'
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
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")


def docx_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    """The lines of a Word document."""
    with open_package(data, limits) as package:
        main = _main_part(package)
        root = _tree(package, main)
        yield from _rows_of(next(child for child in root if name_of(child) == "body"), "")
        for part, where in side_parts(package.namelist(), main):
            yield from _rows_of(_tree(package, part), where)


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
    return "".join(_pieces(paragraph))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield " " if name == "tab" else "\n"
        elif name == "noBreakHyphen":
            yield "-"
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


def _rows_of(parent: Element, where: str) -> Iterator[Line]:
    number = tables = 0
    for name, element in blocks(parent):
        if name == "tbl":
            tables += 1
            yield from _table_lines(element, f"{where}第{tables}个表格")
            continue
        texts = [text_of(element), *(text_of(inner) for box in _boxes(element) for inner in paragraphs(box))]
        for line in (line.strip() for text in texts for line in text.split("\n")):
            if line:
                number += 1
                yield Line(line, where or f"第{number}段")


def _table_lines(table: Element, where: str) -> Iterator[Line]:
    """A row of short cells is one line; a cell of several paragraphs is a text of its own."""
    for number, cells in enumerate(_table_rows(table), 1):
        place = f"{where}第{number}行"
        short: list[str] = []
        long: list[str] = []
        for cell in cells:
            lines = [line.strip() for inner in paragraphs(cell) for line in text_of(inner).split("\n") if line.strip()]
            (long.extend if len(lines) > 1 else short.extend)(lines)
        row = "\t".join(_SPACES.sub(" ", text) for text in short)
        yield from (Line(text, place) for text in (row, *long) if text)
