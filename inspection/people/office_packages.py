"""Word and Excel files that somebody hands in: unpacked once, within bounds, before anybody reads what is in them."""

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from domain.errors import UsageError, cause
from registry.extent import refuse_boundless

MOST_UNPACKED = 50_000_000
# What the packages raise over damaged bytes.
SPOILT = (
    OpcError,
    LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


def content_within(path: Path, most: int, advice: str = "") -> bytes:
    """The bytes of a file that somebody hands in; UsageError, with the advice, where it is too large to be one."""
    try:
        size = path.stat().st_size
        if size > most:
            raise UsageError(
                f"{path.name} 有 {size // 1_000_000} MB，超过 {most // 1_000_000} MB{f'；{advice}' if advice else ''}"
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"不能读取 {path}（{cause(error)}）；请检查路径") from error


def demand_harmless(path: Path, data: bytes, advice: str) -> None:
    """UsageError, with the advice, over a package that is damaged or would burst."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
            if size > MOST_UNPACKED:
                raise UsageError(f"{path.name} 展开后有 {size // 1_000_000} MB，未打开；{advice}")
            spoilt = package.testzip()
        if path.suffix.lower() == ".xlsx" and spoilt is None:
            refuse_boundless(path, data)
    except SPOILT as error:
        raise UsageError(broken(path, advice)) from error
    if spoilt is not None:
        raise UsageError(broken(path, advice))


def broken(path: Path, advice: str) -> str:
    """What is said of a damaged package."""
    return f"{path.name} 不是完好的 Word 或 Excel 文件；{advice}"
