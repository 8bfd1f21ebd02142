"""The manual round: out as xlsx, filled by a person, back as collections."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checks.rules.rulebook import load_rules
from domain.account_freshness import AccountState, freshness_of
from domain.accounts import CollectionStatus
from domain.errors import UsageError
from domain.runs import Run, RunKind
from domain.targets import Account, Platform
from domain.times import BEIJING, Window
from inspection.people.manual_round import Entered, entered_lines
from inspection.people.worksheet import FILLED, GIVEN, WorksheetRow, read_worksheet, write_worksheet
from storage.memory import MemoryStore

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


def fill(path: Path, answers: list[dict[str, object]], count: int | None = None) -> list[Account]:
    accounts = [
        Account(f"wechat:gh_{n}", f"某局{n}", Platform.WECHAT, url="https://example.cn")
        for n in range(count or len(answers))
    ]
    rows = [WorksheetRow(account, "微信", "某局", "需要登录或授权", date(2023, 4, 1)) for account in accounts]
    write_worksheet(path, rows)
    book = load_workbook(path)
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    assert names[: len(GIVEN) + len(FILLED)] == [*GIVEN, *FILLED]
    for line, answer in enumerate(answers, 2):
        for name, value in answer.items():
            sheet.cell(line, names.index(name) + 1).value = value
    book.save(path)
    return accounts


def test_answers_become_verdicts(tmp_path: Path) -> None:
    by = {"核查人": "张三", "核查时间": "2023-04-26 10:30"}
    accounts = fill(
        tmp_path / "a.xlsx",
        [
            {"核查结果": "正常更新", "最后更新日期": "2023-04-25", "互动功能": "有", **by},
            {"核查结果": "未更新", "最后更新日期": datetime(2023, 4, 1), **by},
            {"核查结果": "已注销", "备注": "主页提示已注销", **by},
            {"核查结果": "未能核查", **by},
            {},
        ],
    )
    entries, problems = read_worksheet(tmp_path / "a.xlsx")
    assert not problems
    assert [entry.account_id for entry in entries] == [account.id for account in accounts[:3]]
    states = [
        freshness_of(account, [entry], (), AS_OF, Window(days=14)).state
        for account, entry in zip(accounts, entries, strict=False)
    ]
    assert states == [AccountState.UPDATED, AccountState.NOT_UPDATED, AccountState.UNKNOWN]
    assert entries[0].facts.interaction is True
    assert entries[1].by == "张三"
    assert entries[2].status is CollectionStatus.NOT_FOUND
    assert "主页提示已注销" in entries[2].message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"核查结果": "好"}, "不在可选范围"),
        ({"核查结果": "正常更新", "最后更新日期": "2023-04-25", "核查时间": "2023-04-26"}, "核查人"),
        ({"核查结果": "正常更新", "最后更新日期": "2023-04-25", "核查人": "张三"}, "核查时间"),
        ({"核查结果": "正常更新", "核查人": "张三", "核查时间": "2023-04-26"}, "最后更新日期"),
        ({"核查结果": "未更新", "最后更新日期": "昨天吧", "核查人": "张三", "核查时间": "2023-04-26"}, "最后更新日期"),
        (
            {"核查结果": "未更新", "最后更新日期": "2023-04-27", "核查人": "张三", "核查时间": "2023-04-26"},
            "晚于核查时间",
        ),
        ({"核查结果": "已注销", "核查人": "张三", "核查时间": "2023-04-26", "编号（勿改）": None}, "不知道是哪个账号"),
        (
            {"核查结果": "正常更新", "最后更新日期": "2023-04-25", "核查人": "张三", "核查时间": "2023-04-27"},
            "还没有到",
        ),
    ],
)
def test_faulty_rows_are_told_by_line(tmp_path: Path, answer: dict[str, object], words: str) -> None:
    fill(tmp_path / "a.xlsx", [answer])
    entries, problems = read_worksheet(tmp_path / "a.xlsx", AS_OF)
    assert not entries
    assert len(problems) == 1
    assert problems[0].startswith("第 2 行“某局0”")
    assert words in problems[0]


def test_a_check_of_last_week_proves_no_absence_today(tmp_path: Path) -> None:
    answer = {"核查结果": "未更新", "最后更新日期": "2023-04-01", "核查人": "张三", "核查时间": "2023-04-19"}
    accounts = fill(tmp_path / "a.xlsx", [answer])
    entries, _ = read_worksheet(tmp_path / "a.xlsx")
    assert freshness_of(accounts[0], entries, (), AS_OF, Window(days=14)).state is AccountState.UNKNOWN


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UsageError, match="不是 Excel 文件"):
        read_worksheet(tmp_path / "a.xlsx")
    fill(tmp_path / "b.xlsx", [{}])
    book = load_workbook(tmp_path / "b.xlsx")
    book.active.delete_rows(1)
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(UsageError, match="不是人工核查表"):
        read_worksheet(tmp_path / "b.xlsx")


@pytest.mark.parametrize("apply", [True, False])
def test_an_empty_sheet_is_called_one(*, apply: bool) -> None:
    at = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
    run = Run("r1", RunKind.NIGHTLY, at, at)
    lines = entered_lines(MemoryStore(), load_rules(), Entered(run, (), (), (), {}), apply=apply)
    assert lines == ["没有写入：核查表还没有填写任何结果。"]
    faulty = entered_lines(
        MemoryStore(), load_rules(), Entered(run, (), (), ("第 2 行：没有填写核查人",), {}), apply=apply
    )
    assert faulty[-1] == "没有写入：没有可用的结果，请按上面的说明改正。"
