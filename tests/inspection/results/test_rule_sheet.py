"""The sheet on which rows are compared with the official table: what agrees is confirmed, nothing else changes."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

import cli
from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from inspection.results.rule_layers import office_rules
from inspection.results.rule_sheet import (
    BY,
    OTHER,
    RESULT,
    SAME,
    WRITTEN,
    keep_comparison,
    read_rule_sheet,
    write_rule_sheet,
)

BOOK = load_rules()


def filled(folder: Path, rows: dict[str, dict[str, str]]) -> Path:
    path = folder / "核对.xlsx"
    assert write_rule_sheet(BOOK, path) == sum(row.pending for row in BOOK.indicators)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    heads = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        for head, value in rows.get(str(sheet.cell(line, 1).value), {}).items():
            sheet.cell(line, heads[head], value)
    book.save(path)
    return path


def test_rows_nobody_confirmed_come_first(tmp_path: Path) -> None:
    sheet = load_workbook(filled(tmp_path, {})).active
    assert sheet is not None
    marks = [sheet.cell(line, 7).value for line in range(2, sheet.max_row + 1)]
    assert marks == sorted(marks, key=lambda mark: mark != "待核")
    assert "待核" in marks


def test_what_agrees_is_confirmed_and_what_differs_is_told(tmp_path: Path) -> None:
    own = tmp_path / "rules.yaml"
    own.write_text(office_rules(), encoding="utf-8")
    path = filled(
        tmp_path,
        {
            "D1.1": {RESULT: SAME, BY: "王敏"},
            "D1.2": {RESULT: OTHER, WRITTEN: "每个扣 2 分", BY: "王敏"},
            "D1.3": {RESULT: "差不多", BY: "王敏"},
            "D1.4": {RESULT: SAME},
            "D1.8": {RESULT: SAME, BY: 'x"\ny'},
        },
    )
    compared = read_rule_sheet(BOOK, path)
    assert compared.confirmed == {"D1.1": "王敏"}
    assert [
        line.startswith("D1.2 机构职能：程序为 每个扣 1 分，满分 3 分，原文为 每个扣 2 分")
        for line in compared.differing
    ] == [True]
    assert [problem.partition("：")[2][:6].strip() for problem in compared.problems] == [
        "核对结果“差",
        "没有填写核对",
        '核对人“x"',
    ]
    assert keep_comparison(own, compared) == 1
    after = {row.id: row for row in load_rules(own).indicators}
    assert (after["D1.1"].confirmed_by, after["D1.2"].confirmed_by) == ("王敏", "")
    assert after["D1.2"].points == 1  # the program changes no number by itself


def test_a_sheet_of_other_numbers_confirms_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path, {"D1.1": {RESULT: SAME, BY: "王敏"}})
    own = tmp_path / "rules.yaml"
    own.write_text("extends: builtin\nversion: 1\nindicators:\n  D1.1: {points: 2}\n", encoding="utf-8")
    compared = read_rule_sheet(load_rules(own), path)
    assert compared.confirmed == {}
    assert "重新写出" in compared.problems[0]


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="不是 Excel 文件"):
        read_rule_sheet(BOOK, tmp_path / "a.xlsx")


def test_the_command_writes_previews_and_applies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rules.yaml").write_text(office_rules(), encoding="utf-8")
    sheet = tmp_path / "核对.xlsx"
    command = ["rules", "verify", str(sheet), "--data", str(tmp_path)]
    assert cli.run(command) == 0
    assert "行待核" in capsys.readouterr().out
    filled(tmp_path, {"D1.1": {RESULT: SAME, BY: "王敏"}})
    assert cli.run(command) == 0
    assert "可确认 1 行" in capsys.readouterr().out
    assert cli.run([*command, "--apply", "--by", "王敏"]) == 0
    assert "已确认 1 行" in capsys.readouterr().out
    assert {row.id: row.confirmed_by for row in load_rules(tmp_path / "rules.yaml").indicators}["D1.1"] == "王敏"
