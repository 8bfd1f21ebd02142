"""What needs two persons: a waiver, and a confirmed 严重表述错误. One asks, another one grants; nobody does both."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from domain.errors import UsageError
from domain.findings import FindingRecord
from domain.persons import Actor, Request, RequestKind
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note, unit_of_target
from inspection.people.findings import STATEMENTS, Verdict, expiry, find, review_and_learn, waived
from inspection.people.lessons import Previewer
from inspection.wording import RuleWording

_RIGHTS = {
    RequestKind.WAIVE: (Action.REQUEST_WAIVER, Action.GRANT_WAIVER),
    RequestKind.CONFIRM: (Action.REVIEW, Action.SECOND_VOICE),
}


def request(store: Store, key: str, kind: RequestKind, actor: Actor, reason: str, until: str, at: datetime) -> str:
    """Ask for what another person has to grant."""
    record = find(store, key)
    if not store.persons():
        raise UsageError("还没有登记人员，不需要两人经办；请直接用 findings waive 或 findings confirm")
    demand(store, actor, _RIGHTS[kind][0], unit_of_target(store, record.target_id))
    if not reason.strip():
        raise UsageError("申请须写明理由（--reason）")
    if kind is RequestKind.CONFIRM and record.finding.check not in STATEMENTS:
        raise UsageError("只有严重表述错误需要两人确认；其他问题请用 findings confirm")
    if pending(store, record, kind):
        raise UsageError(f"{record.fingerprint[:8]} 已有人申请{kind.label}，尚未批准")
    day = expiry(until, at) if kind is RequestKind.WAIVE else None
    if kind is RequestKind.WAIVE and day is None:
        raise UsageError("申请豁免须写明到哪一天（--until 2023-06-30）")
    person = actor.person.id if actor.person else ""
    until_words = f"至 {day}" if day else ""
    note(store, actor, Act.REQUEST, record.fingerprint, at, now=f"{kind.label}{until_words}（{reason.strip()}）")
    store.save_requests([Request(record.fingerprint, kind, person, actor.name, at, reason.strip(), day)])
    return f"{record.fingerprint[:8]} 已申请{kind.label}（{actor.name}），待另一人批准"


def decide(store: Store, data: Path, key: str, actor: Actor, at: datetime, preview: Previewer, *, granted: bool) -> str:
    """Grant or refuse what somebody else asked; a granted request takes effect at once."""
    record = find(store, key)
    item = next((each for kind in RequestKind for each in pending(store, record, kind)), None)
    if item is None:
        raise UsageError(f"{record.fingerprint[:8]} 没有待批准的申请；先用 xunjian findings request 申请")
    demand(store, actor, _RIGHTS[item.kind][1], unit_of_target(store, record.target_id))
    if actor.person is None or actor.person.id == item.person_id:
        raise UsageError(f"{item.kind.label}须由两人经办；{item.by}申请的不能由本人批准")
    if granted and item.until:
        expiry(item.until.isoformat(), at)
    done = replace(item, decided_by=actor.name, decided_at=at, granted=granted)
    word = f"{item.kind.label}{'已批准' if granted else '未批准'}"
    note(store, actor, Act.GRANT, record.fingerprint, at, f"{item.by}申请", word)
    lines = [f"{record.fingerprint[:8]} {word}（{actor.name}）"]
    if granted and item.kind is RequestKind.WAIVE:
        store.save_findings([waived(record, f"{item.by}申请，{actor.name}批准", item.reason, item.until, at)])
    elif granted:
        both = Actor(f"{item.by}、{actor.name}", actor.person, actor.account)
        said = Verdict("confirmed", both, item.reason, at, second=True)
        lines.append(review_and_learn(store, data, key, said, preview))
    store.save_requests([done])
    return "\n".join(lines)


def pending(store: Store, record: FindingRecord, kind: RequestKind) -> list[Request]:
    """What waits for a second person about a finding."""
    return [item for item in store.requests(record.fingerprint) if item.kind is kind and not item.decided_by]


def request_lines(store: Store, wording: RuleWording) -> list[str]:
    """All that waits for a second person."""
    known = {record.fingerprint: record for record in store.findings()}
    lines = []
    for item in store.requests():
        if not item.decided_by and item.fingerprint in known:
            until = f"，至 {_day(item.until)}" if item.until else ""
            what = wording.message(known[item.fingerprint].finding)
            lines.append(f"{item.fingerprint[:8]}  申请{item.kind.label}{until}（{item.by}：{item.reason}）  {what}")
    return lines or ["没有待批准的申请。"]


def _day(value: date) -> str:
    return value.isoformat()
