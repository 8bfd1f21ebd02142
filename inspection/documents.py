"""Documents as text: what editors hand in before publishing, and attachments of pages."""

import io
import zipfile
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf.errors import PyPdfError

from crawler.parsing.charsets import decode
from crawler.parsing.lines import read_lines
from crawler.parsing.tree import build
from domain.errors import UsageError

_HAN_LOW, _HAN_HIGH = "一", "龥"


def read_document(data: bytes, kind: str) -> str:
    """The text of a document; `kind` is txt, html, docx, xlsx or pdf (with or without a dot).

    Raises UsageError when the bytes are not such a document.
    """
    name = kind.lower().lstrip(".")
    reader = _READERS.get(name)
    if reader is None:
        raise UsageError(f"不能校对 {kind} 文件;支持 .txt .html .docx .xlsx .pdf,请另存为其中一种。")
    try:
        return reader(data)
    except (ValueError, KeyError, zipfile.BadZipFile, PyPdfError, OSError, IndexError) as fault:
        raise UsageError(f"文件不是可读取的 {name} 文档({type(fault).__name__});请确认没有损坏、没有加密。") from fault


def _read_text(data: bytes) -> str:
    return decode(data).text.removeprefix("\ufeff")


def _read_html(data: bytes) -> str:
    tree = build(decode(data).text)
    return "\n".join(line.text for line in read_lines(tree, 0, len(tree.tags)) if not line.hidden)


def _read_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(paragraph.text for paragraph in docx_paragraphs(document.iter_inner_content()))


def docx_paragraphs(blocks: Iterator[Paragraph | Table]) -> Iterator[Paragraph]:
    """The paragraphs of a document in reading order, those of tables included once."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        seen: set[object] = set()
        for row in block.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from docx_paragraphs(cell.iter_inner_content())


def _read_xlsx(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    lines = ("\t".join("" if cell is None else str(cell) for cell in row).strip() for row in rows)
    return "\n".join(line for line in lines if line)


def _read_pdf(data: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return "\n".join(_join_lines(page.extract_text()) for page in reader.pages)


def _join_lines(text: str) -> str:
    """Lines that a page broke in mid-sentence become one again."""
    joined: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if joined and line and _goes_on(joined[-1], line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(above: str, below: str) -> bool:
    return len(above) >= 15 and above[-1] not in "。!?！？;；:：" and _HAN_LOW <= below[0] <= _HAN_HIGH


_READERS: dict[str, Callable[[bytes], str]] = {
    "txt": _read_text, "text": _read_text, "md": _read_text, "html": _read_html, "htm": _read_html,
    "docx": _read_docx, "xlsx": _read_xlsx, "pdf": _read_pdf,
}  # fmt: skip
