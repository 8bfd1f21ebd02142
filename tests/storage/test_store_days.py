"""How targets stand by day: one row a target and day, renewed with the cards, over the three stores."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store_values import DAY, SITE, night, run

from domain.ports import Store
from domain.runs import RunKind, RunState
from domain.scores import Blocked, Counts, Deduction, Scorecard, Verdict, Veto
from domain.target_days import Sign, TargetDay, sign_of, standing_days
from domain.targets import Registry, Site, SiteKind, Unit, UnitKind
from domain.times import beijing_date

UNIT = Unit("u1", "民政局", UnitKind.DEPARTMENT)
SITES = tuple(Site(id, id, f"http://{id}.gov.cn/", "u1", SiteKind.DEPARTMENT) for id in (SITE, "other"))


def card(number: int = 0, target: str = SITE, run_id: str = "", **more: object) -> Scorecard:
    bare = Scorecard(target, "网站", "department", "u1", run_id or f"r{number}", night(number), Verdict.PASS, 100.0)
    return replace(bare, **more)


@pytest.fixture
def city(store: Store) -> Store:
    store.save_registry(Registry(units=(UNIT,), sites=SITES))
    for number in range(5):
        store.save_run(run(number))
    return store


def test_a_card_says_how_its_target_stood_that_day(city: Store) -> None:
    charge = Deduction("D1", "栏目", 2.5, 1)
    counts = Counts(deduct=1, notice=3)
    made = card(0, deductions=(charge,), score=97.5, counts=counts, judged=20, unjudged=5, oldest=DAY - timedelta(9))
    city.save_scorecards([made])
    (day,) = city.days(beijing_date(DAY), beijing_date(DAY))
    assert day == TargetDay(
        SITE, beijing_date(DAY), "r0", DAY, Verdict.PASS, 97.5, 2.5, True, counts, 20, 5, DAY - timedelta(9)
    )
    assert (day.sign, day.coverage, day.age) == (Sign.CHARGED, 0.8, 9)


def test_of_two_runs_of_a_day_the_latest_complete_one_counts(city: Store) -> None:
    audit = replace(run(0), id="audit", kind=RunKind.AUDIT, as_of=DAY + timedelta(hours=2))
    gate = replace(run(0), id="gate", kind=RunKind.GATE, as_of=DAY + timedelta(hours=3))
    for each in (audit, gate):
        city.save_run(each)
    veto = Veto("V1", "首页打不开", 3, 3)
    failed = card(run_id="audit", as_of=audit.as_of, verdict=Verdict.FAIL, score=None, vetoes=(veto,))
    city.save_scorecards([card(), replace(failed, run_id="gate", as_of=gate.as_of)])
    assert [day.run_id for day in city.days(beijing_date(DAY), beijing_date(DAY))] == ["r0"]
    city.save_scorecards([replace(failed, complete=False)])
    assert [day.run_id for day in city.latest_days()] == ["r0"]
    city.save_scorecards([failed])
    assert [(day.run_id, day.why) for day in city.latest_days()] == [("audit", "首页打不开")]
    city.save_scorecards([replace(failed, complete=False)])  # judged again
    assert [day.run_id for day in city.latest_days()] == ["r0"]
    city.save_scorecards([card(score=90.0)])  # rescored
    assert [day.score for day in city.latest_days()] == [90.0]


def test_a_run_without_a_network_says_nothing_of_its_day(city: Store) -> None:
    late = replace(run(0), id="late", as_of=DAY + timedelta(hours=5), targets=(SITE,))
    city.save_run(late)
    city.save_scorecards([card(), card(run_id="late", as_of=late.as_of)])
    assert [day.run_id for day in city.latest_days()] == ["late"]
    city.save_run(replace(late, state=RunState.UNKNOWN))
    assert [(day.run_id, day.complete) for day in city.latest_days()] == [("r0", True)]


def test_the_latest_days_are_the_latest_and_the_latest_complete_one(city: Store) -> None:
    city.save_scorecards([card(0), card(1), card(2, complete=False), card(3, complete=False), card(2, "other")])
    found = city.latest_days()
    assert [(day.target_id, day.run_id) for day in found] == [(SITE, "r1"), (SITE, "r3"), ("other", "r2")]
    assert city.latest_days(["other"]) == [day for day in found if day.target_id == "other"]
    assert {target: day.run_id for target, day in standing_days(found).items()} == {SITE: "r1", "other": "r2"}
    assert len(city.days(beijing_date(night(1)), beijing_date(night(2)))) == 3
    assert [day.run_id for day in city.days(beijing_date(night(0)), beijing_date(night(9)), "other")] == ["r2"]


def test_a_complete_judgement_of_long_ago_does_not_stand_for_today(city: Store) -> None:
    city.save_run(run(40))
    city.save_scorecards([card(0), card(40, complete=False)])
    assert standing_days(city.latest_days())[SITE].run_id == "r40"


def test_old_days_stay_when_their_cards_go(city: Store) -> None:
    city.save_scorecards([card(number) for number in range(5)])
    city.drop_old_rows(night(4))
    assert len(city.days(beijing_date(night(0)), beijing_date(night(9)))) == 5
    assert len([number for number in range(5) if city.scorecards(f"r{number}")]) < 5


@pytest.mark.parametrize(
    ("verdict", "lost", "counts", "sign"),
    [
        (Verdict.PASS, 0, Counts(), Sign.CLEAN),
        (Verdict.PASS, 0, Counts(notice=7), Sign.CLEAN),
        (Verdict.PASS, 0, Counts(problem=1), Sign.CHARGED),
        (Verdict.PASS, 2, Counts(), Sign.CHARGED),
        (Verdict.FAIL, 0, Counts(veto=1), Sign.FAILED),
        (Verdict.UNKNOWN, 4, Counts(deduct=1), Sign.UNKNOWN),
    ],
)
def test_a_hint_is_no_problem(verdict: Verdict, lost: float, counts: Counts, sign: Sign) -> None:
    assert sign_of(verdict, lost, counts) is sign


def test_what_could_not_be_judged_is_named(city: Store) -> None:
    city.save_scorecards([card(verdict=Verdict.UNKNOWN, blocked=(Blocked("V3", "首页不更新", "打不开"),))])
    assert [(day.sign, day.why) for day in city.latest_days()] == [(Sign.UNKNOWN, "首页不更新")]
