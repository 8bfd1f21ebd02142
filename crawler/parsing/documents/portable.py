"""PDF: the text layer, with lines that a page broke in mid-sentence joined again."""

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf import _cmap
from pypdf.errors import PyPdfError

from crawler.parsing.documents.model import Limits, Line, TooLong, UnreadableDocument
from crawler.parsing.documents.package import ENCRYPTED

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every small fault of a file it could read

for _name, _codec in (
    ("GBK-EUC", "gbk"),
    ("GBKp-EUC", "gbk"),
    ("GBpc-EUC", "gb2312"),
    ("GB-EUC", "gb2312"),
    ("GBK2K", "gb18030"),
    ("B5pc", "big5"),
    ("ETen-B5", "cp950"),
    ("ETenms-B5", "cp950"),
    ("HKscs-B5", "big5hkscs"),
    ("UniGB-UTF16", "utf-16-be"),
    ("UniCNS-UTF16", "utf-16-be"),
    ("UniGB-UCS2", "utf-16-be"),
    ("UniCNS-UCS2", "utf-16-be"),
):
    for _way in "HV":  # the Chinese encodings of PDF 1.7, table 118; the library knows some
        getattr(_cmap, "_predefined_cmap", {}).setdefault(f"/{_name}-{_way}", _codec)

# radicals that fonts put in place of the characters of the same look
_SHORT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(radical): char for radical, char in _SHORT.items()
}

NO_TEXT = "文件没有文字层（可能是扫描件），未能检查文字"
GARBLED = "文件内嵌字体没有文字编码，读出的文字不可用，未能检查"
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*+(?:第\s*+)?\d{1,4}(?:\s*+页)?(?:\s*+[/／共]\s*+共?\s*+\d{1,4}\s*+页?)?[-—–－·\s]*+"
)
_SPACED = re.compile(r"(?<=[一-龥，。、；：]) (?=[一-龥，。、；：])")
_HAN = re.compile(r"[一-龥]")
_STRANGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)|/G[0-9A-F]{2}")
_USUAL = frozenset(
    "的一是在不了和有为中大上个国人年月日工作政府市县区民部门单关于通知项目行发管理实施安全情况第及以生建设会业务公开"
)
_LONGEST = 4_000  # characters of a joined paragraph
_SAMPLE, _FIRST_PAGES, _FEW = 2_000, 20, 10


def pdf_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    """The lines of a PDF, page numbers left out; a paragraph belongs to the page where it begins."""
    try:
        yield from _pdf_lines(data, limits)
    except PyPdfError as fault:
        raise ValueError(str(fault)) from fault


def _pdf_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableDocument(ENCRYPTED)
    texts = _texts(reader)
    held: Line | None = None
    last, too_long = "", False
    for number, text in enumerate(texts, 1):
        lines = _lines_of(text)
        widest = max((len(line) for line in lines), default=0)
        for line in lines:
            if held and _goes_on(last, line, widest) and len(held.text) < _LONGEST:
                held = Line(held.text + line, held.place)
            else:
                if held:
                    yield held
                held = Line(line, f"第{number}页")
            last = line
        if number >= limits.pages and number < len(reader.pages):
            too_long = True
            break
    if held:
        yield held
    if too_long:
        raise TooLong


def _texts(reader: pypdf.PdfReader) -> Iterator[str]:
    """The text of each page. Scans and unreadable fonts are refused by the first pages."""
    pages = iter(reader.pages)
    first: list[str] = []
    for page in pages:
        first.append(_text_of(page))
        if sum(map(len, first)) > _SAMPLE or len(first) == _FIRST_PAGES:
            break
    visible = re.sub(r"\s", "", "".join(first))
    if len(visible) < _FEW and (not visible or any(_has_pictures(page) for page in reader.pages[:3])):
        raise UnreadableDocument(NO_TEXT)
    han = _HAN.findall(visible)
    strange = sum(map(len, _STRANGE.findall(visible)))
    if strange > len(visible) * 0.03 or (len(han) >= 200 and sum(char in _USUAL for char in han) < len(han) * 0.03):
        raise UnreadableDocument(GARBLED)
    yield from first
    yield from (_text_of(page) for page in pages)


def _text_of(page: pypdf.PageObject) -> str:
    """The text of a page; UnreadableDocument where its fonts show glyphs by number and tell no character."""
    text = page.extract_text()
    if _HAN.search(text) or _STRANGE.search(text) or not text.isascii():
        composite = [_is_codeless(font) for font in _fonts(page) if font.get("/Subtype") == "/Type0"]
        if composite and all(composite):  # beside readable ones such a font holds bullets and the like
            raise UnreadableDocument(GARBLED)
    return text.translate(_RADICALS)


def _fonts(page: pypdf.PageObject) -> Iterator[Any]:
    resources: Any = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    for font in fonts.get_object().values() if fonts else ():
        yield font.get_object()


def _is_codeless(font: Any) -> bool:
    """A composite font without a table of characters whose codes are numbers of glyphs."""
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" in font:
        return False
    if font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
        return False
    inner = font["/DescendantFonts"].get_object()[0].get_object()
    system = inner.get("/CIDSystemInfo")
    return system is None or system.get_object().get("/Ordering") not in ("UCS", "UCS2", "UTF16")


def _has_pictures(page: pypdf.PageObject) -> bool:
    resources = page.get("/Resources")
    return resources is not None and "/XObject" in resources.get_object()


def _lines_of(text: str) -> list[str]:
    if len(_SPACED.findall(text)) * 2 > len(_HAN.findall(text)):
        text = _SPACED.sub("", text)  # every character stands alone: letter spacing, not words
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]


def _goes_on(above: str, below: str, widest: int) -> bool:
    """Whether a full line without an end is followed by more of its sentence; rows of tables never are."""
    if len(above) < max(15, widest * 0.75) or above[-1] in "。!?！？;；:：":
        return False
    is_row = above.count(" ") >= 2 or below.count(" ") >= 2
    return not is_row and ("一" <= below[0] <= "龥" or below[0] in "，。、；：）》”’" or below[0].isdigit())
