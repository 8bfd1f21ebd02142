"""Every route by every role upon things of the own unit, of one below and of another: from the table of routes."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk, new_desk
from staff import AT, PERSONS, SITES, STALE, UNITS, actor, contents

from domain.issued import IssuedNotice
from domain.letter_moves import LetterState, PaperKind
from domain.letters import Letter, LetterItem, Reply
from domain.log_in import EVERY_SCOPE
from domain.periods import period_named
from domain.persons import Person, Role
from domain.rights import RIGHTS, Action, Scope, may
from inspection.entrance.tokens import add_token, person_by_token
from web.app import build_app
from web.problems import API
from web.table import ROUTES
from web.visit import Route, Rule, Subject

WHOSE = ("own", "below", "other")  # U1, U2, U3
SINGLE = {Subject.FINDING, Subject.TARGET, Subject.LETTER, Subject.PERSON}
FREE = {"/login", "/link/{link}", "/static/{name}", "/api/openapi.json"}
LEAVING = {"/logout", "/password", "/login"}
COLLEAGUES = [Person(f"P2{n}", f"联络员{n}", Role.LIAISON, f"U{n}") for n in (1, 2, 3)]


def prepared(folder: Path) -> Desk:
    desk = new_desk(folder)
    store = desk.store
    body, sha = store.put_body("<p>保存的页面</p>".encode()), store.put_body(b"%PDF-1.4")
    store.save_findings(
        [replace(item, finding=replace(item.finding, ref=replace(item.finding.ref, capture=body))) for item in STALE]
    )
    picture = json.dumps({"picture": store.put_body(b"\x89PNG"), "marked": True, "run": "r1"})
    store.cache({f"evidence|{item.fingerprint}": picture for item in STALE})
    store.save_letters([letter(number, sha) for number in (1, 2, 3)])
    store.save_persons(COLLEAGUES)
    store.save_period(period_named("2023-05"))
    store.save_issued_notice(IssuedNotice("2023-05", 1, 0, "通报.pdf", sha, 8, "王敏", AT))
    return desk


def letter(number: int, sha: str) -> Letter:
    record, site, unit = STALE[number - 1], SITES[number - 1], UNITS[number - 1]
    item = LetterItem(1, record.fingerprint, site.id, site.name, "column.stale", "栏目不更新", "已超期", site.home_url)
    reply = Reply(AT, "某人", "扫描件.pdf", sha, 8, is_form=False)
    return Letter(
        f"L{number}", PaperKind.LETTER, unit.id, unit.label, (item,), "王敏", AT, state=LetterState.SIGNED, year=2023,
        number=number, due=AT, issued_by="王敏", issued_at=AT, signed_by="某人", signed_at=AT, replies=(reply,),
    )  # fmt: skip


@pytest.fixture(params=list(Role), ids=lambda role: role.value)
def role(request: pytest.FixtureRequest) -> Role:
    return request.param


@pytest.fixture
def prepared_desk(tmp_path: Path) -> Iterator[Desk]:
    made = prepared(tmp_path)
    yield made
    made.store.close()


TOLD = [route for route in ROUTES if route.operation]
NAMES: dict[str, Callable[[str], str]] = {  # of things in an address, by whose they are
    "finding": lambda whose: STALE[WHOSE.index(whose)].fingerprint,
    "target": lambda whose: SITES[WHOSE.index(whose)].id,
    "letter": lambda whose: f"L{WHOSE.index(whose) + 1}",
    "person": lambda whose: COLLEAGUES[WHOSE.index(whose)].id,
    "period": lambda _: "2023-05",
    "run": lambda _: "r1",
}


def address(route: Route, whose: str, desk: Desk) -> str:
    sha = desk.store.letter("L1").replies[0].sha256
    names = {
        **{name: made(whose) for name, made in NAMES.items()}, "kind": "letter", "sha": sha, "ending": "csv", "number": "1", "check": "column.stale", "name": "console.css", "link": "x" * 40,
    }  # fmt: skip
    return re.sub(r"\{(\w+)(?::path)?\}", lambda found: names[found[1]], route.path)


def token_of(desk: Desk, role: Role) -> str:
    secret = add_token(desk.store, actor(Role.ADMIN), "测试", PERSONS[role].id, [*EVERY_SCOPE], 9, AT)[1]
    person_by_token(desk.store, secret, AT)  # its use is written down once an hour
    return secret


def expected(route: Route, role: Role, whose: str) -> set[int]:
    """What may come back; 0 stands for anything that is no refusal."""
    rule, subject = route.rule, route.rule.subject
    if subject in {Subject.ANYBODY, Subject.ONESELF}:
        return {0}
    own, below = whose == "own", whose == "below"
    if subject is Subject.CITY and RIGHTS[Action.READ][role] is not Scope.ALL:
        return {404}
    if subject is Subject.PERSON and role in RIGHTS[Action.PERSONS]:
        return {0} if may(role, Action.PERSONS, own=own, below=below) else {404}
    if subject in SINGLE - {Subject.PERSON} and not may(role, Action.READ, own=own, below=below):
        return {404}
    if rule.action is Action.READ:
        return {0}
    if subject in SINGLE:
        return {0} if may(role, rule.action, own=own, below=below) else {403}
    return {0} if role in RIGHTS[rule.action] else {403}


def test_every_route_by_this_role_upon_own_and_foreign_things(prepared_desk: Desk, role: Role) -> None:
    person = prepared_desk.log_in(role)
    person.token = token_of(prepared_desk, role)
    refused = [
        (route, whose)
        for route in ROUTES
        for whose in WHOSE
        if 0 not in expected(route, role, whose) and route.path not in LEAVING
    ]
    before = contents(prepared_desk.folder)
    for route, whose in refused:
        answer = ask(person, route, address(route, whose, prepared_desk))
        assert answer.status_code in expected(route, role, whose), (route.method, route.path, whose, person.text[:200])
    assert contents(prepared_desk.folder) == before
    for route in ROUTES:
        for whose in WHOSE:
            if 0 not in expected(route, role, whose) or route.path in LEAVING:
                continue
            answer = ask(person, route, address(route, whose, prepared_desk))
            where = (route.method, route.path, whose, person.text[:300])
            assert answer.status_code not in {401, 403, 404, 405, 413, 500}, where
            assert route.method == "POST" or answer.status_code == 200 or "{link}" in route.path, where


def ask(person, route: Route, path: str):
    """A form as a browser sends it, a page as it asks for it; of the interface, as a program with the person's token."""
    shown = {"authorization": f"Bearer {person.token}", "if-match": "*"} if path.startswith(API) else None
    if route.method == "POST":
        return person.post(path, None if shown else {"any": "thing"}, headers=shown, json={} if shown else None)
    return person.get(path, headers=shown)


def test_a_stranger_gets_nowhere_but_to_the_log_in(prepared_desk: Desk) -> None:
    stranger = prepared_desk.visitor()
    before = contents(prepared_desk.folder)
    for route in ROUTES:
        if route.rule.subject is Subject.ANYBODY:
            continue
        answer = ask(stranger, route, address(route, "own", prepared_desk))
        if route.path.startswith(API):
            assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
            continue
        assert "登录" in stranger.page.title.get_text(), route.path
        assert answer.status_code == (401 if route.method == "POST" else 200)
    assert contents(prepared_desk.folder) == before


def test_who_only_reads_can_send_nothing_but_what_concerns_himself(prepared_desk: Desk) -> None:
    posts = [route for route in ROUTES if route.method == "POST"]
    free = {route.path for route in posts if 0 in expected(route, Role.AUDITOR, "own")}
    assert free == {"/login", "/logout", "/password", "/link/{link}", "/findings/filters", "/proof"}


def test_the_application_has_the_routes_of_the_table_and_no_others(shared_desk: Desk) -> None:
    app = build_app(shared_desk.place)
    found = {(path, method) for route in app.router.routes for path, method in named(route)}
    wanted = {(route.path, route.method) for route in ROUTES}
    assert {pair for pair in found if pair[1] != "HEAD"} == wanted
    assert len({(route.path, route.method) for route in ROUTES}) == len(ROUTES)


def named(route) -> Iterator[tuple[str, str]]:
    yield from ((route.path, method) for method in route.methods)


def test_a_route_without_a_rule_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        Route("GET", "/anything", lambda visit: None)  # type: ignore[call-arg]
    for route in ROUTES:
        assert isinstance(route.rule, Rule)
        assert route.rule.subject is not Subject.ANYBODY or route.path in FREE
        single = {name for name in ("finding", "target", "letter", "person") if f"{{{name}" in route.path}
        assert {route.rule.subject.value} & single == single, f"{route.path} speaks of a thing its rule does not name"
        changes = route.method == "POST" and route.rule.subject not in {Subject.ANYBODY, Subject.ONESELF}
        assert not changes or route.rule.action not in {Action.READ, Action.READ_TRAIL}, route.path
