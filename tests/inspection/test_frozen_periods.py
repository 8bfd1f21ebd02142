"""A year of months, and whatever happens afterwards: what was closed stays, and every figure names its source."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.rules.rulebook import load_rules
from domain.figures import CITY
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.scores import Scorecard, Verdict
from domain.targets import Registry, Site, SiteKind, Unit, UnitKind
from domain.times import BEIJING
from inspection.periods.closing import close_period, open_period, reopen_period, sums_of
from scorecards.figures import FigureRules
from storage import open_store

BOOK, RULES = load_rules(), FigureRules()
UNITS = tuple(Unit(f"u{n}", f"单位{n}", kind=UnitKind.DISTRICT if n < 2 else UnitKind.DEPARTMENT) for n in range(5))
SITES = tuple(Site(f"s{n}", f"网站{n}", f"http://s{n}.example/", f"u{n}", SiteKind.DEPARTMENT) for n in range(5))
LATER = datetime(2025, 1, 1, tzinfo=BEIJING)


def inspect(store: Store, moment: datetime, dice: random.Random) -> None:
    """A night with random verdicts and findings; sometimes it is partial."""
    run = f"n{moment:%Y%m%d%H%M}"
    state = dice.choice([RunState.COMPLETE, RunState.COMPLETE, RunState.PARTIAL])
    store.save_run(Run(run, RunKind.NIGHTLY, moment, moment, state, targets=tuple(site.id for site in SITES)))
    for site in SITES:
        verdict = dice.choice([Verdict.PASS] * 6 + [Verdict.FAIL, Verdict.UNKNOWN])
        whole = dice.random() > 0.2
        score = None if verdict is Verdict.FAIL else dice.choice([100.0, 98.0, 95.5])
        store.save_scorecards(
            [Scorecard(site.id, site.name, "department", site.unit_id, run, moment, verdict, score, complete=whole)]
        )
        known = {record.fingerprint: record for record in store.findings([site.id])}
        for number in range(dice.randint(0, 2)):
            key = f"{site.id}-{number}"
            found = Finding("column.stale", Ref(site.home_url, "动态"), key, {"label": "动态", "rule": "14 天"})
            fresh = FindingRecord(key, site.id, found, FindingState.NEW, Severity.DEDUCT, "1", moment, moment, run, run)
            ended = dice.choice([FindingState.PERSISTING, FindingState.FIXED])
            store.save_findings(
                [replace(known[key], state=ended, last_run=run, last_seen=moment) if key in known else fresh]
            )


def closed_year(store: Store, dice: random.Random) -> None:
    for month in range(1, 13):
        for day in sorted(dice.sample(range(1, 28), 3)):
            inspect(store, datetime(2023, month, day, 2, tzinfo=BEIJING), dice)
        name = f"2023-{month:02}"
        open_period(store, name, Actor("王敏"), LATER)
        close_period(store, BOOK, RULES, name, Actor("王敏"), LATER)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_nothing_that_happens_later_changes_a_closed_month(seed: int) -> None:
    dice = random.Random(seed)
    store = open_store("memory:", "")
    store.save_registry(Registry(UNITS, SITES))
    closed_year(store, dice)
    names = [item.id for item in store.periods()]
    before = {name: sums_of(store, BOOK, RULES, name) for name in names}
    for night in range(5):
        inspect(store, datetime(2024, 1, 1, 2, tzinfo=BEIJING) + timedelta(days=night), dice)
    inspect(store, datetime(2023, 3, 29, 2, tzinfo=BEIJING), dice)  # judged again, late
    decided = [replace(record, state=FindingState.REJECTED) for record in store.findings()[::2]]
    store.save_findings(decided)
    store.save_registry(Registry(UNITS[1:], SITES[1:]))
    assert {name: sums_of(store, BOOK, RULES, name) for name in names} == before
    reopen_period(store, "2023-03", Actor("王敏"), "补判", LATER)
    again = close_period(store, BOOK, RULES, "2023-03", Actor("王敏"), LATER)
    assert again.sums.period.version == 2
    assert tuple(store.figures("2023-03", 1)) == before["2023-03"].figures
    assert {name: sums_of(store, BOOK, RULES, name) for name in names if name != "2023-03"} == {
        name: sums for name, sums in before.items() if name != "2023-03"
    }
    told = {(kind, scope) for kind, scope, _, _ in again.figures_changed}
    assert ("sites.registered", CITY) in told, "a website left the registry"
    assert all(figure.source for sums in before.values() for figure in sums.figures)


def test_the_order_in_which_nights_were_kept_changes_no_figure() -> None:
    moments = [datetime(2023, 4, day, 2, tzinfo=BEIJING) for day in (3, 12, 25)]
    found = []
    for order in (moments, moments[::-1]):
        store = open_store("memory:", "")
        store.save_registry(Registry(UNITS, SITES))
        for moment in order:
            run = f"n{moment:%m%d}"
            store.save_run(Run(run, RunKind.NIGHTLY, moment, moment, RunState.COMPLETE))
            score = 100.0 - moment.day
            store.save_scorecards(
                [
                    Scorecard(site.id, site.name, "department", site.unit_id, run, moment, Verdict.PASS, score)
                    for site in SITES
                ]
            )
        open_period(store, "2023-04", Actor("王敏"), LATER)
        found.append(close_period(store, BOOK, RULES, "2023-04", Actor("王敏"), LATER).sums.figures)
    assert found[0] == found[1]
    assert next(figure for figure in found[0] if figure.key == ("scores.mean", CITY)).printed == "75"


def test_a_year_and_its_months_agree() -> None:
    store = open_store("memory:", "")
    store.save_registry(Registry(UNITS, SITES))
    closed_year(store, random.Random(7))
    open_period(store, "2023", Actor("王敏"), LATER)
    year = close_period(store, BOOK, RULES, "2023", Actor("王敏"), LATER).sums
    december = sums_of(store, BOOK, RULES, "2023-12")
    last = {item.target_id: (item.verdict, item.score) for item in december.standings if item.nights}
    assert last.items() <= {item.target_id: (item.verdict, item.score) for item in year.standings}.items()
    visits = [figure.n for figure in year.figures if figure.key == ("visits.sites", CITY)]
    months = [sums_of(store, BOOK, RULES, f"2023-{month:02}").figures for month in range(1, 13)]
    assert visits == [sum(figure.n for figures in months for figure in figures if figure.key == ("visits.sites", CITY))]
    changed = {figure.kind for figure in december.figures}
    assert {"sites.registered.before", "problems.open"} <= changed


@given(st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_what_is_forgotten_changes_no_period_that_can_still_be_counted(seed: int) -> None:
    """Two offices with the same year; one forgets its first half, then both close what begins later."""
    told = []
    for forgets in (False, True):
        dice, store = random.Random(seed), open_store("memory:", "")
        store.save_registry(Registry(UNITS, SITES))
        closed_year(store, dice)
        names = [item.id for item in store.periods()]
        before = {name: sums_of(store, BOOK, RULES, name) for name in names}
        for day in (3, 17):
            inspect(store, datetime(2024, 1, day, 2, tzinfo=BEIJING), dice)
        if forgets:
            gone = store.drop_old_rows(datetime(2023, 7, 1, tzinfo=BEIJING))
            assert gone["scorecard"] > 20
            assert {name: sums_of(store, BOOK, RULES, name) for name in names} == before
        for name in ("2023-07", "2023-12"):
            reopen_period(store, name, Actor("王敏"), "补判", LATER)
        open_period(store, "2024-01", Actor("王敏"), LATER)
        for name in ("2023-07", "2023-12", "2024-01"):
            close_period(store, BOOK, RULES, name, Actor("王敏"), LATER)
        told.append([(sums.figures, sums.standings) for sums in (sums_of(store, BOOK, RULES, name) for name in ("2023-07", "2023-12", "2024-01"))])  # fmt: skip
    assert told[0] == told[1]
