"""read_document: a document as lines of text, bounded by `Limits`."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module

from lxml import etree

from crawler.parsing.documents.model import DocumentText, Limits, Line, TooLong, UnreadableDocument
from crawler.parsing.documents.package import TOO_LARGE

NO_WORDS = "文件里没有文字（可能只有图片），未能检查文字"
_READERS = {"docx": "word", "xlsx": "sheets", "pdf": "portable", "picture": "pictures"}
KINDS = frozenset({"docx", "xlsx", "pdf"})  # what an editor may hand in
# What the libraries raise at broken files; pypdf lets most kinds of error of its inside through.
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError,
    etree.LxmlError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip


def _reader(kind: str) -> Callable[[bytes, Limits], Iterator[Line]]:
    """The reader of a kind; its library is imported with the first file, which not every night has."""
    module = import_module(f"crawler.parsing.documents.{_READERS[kind]}")
    reader: Callable[[bytes, Limits], Iterator[Line]] = getattr(module, f"{kind}_lines")
    return reader


def read_document(data: bytes, kind: str, limits: Limits | None = None) -> DocumentText:
    """The text of a document; `kind` is one of KINDS. Raises UnreadableDocument with a Chinese reason."""
    found: list[Line] = []
    size, cut = 0, False
    limits = limits or Limits()
    try:
        for line in _reader(kind)(data, limits):
            size += len(line.text)
            if size > limits.characters or len(found) >= limits.lines:
                cut = True
                break
            found.append(line)
    except TooLong:
        cut = True
    except UnreadableDocument:
        raise
    except MemoryError as fault:
        raise UnreadableDocument(TOO_LARGE) from fault
    except _FAULTS as fault:
        if "memory" in str(fault).lower():  # libxml2 has no memory error of its own
            raise UnreadableDocument(TOO_LARGE) from fault
        name = "图片" if kind == "picture" else f" {kind} 文件"
        raise UnreadableDocument(f"文件已损坏或不是{name}，未能读取文字") from fault
    if not found and not cut and kind != "picture":
        raise UnreadableDocument(NO_WORDS)
    return DocumentText(tuple(line.text for line in found), _places(found), cut)


def _places(found: list[Line]) -> tuple[tuple[int, str], ...]:
    """Line numbers (from 1) at which the place changes."""
    places: list[tuple[int, str]] = []
    for number, line in enumerate(found, 1):
        if not places or places[-1][1] != line.place:
            places.append((number, line.place))
    return tuple(places)
