"""Judging a target again holds up nobody who is at another one."""

import threading

import pytest
from desk import Desk
from staff import STALE

from domain.persons import Role
from inspection.desk import questions
from web.turns import Turns


def test_a_worksheet_answer_holds_up_only_its_own_target(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, real = threading.Event(), threading.Event(), questions.judge_answered

    def slow(*asked):
        begun.set()
        assert go_on.wait(10)
        return real(*asked)

    monkeypatch.setattr(questions, "judge_answered", slow)
    one, other, third = desk.log_in(Role.LIAISON), desk.log_in(Role.INSPECTOR), desk.log_in(Role.INSPECTOR)
    one.get("/worksheet")
    key = one.page.find("input", {"name": "key"})["value"]
    answering = threading.Thread(target=one.send, args=("/targets/S1/answers",), kwargs={f"verdict__{key}": "符合"})
    answering.start()
    assert begun.wait(10)
    other.get(f"/findings/{STALE[1].fingerprint}")
    other.send("/review", choice="confirmed")
    assert desk.store.finding(STALE[1].fingerprint).review.verdict == "confirmed"
    third.get(f"/findings/{STALE[0].fingerprint}")
    waiting = threading.Thread(target=third.send, args=("/review",), kwargs={"choice": "confirmed"})
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()  # what is judged just now is decided about afterwards
    go_on.set()
    for thread in (answering, waiting):
        thread.join(10)
    assert desk.store.finding(STALE[0].fingerprint).review.verdict == "confirmed"
    assert len(desk.store.answers("S1")) == 1


def test_two_who_want_the_same_targets_do_not_wait_for_each_other() -> None:
    turns, met = Turns(), []

    def work(names: list[str]) -> None:
        for _ in range(200):
            with turns.at(names):
                met.append(names[0])

    threads = [threading.Thread(target=work, args=(names,)) for names in (["a", "b"], ["b", "a"], ["b", "b", "c"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(met) == 600
