"""Findings as a person sees and judges them: list, details, confirm, reject, waive."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from domain.errors import UsageError
from domain.finding_search import FindingSearch, Stage, mark_of
from domain.findings import FindingRecord, FindingState, Review, Waiver
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.runs import RunKind, RunState
from domain.targets import Account, Site
from domain.times import BEIJING, beijing_date
from domain.trail import Act
from inspection.acting import demand, note, unit_of_target
from inspection.people.lessons import ALLOWED, STATEMENT, TYPO, Previewer, lesson_of, require_harmless
from inspection.people.word_lists import allowed_by, is_covered, note_review
from inspection.wording import RuleWording

STATEMENTS = frozenset({STATEMENT})  # what two persons confirm
WHOLE_KEY = 16  # digits
WINDOW = 1000
CURRENT = (Stage.WAITING, Stage.OPEN)
REVIEWS = {"unreviewed": "未复核", "confirmed": "已确认", "rejected": "误报"}


def finding_lines(store: Store, rulebook: RuleBook, target: str, *, show_all: bool, as_json: bool) -> str:
    """The findings of a target, or of all, most severe first."""
    wanted_ids = (_target_id(store, target),) if target else ()
    records = store.findings(wanted_ids) if show_all else store.standing_findings(wanted_ids)
    wanted = [record for record in records if show_all or record.state.is_open]
    wanted.sort(key=lambda record: (-record.severity.rank, record.target_id, record.fingerprint))
    wording, names = RuleWording(rulebook), target_names(store)
    if as_json:
        rows = [_row(record, wording) for record in wanted]
        return json.dumps({"schema": "xunjian.findings/1", "findings": rows}, ensure_ascii=False)
    if not wanted:
        return "没有问题。"
    latest = latest_looks(store)
    return "\n".join(
        f"{record.fingerprint[:8]}  {record.severity.label}  {state_words(record)}  "
        f"{names.get(record.target_id, record.target_id)}  {wording.message(record.finding)}{_unread(record, latest)}"
        for record in wanted
    )


def review(
    store: Store, key: str, verdict: str, actor: Actor, reason: str, at: datetime, *, second: bool = False
) -> str:
    """Note what a person said: confirmed, rejected, or unreviewed (which also ends a waiver).

    `second`: another person than the one who asked says it, so that a severe misstatement may be confirmed.
    """
    record = find(store, key)
    severe = verdict == "confirmed" and record.finding.check in STATEMENTS
    unit = unit_of_target(store, record.target_id)
    demand(store, actor, Action.SECOND_VOICE if severe and second else Action.REVIEW, unit)
    if severe and not second and store.persons():
        raise UsageError(
            f"确认严重表述错误须由两人经办；请用 xunjian findings request {key} --confirm 申请，由另一人批准"
        )
    state = record.state
    if verdict == "rejected":
        state = FindingState.REJECTED
    elif state in {FindingState.REJECTED, FindingState.WAIVED}:
        state = FindingState.PERSISTING
    noted = Review(verdict, actor.name, at, record.rule_version, reason)
    was = f"{record.state.label}，{REVIEWS[record.review.verdict]}"
    note(store, actor, Act.REVIEW, record.fingerprint, at, was, f"{REVIEWS[verdict]}{_why(reason)}")
    store.save_findings([replace(record, state=state, review=noted, waiver=None)])
    return f"{record.fingerprint[:8]} {REVIEWS[verdict]}（{actor.name}）"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a finding, and how much of its sentence the word lists may take from it."""

    verdict: str  # confirmed, rejected, unreviewed
    actor: Actor
    reason: str
    at: datetime
    context: str = ""  # a longer part of the sentence than the lists would take by themselves
    only: bool = False  # of this finding alone: the lists learn nothing
    second: bool = False  # the second voice of a request


def review_and_learn(store: Store, data: Path, key: str, said: Verdict, preview: Previewer) -> str:
    """`review`, and what it teaches the text checks: their lists of the data folder, and the same text elsewhere.

    UnsafeLesson, before anything is changed, when the lists would hit other text.
    """
    finding = find(store, key).finding
    lesson = None if said.only else lesson_of(finding, said.verdict, said.context)
    if lesson is not None:
        require_harmless(lesson, preview([lesson])[lesson])
    lines = [review(store, key, said.verdict, said.actor, said.reason, said.at, second=said.second)]
    record = find(store, key)
    lines.append(note_review(data, finding, record.fingerprint, lesson, said.actor.name, said.at))
    if finding.check in {TYPO, STATEMENT} and said.verdict != "confirmed" and not said.only:
        phrase = lesson.words[0] if lesson and lesson.name == ALLOWED else allowed_by(finding)
        others = [replace(other, review=noted, state=state) for other, noted, state in _alike(store, record, phrase)]
        if others:
            told = f"{record.fingerprint}：另有 {len(others)} 个相同的问题"
            note(store, said.actor, Act.REVIEW, told, said.at, now=REVIEWS[said.verdict])
        store.save_findings(others)
        lines.append(f"另有 {len(others)} 个相同的问题一并处理" if others else "")
    return "\n".join(line for line in lines if line)


def _alike(store: Store, record: FindingRecord, phrase: str) -> Iterator[tuple[FindingRecord, Review, FindingState]]:
    """Open findings of the same words elsewhere follow a rejection; they come back with it."""
    noted, mark = record.review, f"同 {record.fingerprint[:8]}"
    stages = CURRENT if noted.verdict == "rejected" else (Stage.REJECTED,)
    for other in list(findings_of(store, record.finding.check, stages)):
        if other.fingerprint == record.fingerprint:
            continue
        if noted.verdict == "rejected" and other.state.is_open and is_covered(other.finding, phrase):
            yield other, replace(noted, reason=f"{mark}：{noted.reason}"), FindingState.REJECTED
        elif noted.verdict == "unreviewed" and other.review.reason.startswith(mark):
            yield other, replace(noted, reason=""), FindingState.PERSISTING


def findings_of(store: Store, check: str, stages: tuple[Stage, ...] = tuple(Stage)) -> Iterator[FindingRecord]:
    """The findings of one check in some stages, window by window."""
    search = FindingSearch(stages, check=check, limit=WINDOW)
    while window := store.search_findings(search):
        yield from window
        search = replace(search, after=mark_of(window[-1]))


def waive(store: Store, key: str, actor: Actor, reason: str, until: str, at: datetime) -> str:
    """Waive a finding until a day; where persons are registered another one has to grant it."""
    record = find(store, key)
    if store.persons():
        raise UsageError(f"豁免须由两人经办；请用 xunjian findings request {key} --until 日期 申请，由另一人批准")
    demand(store, actor, Action.GRANT_WAIVER)
    until_day = expiry(until, at)
    now = f"豁免{'至 ' + until if until else ''}{_why(reason)}"
    note(store, actor, Act.WAIVE, record.fingerprint, at, record.state.label, now)
    store.save_findings([waived(record, actor.name, reason, until_day, at)])
    return f"{record.fingerprint[:8]} 已豁免{'至 ' + until if until else ''}（{actor.name}）"


def _why(reason: str) -> str:
    return f"（{reason}）" if reason else ""


def waived(record: FindingRecord, by: str, reason: str, expires: date | None, at: datetime) -> FindingRecord:
    """The record under a waiver."""
    return replace(record, state=FindingState.WAIVED, waiver=Waiver(reason, by, at, expires))


def expiry(until: str, at: datetime) -> date | None:
    """The last day of a waiver; UsageError when it cannot be read or is over."""
    try:
        expires = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise UsageError(f"“{until}”不是日期；请写成 2023-06-30") from error
    if expires and expires < at.astimezone(BEIJING).date():
        raise UsageError(f"豁免期限 {until} 已经过去；请写今天或以后的日期")
    return expires


def find(store: Store, key: str) -> FindingRecord:
    """A finding by the first digits of its fingerprint; UsageError when none or several match."""
    whole = store.finding(key) if len(key) == WHOLE_KEY else None
    if whole is not None:
        return whole
    matches = [record for record in store.findings() if record.fingerprint.startswith(key)]
    if len(matches) != 1:
        what = "没有" if not matches else f"有 {len(matches)} 个"
        raise UsageError(f"{what}编号以“{key}”开头的问题；用 xunjian findings list 查看编号")
    return matches[0]


def _target_id(store: Store, name: str) -> str:
    registry = store.load_registry()
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    for target in targets:
        if name in {target.id, target.name}:
            return target.id
    raise UsageError(f"没有登记过“{name}”")


def target_names(store: Store) -> dict[str, str]:
    """The names of what is registered, by id."""
    registry = store.load_registry()
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    return {target.id: target.name for target in targets}


def unread_words(store: Store, record: FindingRecord) -> str:
    """That the latest inspection did not look at an open finding's place again; empty when it did."""
    return _unread(record, latest_looks(store)).strip("（）")


def latest_looks(store: Store) -> dict[str, datetime]:
    """When each target was last inspected as a whole."""
    kinds = {RunKind.NIGHTLY, RunKind.AUDIT}
    ended = (run for run in store.runs() if run.kind in kinds and run.state is not RunState.RUNNING)
    return {target: run.as_of for run in ended if not run.settings.get("only_places") for target in run.targets}


def look_words(record: FindingRecord, latest: Mapping[str, datetime]) -> str:
    """`unread_words` of many findings, with one look at the runs."""
    return _unread(record, latest).strip("（）")


def _unread(record: FindingRecord, latest: Mapping[str, datetime]) -> str:
    if not record.state.is_open or latest.get(record.target_id, record.last_seen) <= record.last_seen:
        return ""
    return f"（本次未复核，最近确认于 {beijing_date(record.last_seen)}）"


def state_words(record: FindingRecord) -> str:
    """Where a finding stands, in Chinese."""
    waiting = record.finding.candidate and record.review.verdict == "unreviewed" and record.state.is_open
    how = f"（{record.closed_label}）" if record.closed else "，由存档判定" if record.archived else ""
    return f"{record.state.label}{how}{'，待确认' if waiting else ''}"


def _row(record: FindingRecord, wording: RuleWording) -> dict[str, object]:
    finding = record.finding
    return {
        "fingerprint": record.fingerprint,
        "target": record.target_id,
        "check": finding.check,
        "severity": record.severity.value,
        "candidate": finding.candidate,
        "state": record.state.value,
        "review": record.review.verdict,
        "url": finding.ref.url,
        "label": finding.ref.label,
        "message": wording.message(finding),
        "first_seen": record.first_seen.isoformat(),
        "last_seen": record.last_seen.isoformat(),
        "nights": record.nights,
    }
