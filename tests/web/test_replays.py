"""Requests with a key: asked again they are answered alike, and nothing is done twice."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from desk import Desk
from programs import program
from staff import AT, STALE, actor, contents

import web.changes
from domain.errors import StoreError
from domain.persons import Role
from inspection.operations.pruning import prune
from inspection.operations.settings import Retention

I = Role.INSPECTOR  # noqa: E741
PATH = f"findings/{STALE[0].fingerprint}/review"
BODY = {"choice": "rejected", "reason": "历史专题"}


def test_the_same_request_is_answered_as_the_first_time_and_done_once(desk: Desk) -> None:
    office = program(desk, I)
    tag = office.get(f"findings/{STALE[0].fingerprint}").headers["etag"]
    first = office.post(PATH, BODY, if_match=tag, idempotency_key="4711")
    before = contents(desk.folder)
    again = office.post(PATH, BODY, if_match=tag, idempotency_key="4711")
    assert (again.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
    assert again.headers["idempotent-replayed"] == "true"
    assert contents(desk.folder) == before
    assert office.post(PATH, BODY, if_match=tag, idempotency_key="4712").status_code == 412


def test_the_key_of_another_request_is_refused(desk: Desk) -> None:
    office, other = program(desk, I), program(desk, I)
    office.post(PATH, BODY, if_match="*", idempotency_key="4711")
    for path, body, tag in (
        (PATH, BODY | {"reason": "别的"}, "*"),
        (PATH, BODY, f'"{"0" * 12}"'),
        (PATH.replace(STALE[0].fingerprint, STALE[1].fingerprint), BODY, "*"),
    ):
        assert office.post(path, body, if_match=tag, idempotency_key="4711").status_code == 422
    undo = other.post(PATH, {"choice": "unreviewed"}, if_match="*", idempotency_key="4711")
    assert undo.status_code == 200  # the keys of another program are its own
    assert office.post(PATH, BODY, if_match="*", idempotency_key="x" * 201).status_code == 400


def test_what_was_refused_stays_refused_and_what_was_not_understood_takes_no_key(desk: Desk) -> None:
    office = program(desk, I)
    assert office.post(PATH, {"choice": "rejected"}, if_match="*", idempotency_key="1").status_code == 400
    again = office.post(PATH, {"choice": "rejected"}, if_match="*", idempotency_key="1")
    assert (again.status_code, again.headers["content-type"]) == (400, "application/problem+json")
    assert again.headers["idempotent-replayed"] == "true"
    assert office.post(PATH, {"choise": "rejected"}, if_match="*", idempotency_key="2").status_code == 400
    assert office.post(PATH, BODY, if_match="*", idempotency_key="2").status_code == 200


def test_a_day_later_the_key_is_free(desk: Desk) -> None:
    office = program(desk, I)
    office.post(PATH, BODY, if_match="*", idempotency_key="1")
    desk.clock.turn(hours=25)
    assert office.post(PATH, {"choice": "unreviewed"}, if_match="*", idempotency_key="1").status_code == 200


def test_two_at_once_are_done_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes while the first is at work; it does nothing, and is told so."""
    office, begun, go_on, answers = program(desk, I), threading.Event(), threading.Event(), []
    really = web.changes.carry_out

    def slowly(*args: object) -> str:
        begun.set()
        assert go_on.wait(20)
        return really(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(web.changes, "carry_out", slowly)
    asking = threading.Thread(target=lambda: answers.append(office.post(PATH, BODY, if_match="*", idempotency_key="1")))
    asking.start()
    assert begun.wait(20)
    second = office.post(PATH, BODY, if_match="*", idempotency_key="1")
    go_on.set()
    asking.join(20)
    assert (answers[0].status_code, second.status_code) == (200, 409)
    assert "正在办理" in second.json()["detail"]
    assert office.post(PATH, BODY, if_match="*", idempotency_key="1").content == answers[0].content
    deeds = [entry for entry in desk.store.trail() if STALE[0].fingerprint in entry.text]
    assert len(deeds) == 1


def test_what_was_cut_short_is_not_tried_again_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office = program(desk, I)

    def killed(*_: object) -> str:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(web.changes, "carry_out", killed)
    with pytest.raises(KeyError):
        office.post(PATH, BODY, if_match="*", idempotency_key="1")
    monkeypatch.undo()
    assert office.post(PATH, BODY, if_match="*", idempotency_key="1").status_code == 409
    desk.clock.turn(minutes=11)
    later = office.post(PATH, BODY, if_match="*", idempotency_key="1")
    assert (later.status_code, "是否生效不明" in later.json()["detail"]) == (409, True)


def test_a_store_that_is_away_gives_the_key_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office = program(desk, I)

    def away(*_: object) -> str:
        raise StoreError("数据库正忙")

    monkeypatch.setattr(web.changes, "carry_out", away)
    assert office.post(PATH, BODY, if_match="*", idempotency_key="1").status_code == 503
    monkeypatch.undo()
    assert office.post(PATH, BODY, if_match="*", idempotency_key="1").status_code == 200


def test_a_token_that_was_revoked_hears_no_old_answer(desk: Desk) -> None:
    office = program(desk, I)
    office.post(PATH, BODY, if_match="*", idempotency_key="1")
    (item,) = desk.store.tokens()
    desk.store.save_token(replace(item, revoked=desk.clock.now))
    assert office.post(PATH, BODY, if_match="*", idempotency_key="1").status_code == 401


def test_pruning_forgets_them_after_a_day(desk: Desk) -> None:
    office = program(desk, I)
    office.post(PATH, BODY, if_match="*", idempotency_key="1")
    for hours, kept in ((23, 1), (25, 0)):
        at = AT + timedelta(hours=hours)
        looked = prune(desk.store, desk.folder, Retention(), actor(Role.ADMIN), at, dry_run=True)
        done = prune(desk.store, desk.folder, Retention(), actor(Role.ADMIN), at, dry_run=False)
        assert looked.rows["replay"] == done.rows["replay"] == 1 - kept
    assert desk.store.drop_replays(AT + timedelta(days=9)) == 0
