"""No whole number of a person stands anywhere but in the captures: not in the database, not in a report."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from trap_desk import open_desk
from trap_server import Asked, Host, Reply, serving

from checks.shared.masking import masked, masked_text
from domain.findings import Doubt, Finding, Ref, Unjudged
from inspection.results.report import build_report
from inspection.results.report_files import write_reports
from reports.json_gate import run_document

ID, MOBILE, CARD = "210102199003071234", "13812345678", "6222021234567890123"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"申请人{ID}的资料", "210102********1234"),
        ("申请人２１０１０２１９９００３０７１２３４的资料", "２１０１０２********１２３４"),
        ("21010219900307123x已受理", "210102********123x"),
        (f"请拨打{MOBILE}。", "138****5678"),
        ("手机：138 1234 5678", "138 **** 5678"),
        ("手机：+86-138-1234-5678", "138-****-5678"),
        (f"卡号{CARD}", "6222***********0123"),
        ("卡号6222 0212 3456 7890 123", "6222 **** **** ***0 123"),
    ],
)
def test_the_middle_of_a_number_is_masked(text: str, shown: str) -> None:
    assert len(masked_text(text)) == len(text)
    assert masked_text(text) != text
    if "+86" not in text:
        assert shown in masked_text(text)
    assert not re.search(r"\d{11}", masked_text(text).replace("-", "").replace(" ", ""))
    assert masked_text(masked_text(text)) == masked_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "电话024-12345678",
        "2023-04-20 10:00",
        f"http://a.gov.cn/art/{MOBILE}.html",
        "统一社会信用代码91210100MA0XYZ1234",
        "沈政发〔2023〕12号",
        "12345678901234567890123",
        "金额13812345.67元",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert masked_text(text) == text


def test_every_kind_of_result_is_masked() -> None:
    ref = Ref("http://a.gov.cn/", f"联系{MOBILE}")
    finding = Finding("text.typo", ref, f"http://a.gov.cn/|{ID}", {"sentence": f"身份证{ID}", "n": 1})
    for result in (finding, Doubt(finding), Unjudged("c", ref, f"卡号{CARD}未能核对")):
        told = repr(masked(result))
        assert not any(number in told for number in (ID, MOBILE, CARD))


def test_nothing_that_is_stored_or_reported_holds_a_whole_number(tmp_path: Path) -> None:
    wrong = "我局认真按装设备，严格按照规定布署工作，切实做好服各项务工作。"
    text = f"<p>张三，身份证{ID}，电话{MOBILE}，{wrong}账户{CARD}，再接再励。</p>" * 3
    page = f"<title>公示{MOBILE}</title><h1>关于{ID}的公示</h1><p>发布时间：2023-04-20</p>{text}<a href='/gone'>{MOBILE}</a>"
    home = f"<title>某某市</title><ul><li><a href='/a.html'>公示{ID}</a><span>2023-04-20</span></li></ul>"
    pages = {"/": home, "/a.html": page}

    def answer(asked: Asked) -> Reply:
        return Reply(body=pages[asked.path].encode()) if asked.path in pages else Reply(404, b"<h1>404</h1>")

    host = Host({}, other=answer)
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        outcome = desk.inspect(0, render=False, check_disguise=False)
    texts = [r for r in outcome.judged[desk.sites[0].id].records if r.finding.check.startswith("text.")]
    assert texts  # there is something that could have been quoted
    folder = tmp_path / "reports"
    report = build_report(outcome, desk.store, desk.order().rulebook)
    write_reports(report, folder)
    (folder / "run-as-json").write_text(json.dumps(run_document(report), ensure_ascii=False))
    desk.store.close()
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        tables = ("finding", "finding_run", "unjudged", "doubt", "scorecard", "cache")
        rows = [
            json.dumps(connection.execute(f"SELECT * FROM {table}").fetchall(), ensure_ascii=False) for table in tables
        ]
    connection.close()
    files = [
        file.read_bytes().decode("utf-8", "replace")
        for file in folder.rglob("*")
        if file.is_file() and "captures" not in file.parts
    ]
    for number in (ID, MOBILE, CARD):
        assert not [row[:80] for row in rows if number in row]
        assert not [shown[:80] for shown in files if number in shown]
