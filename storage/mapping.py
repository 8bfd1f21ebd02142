"""Rows <-> domain values of the captures."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from domain.captured import Attempt, Link, Page, PageKind, Post, Probe, ProbeOutcome, Reading, SiteRun
from storage.documents import from_document, pack, to_document, to_text, unpack, unpacked
from storage.taming import tamed_text

if TYPE_CHECKING:
    from sqlalchemy import Row

Values = dict[str, Any]
URL_PREFIX = 400  # characters; PostgreSQL refuses index entries above about 2,700 bytes
_PLAIN = re.compile(r"[\w.~%&=?;,:@!$*+-]+", re.A)
FEW_TARGETS = 40  # looked for in the packed links before these are taken apart
LAST_RUNS = 10  # nights of attempts a link verdict may look back on
FIXED_AS_OF = "批次 {run_id} 的监测时间点已定为 {old}，不能改为 {new}；请另建一个批次。"
UNKNOWN_RUN = "批次 {run_id} 不在库中；请先保存批次，再写入其采集结果。"


def key_of(*parts: str) -> int:
    """A signed 64-bit key by content, so that rows can point to each other before they are written."""
    text = tamed_text("\x1f".join(parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def is_good(attempt: Attempt) -> bool:
    """Whether an attempt was a plain good answer."""
    return not attempt.error and attempt.status < 400 and not attempt.signals


def address_row(site_id: str, url: str) -> Values:
    """An address and its key."""
    return {"id": key_of(site_id, url), "site_id": site_id, "url": url}


def reading_row(page: Page, reading: Reading, address_id: int) -> Values:
    """A reading; its key covers the content, so the same reading is kept once for all nights."""
    document = to_document(reading, without="links")
    links = [(link.url, link.text, link.tag, link.place) for link in reading.links]
    packed, packed_links = pack(document), pack(links)
    content = blake2b(packed, digest_size=16)
    content.update(packed_links)
    parts = (str(address_id), page.body_hash, str(page.parser_version), str(page.rendered), content.hexdigest())
    return {
        "id": key_of(*parts),
        "kind": reading.kind.value,
        "title": reading.title,
        "published_on": reading.published.day,
        "charset": reading.charset,
        "document": packed,
        "links": packed_links,
    }


def visit_row(page: Page, run_no: int, as_of: datetime, address_id: int, reading_id: int | None) -> Values:
    """A visit."""
    moved = bool(page.final_url) and page.final_url != page.url
    return {
        "run_no": run_no,
        "as_of": as_of,
        "site_id": page.site_id,
        "address_id": address_id,
        "rendered": page.rendered,
        "status": page.status,
        "final_url": page.final_url if moved else None,
        "final_id": key_of(page.site_id, page.final_url) if moved else None,
        "fetched_at": page.fetched_at,
        "body_hash": page.body_hash,
        "content_type": page.content_type,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "seconds": page.seconds,
        "size": page.size,
        "unchanged": page.unchanged,
        "parser_version": page.parser_version,
        "reading_id": reading_id,
    }


def links_of(packed: bytes) -> tuple[Link, ...]:
    """The links of a reading."""
    return tuple(Link(*values) for values in unpack(packed))


def targets_of(packed: bytes) -> Iterator[str]:
    """Only the addresses of the links of a reading."""
    return (values[0] for values in unpack(packed))


@lru_cache(maxsize=32)
def _needle(targets: frozenset[str]) -> re.Pattern[bytes] | None:
    """A cheap look before links are taken apart: the last parts of a few addresses; None where JSON may escape them."""
    parts = {target.rpartition("/")[2] or target.rpartition("/")[0].rpartition("/")[2] for target in targets}
    if len(targets) > FEW_TARGETS or any(not part or not _PLAIN.fullmatch(part) for part in parts):
        return None
    return re.compile(b"|".join(re.escape(part.encode()) for part in sorted(parts)))


def links_into(packed: bytes, targets: Collection[str]) -> Iterator[Link]:
    """The links of a reading that point to one of `targets`, whatever their fragment."""
    needle = _needle(targets) if isinstance(targets, frozenset) else None
    if needle is not None and not needle.search(unpacked(packed)):
        return
    for values in unpack(packed):
        if values[0] in targets or ("#" in values[0] and values[0].partition("#")[0] in targets):
            yield Link(*values)


def links_to(packed: bytes, target: str) -> list[Link]:
    """The links of a reading that point to a target, whatever their fragment; cheap when there is none."""
    if json.dumps(target, ensure_ascii=False)[:-1].encode("utf-8", "surrogatepass") not in unpacked(packed):
        return []
    return list(links_into(packed, {target}))


def page_of(row: "Row[*tuple[Any, ...]]") -> Page:
    """A page from a visit row with `run_id`, `url` and the packed reading; without links unless the row has them."""
    values = row._mapping
    reading = None
    if values["document"] is not None:
        document = unpack(values["document"])
        reading = from_document(Reading, document)
        if values.get("links") is not None:
            reading = replace(reading, links=links_of(values["links"]))
    return Page(
        run_id=values["run_id"],
        site_id=values["site_id"],
        url=values["url"],
        final_url=values["final_url"] or values["url"],
        status=values["status"],
        fetched_at=values["fetched_at"],
        body_hash=values["body_hash"],
        content_type=values["content_type"],
        etag=values["etag"],
        last_modified=values["last_modified"],
        seconds=values["seconds"],
        size=values["size"],
        rendered=values["rendered"],
        unchanged=values["unchanged"],
        parser_version=values["parser_version"],
        reading=reading,
    )


def kind_of(text: str | None) -> PageKind | None:
    """A stored page kind."""
    return None if text is None else PageKind(text)


_ATTEMPT_REST = ("chain", "headers", "head_hash", "signals")


def attempt_row(attempt: Attempt, run_no: int, as_of: datetime) -> Values:
    """An attempt."""
    document = to_document(attempt)
    return {
        "address_id": key_of(attempt.site_id, attempt.url),
        "at": attempt.at,
        "run_no": run_no,
        "look": attempt.look,
        "method": attempt.method,
        "as_of": as_of,
        "status": attempt.status,
        "error": attempt.error,
        "seconds": attempt.seconds,
        "good": is_good(attempt),
        "document": to_text({name: document[name] for name in _ATTEMPT_REST if name in document}),
    }


def attempt_of(row: "Row[*tuple[Any, ...]]", site_id: str, url: str) -> Attempt:
    """An attempt from its row with `run_id`."""
    values = row._mapping
    rest = json.loads(values["document"])
    plain = {name: values[name] for name in ("run_id", "method", "status", "error", "look", "seconds")}
    return from_document(Attempt, {"site_id": site_id, "url": url, "at": values["at"].isoformat(), **plain, **rest})


def probe_row(probe: Probe) -> Values:
    """A probe."""
    names = ("site_id", "at", "url", "seconds", "status", "run_id")
    return {name: getattr(probe, name) for name in names} | {"outcome": probe.outcome.value}


def probe_of(row: "Row[*tuple[Any, ...]]") -> Probe:
    """A probe from its row."""
    values = dict(row._mapping)
    return Probe(**values | {"outcome": ProbeOutcome(values["outcome"])})


def site_run_of(run_id: str, site_id: str, row: "Row[*tuple[Any, ...]] | None", counted: dict[str, int]) -> SiteRun:
    """A SiteRun from its row, if there is one, with the addresses skipped in the frontier counted in."""
    if row is None:
        return SiteRun(run_id, site_id, skipped=counted)
    skipped = merged(json.loads(row.skipped), counted)
    facts = from_document(SiteRun, {"run_id": run_id, "site_id": site_id, **json.loads(row.facts or "{}")})
    return replace(facts, state=row.state, pages=row.pages, skipped=skipped, reason=row.reason)


_COLUMNS = frozenset({"run_id", "site_id", "state", "pages", "skipped", "reason"})  # of the table; the rest is facts


def site_facts_text(item: SiteRun) -> str:
    """What was found out about a whole site, as JSON; empty when nothing was."""
    document = to_document(item)
    facts = {name: value for name, value in document.items() if name not in _COLUMNS}
    return to_text(facts) if facts else ""


def merged(written: dict[str, int], counted: dict[str, int]) -> dict[str, int]:
    """Reasons counted by the crawler and in the frontier; one that both counted is not added twice."""
    return written | {reason: max(count, written.get(reason, 0)) for reason, count in counted.items()}


def host_of(url: str) -> str:
    """Lower-case host and port of a web address; empty for everything else."""
    scheme, _, rest = url.partition("://")
    if scheme.lower() not in {"http", "https"}:
        return ""
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2].lower()
    return host.removesuffix(":80" if scheme.lower() == "http" else ":443")


def moment_of(item: Post) -> datetime | None:
    """When a post counts; None when nothing says."""
    return item.published_at or item.time_high or item.time_low
