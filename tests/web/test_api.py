"""The interface for programs: tokens, scopes, rights, problems, tags; and the clients of the documents."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk
from staff import AT, PERSONS, STALE, actor
from test_browser import Served
from test_every_route import letter

from domain.errors import UsageError
from domain.letter_moves import LetterState
from domain.periods import period_named
from domain.persons import Role
from inspection.entrance.tokens import add_token, person_by_token, revoke_token, token_lines

ADMIN = actor(Role.ADMIN)
ROOT = Path(__file__).parents[2]


def token(desk: Desk, role: Role, *scopes: str) -> dict[str, str]:
    return {"authorization": f"Bearer {add_token(desk.store, ADMIN, '看板', PERSONS[role].id, scopes, 30, AT)[1]}"}


def read(desk: Desk, path: str, headers: dict[str, str]):
    return desk.visitor().get(f"/api/v1/{path}", headers=headers)


def test_programs_read_what_their_person_may_see(desk: Desk) -> None:
    desk.store.save_letters([letter(number, "0" * 64) for number in (1, 2, 3)])
    desk.store.save_period(period_named("2023-05"))
    office, unit = token(desk, Role.AUDITOR), token(desk, Role.LIAISON)
    everything = read(desk, "findings?stage=all", office).json()["findings"]
    assert {each["target"] for each in everything} == {"S1", "S2", "S3"}
    assert {each["target"] for each in read(desk, "findings?stage=all", unit).json()["findings"]} == {"S1"}
    assert read(desk, f"findings/{STALE[2].fingerprint}", unit).status_code == 404
    assert [each["id"] for each in read(desk, "letters", unit).json()["letters"]] == ["L1"]
    assert [each["id"] for each in read(desk, "targets", unit).json()["targets"]] == ["S1"]
    assert read(desk, "scorecards", office).json()["scorecards"][0]["verdict"] in {"pass", "fail", "unknown"}
    assert read(desk, "periods", office).json()["periods"][0]["id"] == "2023-05"
    assert read(desk, "periods/2023-05", office).json()["figures"]
    assert read(desk, "periods", unit).status_code == 404


def test_a_list_goes_on_to_its_end(desk: Desk) -> None:
    office, seen, at = token(desk, Role.INSPECTOR), [], ""
    while True:
        document = read(desk, f"findings?limit=2&at={at}", office).json()
        seen += [each["fingerprint"] for each in document["findings"]]
        at = document["next"]
        if not at:
            break
    assert len(seen) == len({*seen}) == 4
    assert read(desk, "findings?limit=0", office).status_code == 400
    answer = read(desk, "findings?stage=nonsense", office)
    assert (answer.headers["content-type"], answer.json()["status"]) == ("application/problem+json", 400)


def test_unchanged_costs_nothing(desk: Desk) -> None:
    office = token(desk, Role.INSPECTOR)
    tag = read(desk, "targets", office).headers["etag"]
    assert read(desk, "targets", {**office, "if-none-match": tag}).status_code == 304


def test_a_token_holds_within_its_scopes_until_it_ends(desk: Desk) -> None:
    narrow = token(desk, Role.INSPECTOR, "letters")
    assert read(desk, "letters", narrow).status_code == 200
    assert read(desk, "findings", narrow).json()["status"] == 403
    secret = narrow["authorization"].partition(" ")[2]
    assert secret not in repr(desk.store.tokens())
    desk.clock.turn(days=31)
    assert read(desk, "letters", narrow).headers["www-authenticate"] == "Bearer"
    item, secret = add_token(desk.store, ADMIN, "看板", PERSONS[Role.LEADER].id, (), 30, AT)
    assert person_by_token(desk.store, secret, AT)[0] == PERSONS[Role.LEADER]
    revoke_token(desk.store, ADMIN, item.id, AT)
    assert person_by_token(desk.store, secret, AT) is None
    assert "已撤销" in "".join(token_lines(desk.store, AT))
    with pytest.raises(UsageError):
        revoke_token(desk.store, ADMIN, item.id, AT)
    for scopes, days in ((["everything"], 30), ([], 0), ([], 4000)):
        with pytest.raises(UsageError):
            add_token(desk.store, ADMIN, "看板", PERSONS[Role.LEADER].id, scopes, days, AT)
    with pytest.raises(UsageError, match="无权"):
        add_token(desk.store, actor(Role.INSPECTOR), "看板", PERSONS[Role.LEADER].id, (), 30, AT)


def test_a_browser_that_is_logged_in_is_no_program_and_a_token_opens_no_page(desk: Desk) -> None:
    person, office = desk.log_in(Role.INSPECTOR), token(desk, Role.INSPECTOR)
    assert person.get("/api/v1/findings").status_code == 401
    stranger = desk.visitor()
    stranger.get("/findings", headers=office)
    assert "登录" in stranger.page.title.get_text()
    assert stranger.post("/api/v1/findings", headers=office).status_code in {404, 405}
    assert read(desk, "nothing", office).headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("page", ["api.md", "zh/api.md"])
def test_the_client_of_the_documents_works(desk: Desk, page: str) -> None:
    text = (ROOT / "docs/how-to" / page).read_text(encoding="utf-8")
    client = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    waiting = replace(letter(1, "0" * 64), state=LetterState.ISSUED, signed_by="", signed_at=None)
    desk.store.save_letters([waiting, letter(2, "1" * 64)])
    secret = token(desk, Role.LIAISON, "read", "letters.act")["authorization"].partition(" ")[2]
    with Served(desk) as served:
        command = [sys.executable, "-c", client, served.base, secret]
        done = [subprocess.run(command, capture_output=True, text=True, timeout=60, check=True) for _ in range(2)]
        kept = desk.store.letter("L1")
    lines = done[0].stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["finding", "finding", "signed"]
    assert json.loads(lines[0].partition(" ")[2])["target"] == "S1"
    assert (kept.state, kept.signed_by) == (LetterState.SIGNED, PERSONS[Role.LIAISON].name)
    assert "signed" not in done[1].stdout


def test_a_program_is_told_why_it_may_not(desk: Desk) -> None:
    """The client ends with the sentence of the problem."""
    text = (ROOT / "docs/how-to/api.md").read_text(encoding="utf-8")
    client = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    with Served(desk) as served:
        command = [sys.executable, "-c", client, served.base, "xj_nothing"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "没有令牌" in done.stderr


def test_an_administrator_reads_settings_and_makes_a_token(desk: Desk) -> None:
    (desk.folder / "settings.yaml").write_text(
        "retention: {bodies: 30}\nheartbeat: https://x.example/secret-word\n", encoding="utf-8"
    )
    admin = desk.log_in(Role.ADMIN)
    admin.get("/settings")
    assert "30 天" in admin.text
    assert "secret-word" not in admin.text
    admin.send("/settings/tokens", name="大屏", person=PERSONS[Role.AUDITOR].id, scope=["targets"])
    secret = admin.page.select_one(".note code").get_text()
    assert read(desk, "targets", {"authorization": f"Bearer {secret}"}).status_code == 200
    admin.get("/settings")
    assert secret not in admin.text
    admin.post("/settings/tokens/revoke", {"token-id": desk.store.tokens()[0].id})
    assert "已撤销令牌" in admin.text
    assert read(desk, "targets", {"authorization": f"Bearer {secret}"}).status_code == 401
    assert desk.log_in(Role.INSPECTOR).get("/settings").status_code == 403


def test_an_administrator_adds_and_removes_an_address_to_tell(desk: Desk) -> None:
    admin = desk.log_in(Role.ADMIN)
    admin.get("/settings")
    admin.send("/settings/webhooks", url="https://duban.example.gov.cn/events?of=1", person=PERSONS[Role.AUDITOR].id)
    assert admin.page.select_one(".note code").get_text().startswith("whsec_")
    assert "duban.example.gov.cn" in admin.text
    assert "of=1" not in admin.text
    (hook,) = desk.store.webhooks()
    assert (desk.folder / "webhooks.on").exists()
    admin.get("/settings")
    assert "whsec_" not in admin.text
    assert admin.send("/settings/webhooks", url="http://10.0.0.7/", person=PERSONS[Role.AUDITOR].id).status_code == 400
    admin.post("/settings/webhooks/remove", {"hook-id": hook.id})
    assert "已取消事件推送" in admin.text
    assert admin.post("/settings/webhooks/remove", {"hook-id": hook.id}).status_code == 400
