"""Formulas without a stored result: a reader of values sees an empty cell, which would clear what is registered."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from domain.errors import RegistryError

_CELL = re.compile(rb"<c(?=[\s>])([^<>]{0,2000})>")  # opens a cell; it reaches to the next </c>
_FORMULA = re.compile(rb"<f[\s>/]")
_VALUE = re.compile(rb"<v(?:\s[^<>/]{0,200})?>[^<]")
_EMPTY_TEXT = re.compile(rb"\bt=[\"']str[\"']")  # a result that is the empty text is stored as an empty value
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3}\d+)[\"']")
_SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\b[^<>]{0,2000}>")
_RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\b[^<>]{0,4000}>")
_NAMED = 5  # cells in a message


def refuse_unanswered(path: Path, data: bytes) -> None:
    """Raise RegistryError where an XLSX holds formulas that no program has worked out; it names the cells."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        found = [
            f"“{sheet}”的 {cell} 单元格" for sheet, part in _sheets(package) for cell in _unanswered(package.read(part))
        ]
    if found:
        more = f"等 {len(found)} 处" if len(found) > _NAMED else ""
        where = "、".join(found[:_NAMED])
        raise RegistryError(f"{path.name} 的{where}{more}公式没有结果，请用 Excel 打开保存后再导入")


def _unanswered(xml: bytes) -> Iterator[str]:
    for part in xml.split(b"</c>") if b"<f" in xml else ():
        opened = None
        for opened in _CELL.finditer(part):  # noqa: B007  the last one holds the rest
            pass
        if opened is None or not _FORMULA.search(part, opened.end()):
            continue
        inside = part[opened.end() :]
        if not _VALUE.search(inside) and not (_EMPTY_TEXT.search(opened[1]) and b"<v" in inside):
            place = _PLACE.search(opened[1])
            yield place[1].decode() if place else "?"


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, part) of every sheet; by its part's name where the workbook does not tell."""
    names = set(package.namelist())
    parts = {name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)}
    if {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        rels = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        targets = {
            _told(rel, "Id"): _told(rel, "Target").removeprefix("/").removeprefix("xl/")
            for rel in _RELATION.findall(rels)
        }
        for sheet in _SHEET.findall(package.read("xl/workbook.xml").decode("utf-8", "replace")):
            part = f"xl/{targets.get(_told(sheet, 'r:id'), '')}"
            if part in parts:
                parts.remove(part)
                yield _told(sheet, "name"), part
    yield from ((part.rpartition("/")[2], part) for part in sorted(parts))


def _told(tag: str, name: str) -> str:
    match = re.search(rf"\b{name}\s*=\s*[\"']([^\"']*)[\"']", tag)
    return match[1] if match else ""
