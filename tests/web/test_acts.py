"""Acts of programs: the same use cases, rights and trail as in the pages, each on the state the program has seen."""

import base64
from dataclasses import replace

import pytest
from desk import Desk
from programs import Program, program
from staff import AT, PERSONS, SECOND, SEVERE, STALE, contents, later
from test_texts_and_worksheets import PNG, doubt

from domain.findings import FindingState
from domain.letter_moves import ItemState, LetterState
from domain.persons import Role
from domain.trail import Deed

I = Role.INSPECTOR  # noqa: E741
OWN, BELOW, OTHER = (each.fingerprint for each in STALE)


def last_deed(desk: Desk) -> Deed:
    return Deed.read(list(desk.store.trail())[-1].text)


def test_a_finding_is_rejected_and_brought_back_by_the_tag_that_was_seen(desk: Desk) -> None:
    office = program(desk, I)
    tag = office.get(f"findings/{OWN}").headers["etag"]
    done = office.post(f"findings/{OWN}/review", {"choice": "rejected", "reason": "历史专题"}, if_match=tag)
    assert (done.status_code, done.json()["finding"]["stage"]) == (200, "rejected"), done.text
    deed = last_deed(desk)
    assert (deed.by, deed.account.split("（")[0]) == (PERSONS[I].name, "接口 督办系统")
    again = office.post(f"findings/{OWN}/review", {"choice": "unreviewed"}, if_match=tag)
    assert (again.status_code, again.headers["content-type"]) == (412, "application/problem+json")
    back = office.post(f"findings/{OWN}/review", {"choice": "unreviewed"}, if_match=done.headers["etag"])
    assert back.json()["finding"]["stage"] == "open"
    version = back.json()["finding"]["version"]
    assert office.post(f"findings/{OWN}/review", {"choice": "confirmed"}, if_match=f'"{version}"').status_code == 200
    assert office.post(f"findings/{OWN}/review", {"choice": "unreviewed"}, if_match="*").status_code == 200
    assert office.post(f"findings/{OWN}/review", {"choice": "confirmed"}).status_code == 428


def test_another_night_conflicts_with_nobody(desk: Desk) -> None:
    office = program(desk, I)
    tag = office.get(f"findings/{OWN}").headers["etag"]
    desk.store.save_findings([replace(STALE[0], last_seen=later(1), nights=2, state=FindingState.PERSISTING)])
    assert office.get(f"findings/{OWN}", if_none_match=tag).status_code == 200
    done = office.post(f"findings/{OWN}/review", {"choice": "confirmed"}, if_match=tag)
    assert done.status_code == 200


def test_a_waiver_takes_two_persons_here_too(desk: Desk) -> None:
    unit, office = program(desk, Role.LIAISON), program(desk, I)
    asked = unit.post(f"findings/{OWN}/waiver-request", {"reason": "改版中", "until": "2023-06-20"}, if_match="*")
    assert asked.status_code == 200, asked.text
    (waiting,) = office.get("requests").json()["requests"]
    assert (waiting["fingerprint"], waiting["kind"], waiting["until"]) == (OWN, "waive", "2023-06-20")
    granted = office.post(f"findings/{OWN}/waiver", {"granted": True}, if_match="*").json()
    assert (granted["finding"]["stage"], granted["finding"]["waiver"]["expires"]) == ("waived", "2023-06-20")
    assert office.get("requests").json()["requests"] == []
    assert unit.post(f"findings/{OWN}/waiver", {"granted": True}, if_match="*").status_code == 403
    assert (
        unit.post(f"findings/{OTHER}/waiver-request", {"reason": "x", "until": "2023-06-20"}, if_match="*").status_code
        == 404
    )


def test_a_severe_misstatement_takes_a_second_voice(desk: Desk) -> None:
    first, second = program(desk, I), program(desk, SECOND)
    path = f"findings/{SEVERE.fingerprint}"
    assert first.post(f"{path}/review", {"choice": "confirmed"}, if_match="*").status_code == 400
    assert first.post(f"{path}/confirmation-request", {"reason": "属实"}, if_match="*").status_code == 200
    assert first.post(f"{path}/confirmation", {"granted": True}, if_match="*").status_code == 400
    assert "ask_confirm" not in first.get(path).json()["choices"]
    done = second.post(f"{path}/confirmation", {"granted": True}, if_match="*")
    assert done.json()["finding"]["review"]["verdict"] == "confirmed"


def test_a_letter_goes_out_is_signed_answered_with_a_scan_and_decided(desk: Desk) -> None:
    office, unit = program(desk, I), program(desk, Role.LIAISON)
    (made,) = office.post("letters", {"kind": "letter", "unit": "U1"}).json()["letters"]
    path = f"letters/{made['id']}"
    assert unit.get(path).status_code == 404  # it is not out yet
    assert unit.post(f"{path}/sign", if_match="*").status_code == 404
    out = office.post(f"{path}/issue", {"days": 5}, if_match=f'"{made["version"]}"')
    assert out.json()["letter"]["state"] == "issued", out.text
    assert office.post(f"{path}/issue", {"days": 5}, if_match=f'"{made["version"]}"').status_code == 412
    signed = unit.post(f"{path}/sign", if_match=out.headers["etag"])
    item = {"no": 1, "claim": "已整改", "new_url": "http://s1.example.gov.cn/new/", "remark": "已更新"}
    told = unit.post(f"{path}/answer", {"items": [item]}, if_match=signed.headers["etag"])
    assert told.json()["letter"]["items"][0]["state"] == "reported", told.text
    scan = {"name": "盖章.pdf", "data": base64.b64encode(b"%PDF-1.4\n1 0 obj\n").decode()}
    assert len(unit.post(f"{path}/files", scan, if_match="*").json()["letter"]["replies"]) == 2
    assert unit.post(f"{path}/files", scan | {"data": "不是"}, if_match="*").status_code == 400
    assert unit.post(f"{path}/files", scan | {"name": "a.exe"}, if_match="*").status_code == 400
    assert unit.post(f"{path}/decide", {"no": 1, "move": "pass", "reason": "看过"}, if_match="*").status_code == 403
    passed = office.post(f"{path}/decide", {"no": 1, "move": "pass", "reason": "看过"}, if_match="*")
    assert passed.json()["letter"]["state"] == LetterState.CLOSED, passed.text
    assert desk.store.letter(made["id"]).items[0].state is ItemState.PASSED


def test_an_objection_a_deferral_and_a_withdrawal(desk: Desk) -> None:
    office, unit = program(desk, I), program(desk, Role.LIAISON)
    (made,) = office.post("letters", {"kind": "letter", "unit": "U1"}).json()["letters"]
    path = f"letters/{made['id']}"
    office.post(f"{path}/submit", if_match="*")
    office.post(f"{path}/issue", {"due": "2023-06-10T18:00:00+08:00"}, if_match="*")
    unit.post(f"{path}/sign", if_match="*")
    item = {"no": 1, "claim": "有异议", "remark": "栏目已归档"}
    assert unit.post(f"{path}/answer", {"items": [item]}, if_match="*").json()["letter"]["state"] == "disputed"
    later_due = {"due": "2023-06-20T18:00:00+08:00", "reason": "核实需要时间"}
    assert office.post(f"{path}/defer", later_due, if_match="*").json()["letter"]["due"].startswith("2023-06-20T")
    assert (
        office.post(f"{path}/defer", later_due | {"due": "9999-12-31T23:59:59-12:00"}, if_match="*").status_code == 400
    )
    upheld = office.post(f"{path}/decide", {"no": 1, "move": "uphold", "reason": "确为归档"}, if_match="*")
    assert upheld.json()["letter"]["items"][0]["state"] == "upheld", upheld.text
    assert desk.store.finding(OWN).state is FindingState.REJECTED
    (slip,) = office.post("letters", {"kind": "letter", "unit": "U2"}).json()["letters"]
    assert office.post(f"letters/{slip['id']}/withdraw", {"reason": "写错"}, if_match="*").status_code == 200


def test_questions_are_answered_with_a_picture(desk: Desk) -> None:
    unit = program(desk, Role.LIAISON)
    asked = unit.get("worksheet").json()
    key = asked["targets"][0]["questions"][0]["key"]
    answer = {
        "key": key,
        "verdict": "fine",
        "until": "2023-07-01",
        "note": "已看",
        "picture": base64.b64encode(PNG).decode(),
    }
    assert unit.post("targets/S3/answers", {"answers": [answer]}).status_code == 404
    assert unit.post("targets/S1/answers", {"answers": [answer]}).json()["kept"] == 1
    (kept,) = desk.store.answers("S1")
    assert desk.store.body(kept.picture) == PNG
    assert unit.post("targets/S1/answers", {}).status_code == 400


def test_the_ledger_is_entered_all_or_nothing(desk: Desk) -> None:
    office = program(desk, I)
    rows = [
        {"month": "2023-04", "unit": "U1", "matter": "找错", "count": 3, "true": 2},
        {"month": "2023-04", "unit": "第2局", "matter": "报送信息", "count": 5, "used": 9},
    ]
    refused = office.post("ledger", {"rows": rows})
    assert (refused.status_code, refused.json()["problems"]) == (400, ["第 2 行：采用数 9 多于数量 5"])
    assert desk.store.ledger() == []
    assert office.post("ledger", {"rows": rows[:1], "preview": True}).json()["kept"] is False
    assert desk.store.ledger() == []
    assert office.post("ledger", {"rows": rows[:1]}).json()["kept"] is True
    (row,) = office.get("ledger?month=2023-04").json()["rows"]
    assert (row["count"], row["true"], row["used"], row["by"]) == (3, 2, None, PERSONS[I].name)
    changed = rows[0] | {"count": 4, "key": row["key"]}
    assert office.post("ledger", {"rows": [changed]}).json()["changes"][0].startswith("~")
    assert program(desk, Role.LEADER).post("ledger", {"rows": [changed]}).status_code == 403


def test_doubts_are_looked_at_and_settled(desk: Desk) -> None:
    desk.store.save_doubts("r1", "S1", [doubt(0), doubt(1)])
    office = program(desk, I)
    found = office.get("doubts").json()
    keys = [each["key"] for each in found["doubts"][0]["sentences"]]
    body = {"run": found["run"], "keys": keys, "verdict": "fine"}
    assert office.post("doubts/settle", body | {"preview": True}).json()["done"] is False
    assert office.get("doubts").json()["doubts"]
    assert office.post("doubts/settle", body).json()["done"] is True
    assert office.get("doubts").json()["doubts"] == []


def test_inspections_cannot_be_started_where_nothing_starts_them(desk: Desk) -> None:
    office = program(desk, I)
    for path, body in (("runs", {"names": ["U1"]}), ("targets/S1/audit", None), (f"findings/{OWN}/recheck", None)):
        answer = office.post(path, body)
        assert (answer.status_code, "不能发起检查" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize("role", list(Role))
def test_a_token_never_does_more_than_its_scopes(desk: Desk, role: Role) -> None:
    """Reading alone acts nowhere; one act is not another."""
    before = contents(desk.folder)
    reader = program(desk, role, "read")
    narrow = program(desk, role, "ledger.enter")
    for each in (reader, narrow):
        answer = each.post(f"findings/{OWN}/review", {"choice": "confirmed"}, if_match="*")
        assert (answer.status_code, answer.json()["detail"]) == (403, "这个令牌没有范围 findings.decide")
    assert narrow.get("ledger").status_code == 403
    assert len(contents(desk.folder)) == len(before) + 4  # two tokens, each noted in the trail


def test_a_cookie_of_a_session_authorises_nothing_and_no_origin_is_asked(desk: Desk) -> None:
    person, office = desk.log_in(I), program(desk, I)
    path, body = f"findings/{OWN}/review", {"choice": "confirmed"}
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1"}):
        answer = person.client.post(f"/api/v1/{path}", json=body, headers={**headers, "if-match": "*"})
        assert answer.status_code == 401
    answer = office.post(path, body, if_match="*", origin="https://elsewhere.example", sec_fetch_site="cross-site")
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
    assert office.client.options(f"/api/v1/{path}").status_code == 405


def test_what_is_not_understood_is_told_with_its_place(desk: Desk) -> None:
    office: Program = program(desk, I)
    path = f"findings/{OWN}/review"
    for body in (
        {},
        {"choice": "maybe"},
        {"choice": "confirmed", "raeson": "x"},
        {"choice": "confirmed", "only": 1},
        [],
        7,
    ):
        answer = office.post(path, body, if_match="*")
        assert (answer.status_code, len(answer.json()["problems"]) > 0) == (400, True), body
    assert office.client.post(
        f"/api/v1/{path}", content=b"choice=confirmed",
        headers={"authorization": f"Bearer {office.secret}", "if-match": "*"},
    ).status_code == 415  # fmt: skip
    for query in ("stage=nonsense", "limit=0", "limit=201", "unti=U1", "stage=open&stage=all", "at=x"):
        assert office.get(f"findings?{query}").status_code == 400, query
    assert office.get("letters/L9").status_code == 404
    assert desk.clock.now == AT
