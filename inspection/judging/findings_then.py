"""The findings of a run of an older night as that run left them: its states, its facts, its days, its waivers.

What a person called a mistake since is one on every night; a waiver holds for the nights on which it was in force.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from domain.findings import FindingRecord, FindingState
from domain.ports import Store
from domain.runs import Run


def findings_then(store: Store, target_ids: Collection[str], run: Run) -> list[FindingRecord]:
    """Findings of some targets as of a run; those that no later run has touched are as they are now."""
    known = [record for record in store.findings(target_ids) if record.first_seen <= run.as_of]
    later = {item.id for item in store.runs(run.as_of)}
    moved = {record.fingerprint for record in known if record.last_run in later}
    if not moved:
        return known
    before = [item for item in reversed(store.runs()) if item.as_of <= run.as_of and item.id != run.id]
    then = last_noted(store, (run, *before), moved)
    return [_decided(then.get(record.fingerprint, record), record) for record in known]


def last_noted(store: Store, newest_first: Iterable[Run], wanted: Collection[str]) -> Mapping[str, FindingRecord]:
    """What the first of these runs that saw or closed each wanted finding noted of it."""
    found: dict[str, FindingRecord] = {}
    left = {*wanted}
    for item in newest_first:
        if not left:
            break
        found |= {record.fingerprint: record for record in store.noted(item.id, left)}
        left -= found.keys()
    return found


def _decided(then: FindingRecord, now: FindingRecord) -> FindingRecord:
    if then is now:
        return now
    if now.state is FindingState.REJECTED:
        return replace(then, state=now.state, review=now.review, waiver=None)
    if then.state is FindingState.REJECTED:  # taken back since
        return replace(then, state=FindingState.PERSISTING, review=now.review)
    return replace(then, review=now.review)
