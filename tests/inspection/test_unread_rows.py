"""A sheet of which some rows could not be taken ends its command with 3, and says which rows."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from cli import run
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity, fingerprint
from domain.targets import Registry, Site
from domain.times import BEIJING
from inspection.people.fill_in_sheets import KEY
from reports.workbook import PROBLEMS_TITLE
from storage import open_store, upgrade

PRINT = fingerprint("column.stale", "s1", "/zc/")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    from datetime import datetime

    folder, at = tmp_path / "data", datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
    folder.mkdir()
    db = f"sqlite:///{folder}/xunjian.db"
    upgrade(db)
    store = open_store(db, folder)
    store.save_registry(Registry(sites=(Site("s1", "云川市示例局", "http://a.example/"),)))
    finding = Finding("column.stale", Ref("http://a.example/zc/", "政策文件"), "/zc/")
    store.save_findings(
        [FindingRecord(PRINT, "s1", finding, FindingState.NEW, Severity.DEDUCT, "1", at, at, "r1", "r1")]
    )
    store.close()
    return folder


def sheet(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.title = PROBLEMS_TITLE
    book.active.append(["问题", "结论", "理由", "经办人", "豁免至", KEY])
    for verdict, reason, until, key in rows:
        book.active.append(["栏目不更新", verdict, reason, "", until, key])
    book.save(path)
    return path


def settled(capsys: pytest.CaptureFixture[str], data: Path, file: Path, *more: str) -> tuple[int, str, str]:
    code = run(["findings", "settle", str(file), "--by", "李明", "--data", str(data), *more])
    told = capsys.readouterr()
    return code, told.out, told.err.strip().splitlines()[-1] if told.err.strip() else ""


def test_unread_rows_end_with_3_and_are_named(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = sheet(
        tmp_path / "a.xlsx", ("属实", "", "", PRINT), ("误报", "", "", PRINT), ("也许", "", "", PRINT), ("属实", "", "", "ffff")
    )  # fmt: skip
    code, out, last = settled(capsys, data, file, "--apply")
    assert (code, last.count("行")) == (3, 3)
    assert all(f"第 {row} 行" in last and f"未读入：第 {row} 行" in out for row in (3, 4, 5))
    assert settled(capsys, data, file)[0] == 0  # a preview writes nothing and misses nothing


def test_a_sheet_that_was_taken_as_a_whole_ends_with_0(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "a.xlsx", ("属实", "", "", PRINT))
    assert settled(capsys, data, file, "--apply")[::2] == (0, "")
