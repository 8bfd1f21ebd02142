"""Documents as text: what editors hand in before publishing."""

from dataclasses import dataclass

from crawler.parsing.documents.model import UnreadableDocument
from crawler.parsing.documents.reading import KINDS, read_document
from crawler.parsing.html.charsets import decode, is_binary
from crawler.parsing.html.lines import read_lines
from crawler.parsing.html.tree import build
from domain.errors import UsageError
from inspection.texts.old_word import OLD_KINDS, as_docx

_PLAIN, _HTML = frozenset({"txt", "text", "md"}), frozenset({"html", "htm", "shtml"})
_PACKAGES = (("word/", "docx"), ("xl/", "xlsx"))


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The text of a document as read. `places`: line number (from 1) -> where it stands; none: the lines are numbered."""

    text: str
    places: tuple[tuple[int, str], ...] = ()
    cut: bool = False  # too long: the rest was left out


def read_manuscript(data: bytes, kind: str) -> Manuscript:
    """The text of a document; `kind` is txt, html, docx, doc, wps, xlsx or pdf (with or without a dot).

    Raises UsageError when the bytes are not such a document, or hold no text.
    """
    found = _read(data, kind)
    if not found.text.strip():
        raise UsageError("没有读到任何文字，未能检查；请确认文件或网址后再试。")
    return found


def _read(data: bytes, kind: str) -> Manuscript:
    name = kind.lower().lstrip(".")
    if name in _PLAIN | _HTML:
        if is_binary(data):
            raise UsageError("内容不是文本（可能是压缩数据或别的格式），未能检查文字；请确认文件或网址后再试。")
        text = decode(data).text.removeprefix("\ufeff") if name in _PLAIN else _read_html(data)
        return Manuscript(text)
    if name in OLD_KINDS:
        data, name = as_docx(data, name), "docx"
    if name not in KINDS:
        raise UsageError(f"不能校对 {kind} 文件；支持 .txt .html .docx .doc .wps .xlsx .pdf，请另存为其中一种。")
    try:
        found = read_document(data, name)
    except UnreadableDocument as refusal:
        raise UsageError(f"{refusal}；请确认文件完好、没有加密，或另存后再试。") from refusal
    return Manuscript("\n".join(found.lines), found.places, found.cut)


def kind_of_bytes(data: bytes) -> str:
    """What kind of document some bytes are, when no name tells it; txt when they look like none other."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        return "pdf"
    if head.startswith(b"pk\x03\x04"):
        return next((kind for folder, kind in _PACKAGES if folder.encode() in data), "docx")
    return "html" if head.startswith((b"<!doctype html", b"<html")) else "txt"


def _read_html(data: bytes) -> str:
    tree = build(decode(data).text)
    return "\n".join(line.text for line in read_lines(tree, 0, len(tree.tags)) if not line.hidden)
