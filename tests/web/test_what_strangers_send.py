"""What was found by trying to break the console: each kind of it stays mended."""

from dataclasses import replace

import pytest
from desk import OURS, WORD, Desk
from staff import AT, PERSONS, actor
from test_every_route import letter

from domain.errors import UsageError
from domain.letter_moves import LetterState
from domain.letters import Reply
from domain.persons import Person, Role
from inspection.acting import actor_of
from inspection.entrance.invitations import GONE, invite, invited
from inspection.entrance.passwords import set_password
from inspection.letters import replies
from inspection.people.registering import add_person
from web.cleaning import cleaned
from web.spoken import spoken
from web.visit import ORDINARY

I = Role.INSPECTOR  # noqa: E741


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b[0m", "\u202e", "\ufffe", "\ud800"])
def test_what_no_keyboard_types_is_left_out(sign: str) -> None:
    assert cleaned(f"张{sign}三\t第一行\r\n第二行") == f"张{sign[1:]}三\t第一行\r\n第二行"


def test_a_name_that_looks_like_another_is_kept_as_it_reads(desk: Desk) -> None:
    admin = desk.log_in(Role.ADMIN)
    admin.get("/persons")
    admin.send("/persons", name="三\u202e张\x00", role="监管员")
    assert any(person.name == "三张" for person in desk.store.persons())


@pytest.mark.parametrize("word", ["9999-12-31T23:59", "0001-01-01T00:00", "1999-01-01", "2023-02-30T09:00"])
def test_moments_no_office_means_are_refused_in_words(desk: Desk, word: str) -> None:
    draft = replace(letter(1, ""), state=LetterState.DRAFT, number=0, replies=(), issued_by="", issued_at=None)
    desk.store.save_letters([replace(draft, signed_by="", signed_at=None, due=None)])
    person = desk.log_in(I)
    person.get("/letters/L1")
    assert person.send("/issue", due=word).status_code == 400
    assert "年份不对" in person.text or "不是时间" in person.text
    assert person.post("/periods", {"name": "2023-05", "cutoff": word}).status_code == 400


def test_a_page_that_asks_by_itself_keeps_no_session_going(desk: Desk) -> None:
    person = desk.log_in(I)
    for _ in range(4):
        desk.clock.turn(minutes=9)
        person.get("/runs/r1/progress", headers={"hx-request": "true"})
    assert person.answer.status_code == 401
    person = desk.log_in(I)
    for _ in range(4):
        desk.clock.turn(minutes=9)
        person.get("/runs/r1")
    assert person.answer.status_code == 200


def test_a_password_is_never_written_into_a_page(desk: Desk) -> None:
    person = desk.log_in(I)
    desk.clock.turn(minutes=31)
    answer = person.post("/password", {"old": WORD, "new": "my new long word", "again": "my new long word"})
    assert answer.status_code == 401
    assert WORD not in answer.text
    assert "my new long word" not in answer.text


def test_a_reset_ends_what_was_there_and_a_later_password_ends_the_link(desk: Desk) -> None:
    person = desk.log_in(I)
    _, secret = invite(desk.store, actor(Role.ADMIN), PERSONS[I].id, AT, reset=True)
    assert "登录" in desk.visitor().get("/login").text
    person.get("/findings")
    assert person.page.select_one("#password") is not None
    assert person.send("/login", who=PERSONS[I].id, password=WORD).status_code == 400
    desk.clock.turn(minutes=1)
    set_password(desk.store, PERSONS[I], "a later long word", desk.clock())
    with pytest.raises(UsageError, match=GONE[:6]):
        invited(desk.store, secret, desk.clock())


def test_nobody_is_registered_under_a_name_that_stands_for_another(desk: Desk) -> None:
    taken = PERSONS[Role.ADMIN].id
    with pytest.raises(UsageError, match="认错人"):
        add_person(desk.store, actor(Role.ADMIN), taken, "监管员", AT)
    desk.store.save_persons([Person("P999", taken, Role.LIAISON, "U1")])  # from before
    assert actor_of(desk.store, taken).person == PERSONS[Role.ADMIN]
    assert desk.log_in(Role.ADMIN).answer.status_code == 200


def test_a_stranger_sends_no_large_file(desk: Desk) -> None:
    """It would lie in memory before anybody asked who he is."""
    desk.store.save_letters([letter(1, "0" * 64)])
    large = {"file": ("扫描件.pdf", b"%PDF-" + b"0" * (ORDINARY + 1), "application/pdf")}
    stranger = desk.visitor()
    answer = stranger.post("/letters/L1/files", {}, files=large)
    assert (answer.status_code, "登录已过期" in stranger.text) == (401, True)
    liaison = desk.log_in(Role.LIAISON)
    assert liaison.post("/letters/L1/files", {}, files=large).status_code == 200


def test_a_unit_does_not_fill_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(Reply(AT, "某人", "扫描件.pdf", f"{n:064}", 8, is_form=False) for n in range(replies.MOST_REPLIES))
    desk.store.save_letters([replace(letter(1, "0" * 64), replies=many)])
    liaison = desk.log_in(Role.LIAISON)
    answer = liaison.post("/letters/L1/files", {}, files={"file": ("a.pdf", b"%PDF-1.4 more", "application/pdf")})
    assert (answer.status_code, "已达上限" in liaison.text) == (400, True)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("没有登记过“甲”；用 xunjian user list 查看编号", "没有登记过“甲”；到“人员”页查看编号"),
        ("尚未关闭；请先运行 xunjian period close 2023-04", "尚未关闭；请先到“考核期”页办理"),
        ("须写明理由（--reason）；用 xunjian period show 2023-第5次 查看", "须写明理由；到“考核期”页查看"),
        ("请先运行 xunjian rules confirm 确认。", "请先到“规则”页确认。"),
        ("请运行 xunjian doctor", "请运行 xunjian doctor"),
    ],
)
def test_advice_names_the_page_instead_of_the_command(told: str, read: str) -> None:
    assert spoken(told) == read


def test_a_name_nobody_has_is_told_with_its_page(desk: Desk) -> None:
    person = desk.log_in(I)
    person.post("/letters/draft", {"kind": "letter", "unit": "没有的单位"}, headers=OURS)
    assert "登记表" in person.text
    assert "xunjian" not in person.text
