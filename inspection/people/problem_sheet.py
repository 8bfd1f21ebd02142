"""The sheet 问题清单 of a workbook, filled in by a person and read back: confirmed, rejected, waived."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.errors import UsageError
from domain.persons import Actor, RequestKind
from domain.ports import Store
from inspection.acting import actor_of
from inspection.people.fill_in_sheets import KEY, read_filled, sheet_names, text_of
from inspection.people.findings import STATEMENTS, Verdict, find, review_and_learn, waive
from inspection.people.lessons import Previewer, UnsafeLesson, lesson_of, require_harmless
from inspection.people.second_voices import request
from inspection.people.unread_rows import UnreadRow
from reports.workbook import ANSWERS, PROBLEMS_TITLE

CONFIRMED, REJECTED, WAIVED = ANSWERS
_REVIEWS = {CONFIRMED: "confirmed", REJECTED: "rejected"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person wrote beside one line: for every finding of it."""

    row: int
    fingerprints: tuple[str, ...]
    verdict: str
    reason: str
    by: str
    until: str = ""


def is_problem_sheet(path: Path) -> bool:
    """Whether a file is a workbook with the sheet 问题清单."""
    return PROBLEMS_TITLE in sheet_names(path)


def read_problem_decisions(path: Path) -> tuple[tuple[Decision, ...], tuple[UnreadRow, ...]]:
    """(decisions, problems) of a filled list; a line left blank is passed over, a faulty one gives one sentence."""
    decisions: list[Decision] = []
    problems: list[UnreadRow] = []
    for number, cells in read_filled(path, PROBLEMS_TITLE, "结论", "xunjian scorecard -o", sheet=PROBLEMS_TITLE):
        read = _decision(number, cells)
        if isinstance(read, str):
            problems.append(UnreadRow(f"第 {number} 行", read))
        elif read is not None:
            decisions.append(read)
    return tuple(decisions), tuple(problems)


def _decision(number: int, cells: Mapping[str, Any]) -> Decision | str | None:
    verdict, reason, by = (text_of(cells.get(name)) for name in ("结论", "理由", "经办人"))
    keys = tuple(text_of(cells.get(KEY)).split())
    if not verdict:
        return None
    if verdict not in ANSWERS:
        return f"结论“{verdict}”不在可选范围内，请填：{'、'.join(ANSWERS)}"
    if not keys:
        return f"“{KEY}”被删去，不知道是哪个问题，请从原表复制"
    if verdict in {REJECTED, WAIVED} and not reason:
        return f"结论为“{verdict}”时必须填写理由"
    until = _day(cells.get("豁免至"))
    if verdict == WAIVED and until is None:
        return "结论为“豁免”时必须填写豁免至哪一天，写成 2023-06-30"
    return Decision(number, keys, verdict, reason, by, until.isoformat() if until else "")


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(text_of(cell).replace("/", "-"))
    except ValueError:
        return None


def settle_problems(
    store: Store,
    data: Path,
    decisions: tuple[Decision, ...],
    actor: Actor,
    at: datetime,
    preview: Previewer,
    *,
    apply: bool,
) -> Iterator[str | UnreadRow]:
    """Carry out what a person decided, or tell what would be done; a line that cannot be carried out is told and passed over."""
    _look_at_all(store, decisions, preview)
    for item in decisions:
        for key in item.fingerprints:
            try:
                yield _settled(store, data, item, key, actor, at, preview, apply=apply)
            except UnsafeLesson as error:
                yield UnreadRow(
                    f"第 {item.row} 行 {key[:8]}", f"{error}；用 xunjian findings 的 confirm、reject 单独处理"
                )
            except UsageError as error:
                yield UnreadRow(f"第 {item.row} 行", str(error))


def _settled(
    store: Store, data: Path, item: Decision, key: str, actor: Actor, at: datetime, preview: Previewer, *, apply: bool
) -> str:
    person = actor_of(store, item.by, actor.account) if item.by else actor
    record = find(store, key)
    if not apply:
        if item.verdict != WAIVED and (lesson := lesson_of(record.finding, _REVIEWS[item.verdict])):
            require_harmless(lesson, preview([lesson])[lesson])
        why = f"：{item.reason}" if item.reason else ""
        return f"{record.fingerprint[:8]}  {item.verdict}（{person.name}）{why}"
    two = bool(store.persons())
    if item.verdict == WAIVED and two:
        return request(store, key, RequestKind.WAIVE, person, item.reason, item.until, at)
    if item.verdict == WAIVED:
        return waive(store, key, person, item.reason, item.until, at)
    if item.verdict == CONFIRMED and two and record.finding.check in STATEMENTS:
        return request(store, key, RequestKind.CONFIRM, person, item.reason or "问题清单中确认", "", at)
    return review_and_learn(store, data, key, Verdict(_REVIEWS[item.verdict], person, item.reason, at), preview)


def _look_at_all(store: Store, decisions: tuple[Decision, ...], preview: Previewer) -> None:
    """One look through the stored text for all lines: the previewer remembers."""
    wanted = {key: _REVIEWS[item.verdict] for item in decisions if item.verdict != WAIVED for key in item.fingerprints}
    lessons = [
        lesson_of(record.finding, verdict)
        for record in store.findings()
        for key, verdict in wanted.items()
        if record.fingerprint.startswith(key)
    ]
    preview([lesson for lesson in lessons if lesson is not None])
