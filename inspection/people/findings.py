"""Findings as a person sees and judges them: list, details, confirm, reject, waive."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from domain.errors import UsageError
from domain.findings import FindingRecord, FindingState, Review, Waiver
from domain.ports import Store
from domain.rules import RuleBook
from domain.targets import Account, Site
from domain.times import BEIJING
from inspection.people.word_lists import STATEMENT, TYPO, allowed_by, is_covered, note_review
from inspection.wording import RuleWording

REVIEWS = {"unreviewed": "未复核", "confirmed": "已确认", "rejected": "误报"}


def finding_lines(store: Store, rulebook: RuleBook, target: str, *, show_all: bool, as_json: bool) -> str:
    """The findings of a target, or of all, most severe first."""
    records = store.findings((_target_id(store, target),) if target else ())
    wanted = [record for record in records if show_all or record.state.is_open]
    wanted.sort(key=lambda record: (-record.severity.rank, record.target_id, record.fingerprint))
    wording = RuleWording(rulebook)
    if as_json:
        rows = [_row(record, wording) for record in wanted]
        return json.dumps({"schema": "xunjian.findings/1", "findings": rows}, ensure_ascii=False)
    if not wanted:
        return "没有问题。"
    return "\n".join(
        f"{record.fingerprint[:8]}  {record.severity.label}  {_state(record)}  {record.target_id}  "
        f"{wording.message(record.finding)}"
        for record in wanted
    )


def finding_details(store: Store, rulebook: RuleBook, key: str) -> str:
    """Everything known of one finding."""
    record = find(store, key)
    finding, wording = record.finding, RuleWording(rulebook)
    lines = [
        wording.message(finding),
        f"编号：{record.fingerprint}",
        f"检查项：{finding.check}（{wording.title(finding.check)}，{record.severity.label}）",
        f"地址：{finding.ref.url}",
        f"首次发现：{record.first_seen.astimezone(BEIJING):%Y-%m-%d}，最近：{record.last_seen.astimezone(BEIJING):%Y-%m-%d}，共 {record.nights} 晚",
        f"状态：{_state(record)}",
        *(f"见于：{page}" for page in finding.found_on),
        *(f"{name}：{value}" for name, value in finding.facts.items()),
        f"整改建议：{wording.fix(finding)}",
    ]
    if record.review.by:
        lines.append(
            f"复核：{REVIEWS[record.review.verdict]}，{record.review.by}，{record.review.reason or '未写理由'}"
        )
    if record.waiver:
        until = f"至 {record.waiver.expires}" if record.waiver.expires else "长期"
        lines.append(f"豁免：{record.waiver.by}，{until}，{record.waiver.reason}")
    return "\n".join(lines)


def review(store: Store, key: str, verdict: str, by: str, reason: str, at: datetime) -> str:
    """Note what a person said: confirmed, rejected, or unreviewed (which also ends a waiver)."""
    record = find(store, key)
    state = record.state
    if verdict == "rejected":
        state = FindingState.REJECTED
    elif state in {FindingState.REJECTED, FindingState.WAIVED}:
        state = FindingState.PERSISTING
    noted = Review(verdict, by, at, record.rule_version, reason)
    store.save_findings([replace(record, state=state, review=noted, waiver=None)])
    return f"{record.fingerprint[:8]} {REVIEWS[verdict]}（{by}）"


def review_and_learn(store: Store, data: Path, key: str, verdict: str, by: str, reason: str, at: datetime) -> str:
    """`review`, and what it teaches the text checks: their lists of the data folder, and the same text elsewhere."""
    lines = [review(store, key, verdict, by, reason, at)]
    record = find(store, key)
    lines.append(note_review(data, record.finding, record.fingerprint, verdict, by, at))
    if record.finding.check in {TYPO, STATEMENT} and verdict != "confirmed":
        others = [replace(other, review=noted, state=state) for other, noted, state in _alike(store, record)]
        store.save_findings(others)
        lines.append(f"另有 {len(others)} 个相同的问题一并处理" if others else "")
    return "\n".join(line for line in lines if line)


def _alike(store: Store, record: FindingRecord) -> Iterator[tuple[FindingRecord, Review, FindingState]]:
    """Open findings of the same words elsewhere follow a rejection; they come back with it."""
    noted, mark = record.review, f"同 {record.fingerprint[:8]}"
    phrase = allowed_by(record.finding)
    for other in store.findings():
        if other.finding.check != record.finding.check or other.fingerprint == record.fingerprint:
            continue
        if noted.verdict == "rejected" and other.state.is_open and is_covered(other.finding, phrase):
            yield other, replace(noted, reason=f"{mark}：{noted.reason}"), FindingState.REJECTED
        elif noted.verdict == "unreviewed" and other.review.reason.startswith(mark):
            yield other, replace(noted, reason=""), FindingState.PERSISTING


def waive(store: Store, key: str, by: str, reason: str, until: str, at: datetime) -> str:
    """Waive a finding until a day; UsageError when the day cannot be read."""
    record = find(store, key)
    try:
        expires = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise UsageError(f"“{until}”不是日期；请写成 2023-06-30") from error
    if expires and expires < at.astimezone(BEIJING).date():
        raise UsageError(f"豁免期限 {until} 已经过去；请写今天或以后的日期")
    waiver = Waiver(reason, by, at, expires)
    store.save_findings([replace(record, state=FindingState.WAIVED, waiver=waiver)])
    return f"{record.fingerprint[:8]} 已豁免{'至 ' + until if until else ''}（{by}）"


def find(store: Store, key: str) -> FindingRecord:
    """A finding by the first digits of its fingerprint; UsageError when none or several match."""
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


def _state(record: FindingRecord) -> str:
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
