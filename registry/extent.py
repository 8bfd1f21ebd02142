"""How far a workbook's cells reach, before it is opened: the reader lays sheets out densely and would run out of memory."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from domain.errors import RegistryError

MOST_ROWS = 100_000
MOST_COLUMNS = 500
LARGEST_PART = 200_000_000  # bytes, unpacked
_FILLED = re.compile(rb'<c\s[^<>]{0,300}?\br="([A-Z]{1,3})(\d{1,7})"(?:[^<>]{0,300}[^/<>])?>\s{0,99}<(?:v|is|f)\b')


def refuse_boundless(path: Path, data: bytes) -> None:
    """Raise RegistryError when an XLSX is a decompression bomb or has a value far outside any table."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for part in package.infolist():
            if part.file_size > LARGEST_PART:
                raise RegistryError(f"{path.name} 展开后太大，不像名录表；请另存为只含名录的文件")
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _refuse_far_cells(path, package.read(part))


def _refuse_far_cells(path: Path, xml: bytes) -> None:
    for match in _FILLED.finditer(xml):
        if int(match[2]) > MOST_ROWS or _column(match[1]) > MOST_COLUMNS:
            cell = f"{match[1].decode()}{match[2].decode()}"
            raise RegistryError(
                f"{path.name} 的 {cell} 单元格有内容，离名录太远（最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列）；请删去它后另存"
            )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
