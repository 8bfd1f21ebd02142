"""Proofreading in the browser: a text or a file, marked, kept nowhere."""

import io

import pytest
from desk import Desk
from docx import Document
from staff import contents

from domain.persons import Role
from inspection.desk import proof_desk

WRONG = "会议对近期工作进行了安排布署。\n<b>联系电话</b>见官网。"


def test_a_pasted_text_is_marked_and_not_kept(desk: Desk) -> None:
    person = desk.log_in(Role.LIAISON)
    before = contents(desk.folder)
    person.get("/proof")
    person.send("/proof", text=WRONG)
    assert "发现 1 处" in person.text
    assert "布署" in person.page.select_one("mark").get_text()
    assert person.page.select_one(".proofed b") is None
    person.send("/proof", text="会议部署了工作。")
    assert "没有发现问题" in person.text
    assert contents(desk.folder) == before


def test_a_file_comes_back_with_comments(desk: Desk) -> None:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(WRONG.split("\n")[0])
    document.save(out)
    person = desk.log_in(Role.AUDITOR)
    person.get("/proof")
    answer = person.send("/proof", files={"file": ("稿.docx", out.getvalue(), "")}, step="copy")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(list(Document(io.BytesIO(answer.content)).comments)) == 1
    person.get("/proof")
    assert "布署" in person.send("/proof", files={"file": ("稿.txt", WRONG.encode("gbk"), "")}).text


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", b"PK\x03\x04x"), ("a.exe", b"MZ"), ("a.txt", b"%PDF-1.4 x"), ("", b"")]
)
def test_what_is_no_manuscript_is_refused(desk: Desk, name: str, data: bytes) -> None:
    person = desk.log_in(Role.LIAISON)
    assert person.post("/proof", {"text": ""}, files={"file": (name or "a.txt", data, "")}).status_code == 400


def test_a_text_without_end_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_desk, "LONGEST", 10)
    assert desk.log_in(Role.LIAISON).post("/proof", {"text": "好" * 11}).status_code == 400
