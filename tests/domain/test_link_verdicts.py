"""Verdicts on links: certain only after the looks DESIGN.md section 4 asks for."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.captured import Attempt
from domain.links import Again, Fault, LinkPolicy, LinkState, classify, fault_of
from domain.times import BEIJING

T0 = datetime(2023, 4, 25, 22, 0, tzinfo=BEIJING)
URL = "http://www.example.gov.cn/x.html"
BLOCKED = sorted(LinkPolicy().blocked)
ERRORS = sorted(LinkPolicy().broken_errors)


def make(what: object, night: int = 0, look: int = 1, method: str = "GET", signals: tuple[str, ...] = ()) -> Attempt:
    """An attempt: a status or an error, in a look of a night's run (looks an hour apart)."""
    at = T0 + timedelta(days=night, hours=look)
    status, error = (what, "") if isinstance(what, int) else (0, str(what))
    return Attempt(f"r{night}", "s", URL, at, method, status, error, look, signals=signals)


def state(*attempts: Attempt) -> tuple[str, str]:
    verdict = classify(attempts)
    return verdict.state.value, verdict.again.value


@pytest.mark.parametrize("status", [404, 410])
def test_gone_needs_a_second_look(status: int) -> None:
    assert state(make(status)) == ("suspect", "soon")
    assert state(make(status), make(status, look=2)) == ("dead", "none")
    assert state(make(status), make(status, night=1)) == ("dead", "none")


@pytest.mark.parametrize("fault", [*ERRORS, 500, 502, 503, 599, 408])
def test_no_answer_needs_two_looks_on_two_nights(fault: object) -> None:
    night = [make(fault), make(fault, look=2)]
    assert state(make(fault)) == ("suspect", "soon")
    assert state(*night) == ("suspect", "next_night")
    assert state(*night, make(fault, night=1)) == ("suspect", "soon")
    assert state(*night, make(fault, night=1), make(fault, night=1, look=2)) == ("dead", "none")


def test_single_looks_on_many_nights_stay_suspect() -> None:
    assert classify([make("timeout", night=night) for night in range(9)]).state is LinkState.SUSPECT


def test_nights_are_distinct_as_of_dates_not_runs() -> None:
    attempts = [make("dns", night, look) for night in (0, 1) for look in (1, 2)]
    assert classify(attempts, None, {"r0": date(2023, 4, 25), "r1": date(2023, 4, 25)}).state is LinkState.SUSPECT
    assert classify(attempts, None, {"r0": date(2023, 4, 25), "r1": date(2023, 4, 26)}).state is LinkState.DEAD


def test_two_nights_made_within_seconds_count_by_their_as_of() -> None:
    attempts = [
        Attempt(run, "s", URL, T0 + timedelta(seconds=n), "GET", 0, "refused", look)
        for n, (run, look) in enumerate([("a", 1), ("a", 2), ("b", 1), ("b", 2)])
    ]
    assert classify(attempts).state is LinkState.SUSPECT
    assert classify(attempts, None, {"a": date(2023, 4, 25), "b": date(2023, 4, 26)}).state is LinkState.DEAD


def test_mixed_network_faults_confirm_each_other() -> None:
    looks = [make("dns"), make("timeout", look=2), make(503, night=1), make("reset", night=1, look=2)]
    assert classify(looks).state is LinkState.DEAD


def test_a_later_good_answer_wins() -> None:
    assert state(make(404), make(404, look=2), make(200, night=1)) == ("ok", "none")
    assert state(make("dns"), make("dns", look=2), make(200, night=1), make("dns", night=2)) == ("suspect", "soon")
    assert state(make(503), make(200)) == ("ok", "none")


def test_a_wall_after_a_fault_is_a_wall() -> None:
    assert state(make(404), make(403, look=2))[0] == "blocked"


def test_a_fault_behind_a_wall_is_raised_when_confirmed() -> None:
    assert state(make(403), make(404, look=2)) == ("suspect", "next_night")
    assert state(make(403), make(404, look=2), make(404, night=1)) == ("dead", "none")


def test_a_network_fault_after_a_certain_404_stays_dead() -> None:
    assert classify([make(404), make(404, look=2), make("timeout", night=1)]).state is LinkState.DEAD


def test_one_404_and_one_timeout_prove_nothing() -> None:
    assert state(make(404), make("timeout", look=2)) == ("suspect", "next_night")
    assert state(make("timeout"), make(404, look=2)) == ("suspect", "next_night")


def test_bot_wall_signals_beat_the_status() -> None:
    for status in (200, 202, 404, 412, 503, 521):
        assert fault_of(make(status, signals=("botwall:ruishu",))) is Fault.BLOCKED


def test_soft404_needs_two_looks_that_agree_on_two_signals() -> None:
    both = ("phrase", "thin")
    assert state(make(200, signals=both)) == ("suspect", "soon")
    assert state(make(200, signals=both), make(200, look=2, signals=both)) == ("soft404", "none")
    assert state(make(200, signals=both), make(200, look=2, signals=("phrase", "to_home"))) == ("suspect", "next_night")
    assert state(make(200, signals=("phrase",))) == ("suspect", "next_night")
    assert state(make(200, signals=both), make(200, look=2)) == ("ok", "none")


def test_hijack_needs_two_looks() -> None:
    assert state(make(200, signals=("hijack:gambling",)))[0] == "suspect"
    assert state(make(200, signals=("parked",)), make(200, look=2, signals=("parked",)))[0] == "hijacked"


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (make("robots"), ("unknown", "none")),
        (make("private"), ("unknown", "none")),
        (make("other"), ("suspect", "next_night")),
        (make(405), ("suspect", "next_night")),
        (make(400), ("suspect", "next_night")),
        (make(302), ("suspect", "next_night")),
        (make(200, signals=("empty",)), ("suspect", "next_night")),
        (make(304), ("ok", "none")),
        (make(404, method="HEAD"), ("unknown", "soon")),
        (make(200, method="HEAD"), ("ok", "none")),
    ],
)
def test_what_proves_nothing(attempt: Attempt, expected: tuple[str, str]) -> None:
    assert state(attempt) == expected


def test_nothing_tried_is_unknown() -> None:
    assert state() == ("unknown", "soon")


def test_the_verdict_names_its_evidence() -> None:
    verdict = classify([make(200, night=-1), make(404), make(404, look=2)])
    assert (verdict.fault, verdict.status, verdict.looks, verdict.nights) == (Fault.GONE, 404, 2, 1)
    assert verdict.since == T0 + timedelta(hours=1)
    assert "404" in verdict.reason


outcomes = st.one_of(st.sampled_from([200, 204, 301, 400, 403, 404, 410, 412, 429, 500, 503]), st.sampled_from(ERRORS))
gets = st.builds(make, outcomes, st.integers(0, 3), st.integers(1, 2))
heads = st.builds(make, outcomes, st.integers(0, 3), st.integers(1, 2), st.just("HEAD"))


@given(st.builds(make, outcomes, st.integers(0, 3), st.integers(1, 2), st.sampled_from(["GET", "HEAD"])))
def test_never_dead_from_one_attempt(attempt: Attempt) -> None:
    assert classify([attempt]).state not in {LinkState.DEAD, LinkState.SOFT404, LinkState.HIJACKED}


@given(st.lists(st.builds(make, st.sampled_from(BLOCKED), st.integers(0, 5), st.integers(1, 2)), min_size=1))
def test_never_dead_from_walls(attempts: list[Attempt]) -> None:
    assert classify(attempts).state is LinkState.BLOCKED


@given(st.lists(gets, min_size=1, max_size=8), st.lists(heads, max_size=4), st.randoms(use_true_random=False))
def test_heads_change_nothing_beside_gets(asked: list[Attempt], hints: list[Attempt], order) -> None:
    mixed = [*asked, *hints]
    order.shuffle(mixed)
    in_time = sorted(asked, key=lambda attempt: attempt.at)
    assert classify([attempt for attempt in mixed if attempt.method == "GET" or attempt in hints]) == classify(
        [attempt for attempt in mixed if attempt.method == "GET"]
    )
    assert classify(in_time).state in set(LinkState)


@given(st.lists(heads, min_size=1))
def test_never_dead_from_heads(attempts: list[Attempt]) -> None:
    assert classify(attempts).state in {LinkState.OK, LinkState.UNKNOWN}


@given(st.lists(gets, max_size=8))
def test_never_dead_without_two_looks_since_the_last_good_answer(attempts: list[Attempt]) -> None:
    verdict = classify(attempts)
    if verdict.state is LinkState.DEAD:
        assert verdict.looks >= 2
        assert verdict.fault in {Fault.GONE, Fault.BROKEN}
        assert verdict.fault is Fault.GONE or verdict.nights >= 2


@given(st.lists(gets, max_size=8))
def test_a_good_last_answer_is_ok(attempts: list[Attempt]) -> None:
    assert classify([*attempts, make(200, night=9)]).state is LinkState.OK


@given(st.lists(gets, min_size=1, max_size=8))
def test_a_suspect_is_always_asked_again(attempts: list[Attempt]) -> None:
    verdict = classify(attempts)
    if verdict.state is LinkState.SUSPECT:
        assert verdict.again is not Again.NONE
        assert verdict.reason


@pytest.mark.parametrize("error", ["reset", "tls", "timeout", "refused"])
def test_what_another_client_opens_is_never_dead(error: str) -> None:
    nights = [
        attempt
        for night in range(4)
        for attempt in (make(error, night), make(error, night, 2), make(200, night, 2, signals=("other_client",)))
    ]
    verdict = classify(nights)
    assert verdict.state is LinkState.SUSPECT
    assert "换一种访问方式可以打开" in verdict.reason
