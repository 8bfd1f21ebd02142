"""Addresses, site codes and maintenance periods as they stand in cells."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from registry.text import CellError, clean, clean_lines, day, identifier

SITE_CODE = re.compile(r"\d{10}|bm\d{8}")
_HOST = re.compile(r"[^\s/?#@:，。；、]+")


def web_address(text: str, warn: Callable[[str], None]) -> str:
    """An http(s) address; CellError when it is none. A missing scheme is added and `warn` told."""
    address = unicodedata.normalize("NFKC", clean(text)).replace("：//", "://")
    address, beside = _without_sentence(address)
    if beside:
        warn(f"“{beside}”不是网址的一部分，已去掉")
    if not address:
        raise CellError("是空的；请填写网址，例如 http://www.example.gov.cn/")
    if not re.match(r"[a-z][a-z0-9+.-]*://", address, re.IGNORECASE):
        address = f"http://{address}"
        warn(f"没有写 http:// 或 https://，已按 {address} 登记")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit("about:"), ""
    if parts.scheme not in {"http", "https"} or " " in address or "@" in parts.netloc or not _is_host(host):
        raise CellError(f"“{clean(text)}”不是一个网址；请只写一个，例如 http://www.example.gov.cn/")
    place = re.sub(r"\.(?=$|:)", "", parts.netloc.lower())  # a closing dot names the same host
    return f"{parts.scheme}://{place}{address[address.index('://') + 3 + len(parts.netloc) :]}"


_REMARK = re.compile(r"\s{0,9}[(\[【<《](?=[^()\[\]]{0,80}[一-鿿])[^()\[\]【】]{0,80}[)\]】>》]?\Z")
_MARKS = "。、;,!…・·”“’‘\"'》《】【】<>"


def _without_sentence(address: str) -> tuple[str, str]:
    """(address, what stood around it): the marks of its sentence, brackets without a partner, a remark in Chinese."""
    bare, before = address, ""
    while before != bare:
        before = bare
        bare = _REMARK.sub("", bare).strip().strip(_MARKS).rstrip("?:.")
        for one, two in ("()", "[]"):
            if bare.startswith(one):
                bare = bare.removeprefix(one)
            if bare.endswith(two) and bare.count(two) > bare.count(one):
                bare = bare.removesuffix(two)
    return (bare, address.replace(bare, "", 1).strip()) if bare and bare != address else (address, "")


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
        return True
    except ValueError:
        pass
    labels = host.rstrip(".").split(".")
    shaped = _HOST.fullmatch(host) and all(labels) and re.fullmatch(r"[^\W\d_][\w-]*", labels[-1])
    return bool(shaped) and (host == "localhost" or len(labels) > 1)


def host_of(address: str) -> str:
    """The host of an address, with its port where one is written."""
    return urlsplit(address).netloc.lower()


def same_place(address: str) -> str:
    """What two spellings of one home page share: host and path, without scheme and closing slash."""
    parts = urlsplit(address)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"


def site_code(text: str, warn: Callable[[str], None]) -> str:
    """A 网站标识码 kept as text; an unusual form is kept and `warn` told. CellError when Excel mangled it."""
    code = identifier(text)
    if re.fullmatch(r"bm\d+", code, re.IGNORECASE):
        code = code.lower()
    if code and not SITE_CODE.fullmatch(code):
        warn(f"“{code}”不像网站标识码（10 位数字，或 bm 加 8 位数字），已照原样登记，请核对")
    return code


def maintenance_of(text: str) -> tuple[tuple[date, date], ...]:
    """维护时段: `2023-05-01至2023-05-03`, several by line or ；; both days belong to it. CellError when unreadable."""
    periods = []
    for line in clean_lines(text.replace(";", "；").replace("、", "；")):
        first, *rest = re.split(r"(?<!\s)\s*+(?:至|到|~|～|—++|--|－)\s*+", line)
        start, end = day(first), day(rest[0]) if rest else day(first)
        if len(rest) > 1 or start is None or end is None or end < start:
            raise CellError(f"“{line}”不是时段；请写成 2023-05-01至2023-05-03，多个时段分行写")
        periods.append((start, end))
    return tuple(periods)
