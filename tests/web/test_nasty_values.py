"""Nothing anybody types makes the console fall over: every field of every form, and every word of an address."""

from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk, Visitor
from staff import SEVERE, STALE
from test_every_route import address, letter, prepared
from test_texts_and_worksheets import doubt

from domain.letter_moves import LetterState
from domain.persons import Role
from web.table import ROUTES

NASTY = (
    "\x00\x0b\x1b[0m\ufffe", "9" * 400, "²", "0001-01-01T00:00", "9999-12-31", '=HYPERLINK("http://x")', "../../etc/passwd",
    "{{ 7*7 }}{% raw %}", "<svg onload=alert(1)>", "1e999",
)  # fmt: skip
QUERIES = (
    "at", "back", "stage", "severity", "check", "unit", "target", "from", "to", "version", "month", "page", "view", "task",
    "kind", "told", "next", "q", "with", "by",
)  # fmt: skip
FILLED = {
    "name": "2023-06", "reason": "理由", "due": "2023-06-01T09:00", "claim-1": "已整改", "remark-1": "已改", "role": "联络员",
    "unit": "U1", "until": "2023-06-01",
}  # fmt: skip
FINDINGS = (f"/findings/{STALE[0].fingerprint}", f"/findings/{SEVERE.fingerprint}")
PAGES = {
    Role.INSPECTOR: (
        "/findings", *FINDINGS, "/doubts", "/worksheet", "/letters", "/letters/L9", "/letters/L1", "/periods",
        "/periods/2023-05",
    ),
    Role.LIAISON: ("/letters/L1", FINDINGS[0], "/worksheet"),
    Role.ADMIN: ("/persons",),
}  # fmt: skip


def furnished(folder: Path) -> Desk:
    desk = prepared(folder)
    desk.store.save_doubts("r1", "S1", [doubt(0), doubt(1)])
    draft = replace(letter(1, "0" * 64), id="L9", state=LetterState.DRAFT, number=0, replies=(), due=None)
    desk.store.save_letters([replace(draft, issued_by="", issued_at=None, signed_by="", signed_at=None)])
    return desk


@pytest.mark.parametrize("role", list(PAGES), ids=lambda role: role.value)
def test_no_value_of_a_field_breaks_a_form(tmp_path: Path, role: Role) -> None:
    desk = furnished(tmp_path)
    person, broken = desk.log_in(role), []
    for page in PAGES[role]:
        person.get(page)
        forms = [str(form["action"]) for form in person.page.find_all("form", method="post")]
        fields = {action: person.fields(action) for action in forms if action != "/logout"}
        broken += [each for action, held in fields.items() for each in tried(person, action, held)]
    desk.store.close()
    assert broken == []


def tried(person: Visitor, action: str, held: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """The form with one bad value at a time, all else as somebody would fill it in."""
    filled = {name: values if any(values) else [FILLED.get(name, "")] for name, values in held.items()}
    broken = []
    for name in [name for name in filled if name != "token"]:
        for value in NASTY:
            answer = person.post(action, {**filled, name: [value]})
            if answer.status_code >= 500 or answer.status_code in {401, 405}:
                broken.append((action, name, value))
    return broken


def test_no_word_of_an_address_breaks_a_page(tmp_path: Path) -> None:
    desk = furnished(tmp_path)
    person, broken = desk.log_in(Role.INSPECTOR), []
    for route in ROUTES:
        for value in NASTY[::3] if route.method == "GET" else ():
            where = address(route, "own", desk)
            if person.get(where, params=dict.fromkeys(QUERIES, value)).status_code >= 500:
                broken.append((where, value))
    desk.store.close()
    assert broken == []
