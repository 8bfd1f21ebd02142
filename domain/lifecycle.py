"""Findings across runs: new, persisting, fixed, reopened. Pure.

A finding is closed only when the place where it was seen was examined again in this run, and never by a run of an
earlier night than the one that saw it last. Each night an open finding is confirmed, closed or not examined.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from domain.decisions import Decisions, Topic, no_topic, waiver_is_over
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
    topic: Topic = no_topic,
) -> Iterator[FindingRecord]:
    """Yield the records of one target after a run: those seen, and those closed. Repeating it changes nothing.

    `closing` says how a finding that was not seen came to its end (a `Closing`, or what became of a post); empty when
    its place was not looked at again. A decision about one check's finding holds for others of the same `topic`.
    """
    known = {record.fingerprint: record for record in earlier}
    decisions = Decisions.of(known.values(), run, topic)
    for item in seen:
        key = fingerprint(item.finding.check, target_id, item.finding.identity)
        if after := _after(known.pop(key, None), key, item, target_id, run):
            yield decisions.applied(after)
    for record in known.values():
        is_due = record.state.is_open or waiver_is_over(record, run)
        if is_due and record.last_seen <= run.as_of and (said := closing(record)):
            closed = "" if said == Closing.MENDED else str(said)
            yield replace(record, state=FindingState.FIXED, last_run=run.id, closed=closed, archived=False)


def _after(record: FindingRecord | None, key: str, item: Seen, target_id: str, run: Run) -> FindingRecord | None:
    """The record of a finding that was seen; None where that tells nothing new of it."""
    if record is None:
        return _new(key, item, target_id, run)
    return _seen_again(record, item, run) if item.examined else _seen_in_archive(record, item, run)


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


def _state(record: FindingRecord, run: Run) -> FindingState:
    if record.state is FindingState.REJECTED:
        return record.state
    if record.state is FindingState.WAIVED:
        return FindingState.PERSISTING if waiver_is_over(record, run) else record.state
    if record.last_run == run.id and record.state is not FindingState.FIXED:
        return record.state
    if record.first_run == run.id:
        return FindingState.NEW
    return FindingState.REOPENED if record.state is FindingState.FIXED else FindingState.PERSISTING
