"""A run of an older night, judged again, says what it said: the same card, the same days, the decisions of its day."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from faults import LATE
from town import FIRST, Watch, built, watched

from checks.rules.rulebook import load_rules
from domain.persons import Actor
from domain.runs import Run
from inspection.people.findings import review, waive
from inspection.results.stored_report import stored_report
from inspection.runs.recheck import recheck_run
from reports.terminal import print_report

BOOK = load_rules()


def printed(watch: Watch, run: Run) -> str:
    out = StringIO()
    print_report(stored_report(watch.store, BOOK, run.id, ""), out)
    return out.getvalue()


def told(watch: Watch, run: Run) -> tuple[str, object]:
    (card,) = watch.store.scorecards(run.id)
    return printed(watch, run), card


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    town = built()
    LATE[0](town)
    with watched(tmp_path, town) as watch:
        yield watch


def waived_for_a_night(watch: Watch) -> list[Run]:
    """Waived in the morning after the first night, to the day of the second; two more nights follow."""
    outcome = watch.inspect(0)
    record = watch.records(outcome)["column.stale /zc/"]
    at = FIRST + timedelta(hours=10)
    waive(watch.store, record.fingerprint, Actor("李明"), "栏目改版", f"{at.date()}", at)
    return [outcome.run, *(watch.inspect(number).run for number in (1, 2, 3))]


def test_a_waiver_in_force_then_holds_when_judged_again(watch: Watch) -> None:
    runs = waived_for_a_night(watch)
    before = {run.id: told(watch, run) for run in runs}
    (second,) = watch.store.scorecards(runs[1].id)
    assert second.deductions == ()
    now = watch.store.findings()
    for run in runs[1:]:
        judged = watch.records(recheck_run(watch.store, run.id, BOOK))["column.stale /zc/"]
        assert (judged.state.value == "waived") == (run is runs[1])
        assert told(watch, run) == before[run.id]
    assert watch.store.findings() == now


def test_each_night_shows_its_own_days(watch: Watch) -> None:
    runs = [watch.inspect(number).run for number in range(4)]
    shown = [printed(watch, run) for run in runs]
    ages = [int(match[1]) for text in shown if (match := re.search(r"已 (\d+) 天未更新", text))]
    assert ages == [ages[0] + number for number in range(4)]
    for run, text in zip(runs, shown, strict=True):
        recheck_run(watch.store, run.id, BOOK)
        assert printed(watch, run) == text


def test_what_was_mended_later_is_open_in_the_run_that_saw_it(watch: Watch) -> None:
    first = watch.inspect(0).run
    LATE[1](watch.town)
    watch.inspect(1)
    watch.inspect(2)
    judged = watch.records(recheck_run(watch.store, first.id, BOOK))["column.stale /zc/"]
    assert judged.state.value == "new"
    (record,) = watch.store.findings()
    assert record.state.value == "fixed"


@pytest.mark.parametrize("verdict", ["rejected", "unreviewed"])
def test_a_mistake_is_one_on_every_night_and_a_waiver_was_in_force(watch: Watch, verdict: str) -> None:
    runs = waived_for_a_night(watch)
    (record,) = watch.store.findings()
    review(watch.store, record.fingerprint, verdict, Actor("李明"), "", FIRST + timedelta(days=3, hours=10))
    judged = watch.records(recheck_run(watch.store, runs[1].id, BOOK))["column.stale /zc/"]
    assert judged.state.value == {"rejected": "rejected", "unreviewed": "waived"}[verdict]
