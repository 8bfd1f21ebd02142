"""Pictures on a page that may be QR codes of accounts, by their words and names; and pages that collect accounts. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.parsing.html.addresses import resolve

_WORDS = re.compile(r"二维码|扫一扫|扫码|公众号|微信|微博|抖音|快手|头条|小红书|视频号|新媒体|小程序|客户端|关注我们")
_NAMES = re.compile(
    r"qr_?-?code|(?<![a-z])qr(?![a-z])|ewm|erweima|2wm|(?<![a-z])(?:wx|gzh|wb|dy|ks)(?![a-z])|weixin|wechat|weibo|douyin|kuaishou|toutiao|xhs",
    re.I,
)
_MATRIX = re.compile(r"新媒体|矩阵|两微一端|微信公众号|政务微[博信]|微发布")
_SOURCES = ("data-src", "data-original", "original", "lazy-src", "src")
_SIZE = re.compile(r"\d{1,6}")
NEAR = 40  # characters of a block around a picture that still speak of it
SMALLEST = 60  # pixels; a smaller picture is an icon


@dataclass(frozen=True, slots=True)
class Suspect:
    """A picture to look at: its address (also `data:`), and what the page says of it."""

    url: str
    words: str


def code_pictures(page: str, base: str, most: int) -> tuple[Suspect, ...]:
    """Up to `most` pictures whose alternative text, surrounding words or file name suggest a QR code, each once."""
    found: dict[str, Suspect] = {}
    if "<img" not in page and "<IMG" not in page:
        return ()
    for image in LexborHTMLParser(page).css("img"):
        suspect = _suspect(image, base)
        if suspect and suspect.url not in found:
            found[suspect.url] = suspect
            if len(found) >= most:
                break
    return tuple(found.values())


def matrix_pages(page: str, base: str) -> Iterator[str]:
    """Addresses of pages that a page calls 新媒体矩阵, 两微一端 and the like."""
    for link in LexborHTMLParser(page).css("a[href]"):
        words = " ".join((link.text() or link.attributes.get("title") or "").split())
        if 0 < len(words) <= 16 and _MATRIX.search(words) and (url := resolve(base, link.attributes["href"] or "")):
            yield url


def _suspect(image: LexborNode, base: str) -> Suspect | None:
    attributes = image.attributes
    if _is_small_or_long(attributes.get("width"), attributes.get("height")):
        return None
    source = next((value for name in _SOURCES if (value := attributes.get(name))), "")
    own = " ".join(filter(None, (attributes.get("alt"), attributes.get("title"))))
    marks = " ".join(filter(None, (source if len(source) < 300 else "", attributes.get("class"), attributes.get("id"))))
    around = _around(image)
    if not source or not (_WORDS.search(f"{own} {around}") or _NAMES.search(marks)):
        return None
    url = source if source.startswith("data:image/") else resolve(base, source)
    return Suspect(url, _said(own, around)) if url and not url.lower().split("?")[0].endswith(".svg") else None


def _said(own: str, around: str) -> str:
    """The fuller of the two that names something."""
    kept = [text for text in (" ".join(own.split()), around) if text]
    return max(kept, key=lambda text: (bool(_WORDS.search(text)), -len(text)), default="")


def _around(image: LexborNode) -> str:
    """The text of the smallest block around a picture that has any, when it is short enough to speak of the picture."""
    node = image.parent
    for _ in range(3):
        if node is None or node.tag in {"body", "html"}:
            return ""
        text = " ".join(node.text(separator=" ").split())
        if text:
            return text if len(text) <= NEAR and len(node.css("img")) <= 2 else ""
        node = node.parent
    return ""


def _is_small_or_long(width: str | None, height: str | None) -> bool:
    sides = [
        int(match[0]) for side in (width, height) if side and "%" not in side and (match := _SIZE.match(side.strip()))
    ]
    if any(side < SMALLEST for side in sides):
        return True
    return len(sides) == 2 and max(sides) > 1.4 * min(sides)
