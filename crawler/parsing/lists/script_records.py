"""Lists that stand in a script: CDATA datastores (jpage) and JSON records."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.absence import address_may_hold_date, may_hold_date
from crawler.parsing.html.addresses import resolve
from crawler.parsing.html.tree import Tree
from crawler.spans import spans
from domain.captured import DateHow, Entry

MAX_SCRIPT = 1_000_000
_RECORD, _RECORD_END = re.compile(r"<record>", re.I), re.compile(r"</record>", re.I)
_CDATA = re.compile(r"\s*+<!\[CDATA\[", re.I)
_NEXT, _NEXT_HREF = re.compile(r"<nextgroup>", re.I), re.compile(r"href=[\"']([^\"']+)(?=[\"'])", re.I)
_BARE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:datastore|recordset|record)\b", re.I)
_TOTAL = re.compile(r"total_?(?:records?|count|rows|num|items)?['\"]?\s*[:=]\s*['\"]?[1-9]", re.I)
_ARRAY = re.compile(r"\[\s*\{")
_TITLE = ("title", "doctitle", "infotitle", "name", "subject", "bt", "articletitle", "linktitle", "headline")
_LINK = ("url", "link", "href", "docpuburl", "linkurl", "puburl", "infourl", "pageurl", "path", "articleurl", "docurl")
_DATE = ("date", "pubdate", "publishdate", "publishtime", "pubtime", "publishedtime", "time", "createtime", "createdate",
         "docreltime", "docpubtime", "releasetime", "releasedate", "fbsj", "showtime", "infodate", "displaytime", "addtime")  # fmt: skip


def datastores(tree: Tree) -> list[tuple[int, str]]:
    """(script element, records as a list that can be laid out like any other; empty without records) of every datastore."""
    found = []
    for node, (_, script) in zip(tree.script_at, tree.scripts, strict=True):
        if "<record" in script[:MAX_SCRIPT].lower():
            found.append((node, _as_list(script)))
    return found


def bare_datastore(text: str) -> str:
    """The records of an answer that is nothing but a datastore (further pages of a jpage list); else empty."""
    return _as_list(text) if _BARE.match(text) else ""


def _as_list(store: str) -> str:
    records = [_bare(inner) for _, inner in spans(store[:MAX_SCRIPT], _RECORD, _RECORD_END)]
    return f"<ul>{''.join(map(_as_item, records))}</ul>" if records else ""


def _bare(record: str) -> str:
    """A record without its CDATA frame."""
    head = _CDATA.match(record)
    return record[head.end() :].rstrip().removesuffix("]]>") if head else record.strip().removesuffix("]]>")


def promises_records(tree: Tree) -> bool:
    """Whether a pager's script names a number of records."""
    return any(_TOTAL.search(script[:MAX_SCRIPT]) for _, script in tree.scripts)


def _as_item(record: str) -> str:
    return record if record.lstrip().lower().startswith("<li") else f"<li>{_rows(record)}</li>"


def _rows(record: str) -> str:
    """Table rows cannot stand in a list item."""
    return re.sub(r"<(/?)(?:tr|td|tbody|table)\b[^<>]*>", r"<\1span>", record, flags=re.I)


def datastore_next(tree: Tree, base: str) -> list[str]:
    """Addresses a datastore names for its further groups."""
    found: list[str] = []
    for script in (script[:MAX_SCRIPT] for _, script in tree.scripts):
        position = 0
        while (group := _NEXT.search(script, position)) and (href := _NEXT_HREF.search(script, group.end())):
            found.append(href[1])
            position = href.end()
    pages = [resolve(base, href.replace("&amp;", "&")) for href in found]
    return [page for page in pages if page]


def json_entries(tree: Tree, base: str, as_of: datetime) -> list[tuple[Entry, ...]]:
    """Lists of records with a title and an address in the page's scripts."""
    lists = []
    for attrs, script in tree.scripts:
        kind = (attrs.get("type") or "").lower()
        if len(script) > MAX_SCRIPT or "ld+json" in kind:
            continue
        for records in _arrays(script):
            entries = tuple(entry for entry in (_entry(record, base, as_of) for record in records) if entry)
            if len(entries) >= 2 and any(_shown(record) is not None for record in records):
                lists.append(entries)
    return lists


def _arrays(script: str) -> Iterator[list[Any]]:
    decoder = json.JSONDecoder()
    position, tries = 0, 0
    while (match := _ARRAY.search(script, position)) and tries < 40:
        tries += 1
        try:
            value, position = decoder.raw_decode(script, match.start())
        except (ValueError, RecursionError):
            position = match.end()
            continue
        if isinstance(value, list):
            yield value


def _shown(record: Any) -> Any:
    """What a record tells under a name of dates."""
    lower = (
        {str(key).lower().replace("_", ""): value for key, value in record.items()} if isinstance(record, dict) else {}
    )
    return next((lower[key] for key in _DATE if lower.get(key)), None)


def _entry(record: Any, base: str, as_of: datetime) -> Entry | None:
    if not isinstance(record, dict):
        return None
    lower = {str(key).lower().replace("_", ""): value for key, value in record.items()}
    title = next((lower[key] for key in _TITLE if isinstance(lower.get(key), str) and lower[key].strip()), None)
    href = next((lower[key] for key in _LINK if isinstance(lower.get(key), str) and lower[key].strip()), None)
    url = resolve(base, href) if href else None
    if not title or not url:
        return None
    plain = " ".join(re.sub(r"<[^<>]+>", "", title).split())
    shown = _shown(record)
    if shown is None:
        told = (str(value) for value in lower.values() if isinstance(value, str | int | float))
        undated = not address_may_hold_date(url) and not any(map(may_hold_date, told))
        return Entry(plain, url, None, DateHow.ABSENT if undated else DateHow.UNREADABLE)
    if isinstance(shown, int | float) or (isinstance(shown, str) and re.fullmatch(r"\d{10}|\d{13}", shown)):
        moment = dates.from_number(float(shown), as_of)
        return Entry(plain, url, moment.date() if moment else None, DateHow.SCRIPT if moment else DateHow.UNREADABLE)
    stamp = dates.read(str(shown), as_of)
    day = stamp.day if stamp else None
    return Entry(plain, url, day, DateHow.SCRIPT if day else DateHow.UNREADABLE)
