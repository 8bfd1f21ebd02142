"""Bytes of an answer -> text, HTML or JSON values: BOM, callback wrapper, escaped JSON, and page states inside HTML."""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import unquote

from crawler.encodings import charset_of
from crawler.spans import spans

T = TypeVar("T")
D = TypeVar("D")
_CHARSET = re.compile(rb"charset\s*+=\s*+[\"']?\s*+([\w-]{1,40})", re.I)
_CALLBACK = re.compile(r"^[\w$.\[\]]++\s*+\((.*)\)\s*+;?\s*+$", re.S)
_STATE = re.compile(
    r"(?:window\.)?(?:__INITIAL_STATE__|__INITIAL_SSR_STATE__|INIT_STATE|__NEXT_DATA__|_SSR_HYDRATED_DATA|_ROUTER_DATA|RENDER_DATA"
    r"|__APOLLO_STATE__|msgList|\$render_data|\$CONFIG|__NUXT__|_SSR_DATA|__INITIAL_DATA__)\s*=\s*"
)
_SCRIPT, _SCRIPT_END = re.compile(r"<script\b[^<>]*>", re.I), re.compile(r"</script>", re.I)
_OF_DATA = re.compile(r"application/(?:json|ld\+json)|RENDER_DATA|__NEXT_DATA__", re.I)
_PRE, _PRE_END = re.compile(r"<pre\b[^<>]*>", re.I), re.compile(r"</pre>", re.I)
_UNDEFINED = re.compile(r"(?<=[:\[,])\s*(?:undefined|NaN|-?Infinity)\s*(?=[,}\]])")
_VOID = re.compile(r"(?<=[:\[,])\s*void 0\s*(?=[,}\]])")
_DEPTH = 14
_MOST_STATES = 40  # of a page; each may have to be followed to its end


@dataclass(frozen=True, slots=True)
class Payload:
    """One decoded answer. `values` are the JSON documents in it: one for a JSON answer, any number for a page."""

    text: str
    is_html: bool
    values: tuple[Any, ...] = ()


def read_payload(body: bytes, content_type: str = "") -> Payload:
    """Decode a body and find its JSON; never raises for bad input."""
    text = decode(body, content_type).strip()
    value = read_json(text)
    if value is not None:
        return Payload(text, False, (value,))
    is_html = bool(re.match(r"(?is)\s*(<!doctype html|<html|<head|<body|<!--|<div|<script|<meta|<title)", text)) or (
        "<html" in text[:5000].lower()
    )
    return Payload(text, is_html, tuple(page_states(text)) if "<" in text[:5000] else ())


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a body: BOM, then UTF-8, then the named charset, then GB18030."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace")
    named = _CHARSET.search(content_type.encode()) or _CHARSET.search(body[:2000])
    told = charset_of(named[1].decode("latin-1")) if named else ""
    for name in ("utf-8", told or "gb18030", "gb18030"):
        try:
            return body.decode("gb18030" if name in {"gbk", "gb2312"} else name)
        except (UnicodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")


def read_json(text: str) -> Any:
    """A JSON value from plain, wrapped (`callback(...)`), HTML-escaped or line-wise JSON; None when it is none."""
    text = text.lstrip("\ufeff").strip()
    if not text:
        return None
    value = _loads(text)
    if value is not None:
        return value
    wrapped = _CALLBACK.match(text.removeprefix("/**/").removeprefix("try{").strip())
    if wrapped:
        return _loads(wrapped[1])
    rows = _rows(text)
    if rows is None and text[:1] in "{[" and "&quot;" in text:
        plain = html.unescape(text)
        return _loads(plain) or _rows(plain)
    return rows


def _rows(text: str) -> list[Any] | None:
    """A document on each line, titles with &quot; in them or not; None where one line is none."""
    lines = [line.strip().rstrip(",") for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.startswith("{") for line in lines):
        return None
    rows = [_loads(line) for line in lines]
    return rows if all(row is not None for row in rows) else None


def _loads(text: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, str) and value[:1] in "{[":
        return _loads(value)
    return value if isinstance(value, dict | list) else None


def page_states(text: str) -> Iterator[Any]:
    """JSON that a page carries in its scripts or its only `<pre>` (a browser's view of a JSON answer)."""
    for head, script in spans(text, _SCRIPT, _SCRIPT_END):
        if not _OF_DATA.search(head[0]):
            continue
        value = read_json(script) or read_json(unquote(script)) or read_json(html.unescape(script))
        if value is not None:
            yield value
    for match in islice(_STATE.finditer(text), _MOST_STATES):
        value = _state_at(text, match.end())
        if value is not None:
            yield value
    for _, shown in spans(text, _PRE, _PRE_END):
        value = read_json(html.unescape(shown))
        if value is not None:
            yield value


def _state_at(text: str, start: int) -> Any:
    if text[start : start + 1] in "\"'":
        end = text.find(text[start], start + 1)
        return read_json(unquote(text[start + 1 : end])) if end > 0 else None
    if text.startswith("JSON.parse(", start):
        return _loads(_script_string(text, start + len("JSON.parse(")))
    raw = balanced(text, start)
    return _loads(_VOID.sub(" null", _UNDEFINED.sub(" null", raw))) if raw else None


def _script_string(text: str, start: int) -> str:
    match = re.compile(r"\"(?:[^\"\\]|\\.)*\"").match(text, start)
    try:
        return str(json.loads(match[0])) if match else ""
    except ValueError:
        return ""


def balanced(text: str, start: int) -> str:
    """The `{...}` or `[...]` that begins at `start`, strings respected; "" when it does not close."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        mark = match[0]
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth == 0:
                return text[start : match.end()]
        if depth == 0:
            return ""
    return ""


_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[{}\[\]]")


def walk(node: Any, wanted: Callable[[dict[str, Any]], bool], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every outermost dict that is `wanted`, in document order; JSON inside strings is opened."""
    if depth > _DEPTH:
        return
    if isinstance(node, str):
        if len(node) > 20 and node[0] in "{[":
            inner = _loads(html.unescape(node) if "&quot;" in node else node)
            if inner is not None:
                yield from walk(inner, wanted, depth + 1)
    elif isinstance(node, dict):
        if wanted(node):
            yield node
        else:
            for value in node.values():
                yield from walk(value, wanted, depth + 1)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value, wanted, depth + 1)


def at(node: Any, path: str) -> Any:
    """Value under a dotted path through dicts and lists ("a.b.0.c"), or None."""
    for key in path.split("."):
        if isinstance(node, dict):
            node = node.get(key)
        elif isinstance(node, list) and key.isdecimal() and int(key) < len(node):
            node = node[int(key)]
        else:
            return None
    return node


def first(node: Any, *paths: str) -> Any:
    """The first value that is there and not empty; None when none is."""
    for path in paths:
        value = at(node, path)
        if value not in (None, "", [], {}):
            return value
    return None


def text_of(node: Any, *paths: str) -> str:
    """`first` as stripped text; numbers become their digits, other things the empty string."""
    for path in paths:
        value = at(node, path)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


_MOST = 1e15  # nobody has more readers


def number_of(value: Any) -> tuple[int | None, bool]:
    """(count, approximate) of 12, "12", "1,234", "145.5万", "100万+", "2亿"."""
    if isinstance(value, bool) or value is None:
        return None, False
    if isinstance(value, int | float):
        return (int(value), False) if abs(value) < _MOST else (None, False)
    match = re.search(r"(\d[\d,]{0,20}(?:\.\d{1,9})?)\s*([万亿wWkK千]?)\s*(\+?)", str(value))
    if not match:
        return None, False
    scale = {"": 1, "万": 10_000, "w": 10_000, "亿": 100_000_000, "k": 1000, "千": 1000}[match[2].lower()]
    return round(float(match[1].replace(",", "")) * scale), bool(match[2] or match[3])


def tolerant(read: Callable[[], T], otherwise: D) -> T | D:
    """What `read` makes of a foreign value, or `otherwise` when the value has a shape nobody has seen."""
    try:
        return read()
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, OSError):
        return otherwise
