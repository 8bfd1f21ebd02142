"""What nobody could judge, target by target, to be answered where it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.accounts import Collected, Evidence
from domain.answers import Answer
from domain.errors import Conflict, UsageError
from domain.persons import Actor
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from domain.targets import Account, Site
from domain.times import BEIJING
from inspection.desk.scope import View
from inspection.people.fill_in_sheets import KEY
from inspection.people.manual_round import STALE, judge_answered, note_answers, worksheet_rows
from inspection.people.question_sheet import Question, answer_of, questions
from inspection.people.worksheet import WorksheetRow, entry_of
from reports.words import platform

SOURCE = "控制台"


@dataclass(frozen=True, slots=True)
class Asked:
    """One target with its questions; `account` where the whole account has to be looked at."""

    target: Site | Account
    unit: str
    kind: str  # 网站 or the platform: accounts of a unit often share a name
    account: WorksheetRow | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person filled in for one question, or for an account with an empty key."""

    key: str
    cells: Mapping[str, str]
    picture: bytes = b""


def asked_of(
    store: Store, rulebook: RuleBook, view: View, run: Run, *, check: str = "", unit: str = "", target: str = ""
) -> list[Asked]:
    """The targets with something to answer, in the order of the registry."""
    ids = view.target_ids(unit)
    rows = {row.account.id: row for row in worksheet_rows(store, run, view.registry)}
    found: dict[str, list[Question]] = {}
    for item in questions(store, run, view.registry, rulebook):
        if check in {"", item.item.check} and not (item.target_id in rows and item.item.check == STALE):
            found.setdefault(item.target_id, []).append(item)
    made = []
    units = {each.id: each.label for each in view.registry.units}
    for each in view.targets:
        mine = (ids is None or each.id in ids) and target in {"", each.id}
        row = rows.get(each.id) if check in {"", STALE} else None
        if mine and (row or each.id in found):
            kind = platform(each) if isinstance(each, Account) else "网站"
            made.append(Asked(each, units.get(each.unit_id, ""), kind, row, tuple(found.get(each.id, ()))))
    return made


def keep_filled(
    store: Store, rulebook: RuleBook, view: View, run: Run, target_id: str, filled: Sequence[Filled], actor: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """Keep what was filled in for a target; how many answers these are. They count once it is judged again.

    All or nothing: UsageError names the first that cannot be taken.
    """
    asked = asked_of(store, rulebook, view, run, target=target_id)
    if not asked:
        raise Conflict("这些事项刚才已有人答复，没有重复登记")
    known = {item.key: item for item in asked[0].questions}
    entries: list[Collected] = []
    answers: list[Answer] = []
    for item in filled:
        cells = {**item.cells, "核查人": actor.name, "核查时间": f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"}
        if item.key:
            answers.append(_answer(store, item, cells, known, run, at))
        elif entry := _entry(store, item, {**cells, KEY: target_id}, at):
            entries.append(entry)
    if not entries and not answers:
        raise UsageError("还没有填写任何结果")
    note_answers(store, run, entries, answers, actor, at, SOURCE)
    return len(entries) + len(answers)


def judge_filled(store: Store, rulebook: RuleBook, view: View, run: Run, target_id: str) -> int:
    """Judge a target again with its answers, which takes a while; how many questions are still open."""
    judge_answered(store, rulebook, run, {target_id})
    left = asked_of(store, rulebook, view, run, target=target_id)
    return len(left[0].questions) + bool(left[0].account) if left else 0


def _answer(
    store: Store, item: Filled, cells: Mapping[str, str], known: Mapping[str, Question], run: Run, at: datetime
) -> Answer:
    if item.key not in known:
        raise Conflict("其中一项刚才已有人答复，或不属于最近一次巡检；没有登记，请重新打开页面")
    made = answer_of({**cells, KEY: item.key}, known, run.as_of, at)
    if isinstance(made, str):
        raise UsageError(f"“{known[item.key].title}”：{made}")
    return replace(made, picture=store.put_body(item.picture)) if item.picture else made


def _entry(store: Store, item: Filled, cells: Mapping[str, str], at: datetime) -> Collected | None:
    made = entry_of(cells, at)
    if isinstance(made, str):
        raise UsageError(made)
    if made is None or not item.picture:
        return made
    return replace(made, evidence=(Evidence("", at, sha256=store.put_body(item.picture), step="picture"),))
