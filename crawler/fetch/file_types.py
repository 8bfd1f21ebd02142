"""Attachments: do the first bytes fit the type the address promises. Pure."""

from functools import lru_cache
from urllib.parse import unquote, urlsplit

PROBE_BYTES = 2_048

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = (b"\xd0\xcf\x11\xe0",)
_LOOSE = (*_OLE, *_ZIP, b"{\\rtf", b"<html", b"<!doc", b"<?xml", b"\xdb\xa5", b"mime-version", b"<table", b"<meta")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"<svg", b"<?xml", b"II*\x00", b"MM\x00*")
_PICTURE_BOXES = (b"ftypavif", b"ftypheic", b"ftypmif1")
_MAGIC: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "doc": _LOOSE,  # Word and Excel open RTF, HTML and the newer formats under the old name
    "xls": _LOOSE,
    "ppt": (*_OLE, *_ZIP),
    "wps": _LOOSE,
    "et": _LOOSE,
    "docx": (*_ZIP, *_OLE),
    "xlsx": (*_ZIP, *_OLE),
    "pptx": (*_ZIP, *_OLE),
    "ofd": _ZIP,
    "zip": _ZIP,
    "rar": (b"Rar!", *_ZIP),
    "7z": (b"7z\xbc\xaf",),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "bmp", "webp"), _IMAGES),
}
_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
DOCUMENTS = frozenset(_TYPES.values())
OLD_DOCUMENTS = frozenset({"doc", "xls", "ppt", "pptx", "wps", "et", "dps", "ofd", "rtf"})  # their text is not read
_TABLES = frozenset({"xls", "et"})  # Excel opens plain rows under its name, whatever their charset
_PRINTED = bytes({9, 10, 13, *range(32, 256)})
TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/json", "application/javascript")


def is_picture(content_type: str) -> bool:
    """Whether a header names a picture of pixels."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("image/") and "svg" not in kind


@lru_cache(maxsize=2048)
def extension(url: str) -> str:
    """The lower-case ending of the path; empty when there is none."""
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_attachment(url: str) -> bool:
    """Whether the address promises a file of a type we know."""
    return extension(url) in _MAGIC


def document_kind(url: str, content_type: str = "") -> str:
    """docx, xlsx or pdf: files whose text can be read. By the address, else by the type; empty for any other file."""
    ending = extension(url)
    if ending in DOCUMENTS:
        return ending
    return "" if ending in OLD_DOCUMENTS else _TYPES.get(content_type.partition(";")[0].strip().lower(), "")


def file_signals(url: str, start: bytes, size: int) -> tuple[str, ...]:
    """`empty` for a file without a byte, `bad_type` for one that is something else; () when it fits or nothing is promised.

    `start` is what was read (2,048 bytes are enough), `size` what was received or announced.
    """
    kinds = _MAGIC.get(extension(url))
    if kinds is None:
        return ()
    if not size and not start:
        return ("empty",)
    head = start[:1024]
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.lower().startswith(tuple(kind.lower() for kind in kinds)) or (kinds is _IMAGES and _is_boxed(head)):
        return ()
    if extension(url) in _TABLES and not start.translate(None, _PRINTED):
        return ()
    if extension(url) == "pdf" and b"%PDF" in head:  # readers accept some rubbish before the header
        return ()
    return ("bad_type",)


def _is_boxed(head: bytes) -> bool:
    return head[4:12] in _PICTURE_BOXES
