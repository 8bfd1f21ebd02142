"""The second sheet of the manual round, 待核事项: everything that no check could judge, to be answered by a person."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.answers import Answer, AnswerVerdict
from domain.findings import Unjudged
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from domain.targets import Account, Registry, Site
from domain.times import beijing_date
from inspection.people.fill_in_sheets import KEY, Filling, read_filled, sheet_names, text_of
from inspection.people.worksheet import AHEAD, is_ahead, moment_of

TITLE = "待核事项"
HOLDS = timedelta(days=90)  # an answer without a day of its own
VERDICTS = {verdict.label: verdict for verdict in AnswerVerdict}
GIVEN = {"检查对象": 26, "主办单位": 24, "检查项": 18, "待核内容": 46, "页面地址": 44}
FILLED: Mapping[str, tuple[str, ...]] = {
    "核查结果": tuple(VERDICTS), "核查人": (), "核查时间": (), "有效期至": (), "备注": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a run; `key` is the same wherever the sheet is written."""

    target_id: str
    target: str
    unit: str
    title: str
    item: Unjudged

    @property
    def key(self) -> str:
        """16 hex digits of target, check and address."""
        text = "\x1f".join((self.target_id, self.item.check, self.item.ref.url))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def questions(store: Store, run: Run, registry: Registry, rulebook: RuleBook) -> Iterator[Question]:
    """Everything unjudged of a run, in the order of the registry; each check and address of a target once."""
    found: dict[str, dict[tuple[str, str], Unjudged]] = {}
    for target_id, item in store.unjudged(run.id):
        found.setdefault(target_id, {}).setdefault((item.check, item.ref.url), item)
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    for target in targets:
        unit = registry.unit_of(target)
        for item in found.get(target.id, {}).values():
            rule = rulebook.checks.get(item.check)
            title = rule.title if rule else item.check
            yield Question(target.id, target.name, unit.label if unit else "", title, item)


def question_filling(rows: Sequence[Question]) -> Filling:
    """The sheet to be filled in."""
    cells = [
        [row.target, row.unit, row.title, row.item.reason, row.item.ref.url, *[""] * len(FILLED), row.key]
        for row in rows
    ]
    widths = {"核查结果": 12, "核查人": 10, "核查时间": 18, "有效期至": 12, "备注": 24}
    return Filling(TITLE, {**GIVEN, **widths}, cells, FILLED)


def read_answers(
    path: Path, known: Sequence[Question], since: datetime, now: datetime
) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """(answers, problems) of a filled sheet; none where the workbook has no such sheet. Blank rows are passed over."""
    if TITLE not in sheet_names(path):
        return (), ()
    by_key = {row.key: row for row in known}
    answers: list[Answer] = []
    problems: list[str] = []
    for number, cells in read_filled(path, TITLE, "核查结果", "xunjian worksheet export", sheet=TITLE):
        if not any(text_of(cells.get(name, "")) for name in FILLED):
            continue
        read = answer_of(cells, by_key, since, now)
        if isinstance(read, str):
            problems.append(f"{TITLE}第 {number} 行“{text_of(cells.get('检查对象', ''))}”：{read}")
        else:
            answers.append(read)
    return tuple(answers), tuple(problems)


def answer_of(cells: Mapping[str, Any], known: Mapping[str, Question], since: datetime, now: datetime) -> Answer | str:
    """A filled row as an answer, or a sentence on what is wrong with it."""
    verdict, by, key = (text_of(cells.get(name, "")) for name in ("核查结果", "核查人", KEY))
    if verdict not in VERDICTS:
        return f"核查结果“{verdict}”不在可选范围内，请填：{'、'.join(VERDICTS)}"
    if key not in known:
        return (
            "不是该批次的待核事项，请用 xunjian worksheet export 重新导出后填写"
            if key
            else f"“{KEY}”被删去，请从原表复制"
        )
    if not by:
        return "没有填写核查人"
    at = moment_of(cells.get("核查时间", ""))
    if at is None:
        return f"核查时间“{text_of(cells.get('核查时间', ''))}”无法识别，请写成 2023-04-26 09:30"
    if is_ahead(at, now):
        return AHEAD.format(at)
    until = _until(cells, at)
    if until is None:
        return f"有效期至“{text_of(cells.get('有效期至', ''))}”无法识别，请写成 2023-06-30"
    question = known[key]
    return Answer(
        question.target_id, question.item.check, question.item.ref.url, VERDICTS[verdict], by, at, since, until,
        text_of(cells.get("备注", "")),
    )  # fmt: skip


def _until(cells: Mapping[str, Any], at: datetime) -> date | None:
    if not text_of(cells.get("有效期至", "")):
        return beijing_date(at + HOLDS)
    moment = moment_of(cells.get("有效期至", ""))
    return beijing_date(moment) if moment else None
