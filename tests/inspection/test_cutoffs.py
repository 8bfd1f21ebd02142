"""统计截止: some figures of a period are counted to another moment than its 监测时间点, and say so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from offices import store_of

import cli
from checks.rules.rulebook import load_rules
from domain.cutoffs import Cutoff, subject_of
from domain.errors import UsageError
from domain.figures import CITY
from domain.periods import period_named, with_cutoffs
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.scores import Scorecard, Verdict
from domain.targets import Account, Platform, Registry, Site, SiteKind, Unit
from domain.times import BEIJING
from inspection.periods.closing import close_period, cutoff_words, open_period, sums_of
from scorecards.figures import FigureRules

BOOK, RULES, WANG = load_rules(), FigureRules(), Actor("王敏")
NOW = datetime(2023, 7, 1, tzinfo=BEIJING)
SITE = Site("s1", "网站", "http://s1.example/", "u1", SiteKind.DEPARTMENT)
ACCOUNT = Account("weibo:1", "发布", Platform.WEIBO, "u1", "1")


def end_of(day: int) -> datetime:
    return datetime(2023, 4, day, 23, 59, 59, tzinfo=BEIJING)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Ten nights from 21 April on; from the 26th on the site and the account fail."""
    made = store_of(tmp_path)
    made.save_registry(Registry((Unit("u1", "乙局"),), (SITE,), (ACCOUNT,)))
    for day in range(21, 31):
        at = datetime(2023, 4, day, 2, tzinfo=BEIJING)
        made.save_run(Run(f"n{day}", RunKind.NIGHTLY, at, at, RunState.COMPLETE, targets=("s1", ACCOUNT.id)))
        verdict = Verdict.FAIL if day > 25 else Verdict.PASS
        card = Scorecard("s1", "网站", "department", "u1", f"n{day}", at, verdict, None)
        made.save_scorecards([card, replace(card, target_id=ACCOUNT.id, target_kind="account")])
    yield made
    made.close()


def figures(store: Store, **cutoffs: datetime) -> dict[str, tuple[int, datetime | None]]:
    open_period(store, "2023-04", WANG, NOW, cutoff=end_of(25), cutoffs=cutoffs)
    sums = close_period(store, BOOK, RULES, "2023-04", WANG, NOW).sums
    return {figure.kind: (figure.n, figure.until) for figure in sums.figures if figure.scope == CITY}


def test_without_one_everything_counts_to_the_moment_of_the_period(store: Store) -> None:
    found = figures(store)
    assert (found["visits.sites"], found["visits.accounts"]) == ((5, None), (5, None))
    assert (found["sites.failed"], found["accounts.failed"]) == ((0, None), (0, None))


def test_visits_count_to_the_end_of_the_month_and_verdicts_do_not(store: Store) -> None:
    found = figures(store, 家次=end_of(30))
    assert (found["visits.sites"], found["visits.accounts"]) == ((10, end_of(30)), (10, end_of(30)))
    assert (found["sites.failed"], found["accounts.failed"]) == ((0, None), (0, None))


def test_accounts_are_judged_at_another_moment_than_sites(store: Store) -> None:
    found = figures(store, accounts=end_of(28))
    assert (found["sites.failed"], found["accounts.failed"]) == ((0, None), (1, end_of(28)))
    assert (found["visits.sites"], found["visits.accounts"]) == ((5, None), (5, None))
    assert found["problems.open"] == (0, None)  # of both


def test_what_was_closed_stays_when_nights_are_judged_later(store: Store) -> None:
    figures(store, visits=end_of(30))
    before = sums_of(store, BOOK, RULES, "2023-04")
    store.save_scorecards(
        [replace(card, verdict=Verdict.FAIL) for day in range(21, 31) for card in store.scorecards(f"n{day}")]
    )
    assert sums_of(store, BOOK, RULES, "2023-04") == before
    assert before.period.cutoffs == {"visits": end_of(30)}
    assert cutoff_words(before.period) == ["监测时间点 2023-04-25 23:59", "检查家次统计到 2023-04-30 23:59"]


@pytest.mark.parametrize(
    ("told", "word"),
    [({"天气": end_of(30)}, "没有“天气”"), ({"家次": datetime(2023, 5, 2, tzinfo=BEIJING)}, "不在2023年4月之内")],
)
def test_one_that_cannot_be_is_refused_in_a_sentence(store: Store, told: dict[str, datetime], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        open_period(store, "2023-04", WANG, NOW, cutoffs=told)
    assert store.periods() == []


def test_a_month_is_not_closed_before_its_last_cut_off(store: Store) -> None:
    open_period(store, "2023-04", WANG, NOW, cutoff=end_of(25), cutoffs={"visits": end_of(30)})
    with pytest.raises(UsageError, match="2023-04-30 23:59 未到"):
        close_period(store, BOOK, RULES, "2023-04", WANG, end_of(28))


def test_one_that_says_the_same_is_none() -> None:
    april = period_named("2023-04")
    assert with_cutoffs(april, {"网站": april.cutoff, "账号": end_of(20)}).cutoffs == {"accounts": end_of(20)}
    both = with_cutoffs(april, {"网站": end_of(20), "账号": end_of(20)})
    assert both.until_of("problems.open", CITY) == end_of(20)
    assert both.until_of("units.full", CITY) is None
    assert subject_of("found.column.stale", "platform/微信") is Cutoff.ACCOUNTS


def test_the_setting_is_printed_with_the_figures(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str, code: int = 0) -> str:
        ended = cli.run([*words, "--data", str(tmp_path), "--db", f"sqlite:///{tmp_path}/x.db"])
        printed = capsys.readouterr()
        assert ended == code, printed
        return printed.out + printed.err

    open_ = ("period", "open", "2023-04", "--by", "王敏", "--cutoff", "2023-04-25")
    assert "写成 家次=2023-04-30" in run(*open_, "--until", "家次", code=2)
    assert "监测时间点 2023-04-25 23:59，检查家次统计到 2023-04-30 23:59" in run(*open_, "--until", "家次=2023-04-30")
    shown = run("period", "show", "2023-04").splitlines()
    assert "检查家次统计到 2023-04-30 23:59" in shown[0]
    assert [line for line in shown if line.endswith("10（统计到 2023-04-30 23:59）")]
    document = json.loads(run("period", "show", "2023-04", "--format", "json"))
    assert set(document["period"]["cutoffs"]) == {"visits"}
    assert {row["until"] for row in document["figures"] if row["kind"] == "visits.sites"} == {end_of(30).isoformat()}
