"""Every report tells the same: read back from all formats before and after each kind of decision."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import AS_OF, Office
from openpyxl import load_workbook

from checks.rules.rulebook import load_rules
from democity.city import City
from democity.server import served
from domain.findings import FindingRecord, Severity
from inspection.results.stored_report import stored_report
from reports.problems import problems, totals

ROOT = Path(__file__).parents[2]
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def office(small_city: City, new_office: Callable[..., Any]) -> Iterator[Office]:
    with served(small_city, day=date(2023, 4, 26)) as port, new_office(small_city, port) as office:
        office.inspect()
        yield office


def xunjian(office: Office, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments, "--data", str(office.folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout


def told(office: Office, folder: Path) -> dict[str, tuple[int, float]]:
    """Format -> (问题总数, lowest score of a site), read back from what each format shows."""
    folder.mkdir(exist_ok=True)
    xunjian(office, "report", "--html", str(folder))
    document = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    found: dict[str, tuple[int, float]] = {}
    counted = [
        item
        for target in document["targets"]
        for item in target["findings"]
        if item["state"] in {"new", "persisting", "reopened"} and not _waits(office, item)
    ]
    scores = [target["score"] for target in document["targets"] if target["score"] is not None]
    found["json"] = (len(counted), min(scores))
    assert document["city"]["problems"] == len(counted)
    book = load_workbook(folder / "明细表.xlsx")
    heads = [cell.value for cell in book["问题清单"][1]]
    rows = [dict(zip(heads, row, strict=True)) for row in book["问题清单"].iter_rows(min_row=2, values_only=True)]
    summary = dict(
        zip(
            [cell.value for cell in book["汇总"][1]],
            next(book["汇总"].iter_rows(min_row=2, values_only=True)),
            strict=True,
        )
    )
    listed = sum(row["项数"] for row in rows if row["计入问题总数"] == "是")
    assert summary["问题总数"] == listed
    assert summary["问题总数"] == sum(summary[name] for name in ("单项否决", "扣分", "一般问题", "提示"))
    found["workbook"] = (listed, summary["最低得分"])
    shown = lowest = 0
    points: list[float] = []
    for page in folder.glob("unit-*.html"):
        text = TAGS.sub(" ", page.read_text(encoding="utf-8"))
        shown += sum(int(number) for number in re.findall(r"共 (\d+) 项，按轻重和发现先后排列", text))
        points += [float(number) for number in re.findall(r"得分\s+([\d.]+)", text)]
    lowest = min(points)
    found["dossiers"] = (shown, lowest)
    report = stored_report(office.store, load_rules(), "", "")
    cards = list(report.cards.values())
    found["cards"] = (sum(card.problems for card in cards), min(card.score for card in cards if card.score is not None))
    found["list"] = (totals(problems(report)).total, found["cards"][1])
    kept = list(office.store.scorecards(report.run.id))
    found["store"] = (sum(card.problems for card in kept), min(card.score for card in kept if card.score is not None))
    return found


def _waits(office: Office, item: dict[str, Any]) -> bool:
    record = next(r for r in office.store.findings() if r.fingerprint == item["fingerprint"])
    return not record.counts


def costly(office: Office) -> FindingRecord:
    """A finding that costs its site points."""
    return next(r for r in office.store.findings() if r.counts and r.severity is Severity.DEDUCT)


def test_decisions_count_at_once_and_everywhere(office: Office, tmp_path: Path) -> None:
    before = told(office, tmp_path / "before")
    assert len(set(before.values())) == 1, before
    total, lowest = before["json"]
    record = costly(office)
    key = record.fingerprint

    xunjian(office, "findings", "waive", key, "--by", "王敏", "--reason", "系统迁移", "--until", "2099-12-31")
    waived = told(office, tmp_path / "waived")
    assert len(set(waived.values())) == 1, waived
    assert waived["json"][0] == total - 1
    assert waived["json"][1] >= lowest

    xunjian(office, "findings", "reopen", key, "--by", "王敏")
    assert told(office, tmp_path / "reopened") == before

    xunjian(office, "findings", "reject", key, "--by", "王敏", "--reason", "页面可以打开")
    rejected = told(office, tmp_path / "rejected")
    assert rejected == waived
    xunjian(office, "findings", "reopen", key, "--by", "王敏")
    assert told(office, tmp_path / "again") == before


def test_the_list_is_filled_in_and_read_back(office: Office, tmp_path: Path) -> None:
    before = told(office, tmp_path / "before")
    sheet = tmp_path / "filled.xlsx"
    book = load_workbook(tmp_path / "before" / "明细表.xlsx")
    heads = {cell.value: cell.column for cell in book["问题清单"][1]}
    key = costly(office).fingerprint
    for row in range(2, book["问题清单"].max_row + 1):
        if key in str(book["问题清单"].cell(row, heads["编号（勿改）"]).value):
            book["问题清单"].cell(row, heads["结论"], "误报")
            book["问题清单"].cell(row, heads["理由"], "已核实可以打开")
    book.save(sheet)
    assert "以上为预览" in xunjian(office, "findings", "settle", str(sheet), "--by", "王敏")
    assert told(office, tmp_path / "preview") == before
    assert "已写入，评分已更新" in xunjian(office, "findings", "settle", str(sheet), "--by", "王敏", "--apply")
    after = told(office, tmp_path / "after")
    assert len(set(after.values())) == 1, after
    assert after["json"][0] == before["json"][0] - 1
    xunjian(office, "findings", "reopen", key, "--by", "王敏")
    assert told(office, tmp_path / "end") == before


def test_faulty_lines_are_told_and_nothing_else_is_lost(office: Office, tmp_path: Path) -> None:
    told(office, tmp_path / "before")
    book = load_workbook(tmp_path / "before" / "明细表.xlsx")
    sheet = book["问题清单"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["结论"], "也许")
    sheet.cell(3, heads["结论"], "豁免")
    sheet.cell(3, heads["理由"], "迁移")
    book.save(tmp_path / "filled.xlsx")
    said = xunjian(office, "findings", "settle", str(tmp_path / "filled.xlsx"), "--by", "王敏", "--apply")
    assert "未读入：第 2 行：结论“也许”不在可选范围内" in said
    assert "未读入：第 3 行：结论为“豁免”时必须填写豁免至哪一天" in said


def test_the_moment_of_the_run_is_that_of_the_reports(office: Office) -> None:
    assert stored_report(office.store, load_rules(), "", "").run.as_of == AS_OF
