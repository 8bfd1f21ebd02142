"""What a person may do with a finding, and doing it: with the version he saw, scored again at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from domain.errors import Conflict, UsageError
from domain.findings import FindingRecord
from domain.persons import Actor, Request, RequestKind
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from inspection.desk.scope import View, seen_finding
from inspection.desk.versions import demand_version
from inspection.judging.rescoring import rescoring
from inspection.people.bulk_review import review_many
from inspection.people.findings import STATEMENTS, Verdict, review_and_learn
from inspection.people.lessons import Previewer, lesson_of
from inspection.people.second_voices import decide, request


class Choice(StrEnum):
    """What can be done with a finding."""

    CONFIRM = "confirmed"
    REJECT = "rejected"
    UNDO = "unreviewed"
    ASK_WAIVER = "ask_waiver"
    ASK_CONFIRM = "ask_confirm"
    GRANT = "grant"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """As its button says it."""
        return _LABELS[self]


_LABELS = {
    Choice.CONFIRM: "确认属实",
    Choice.REJECT: "标为误报",
    Choice.UNDO: "撤销结论",
    Choice.ASK_WAIVER: "申请豁免",
    Choice.ASK_CONFIRM: "申请确认",
    Choice.GRANT: "批准",
    Choice.REFUSE: "不批准",
}
REVIEWS = frozenset({Choice.CONFIRM, Choice.REJECT, Choice.UNDO})


@dataclass(frozen=True, slots=True)
class Said:
    """What a person chose, why, and the version he saw."""

    choice: Choice
    version: str
    reason: str = ""
    until: str = ""
    context: str = ""
    only: bool = False


def choices(view: View, record: FindingRecord, requests: Sequence[Request]) -> list[Choice]:
    """The legal ones for a person, in the order of their buttons."""
    unit = view.unit_of(record.target_id)
    waiting = {item.kind: item for item in requests if not item.decided_by}
    found: list[Choice] = []
    if view.may(Action.REVIEW, unit):
        is_open, severe = record.state.is_open, record.finding.check in STATEMENTS
        if is_open and record.review.verdict != "confirmed":
            if not severe:
                found.append(Choice.CONFIRM)
            elif RequestKind.CONFIRM not in waiting:
                found.append(Choice.ASK_CONFIRM)
        found += [Choice.REJECT] if is_open else []
        found += [Choice.UNDO] if record.review.verdict != "unreviewed" or record.waiver else []
    if record.state.is_open and view.may(Action.REQUEST_WAIVER, unit) and RequestKind.WAIVE not in waiting:
        found.append(Choice.ASK_WAIVER)
    if any(_may_decide(view, unit, item) for item in waiting.values()):
        found += [Choice.GRANT, Choice.REFUSE]
    return found


def _may_decide(view: View, unit: str, item: Request) -> bool:
    action = Action.GRANT_WAIVER if item.kind is RequestKind.WAIVE else Action.SECOND_VOICE
    return view.may(action, unit) and item.person_id != view.person.id


def rehearse(record: FindingRecord, said: Said, preview: Previewer) -> None:
    """Look at what a decision would teach, before anybody has to wait for it; the previewer remembers."""
    if said.choice in REVIEWS and not said.only:
        lesson = lesson_of(record.finding, said.choice.value, said.context)
        if lesson is not None:
            preview([lesson])


def carry_out(
    store: Store, data: Path, rulebook: RuleBook, view: View, actor: Actor, fingerprint: str, said: Said, now: datetime,
    preview: Previewer,
) -> str:  # fmt: skip
    """Do it; Conflict when somebody else was quicker. What the same person has just done is done."""
    record = seen_finding(store, view, fingerprint)
    try:
        demand_version(record, said.version)
    except Conflict:
        if record.review.by == actor.name and record.review.verdict == said.choice.value:
            return f"{fingerprint[:8]} 已经{said.choice.label}，没有重复办理"
        raise
    if said.choice is Choice.REJECT and not said.reason.strip():
        raise UsageError("标记为误报须写明理由")
    with rescoring(store, rulebook) as watched:
        if said.choice in REVIEWS:
            verdict = Verdict(said.choice.value, actor, said.reason.strip(), now, said.context, said.only)
            return review_and_learn(watched, data, fingerprint, verdict, preview)
        if said.choice in {Choice.GRANT, Choice.REFUSE}:
            granted = said.choice is Choice.GRANT
            return decide(watched, data, fingerprint, actor, now, preview, granted=granted)
        kind = RequestKind.WAIVE if said.choice is Choice.ASK_WAIVER else RequestKind.CONFIRM
        return request(watched, fingerprint, kind, actor, said.reason, said.until, now)


def chosen(store: Store, view: View, keys: Sequence[str]) -> list[tuple[FindingRecord, str]]:
    """The findings behind `fingerprint.version` keys, each once."""
    found: dict[str, tuple[FindingRecord, str]] = {}
    for key in keys:
        fingerprint, _, version = key.partition(".")
        found[fingerprint] = (seen_finding(store, view, fingerprint), version)
    return list(found.values())


def carry_out_many(
    store: Store, rulebook: RuleBook, view: View, actor: Actor, keys: Sequence[str], said: Said, now: datetime
) -> list[FindingRecord]:
    """The same verdict of many, all or nothing; Conflict when one of them was changed in the meantime."""
    if said.choice not in REVIEWS:
        raise UsageError("批量只能确认、标为误报或撤销结论")
    records = chosen(store, view, keys)
    for record, version in records:
        demand_version(record, version)
    plain = [record for record, _ in records]
    with rescoring(store, rulebook) as watched:
        return review_many(watched, plain, said.choice.value, actor, said.reason, now)
