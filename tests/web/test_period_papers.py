"""What a period hands on: workbook, signed notice, archive; two periods beside each other; the trail searched."""

import io
import zipfile

import pytest
from desk import Desk
from docx import Document
from openpyxl import load_workbook
from staff import SITES as STAFFED
from staff import later, record

from domain.persons import Role
from inspection.desk.trail_desk import trail_page

I = Role.INSPECTOR  # noqa: E741


@pytest.fixture
def closed(desk: Desk) -> Desk:
    desk.clock.now = later(7)
    person = desk.log_in(I)
    person.get("/periods")
    person.send("/periods", name="2023-05")
    person.send("/close")
    assert "已关闭，第 1 版" in person.text
    return desk


def signed(text: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_the_workbook_of_a_period_can_be_opened(closed: Desk) -> None:
    answer = closed.log_in(Role.AUDITOR).get("/periods/2023-05/figures.xlsx")
    assert "2023%E5%B9%B45" in answer.headers["content-disposition"]
    assert len(load_workbook(io.BytesIO(answer.content)).sheetnames) >= 2


def test_the_signed_notice_is_registered_once_and_kept(closed: Desk) -> None:
    person = closed.log_in(Role.LEADER)
    person.get("/periods/2023-05/notice")
    answer = person.send("/issued", files={"file": ("通报.docx", signed("另有 777 个网站"), "")})
    assert (answer.status_code, "777" in person.text) == (400, True)
    person.get("/periods/2023-05/notice")
    files = {"file": ("../../通报.docx", signed("另有 777 个网站"), "")}
    person.send("/issued", files=files, reason="领导补充")
    assert "已登记通报" in person.text
    assert "777" in person.text
    assert person.get("/periods/2023-05/issued/1").content.startswith(b"PK")
    assert person.get("/periods/2023-05/issued/2").status_code == 404
    person.get("/periods/2023-05/notice")
    assert person.send("/issued", files={"file": ("通报.pdf", b"<html>", "")}, reason="更正").status_code == 400
    person.get("/periods/2023-05/notice")
    assert person.send("/issued", reason="更正").status_code == 400


def test_the_archive_is_a_zip_with_its_sums_and_leaves_nothing_behind(closed: Desk) -> None:
    person = closed.log_in(I)
    person.get("/periods/2023-05")
    answer = person.send("/archive")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"档案/manifest.json", "档案/SHA256SUMS", "档案/index.html"} <= {*names}
    assert "归档" in closed.store.trail_head().text.encode().decode("unicode-escape")
    assert person.post("/periods/2023-99/archive").status_code == 400


def test_two_periods_are_seen_beside_each_other(closed: Desk) -> None:
    person = closed.log_in(I)
    person.get("/periods/2023-05/compare")
    assert "没有别的考核期" in person.text
    person.get("/periods")
    person.send("/periods", name="2023-06")
    person.get("/periods/2023-06/compare?with=2023-05")
    assert "2023年6月与2023年5月对照" in person.text
    assert "登记的网站" in person.text
    assert person.get("/periods/2023-06/compare?with=nothing").status_code == 400


def test_the_trail_is_searched_from_its_end(closed: Desk) -> None:
    person = closed.log_in(I)
    person.get("/trail?q=2023-05&act=考核期")
    assert len(person.page.select("tbody tr")) == 2
    person.get("/trail?q=没有这样的话")
    assert "没有符合的" in person.text
    assert person.page.select_one("tbody") is None
    assert trail_page(closed.store, 1).first == 0


def test_everything_a_filter_finds_is_decided_after_a_preview(desk: Desk) -> None:
    desk.store.save_findings([record(STAFFED[number % 3], "link.dead", f"n{number}") for number in range(70)])
    person = desk.log_in(I)
    person.get("/findings?check=link.dead")
    assert "全部符合筛选的 70 个" in person.text
    person.send("/findings/bulk", choice="confirmed", all="1")
    assert "批量确认属实：70 个问题" in person.text
    desk.store.save_findings([record(STAFFED[0], "link.dead", "later")])
    person.send("/findings/bulk")
    confirmed = [each for each in desk.store.findings() if each.review.verdict == "confirmed"]
    assert len(confirmed) == 70  # just those that were shown
