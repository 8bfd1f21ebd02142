"""Workbooks: one line for each row, hidden sheets included, since whoever opens the file can show them."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from crawler.parsing.documents.model import Limits, Line, TooLong, UnreadableDocument
from crawler.parsing.documents.package import open_package


def xlsx_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    """The rows of a workbook that hold text; cells are parted by tabs."""
    with open_package(data, limits) as package:
        data = _transitional(package) or data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions that it drops
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        except InvalidFileException as fault:
            raise ValueError(str(fault)) from fault
        try:
            if not book.worksheets:
                raise UnreadableDocument("工作簿里没有读到工作表，未能检查文字")
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the announced size may be a million empty columns
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                    if number > limits.rows:
                        raise TooLong
                    text = "\t".join(filter(None, map(_shown, row)))
                    if text:
                        yield Line(text, f"工作表“{sheet.title}”第{number}行")
        finally:
            book.close()


_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = tuple(
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    for strict, usual in (
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/", b"officeDocument/2006/"),
        (b"drawingml/", b"drawingml/2006/"),
    )
)


def _transitional(package: zipfile.ZipFile) -> bytes:
    """A workbook of the strict kind (ISO/IEC 29500) with the usual names, which are all that the library knows; else empty."""
    texts = {name: package.read(name) for name in package.namelist() if name.lower().endswith((".xml", ".rels"))}
    if not any(_STRICT in text for text in texts.values()):
        return b""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, text in texts.items():
            for strict, usual in _NAMES:
                text = text.replace(strict, usual)
            copy.writestr(name, text)
    return written.getvalue()


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))  # telephone numbers are often numbers
    if isinstance(value, datetime | date):
        return value.isoformat(" ")[:10] if isinstance(value, datetime) else value.isoformat()
    return " ".join(str(value).split())
