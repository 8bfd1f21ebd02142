"""Many findings decided at once: all or nothing, one entry in the trail. The word lists learn nothing from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.errors import UsageError
from domain.findings import FindingRecord, FindingState, Review
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note
from inspection.people.findings import REVIEWS, STATEMENTS

MOST = 200
UNDECIDED, CONFIRMED, REJECTED = REVIEWS


def review_many(
    store: Store, records: Sequence[FindingRecord], verdict: str, actor: Actor, reason: str, at: datetime
) -> list[FindingRecord]:
    """Note the same verdict of all of them; UsageError before anything is changed."""
    demand(store, actor, Action.REVIEW)
    if not records:
        raise UsageError("没有选中任何问题")
    if len(records) > MOST:
        raise UsageError(f"一次最多处理 {MOST} 个问题，选中了 {len(records)} 个")
    if verdict == REJECTED and not reason.strip():
        raise UsageError("标记为误报须写明理由")
    severe = [record for record in records if record.finding.check in STATEMENTS]
    if verdict == CONFIRMED and severe and store.persons():
        raise UsageError(f"选中的问题中有 {len(severe)} 个严重表述错误，须逐个由两人经办，不能批量确认")
    after = [_decided(record, verdict, actor, reason.strip(), at) for record in records]
    keys = "、".join(record.fingerprint for record in records)
    why = f"（{reason.strip()}）" if reason.strip() else ""
    note(store, actor, Act.REVIEW, f"批量 {len(records)} 个问题", at, keys, f"{REVIEWS[verdict]}{why}")
    store.save_findings(after)
    return after


def _decided(record: FindingRecord, verdict: str, actor: Actor, reason: str, at: datetime) -> FindingRecord:
    state = record.state
    if verdict == REJECTED:
        state = FindingState.REJECTED
    elif state in {FindingState.REJECTED, FindingState.WAIVED}:
        state = FindingState.PERSISTING
    review = Review(verdict, actor.name, at, record.rule_version, reason)
    return replace(record, state=state, review=review, waiver=None)
