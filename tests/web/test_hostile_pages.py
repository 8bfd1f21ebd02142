"""What strangers write into pages, names and files, and what they send: nothing of it runs, leaves or gets in."""

import io
import zipfile
from dataclasses import replace

import pytest
from desk import BASE, OURS, WORD, Desk
from staff import AT, PERSONS, SITES, STALE, UNITS

from domain.findings import Ref
from domain.letter_moves import LetterState, PaperKind
from domain.letters import Letter, LetterItem, Reply
from domain.log_in import SavedFilter
from domain.persons import Person, Role
from domain.targets import Account, Platform, Registry
from web.downloads import saved
from web.sniffing import shown_name
from web.visit import ORDINARY, WITH_FILES

I = Role.INSPECTOR  # noqa: E741
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
STORED_PAGE = b"<!doctype html><meta charset=utf-8><script>fetch('/logout',{method:'POST'})</script><img src=http://evil.example/x><form action=/logout method=post>"


@pytest.fixture
def infested(desk: Desk) -> Desk:
    """Everything that comes from outside is hostile."""
    store = desk.store
    units = tuple(replace(unit, name=f"{unit.name}{EVIL}", short_name="") for unit in UNITS)
    sites = tuple(replace(site, name=f"{site.name}{EVIL}", home_url="javascript:alert(3)") for site in SITES)
    account = Account(f"weibo:{EVIL}", EVIL, Platform.WEIBO, "U1", url="data:text/html,<script>alert(4)</script>")
    store.save_registry(Registry(units, sites, (account,)))
    body = store.put_body(STORED_PAGE)
    for item in STALE:
        facts = {**item.finding.facts, "label": EVIL, "newest": EVIL}
        finding = replace(
            item.finding, ref=Ref(f"javascript:alert(5)//{EVIL}", EVIL, body), facts=facts, found_on=(EVIL,)
        )
        store.save_findings([replace(item, finding=finding)])
    store.save_persons([Person("P7", f"赵云{EVIL}", Role.LIAISON, "U1")])
    store.save_filter(SavedFilter(PERSONS[I].id, EVIL, 'stage=waiting"><script>'))
    item = LetterItem(
        1, STALE[0].fingerprint, "S1", EVIL, "column.stale", EVIL, EVIL, "javascript:alert(6)", EVIL, EVIL, remark=EVIL
    )
    reply = Reply(AT, EVIL, f'{EVIL}"\r\nX-Evil: 1.pdf', body, 9, is_form=False)
    store.save_letters([Letter("L1", PaperKind.LETTER, "U1", EVIL, (item,), EVIL, AT, state=LetterState.SIGNED, year=2023, number=1, due=AT, issued_by=EVIL, issued_at=AT, replies=(reply,))])  # fmt: skip
    return desk


def test_nothing_from_outside_becomes_markup(infested: Desk) -> None:
    person = infested.log_in(I)
    paths = [
        "/", "/city", "/city?view=table", "/targets/S1", f"/targets/weibo:{EVIL.replace('/', '%2F')}", "/findings",
        f"/findings/{STALE[0].fingerprint}", "/worksheet", "/doubts", "/letters", "/letters/L1", "/runs/r1", "/trail",
        f"/findings?check={EVIL}&unit={EVIL}", f"/worksheet?check={EVIL}",
    ]  # fmt: skip
    seen = 0
    for path in paths:
        answer = person.get(path)
        seen += "alert(" in answer.text
        assert "<script>alert" not in answer.text, path
        assert "<img src=x" not in answer.text, path
        links = [
            str(tag.get(name))
            for tag in person.page.find_all(True)
            for name in ("href", "src", "action")
            if tag.get(name)
        ]
        assert not [link for link in links if link.strip().lower().startswith(("javascript:", "data:"))], path
    assert seen > 6  # the words themselves are shown
    admin = infested.log_in(Role.ADMIN)
    assert "<script>alert" not in admin.get("/persons").text


def test_a_stored_page_can_do_nothing(infested: Desk) -> None:
    person = infested.log_in(I)
    answer = person.get(f"/findings/{STALE[0].fingerprint}/page")
    policy = answer.headers["content-security-policy"]
    assert answer.content == STORED_PAGE
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert "script-src" not in policy
    person.get(f"/findings/{STALE[0].fingerprint}")
    assert not person.page.find("iframe")["sandbox"]


def test_a_name_of_a_file_is_no_header_and_no_path(infested: Desk) -> None:
    person = infested.log_in(I)
    sha = infested.store.letter("L1").replies[0].sha256
    answer = person.get(f"/letters/L1/replies/{sha}")
    assert "x-evil" not in answer.headers
    told = answer.headers["content-disposition"]
    assert "\r" not in told
    assert "<" not in told
    assert told.startswith("attachment; ")
    assert answer.headers["content-type"] != "text/html"
    assert saved(b"", "a\r\nb.html").headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("..\\..\\x.pdf", "x.pdf"), ("", "文件"), ("..", "文件"),
        ("a\x00b\n.pdf", "ab.pdf"), ('<b>"x".pdf', "bx.pdf"), ("很" * 300 + ".pdf", "很" * 76 + ".pdf"),
    ],
)  # fmt: skip
def test_names_of_uploads_are_tamed(name: str, kept: str) -> None:
    assert shown_name(name) == kept


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", " " * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n"),
        ("a.docx", b"PK\x03\x04 no package"),
        ("a.docx", bomb()),
        ("a.exe", b"MZ"),
        ("a.pdf", b""),
    ],
)
def test_files_that_are_not_what_they_say_are_not_taken(desk: Desk, name: str, data: bytes) -> None:
    item = LetterItem(1, STALE[0].fingerprint, "S1", "第1局网站", "column.stale", "栏目不更新", "超期", "http://s1/")
    made = Letter("L1", PaperKind.LETTER, "U1", "第1局", (item,), "王敏", AT, state=LetterState.SIGNED, year=2023, number=1, due=AT, issued_by="王敏", issued_at=AT)  # fmt: skip
    desk.store.save_letters([made])
    person = desk.log_in(Role.LIAISON)
    person.get("/letters/L1")
    assert person.send("/files", files={"file": (name, data)}).status_code == 400
    assert desk.store.letter("L1") == made


def test_more_than_a_route_takes_is_refused_before_it_is_read(desk: Desk) -> None:
    person = desk.log_in(I)
    key = STALE[0].fingerprint
    big = {"content-type": "application/x-www-form-urlencoded", **OURS}
    answer = person.client.post(f"/findings/{key}/review", content=b"reason=" + b"x" * ORDINARY, headers=big)
    assert answer.status_code == 413

    def endless():
        for _ in range(40):
            yield b"reason=" + b"x" * 50_000 + b"&"

    answer = person.client.post(f"/findings/{key}/review", content=endless(), headers=big)  # no length told
    assert answer.status_code == 413
    told = {**big, "content-length": str(WITH_FILES + 1)}
    assert person.client.post("/letters/L1/files", content=b"x", headers=told).status_code == 413
    many = "&".join(f"key={number}" for number in range(5000)).encode()
    assert person.client.post("/findings/bulk", content=many, headers=big).status_code in {400, 413}


@pytest.mark.parametrize("path", ["/static/..%2fapp.py", "/static/../app.py", "/static/%2e%2e/app.py", "/static/app.py", "/letters/..%2f..%2fx", "/findings/..", "/runs/%00", "/trail.../../x"])  # fmt: skip
def test_no_path_leads_out(shared_desk: Desk, path: str) -> None:
    person = shared_desk.log_in(I)
    answer = person.client.get(f"{BASE}{path}")
    assert answer.status_code in {400, 404} or answer.url.path in {"/", "/findings"}
    assert "import" not in answer.text


def test_a_foreign_host_gets_no_link_of_ours(desk: Desk) -> None:
    admin = desk.log_in(Role.ADMIN)
    answer = admin.client.post(f"/persons/{PERSONS[I].id}/link", headers={**OURS, "host": "evil.example"})
    assert answer.status_code == 400


def test_what_was_kept_over_a_log_in_goes_only_to_our_own_pages(desk: Desk) -> None:
    person = desk.visitor()
    person.get("/login")
    for kept in (
        '{"path": "//evil.example/x", "fields": {}}',
        "[]",
        '{"path": 7, "fields": {}}',
        "{",
        '{"path": "/x", "fields": [1]}',
    ):
        person.get("/login")
        person.send("/login", who=PERSONS[I].id, password=WORD, kept=kept)
        assert "evil.example" not in person.answer.text
        assert person.answer.status_code == 200
        person.client.cookies.clear()


def test_an_error_of_ours_is_told_without_its_trace(desk: Desk) -> None:
    person = desk.visitor()
    person.client._transport.raise_server_exceptions = False

    def broken():
        raise RuntimeError("secret detail")

    person = desk.log_in(I)
    person.client._transport.raise_server_exceptions = False
    object.__setattr__(desk.place, "load_rules", broken)
    answer = person.get("/findings")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "程序出错" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
