"""Silence: of everybody (it is our network), of one site (it is theirs), and what old captures may not prove."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from offices import AS_OF, Office

from democity.city import City, build_city
from democity.server import served
from democity.story import Fault
from domain.captured import ProbeOutcome
from domain.runs import RunState
from domain.scores import Verdict
from domain.times import Window
from inspection.judging.run import Outcome

LATER = AS_OF + timedelta(days=70)  # most columns of the first night would be overdue by now
CHECKS_OF_TIME = ("column.stale", "column.near_due", "home.stale", "inquiry.unanswered")


@pytest.fixture(scope="module")
def dark(new_office: Callable[..., Any]) -> Iterator[tuple[Office, Outcome, Outcome]]:
    """A good night, then one on which no host answers."""
    city = build_city("small", sites=3)
    with new_office(city, 0) as office:
        with served(city, day=date(2023, 4, 26)) as office.port:
            first = office.inspect()
        yield office, first, office.inspect(LATER)


def open_ones(outcome: Outcome) -> set[str]:
    return {r.fingerprint for judged in outcome.judged.values() for r in judged.records if r.state.is_open}


def test_the_run_is_unknown_and_says_why(dark: tuple[Office, Outcome, Outcome]) -> None:
    office, _, second = dark
    assert second.run.state is RunState.UNKNOWN
    assert "本机网络" in second.run.reason
    stored = office.store.run(second.run.id)
    assert stored is not None
    assert stored.state is RunState.UNKNOWN


def test_nobody_passes_and_nobody_loses_a_point(dark: tuple[Office, Outcome, Outcome]) -> None:
    for judged in dark[2].judged.values():
        assert judged.card.verdict is Verdict.UNKNOWN
        assert judged.card.deductions == judged.card.vetoes == ()
        assert judged.card.score is None


def test_nothing_is_found_or_closed_by_silence(dark: tuple[Office, Outcome, Outcome]) -> None:
    _, first, second = dark
    assert open_ones(second) == open_ones(first)


def test_the_dark_night_leaves_no_finding_in_the_store(dark: tuple[Office, Outcome, Outcome]) -> None:
    office, first, second = dark
    assert office.store.findings(run_id=second.run.id) == []
    assert {r.fingerprint for r in office.store.findings() if r.state.is_open} == open_ones(first)


@pytest.fixture(scope="module")
def one_down(new_office: Callable[..., Any]) -> Iterator[tuple[Office, City, Outcome, Outcome]]:
    """A good night, then, two months on, one site closes every connection while the others answer."""
    city, broken = (build_city("small", sites=3, faults=f) for f in ((), (Fault("unreachable", "mzj"),)))
    with new_office(city, 0) as office:
        with served(city, day=date(2023, 4, 26)) as office.port:
            first = office.inspect()
        with served(broken, day=LATER.date()) as office.port:
            second = office.inspect(LATER)
        yield office, city, first, second


def code(city: City, label: str) -> str:
    return next(site.code for site in city.sites if site.body.label == label)


def test_others_are_judged_while_one_is_down(one_down: tuple[Office, City, Outcome, Outcome]) -> None:
    _, city, _, second = one_down
    assert second.run.state is RunState.COMPLETE
    verdicts = {site: judged.card.verdict for site, judged in second.judged.items()}
    assert verdicts.pop(code(city, "mzj")) is Verdict.UNKNOWN
    assert set(verdicts.values()) == {Verdict.PASS}


def test_the_visit_of_the_silent_home_page_is_kept(one_down: tuple[Office, City, Outcome, Outcome]) -> None:
    office, city, _, second = one_down
    site = code(city, "mzj")
    since = office.store.probes(
        site, second.run.started_at - timedelta(minutes=1), second.run.started_at.replace(year=2099)
    )
    outcomes = {probe.outcome for probe in since if probe.run_id == second.run.id}
    assert outcomes
    assert ProbeOutcome.OK not in outcomes


def test_old_captures_prove_no_idleness_of_today(one_down: tuple[Office, City, Outcome, Outcome]) -> None:
    """What was fresh when it was last read may have been updated since: that is no finding."""
    _, city, first, second = one_down
    site = code(city, "mzj")
    columns = {column.url: column for column in first.judged[site].columns}
    assert any(c.newest and c.deadline == Window(days=14) for c in columns.values())
    before = {r.fingerprint for r in first.judged[site].records if r.state.is_open}
    fresh = [
        (r.finding.check, r.finding.ref.url)
        for r in second.judged[site].records
        if r.state.is_open and r.fingerprint not in before and r.finding.check in CHECKS_OF_TIME
    ]
    assert fresh == []
    unsure = {item.check for item in second.judged[site].unjudged}
    assert {"column.stale", "home.stale"} <= unsure


def test_open_findings_of_the_silent_site_stay_open(one_down: tuple[Office, City, Outcome, Outcome]) -> None:
    _, city, first, second = one_down
    site = code(city, "mzj")
    before = {r.fingerprint for r in first.judged[site].records if r.state.is_open}
    after = {r.fingerprint for r in second.judged[site].records if r.state.is_open}
    assert before
    assert before <= after
