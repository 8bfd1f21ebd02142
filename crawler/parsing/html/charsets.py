"""Bytes to text: byte order mark, header, meta and statistics together, because each of them lies on some site."""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from charset_normalizer import from_bytes

from crawler.encodings import charset_of

MAX_BYTES = 4_000_000  # a longer page is cut: no list or article needs more
_CHARSET = re.compile(rb"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{2,30})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,30})", re.I)
_HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{2,30})", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHINESE = {
    "gb2312": "gb2312",
    "gb_2312-80": "gb2312",
    "gbk": "gbk",
    "cp936": "gbk",
    "x-gbk": "gbk",
    "gb18030": "gb18030",
}
_MOJIBAKE = ("锟斤拷", "锘縗", "鐨勶", "鏀垮", "ä¸", "å\u008f", "ï¼\u008c", "烫烫烫", "ÐÅÏ¢", "Õþ¸®")
_FILES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"\x1f\x8b",
    b"RIFF",
    b"MZ\x90",
)
_FEW = 24  # so few non-ASCII bytes can be valid in two charsets by accident


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was read with, and what was odd (Chinese, for `look`)."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()
    is_utf8: bool = False  # the body as it came is this text in UTF-8


def is_binary(body: bytes) -> bool:
    """A file of another kind (PDF, image, archive) or noise that was sent as a page."""
    if body.startswith(_FILES):
        return True
    start = body[:4096]
    return not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and start.count(0) * 10 > len(start)


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a page; never fails."""
    notes: list[str] = []
    is_whole = len(body) <= MAX_BYTES
    if not is_whole:
        notes.append(f"页面过大，只读取前{MAX_BYTES // 1_000_000}MB")
        body = body[:MAX_BYTES]
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(name, "replace"), name, tuple(notes))
    header, meta = _declared(body, content_type)
    charset, text, odd = _read(body, [name for name in (header, meta) if name])
    notes += odd
    declared = header or meta
    if declared and _family(declared) != _family(charset) and not body.isascii():
        notes.append(f"声明的编码{declared}与实际编码{charset}不符")
    if header and meta and _family(header) != _family(meta):
        notes.append(f"响应头编码{header}与页面声明{meta}不一致")
    if any(sign[0] in text and sign in text for sign in _MOJIBAKE):
        notes.append("文字疑似乱码")
    return Decoded(text, charset, tuple(notes), is_whole and charset == "utf-8" and not odd)


def _declared(body: bytes, content_type: str) -> tuple[str, str]:
    header = _HEADER.search(content_type)
    meta = _XML.search(body[:200]) or _in_meta(body)
    return _known(header[1]) if header else "", _known(meta[1].decode("ascii")) if meta else ""


def _in_meta(body: bytes) -> re.Match[bytes] | None:
    """The first charset that stands in a <meta>."""
    for match in _CHARSET.finditer(body, 0, 65536):
        start = body.rfind(b"<", 0, match.start())
        if body[start : start + 5].lower() == b"<meta":
            return match
    return None


@lru_cache(maxsize=256)
def _known(name: str) -> str:
    return _CHINESE.get(name.strip().lower()) or charset_of(name)


def _family(name: str) -> str:
    return "gb18030" if name in _CHINESE else name


def _read(body: bytes, declared: list[str]) -> tuple[str, str, list[str]]:
    if body.isascii():
        return (declared[0] if declared else "utf-8"), body.decode("ascii"), []
    first = ["utf-8", *declared] if not declared or "utf-8" in declared else _by_amount(body, declared)
    for name in (*first, "gb18030"):
        if name in ("iso8859-1", "cp1252", "ascii"):
            continue  # a server's default, never true of a Chinese page with high bytes
        try:
            return name, body.decode("gb18030" if name in _CHINESE else name), []
        except (UnicodeError, LookupError):
            continue
    return _read_mixed(body)


def _by_amount(body: bytes, declared: list[str]) -> list[str]:
    """UTF-8 before the declared charset when enough bytes can tell."""
    start = body[:4096]
    few = len(start) - len(start.decode("ascii", "ignore")) <= _FEW
    return [*declared, "utf-8"] if few else ["utf-8", *declared]


def _read_mixed(body: bytes) -> tuple[str, str, list[str]]:
    """Neither charset fits the whole: take the better one, and line by line the other."""
    utf8, chinese = body.decode("utf-8", "replace"), body.decode("gb18030", "replace")
    bad_utf8, bad_chinese = utf8.count("\ufffd"), chinese.count("\ufffd")
    size = len(body) / 20
    if min(bad_utf8, bad_chinese) > size:
        guess = from_bytes(body[:100_000]).best()
        name = guess.encoding if guess else "latin-1"
        return name, body.decode(name, "replace"), ["编码无法确定，按统计猜测"]
    name, other = ("utf-8", "gb18030") if bad_utf8 <= bad_chinese else ("gb18030", "utf-8")
    parts = [_line(line, name, other) for line in re.split(rb"(?<=[\n>])", body)]
    return name, "".join(parts), ["页面混用多种编码或含损坏的字节"]


def _line(line: bytes, name: str, other: str) -> str:
    for charset in (name, other):
        try:
            return line.decode(charset)
        except UnicodeError:
            continue
    return line.decode(name, "replace")
