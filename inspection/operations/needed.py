"""Which stored bodies findings, letters, notices and periods rest on, and which have to go because of what they show."""

import re
from collections.abc import Iterator
from datetime import datetime

from checks.shared.masking import masked_text
from domain.findings import FindingRecord, FindingState
from domain.ports import Store
from domain.standings import Item
from inspection.forgotten import forgotten_before
from inspection.judging.rules_then import KEY
from inspection.results.screenshots import pictures_of
from inspection.texts.installation import FOLDER as LANGUAGE
from inspection.texts.kept_files import kept_of

PRIVATE = "text.privacy"
HASH = re.compile(r"[0-9a-f]{64}")


def pinned(store: Store, since: datetime) -> frozenset[str]:
    """Captures and pictures of findings that are not mended, or lately; of letters and of closed periods for ever."""
    on_paper = {item.fingerprint for letter in store.letters() for item in letter.items}
    on_paper |= {item.fingerprint for item in _closed_items(store)}
    records = [
        record
        for record in store.findings()
        if record.state is not FindingState.FIXED or record.last_seen >= since or record.fingerprint in on_paper
    ]
    found = {digest for record in records for digest in captures(record)}
    return frozenset((found | {*pictures_of(store, records).values()}) - {""})


def _closed_items(store: Store) -> Iterator[Item]:
    """What closed periods say was found, mended and doubted things too: an archive shows all of it."""
    for period in store.periods():
        for version in range(1, period.version + 1):
            for standing in store.standings(period.id, version):
                yield from standing.items


def signed(store: Store) -> frozenset[str]:
    """Files that left the office or came back to it, rules and word lists of every run; nothing makes these go.

    The language statistics of a run stay as long as it can be judged again: they are large.
    """
    replies = {reply.sha256 for letter in store.letters() for reply in letter.replies}
    runs, border = store.runs(), forgotten_before(store)
    rules = {str(run.settings[KEY]) for run in runs if KEY in run.settings}
    rules |= {
        body
        for run in runs
        for path, body in (kept_of(run) or {}).items()
        if not path.startswith(f"{LANGUAGE}/") or border is None or run.as_of >= border
    }
    return frozenset(replies | rules | {item.sha256 for item in store.issued_notices()})


def captures(record: FindingRecord) -> set[str]:
    """Stored bodies a finding speaks of."""
    told = (value for value in record.finding.facts.values() if isinstance(value, str))
    return {record.finding.ref.capture, *(value for value in told if HASH.fullmatch(value))} - {""}


def private_bodies(store: Store, before: datetime) -> frozenset[str]:
    """Captures of private data whose finding was closed before a moment, unless an open finding rests on them too."""
    gone: set[str] = set()
    needed: set[str] = set()
    for record, is_over in _private(store, before):
        if not is_over:
            needed |= captures(record)
            continue
        for url in _places(record):
            gone |= store.bodies_of(record.target_id, url, record.first_seen, record.last_seen)
        gone |= captures(record)
    return frozenset(gone - needed)


def mask_private_texts(store: Store, before: datetime, *, counting_from: datetime | None = None) -> int:
    """What was read out of these captures, and the posts: masked as in the finding. Returns how many texts changed.

    With `counting_from` nothing changes: it is how many would, of those read since then, because older ones go themselves.
    """
    is_dry = counting_from is not None
    return sum(
        store.mask_texts(
            record.target_id,
            url,
            max(record.first_seen, counting_from or record.first_seen),
            record.last_seen,
            masked_text,
            dry_run=is_dry,
        )
        for record, is_over in _private(store, before)
        if is_over
        for url in _places(record)
    )


def _private(store: Store, before: datetime) -> Iterator[tuple[FindingRecord, bool]]:
    """Findings of private data, and whether they were closed before a moment."""
    moments = {run.id: run.as_of for run in store.runs()}
    for record in store.findings():
        if record.finding.check == PRIVATE:
            closed = moments.get(record.last_run, record.last_seen)
            yield record, record.state is FindingState.FIXED and closed < before


def _places(record: FindingRecord) -> list[str]:
    return sorted({record.finding.ref.url, *record.finding.found_on} - {""})
