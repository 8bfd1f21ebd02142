"""The demo: one nightly inspection of the demo city, from registry to reports, and the manual round of its accounts.

It never sees the answer sheet.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from openpyxl import load_workbook

from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from domain.errors import NotJudged
from domain.persons import Actor
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import RunKind, RunState
from domain.targets import Site
from domain.times import BEIJING
from inspection import clock
from inspection.judging.run import Outcome
from inspection.people.fill_in_sheets import KEY
from inspection.people.manual_round import enter_worksheet, export_worksheet
from inspection.results.report import build_report
from inspection.results.report_files import write_reports
from inspection.runs.run import Order, run_inspection
from inspection.texts.installation import with_words
from reports.model import Report
from storage import open_store, upgrade


class Shown(Protocol):
    """What the demo tells while it works."""

    def progress(self, line: Mapping[str, Any], /) -> None:
        """One progress line of a crawling process."""
        ...

    def judging(self, site: Site, /) -> None:
        """A site is being judged."""
        ...

    def report(self, report: Report, written: Mapping[str, Path], /) -> None:
        """The run is over and its reports are written."""
        ...

    def say(self, text: str, /) -> None:
        """What happens between two reports."""
        ...


def run_demo(data: Path, as_of_text: str, size: str, shown: Shown) -> list[str]:
    """Inspect the demo city as of a moment; returns what to tell the user."""
    as_of = datetime.fromisoformat(as_of_text)
    as_of = as_of if as_of.tzinfo else as_of.replace(tzinfo=BEIJING)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    db = f"sqlite:///{data.resolve()}/xunjian.db"
    upgrade(db)
    store = open_store(db, data)
    try:
        city, rulebook = build_city(size), with_words(load_rules())  # type: ignore[arg-type]
        with served(city, day=as_of.astimezone(BEIJING).date()) as port:
            outcome = _inspect(city, port, as_of, db, data, store, rulebook, shown)
        report = build_report(outcome, store, rulebook, city_name=city.name)
        shown.report(report, write_reports(report, data / "reports"))
        if outcome.run.state is not RunState.COMPLETE:
            raise NotJudged(f"演示巡检未完整结束：{outcome.run.reason}")
        again = _manual_round(city, outcome, as_of, data, store, rulebook, shown)
        if again is not None:
            report = build_report(again, store, rulebook, city_name=city.name)
            shown.report(report, write_reports(report, data / "reports"))
        return _told(outcome, data)
    finally:
        store.close()


def _inspect(
    city: City, port: int, as_of: datetime, db: str, data: Path, store: Store, rulebook: RuleBook, shown: Shown
) -> Outcome:
    registry = city.registry()
    store.save_registry(registry)
    settings = {
        "resolver": city.resolver_map(port),
        "ipv6": city.ipv6_map(),
        "second_look_seconds": 3.0,
        "retry_seconds": 0.5,
        "incremental": True,
    }
    order = Order(
        RunKind.NIGHTLY, registry.sites, as_of, rulebook, db, str(data), settings, True, accounts=registry.accounts
    )
    return run_inspection(order, store, progress=shown.progress, judging=shown.judging)


def _manual_round(
    city: City, outcome: Outcome, as_of: datetime, data: Path, store: Store, rulebook: RuleBook, shown: Shown
) -> Outcome | None:
    """What follows in an office: a person looks at the accounts nobody could collect, and the sheet is read back."""
    sheet = data / "人工核查表.xlsx"
    shown.say("\n" + export_worksheet(store, rulebook, outcome.run.id, sheet))
    if not sheet.exists():
        return None
    fill(sheet, city.manual_answers(as_of))
    entered = enter_worksheet(store, rulebook, outcome.run.id, sheet, Actor("演示"), clock.now(), apply=True)
    shown.say(f"演示中由“{entered.entries[0].by}”填写并导入 {len(entered.entries)} 个账号的核查结果，重新判定：\n")
    return replace(outcome, judged={**outcome.judged, **entered.judged})


def fill(path: Path, answers: list[dict[str, str]]) -> None:
    """Write a person's answers into a worksheet, by account and by the headers of its columns."""
    by_key = {answer[KEY]: answer for answer in answers}
    book = load_workbook(path)
    sheet = book.worksheets[0]
    names = [str(cell.value) for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        answer = by_key.get(str(row[names.index(KEY)].value), {})
        for name, value in answer.items():
            cell = row[names.index(name)]
            if cell.value in (None, ""):
                cell.value = value
    book.save(path)


def _told(outcome: Outcome, data: Path) -> list[str]:
    return [
        "",
        f"问题清单：xunjian findings list --data {data}",
        f"评分表：xunjian scorecard --data {data}",
        f"不联网重新判定：xunjian recheck {outcome.run.id} --data {data}",
    ]
