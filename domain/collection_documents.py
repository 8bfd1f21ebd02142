"""What the store keeps of collecting an account in one run: `Collected` <-> JSON data.

Posts keep their times and marks here, because they are what this run saw; their texts are kept once, in the store's posts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from domain.accounts import AccountFacts, Collected, CollectionStatus, Coverage, Evidence
from domain.captured import Post
from domain.targets import Source

VERSION = 1
_MOMENTS = frozenset(
    {"published_at", "time_low", "time_high", "edited_at", "oldest_seen", "newest_seen", "source_as_of", "fetched_at"}
)
_TEXTS = frozenset({"account_id", "title", "text", "links", "images"})  # kept with the posts


def as_document(collections: Iterable[Collected]) -> dict[str, Any]:
    """All that the sources of one account gave in one run, in the order they were asked."""
    return {"version": VERSION, "sources": [_collected(item) for item in collections]}


def from_document(account_id: str, run_id: str, document: Mapping[str, Any]) -> tuple[Collected, ...]:
    """The inverse of `as_document`, posts without their texts; fields of a later version are passed over."""
    return tuple(_read(account_id, run_id, item) for item in document.get("sources", ()))


def _collected(item: Collected) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "source": [item.source.adapter, item.source.argument, [list(pair) for pair in item.source.options]],
        "status": item.status.value,
        "facts": _plain(item.facts),
        "posts": [_plain(post) for post in item.posts],
        "coverage": _plain(item.coverage),
        "message": item.message,
        "skipped": dict(item.skipped),
        "evidence": [_plain(answer) for answer in item.evidence],
        "by": item.by,
    }
    return {name: value for name, value in kept.items() if value}


def _plain(value: Any) -> dict[str, Any]:
    """A flat dataclass as JSON data; what equals its default is left out."""
    kept = {}
    for item in fields(value):
        content = getattr(value, item.name)
        if item.name not in _TEXTS and content != item.default:
            kept[item.name] = content.isoformat() if isinstance(content, datetime) else content
    return kept


def _read(account_id: str, run_id: str, document: Mapping[str, Any]) -> Collected:
    adapter, argument, options = document["source"]
    return Collected(
        account_id,
        Source(adapter, argument, tuple((name, value) for name, value in options)),
        CollectionStatus(document["status"]),
        AccountFacts(**_values(AccountFacts, document.get("facts", {}))),
        tuple(Post(account_id, **_values(Post, post)) for post in document.get("posts", ())),
        Coverage(**_values(Coverage, document.get("coverage", {}))),
        document.get("message", ""),
        document.get("skipped", {}),
        tuple(_evidence(answer) for answer in document.get("evidence", ())),
        run_id,
        document.get("by", ""),
    )


def _evidence(document: Mapping[str, Any]) -> Evidence:
    headers = tuple((name, value) for name, value in document.get("headers", ()))
    return Evidence(**{**_values(Evidence, document), "headers": headers})


def _values(kind: Any, document: Mapping[str, Any]) -> dict[str, Any]:
    known = kind.__dataclass_fields__
    return {
        name: datetime.fromisoformat(value) if name in _MOMENTS and value else value
        for name, value in document.items()
        if name in known
    }
