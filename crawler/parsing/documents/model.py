"""What reading a document gives, and how much of it is read."""

from dataclasses import dataclass


class UnreadableDocument(ValueError):
    """A document that cannot be read; the message is Chinese and shown to the inspector."""


class TooLong(Exception):
    """A signal of the readers: the rest of the document is left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or the cells of a table row parted by tabs; never with a line break inside."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The lines that hold text. `places`: line number (from 1) -> where it stands, valid until the next one."""

    lines: tuple[str, ...]
    places: tuple[tuple[int, str], ...]
    cut: bool = False  # more than the limits allow: the rest was left out


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read at most."""

    characters: int = 300_000
    lines: int = 20_000
    pages: int = 300  # of a PDF
    rows: int = 200_000  # of a sheet, empty ones included
    part_bytes: int = 48 * 2**20  # of one unpacked part of a docx or xlsx
    parts: int = 5_000
