"""Old scorecards and what became of sites in old runs: what goes, and what a period or a trend still reads."""

from dataclasses import replace
from datetime import date

import pytest
from store_values import SITE, night, run

from domain.captured import SiteRun
from domain.periods import Period, PeriodKind, PeriodState
from domain.ports import Store
from domain.scores import Scorecard, Verdict
from domain.standings import Standing

LAST = 100


@pytest.fixture
def lived(store: Store) -> Store:
    """A hundred nights from 26 April on, every third one complete."""
    for number in range(LAST):
        store.save_run(run(number))
        card = Scorecard(
            SITE, "网站", "department", "u1", f"r{number}", night(number), Verdict.PASS, 100.0, complete=number % 3 == 1
        )
        store.save_scorecards([card])
        store.write([SiteRun(f"r{number}", SITE, "complete", number)])
    return store


def left(store: Store) -> list[int]:
    return [number for number in range(LAST) if store.scorecards(f"r{number}")]


def test_of_each_month_the_last_and_the_last_complete_one_stay(lived: Store) -> None:
    before = {f"r{number}": lived.scorecards(f"r{number}") for number in range(60, LAST)}
    told = lived.old_rows(night(60))
    assert (told["scorecard"], told["site_run"]) == (55, 60)
    assert lived.drop_old_rows(night(60))["scorecard"] == 55
    # the last nights before May, before June and before the border, and the last complete ones
    assert [number for number in left(lived) if number < 60] == [4, 34, 35, 58, 59]
    assert {f"r{number}": lived.scorecards(f"r{number}") for number in range(60, LAST)} == before
    assert [item.pages for number in (59, 60) for item in lived.site_runs(f"r{number}")] == [60]
    assert lived.drop_old_rows(night(60))["scorecard"] == 0


def test_what_a_closed_period_counted_stays(lived: Store) -> None:
    period = Period("2023-05", PeriodKind.MONTH, date(2023, 5, 1), date(2023, 5, 31), night(41), state=PeriodState.CLOSED)  # fmt: skip
    standing = Standing(SITE, "网站", "department", run_id="r25")
    lived.freeze(replace(period, version=1), (), (standing,))
    lived.drop_old_rows(night(60))
    assert lived.scorecards("r25")
    assert not lived.scorecards("r26")
