"""Periods, notices, runs, trail, ledger and persons in the browser."""

import io
import json
from dataclasses import replace

from desk import WORD, Desk
from docx import Document
from staff import PERSONS, later

from domain.captured import SiteRun
from domain.ledger import LedgerRow, Matter
from domain.periods import PeriodState
from domain.persons import Role
from domain.runs import Run, RunKind, RunState

I = Role.INSPECTOR  # noqa: E741


def test_a_period_is_opened_read_closed_and_its_notice_drafted_and_issued(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/periods")
    assert person.send("/periods", name="五月").status_code == 400
    person.get("/periods")
    person.send("/periods", name="2023-05")
    assert "2023年5月" in person.text
    assert "尚未关闭" in person.text
    key = person.page.select_one('details a[href^="/findings/"]')["href"]
    assert person.get(key).status_code == 200
    person.get("/periods/2023-05/notice")
    assert "待补充" in person.text
    assert person.page.select_one(".gap").get_text().startswith("【待补充")
    answer = person.get("/periods/2023-05/notice.docx")
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "通报" in words
    assert person.post("/periods/2023-05/notice").status_code == 400  # not closed yet
    person.get("/periods/2023-05")
    assert person.send("/close").status_code == 400  # its cut-off is still to come
    desk.clock.now = later(7)
    person = desk.log_in(Role.LEADER)
    person.get("/periods/2023-05")
    person.send("/close")
    assert "已关闭，第 1 版" in person.text
    person.get("/periods/2023-05/notice")
    issued = person.send("/notice")
    assert issued.content.startswith(b"PK")
    assert [path.suffix for path in sorted((desk.folder / "notices").iterdir())] == [".docx", ".json"]
    assert json.loads(desk.store.trail_head().text)["act"] == "notice"
    person.get("/periods/2023-05/print")
    assert "检查情况摘要" in person.text
    person.get("/periods/2023-05")
    assert person.send("/reopen", reason=" ").status_code == 400
    person.get("/periods/2023-05")
    person.send("/reopen", reason="漏了一家")
    assert desk.store.period("2023-05").state is PeriodState.OPEN
    assert desk.store.period("2023-05", 1).state is PeriodState.CLOSED


def test_nothing_of_a_period_or_a_run_is_told_to_a_unit(shared_desk: Desk) -> None:
    for role in (Role.LIAISON, Role.SUPERVISOR):
        person = shared_desk.log_in(role)
        person.get("/")
        assert "考核期" not in person.text
        for path in ("/periods", "/runs", "/runs/r1", "/ledger"):
            assert person.get(path).status_code == 404


def test_a_run_says_what_was_not_looked_at_and_polls_while_it_goes_on(desk: Desk) -> None:
    desk.store.write([SiteRun("r1", "S2", "partial", 12, {"超出页面上限": 31, "robots.txt 不允许": 2}, "连接超时")])
    person = desk.log_in(I)
    person.get("/")
    assert "昨夜未完成 1" in person.text
    person.get("/runs")
    person.get(person.page.select_one("tbody a")["href"])
    for words in ("第2局网站", "连接超时", "超出页面上限", "31", "首页不更新", "须由人判断"):
        assert words in person.text
    assert person.page.select("[hx-trigger]") == []
    desk.store.save_run(Run("r2", RunKind.NIGHTLY, later(1), later(1), RunState.RUNNING, targets=("S1",)))
    person.get("/runs/r2")
    assert person.page.select_one("#progress")["hx-get"] == "/runs/r2/progress"
    answer = person.get("/runs/r2/progress")
    again = person.get("/runs/r2/progress", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert person.get("/runs/none").status_code == 404


def test_the_trail_is_read_and_handed_on_as_it_lies_there(desk: Desk) -> None:
    person = desk.log_in(Role.AUDITOR)
    person.get("/trail")
    assert "设置密码" in person.text
    answer = person.get("/trail.csv")
    assert answer.content.startswith("\ufeff序号,时间".encode())
    lines = person.get("/trail.jsonl").text.splitlines()
    assert len(lines) == desk.store.trail_head().number == len(answer.text.splitlines()) - 1
    assert desk.log_in(Role.VERIFIER).get("/trail").status_code == 403


def test_the_ledger_is_listed_by_month_and_exported(desk: Desk) -> None:
    made = [
        LedgerRow(month, "U1", Matter.CORRECTION, 3, true=2, note=f"说明{month}") for month in ("2023-04", "2023-05")
    ]
    desk.store.save_ledger([replace(row, key=row.identity, by="王敏", at=later(0)) for row in made])
    person = desk.log_in(Role.LEADER)
    person.get("/ledger")
    assert "说明2023-05" in person.text
    assert "说明2023-04" not in person.text
    assert person.get("/ledger.xlsx?month=2023-04").content.startswith(b"PK")


def test_an_administrator_registers_invites_and_the_person_comes_in(desk: Desk) -> None:
    admin = desk.log_in(Role.ADMIN)
    admin.get("/persons")
    admin.send("/persons", name="新来的", role="监管员", unit="")
    assert "已登记" in admin.text
    made = next(person for person in desk.store.persons() if person.name == "新来的")
    admin.send(f"/persons/{made.id}/link")
    link = admin.page.select_one("code").get_text()
    assert link.startswith("http://127.0.0.1/link/")
    person = desk.visitor()
    person.get(link.removeprefix("http://127.0.0.1"))
    person.send("/link/" + link.rpartition("/")[2], new="a good long word", again="a good long word")
    assert "工作台" in person.text


def test_a_supervisor_registers_liaisons_of_his_own_unit_only(desk: Desk) -> None:
    boss = desk.log_in(Role.SUPERVISOR)
    boss.get("/persons")
    assert PERSONS[Role.LIAISON].name in boss.text
    assert PERSONS[Role.LEADER].name not in boss.text
    assert [option.get_text() for option in boss.page.select("#role option")] == ["单位联络员"]
    boss.send("/persons", name="同事", role="单位联络员", unit="云川市第1局")
    assert "已登记" in boss.text
    for role, unit in (("监管员", ""), ("单位联络员", "云川市第3局")):
        answer = boss.post("/persons", {"name": "别人", "role": role, "unit": unit})
        assert answer.status_code == 400
    assert boss.post(f"/persons/{PERSONS[Role.ADMIN].id}/disable").status_code == 404
    assert WORD
