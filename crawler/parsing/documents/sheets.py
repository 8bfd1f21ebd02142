"""Workbooks: one line for each row, hidden sheets included, since whoever opens the file can show them."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from crawler.parsing.documents.model import Limits, Line, TooLong
from crawler.parsing.documents.package import open_package


def xlsx_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    """The rows of a workbook that hold text; cells are parted by tabs."""
    open_package(data, limits).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions that it drops
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        except InvalidFileException as fault:
            raise ValueError(str(fault)) from fault
        try:
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


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))  # telephone numbers are often numbers
    if isinstance(value, datetime | date):
        return value.isoformat(" ")[:10] if isinstance(value, datetime) else value.isoformat()
    return " ".join(str(value).split())
