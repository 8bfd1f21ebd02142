"""Findings across runs: new, persisting, fixed, reopened. Pure.

A finding is closed only when the place where it was seen was examined again in this run, and never by a run of an
earlier night than the one that saw it last. Each night an open finding is confirmed, closed or not examined.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from domain.findings import Closing, Finding, FindingRecord, FindingState, Severity, fingerprint
from domain.runs import Run
from domain.times import beijing_date


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding of this run with what its rule says."""

    finding: Finding
    severity: Severity
    rule_version: str
    examined: bool = True  # False: judged from a capture of an older run


def advance(
    earlier: Iterable[FindingRecord],
    seen: Iterable[Seen],
    target_id: str,
    run: Run,
    closing: Callable[[FindingRecord], str],
) -> Iterator[FindingRecord]:
    """Yield the records of one target after a run: those seen, and those closed. Repeating it changes nothing.

    `closing` says how a finding that was not seen came to its end (a `Closing`, or what became of a post); empty when
    its place was not looked at again.
    """
    known = {record.fingerprint: record for record in earlier}
    for item in seen:
        key = fingerprint(item.finding.check, target_id, item.finding.identity)
        record = known.pop(key, None)
        if record is None:
            yield _new(key, item, target_id, run)
        elif item.examined:
            yield _seen_again(record, item, run)
        elif after := _seen_in_archive(record, item, run):
            yield after
    for record in known.values():
        is_due = record.state.is_open or _waiver_is_over(record, run)
        if is_due and record.last_seen <= run.as_of and (said := closing(record)):
            closed = "" if said == Closing.MENDED else str(said)
            yield replace(record, state=FindingState.FIXED, last_run=run.id, closed=closed, archived=False)


def _new(key: str, item: Seen, target_id: str, run: Run) -> FindingRecord:
    return FindingRecord(
        key,
        target_id,
        item.finding,
        FindingState.NEW,
        item.severity,
        item.rule_version,
        run.as_of,
        run.as_of,
        run.id,
        run.id,
        archived=not item.examined,
    )


def _seen_again(record: FindingRecord, item: Seen, run: Run) -> FindingRecord:
    is_later = beijing_date(run.as_of) > beijing_date(record.last_seen)
    return replace(
        record,
        finding=item.finding,
        severity=item.severity,
        rule_version=item.rule_version,
        state=_state(record, run),
        last_seen=max(record.last_seen, run.as_of),
        last_run=run.id,
        nights=record.nights + is_later,
        closed="",
        archived=False,
    )


def _seen_in_archive(record: FindingRecord, item: Seen, run: Run) -> FindingRecord | None:
    """What changed rules say from an older capture; None when it tells nothing new of the finding."""
    if record.rule_version == item.rule_version or not (record.state.is_open or record.state is FindingState.FIXED):
        return None
    state = FindingState.REOPENED if record.state is FindingState.FIXED else record.state
    fresh = replace(record, finding=item.finding, severity=item.severity, rule_version=item.rule_version)
    return replace(fresh, state=state, last_run=run.id, closed="", archived=True)


def _waiver_is_over(record: FindingRecord, run: Run) -> bool:
    """A waiver holds to its last day; then the finding is open again, or closed when it is gone."""
    expires = record.waiver.expires if record.waiver else None
    return record.state is FindingState.WAIVED and expires is not None and beijing_date(run.as_of) > expires


def _state(record: FindingRecord, run: Run) -> FindingState:
    if record.state is FindingState.REJECTED:
        return record.state
    if record.state is FindingState.WAIVED:
        return FindingState.PERSISTING if _waiver_is_over(record, run) else record.state
    if record.last_run == run.id and record.state is not FindingState.FIXED:
        return record.state
    if record.first_run == run.id:
        return FindingState.NEW
    return FindingState.REOPENED if record.state is FindingState.FIXED else FindingState.PERSISTING
