"""Coming in by link and password, staying, going out, and what a stranger cannot do."""

from datetime import timedelta

import pytest
from desk import WORD, Desk, Visitor
from staff import AT, PERSONS, STALE, actor

from domain.persons import Role
from inspection.entrance.invitations import invite
from inspection.entrance.secrets_of import hash_of
from web.origins import own_path

I = Role.INSPECTOR  # noqa: E741


def test_a_link_leads_to_a_password_and_in(desk: Desk) -> None:
    _, secret = invite(desk.store, actor(Role.ADMIN), PERSONS[I].id, AT, reset=True)
    person = desk.visitor()
    person.get(f"/link/{secret}")
    assert "设置密码" in person.text
    assert person.send(f"/link/{secret}", new="short", again="short").status_code == 400
    assert person.send(f"/link/{secret}", new="another long word", again="another long wort").status_code == 400
    person.send(f"/link/{secret}", new="another long word", again="another long word")
    assert "工作台" in person.text
    assert desk.visitor().get(f"/link/{secret}").status_code == 400


def test_wrong_words_are_refused_and_what_was_typed_is_not_shown_as_markup(desk: Desk) -> None:
    person = desk.visitor()
    person.get("/login")
    answer = person.send("/login", who="<b>王", password="wrong word")
    assert (answer.status_code, "<b>王" in answer.text) == (400, False)
    assert "姓名（编号）或密码不对" in person.text


def test_a_session_is_new_at_every_log_in_whatever_the_browser_brings(desk: Desk) -> None:
    """Session fixation: a cookie planted before is worth nothing after."""
    person = desk.visitor()
    person.client.cookies.set("xunjian", "planted", domain="127.0.0.1")
    person.get("/login")
    person.send("/login", who=PERSONS[I].id, password=WORD)
    secrets = [cookie.value for cookie in person.client.cookies.jar if cookie.name == "xunjian"]
    assert secrets
    assert desk.store.session(hash_of("planted")) is None
    assert any(desk.store.session(hash_of(secret)) for secret in secrets if secret)


def test_the_cookie_is_bound_to_the_host_where_there_is_https(desk: Desk) -> None:
    plain = desk.log_in(I)
    assert "xunjian" in plain.client.cookies
    safe = desk.visitor(base_url="https://console.example.gov.cn")
    safe.get("/login")
    answer = safe.client.post(
        "/login", data={"who": PERSONS[I].id, "password": WORD}, headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )  # fmt: skip
    told = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("__Host-xunjian="))
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= {part.strip() for part in told.split(";")}
    assert "Domain" not in told
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_session_ends_and_what_was_sent_is_kept_for_after_it(desk: Desk) -> None:
    person = desk.log_in(I)
    own = STALE[0].fingerprint
    person.get(f"/findings/{own}")
    fields = person.fields("/review")
    desk.clock.turn(minutes=31)
    answer = person.post(f"/findings/{own}/review", {**fields, "choice": "rejected", "reason": "页面可以打开"})
    assert answer.status_code == 401
    assert "内容还在" in person.text
    person.send("/login", who=PERSONS[I].id, password=WORD)
    assert "继续刚才的操作" in person.text
    assert "页面可以打开" in person.text
    assert desk.store.finding(own).review.verdict == "unreviewed"
    person.send(f"/findings/{own}/review")
    assert desk.store.finding(own).review.reason == "页面可以打开"


def test_a_bulk_action_survives_an_ended_session(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/findings")
    keys = [
        box["value"]
        for box in person.page.select("input.tick")
        if box["value"][:16] in {each.fingerprint for each in STALE}
    ]
    person.send("/findings/bulk", key=keys, choice="rejected")
    desk.clock.turn(minutes=40)
    assert person.send("/findings/bulk", reason="网站改版").status_code == 401
    person.send("/login", who=PERSONS[I].id, password=WORD)
    person.send("/findings/bulk")
    assert "已办理 3 个问题" in person.text
    assert {desk.store.finding(each.fingerprint).review.reason for each in STALE} == {"网站改版"}


def test_a_fragment_of_an_ended_session_leads_to_the_log_in(desk: Desk) -> None:
    person = desk.log_in(I)
    desk.clock.turn(hours=13)
    answer = person.get(
        "/runs/r1/progress", headers={"hx-request": "true", "hx-current-url": "http://127.0.0.1/runs/r1"}
    )
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/login?next=%2Fruns%2Fr1"
    assert "请重新登录" in answer.text


def test_a_new_password_ends_other_browsers(desk: Desk) -> None:
    one, other = desk.log_in(I), desk.log_in(I)
    one.get("/password")
    assert one.send("/password", old="wrong", new="a longer word 2", again="a longer word 2").status_code == 400
    one.send("/password", old=WORD, new="a longer word 2", again="a longer word 2")
    assert "工作台" in one.text
    other.get("/")
    assert "登录" in other.page.title.get_text()


def test_who_is_disabled_is_out_at_once(desk: Desk) -> None:
    person, admin = desk.log_in(I), desk.log_in(Role.ADMIN)
    admin.get("/persons")
    admin.send(f"/persons/{PERSONS[I].id}/disable")
    assert "已停用" in admin.text
    person.get("/findings")
    assert "登录" in person.page.title.get_text()


def test_logging_out_ends_the_session_in_the_store(desk: Desk) -> None:
    person = desk.log_in(I)
    secret = person.client.cookies["xunjian"]
    person.get("/")
    person.send("/logout")
    assert desk.store.session(hash_of(secret)) is None


@pytest.mark.parametrize(
    "target",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\tx", "evil", "///evil.example", "http:evil"],
)  # fmt: skip
def test_no_open_redirect(desk: Desk, target: str) -> None:
    assert own_path(target) == "/"
    person = desk.visitor()
    person.get("/login", params={"next": target})
    assert person.fields("/login")["next"] == ["/"]
    answer = person.client.post(
        "/login", data={"who": PERSONS[I].id, "password": WORD, "next": target}, headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )  # fmt: skip
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_good_target_is_gone_to(desk: Desk) -> None:
    person = desk.visitor()
    person.get("/findings?stage=waiting")
    person.send("/login", who=PERSONS[I].id, password=WORD)
    assert str(person.answer.url).endswith("/findings?stage=waiting")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site"}, False),  # a sibling: any other site of the city
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://127.0.0.1"}, True),
        ({"origin": "http://x.example.gov.cn"}, False),
        ({"origin": "https://127.0.0.1"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_forms_of_strangers_do_nothing(desk: Desk, headers: dict[str, str], allowed: bool) -> None:
    person = desk.log_in(I)
    own = STALE[0].fingerprint
    person.get(f"/findings/{own}")
    fields = person.fields("/review") | {"choice": "confirmed"}
    del fields["token"]
    answer = person.post(f"/findings/{own}/review", fields, headers)
    assert answer.status_code == (200 if allowed else 403)
    assert desk.store.finding(own).review.verdict == ("confirmed" if allowed else "unreviewed")


def test_the_token_of_a_form_is_enough_for_an_old_browser_and_only_its_own(desk: Desk) -> None:
    one, other = desk.log_in(I), desk.log_in(Role.VERIFIER)
    own = STALE[0].fingerprint
    one.get(f"/findings/{own}")
    other.get(f"/findings/{own}")
    fields = one.fields("/review") | {"choice": "confirmed"}
    assert (
        one.post(f"/findings/{own}/review", fields | {"token": other.fields("/review")["token"]}, {}).status_code == 403
    )
    assert one.post(f"/findings/{own}/review", fields, {}).status_code == 200


def test_only_our_own_host_names_are_answered(desk: Desk) -> None:
    person = desk.visitor()
    assert person.get("/login", headers={"host": "evil.example"}).status_code == 400
    assert person.get("/login", headers={"host": "127.0.0.1:8080"}).status_code == 200


def test_every_answer_says_what_a_browser_may_do_with_it(shared_desk: Desk) -> None:
    person = shared_desk.log_in(I)
    for path in ("/", "/findings", "/nowhere", "/static/console.css", f"/findings/{STALE[0].fingerprint}"):
        headers = person.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert no_inline(person)


def no_inline(person: Visitor) -> bool:
    page = person.page
    scripts = [tag for tag in page.find_all("script") if not tag.get("src")]
    handlers = [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    return not scripts and not page.find_all("style") and not page.select("[style]") and not handlers


def test_too_many_tries_are_locked_out_in_the_page(desk: Desk) -> None:
    person = desk.visitor()
    person.get("/login")
    for _ in range(11):
        person.send("/login", who=PERSONS[I].id, password="wrong word")
    assert "次数过多" in person.text
    desk.clock.now += timedelta(minutes=16)
    person.send("/login", who=PERSONS[I].id, password=WORD)
    assert "工作台" in person.text
