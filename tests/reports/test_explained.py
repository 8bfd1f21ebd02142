"""Points explained: the formula, the scope, the distance to a veto, the worklist of rows nobody compared."""

from dataclasses import replace

import pytest

from checks.rules.rulebook import load_rules
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.scores import Deduction, Scorecard, Verdict
from domain.targets import Site
from reports.explained import distances, formula, pending_rows, scope
from reports.sheets import build_sheet

ROWS = {row.id: row for row in load_rules().indicators}


@pytest.mark.parametrize(
    ("row", "count", "points", "text"),
    [
        ("D1.5", 3, 5.0, "有即扣 5 分，不论几个只扣一次"),
        ("D4.3", 1, 1.0, "1 个 × 1 分 = 1 分"),
        ("D4.3", 9, 6.0, "9 个 × 1 分 = 9 分，扣至满分为止，实扣 6 分"),
        ("D4.3-2", 7, 0.7, "7 个 × 0.1 分 = 0.7 分"),
        ("D4.3-2", 70, 2.0, "70 个 × 0.1 分 = 7 分，与其他行共用满分，实扣 2 分"),
    ],
)
def test_a_formula_comes_to_the_points_of_the_card(row: str, count: int, points: float, text: str) -> None:
    assert formula(ROWS[row], Deduction(row, ROWS[row].title, points, count)) == text


def test_scope_says_whom_a_row_concerns() -> None:
    assert scope(ROWS["W-V4.1"]) == "适用于门户网站、部门网站；只计动态要闻、通知公告、政策文件类"
    assert scope(ROWS["W-V6.2"]) == "适用于门户网站、部门网站；只查有对外服务职能的单位"
    assert scope(ROWS["A-V1.1"]) == "适用于政务新媒体"


def stale(report, number: int) -> FindingRecord:
    finding = Finding("column.stale", Ref(f"http://a/{number}", "基层动态"), str(number), {}, kind="news", level="1")
    at = report.run.as_of
    target = report.registry.sites[2].id
    return FindingRecord(f"{number:064x}", target, finding, FindingState.NEW, Severity.DEDUCT, "1", at, at, "r", "r")


def test_the_distance_to_a_veto(report) -> None:
    report = replace(report, rulebook=load_rules())
    target = report.registry.sites[2]
    assert isinstance(target, Site)
    assert distances(report, target, ()) == ()
    found = distances(report, target, [stale(report, number) for number in range(2)])
    assert [(item.row.id, item.count) for item in found] == [("W-V4.1", 2), ("W-V4.2", 2)]
    assert found[1].sentence == "现有 2 个，达到 10 个即单项否决（还差 8 个）"
    reached = distances(report, target, [stale(report, number) for number in range(5)])
    assert [item.row.id for item in reached] == ["W-V4.2"]


def test_pending_rows_are_a_worklist(report) -> None:
    book = load_rules()
    row = next(row for row in book.indicators if row.pending and row.points)
    at = report.run.as_of
    cards = [
        Scorecard(f"t{n}", f"对象{n}", "department", "", "r", at, Verdict.PASS, 99.0,
                  deductions=(Deduction(row.id, row.title, 1.5, 1, (), pending=True),))
        for n in range(2)
    ]  # fmt: skip
    (line,) = pending_rows(replace(report, rulebook=book), cards)
    assert (line.row, line.targets, line.points, line.veto) == (row, ("对象0", "对象1"), 3.0, False)


def test_score_lines_carry_their_explanation(report) -> None:
    lines = [line for target in report.registry.sites for line in build_sheet(report, target).scores if line.row]
    assert lines
    assert all(line.formula and line.scope for line in lines)
