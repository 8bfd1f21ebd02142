"""The ledger: previewed, kept once, changed in a sheet, summed for a period, refused whole where a row is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from staff import AT, PERSONS, actor, office

import cli
from checks.rules.rulebook import load_rules
from domain.errors import RegistryError
from domain.ledger import LedgerRow, Matter, ledger_figures, month_named
from domain.periods import period_named
from domain.persons import Role
from domain.ports import Store
from inspection.people.ledger import enter_ledger, write_ledger
from inspection.periods.closing import open_period
from inspection.periods.notices import load_settings_of, notice_of_period

I = actor(Role.INSPECTOR)  # noqa: E741
HEADS = "月份,单位,事项,数量,采用数,属实,类别,说明,附件"
GOOD = f"""{HEADS}
2023-05,第1局,找错,4,,1,,,
2023年5月,第2局,找错,2,,1,,,
2023-05,第2局,报送信息,30,20,,,,
2023/4,第1局,找错,9,,9,,,
2023-05,第3局,表扬,,,,网站,第3局每日读网有记录。,
2023-05,第1局,专项工作,,,,内容安全排查,各单位按清单自查。,
2023-05,第1局,值班读网,31,,,,,
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return office(tmp_path)


@pytest.fixture
def enter(store: Store, tmp_path: Path) -> Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]:
    def run(text: str, *, apply: bool = True, encoding: str = "utf-8") -> tuple[tuple[str, ...], tuple[str, ...]]:
        (tmp_path / "l.csv").write_text(text, encoding=encoding)
        entered = enter_ledger(store, tmp_path / "l.csv", I, AT, apply=apply)
        return entered.lines, entered.problems

    return run


Enter = Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_ledger_counts_once_however_often_it_comes(store: Store, enter: Enter, encoding: str) -> None:
    assert len(enter(GOOD, apply=False)[0]) == 7
    assert store.ledger() == []
    assert len(enter(GOOD, encoding=encoding)[0]) == 7
    assert enter(GOOD) == ((), ())
    (line,) = enter(GOOD.replace("找错,4,,1", "找错,5,,1"))[0]
    assert line.startswith("~ 2023-05  第1局  找错")
    assert len(store.ledger()) == 7


def test_sums_are_figures_of_whole_months_with_their_rows(store: Store, enter: Enter) -> None:
    enter(GOOD)

    def told(name: str) -> dict[str, tuple[int, int | None]]:
        return {figure.kind: (figure.n, figure.of) for figure in ledger_figures(store.ledger(), period_named(name))}

    may = {"messages.received": (6, None), "messages.true": (2, 6), "messages.units": (2, None)}
    assert told("2023-05") == may | {"reports.sent": (30, None), "reports.used": (20, 30)}
    assert told("2023-Q2")["messages.received"] == (15, None)
    assert told("2023-05-02..2023-05-31") == told("2023-06") == {}
    received = next(iter(ledger_figures(store.ledger(), period_named("2023-05"))))
    assert {source.partition(":")[2] for source in received.source} <= {row.key for row in store.ledger()}


def test_nothing_is_summed_that_nobody_wrote_and_zero_is_a_number() -> None:
    blank = LedgerRow("2023-05", "U1", Matter.CORRECTION, key="k")
    zero = LedgerRow("2023-05", "U1", Matter.CORRECTION, 0, key="k")
    assert list(ledger_figures([blank], period_named("2023-05"))) == []
    assert [(figure.kind, figure.n) for figure in ledger_figures([zero], period_named("2023-05"))] == [
        ("messages.received", 0)
    ]


def test_the_notice_says_it(store: Store, enter: Enter, tmp_path: Path) -> None:
    enter(GOOD)
    open_period(store, "2023-05", I, AT)
    made = notice_of_period(store, load_rules(), load_settings_of(tmp_path), "2023-05")
    text = "".join(sentence.text for _, sentence in made.notice.sentences())
    for words in ("第3局每日读网有记录。", "各单位按清单自查。", "6条", "30条"):
        assert words in text
    assert made.notice.faults == ()


def test_it_goes_out_is_changed_and_comes_back(store: Store, enter: Enter, tmp_path: Path) -> None:
    enter(GOOD)
    assert write_ledger(store, tmp_path / "l.xlsx", "2023-05") == 6
    book = load_workbook(tmp_path / "l.xlsx")
    for row in book.active.iter_rows(min_row=2):
        if row[2].value == "表扬":
            row[7].value = "第3局每日读网，发现问题当日转办。"
    book.save(tmp_path / "l.xlsx")
    (line,) = enter_ledger(store, tmp_path / "l.xlsx", I, AT, apply=True).lines
    assert line.startswith("~")
    assert len(store.ledger()) == 7
    assert "转办" in next(row.note for row in store.ledger() if row.matter is Matter.PRAISE)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2023-13,第1局,找错,1,,,,,", "“2023-13”不是月份"),
        ("五月,第1局,找错,1,,,,,", "不是月份"),
        ("2023-05,无此局,找错,1,,,,,", "没有登记过单位"),
        ("2023-05,第1局,找茬,1,,,,,", "事项“找茬”不在可选范围内"),
        ("2023-05,第3局,找错,-1,,,,,", "数量“-1”不是个数"),
        ("2023-05,第3局,找错,1.5,,,,,", "不是个数"),
        ("2023-05,第3局,找错,1,,2,,,", "属实 2 多于数量 1"),
        ("2023-05,第1局,找错,1,,,,,", "是同一项"),
    ],
)
def test_one_wrong_row_is_one_sentence_and_nothing_is_kept(store: Store, enter: Enter, line: str, said: str) -> None:
    lines, problems = enter(f"{GOOD}{line}\n")
    assert lines == ()
    (problem,) = problems
    assert said in problem
    assert problem.startswith("第 9 行")
    assert store.ledger() == []


def test_files_that_are_no_ledger_are_refused(store: Store, enter: Enter, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="月份、单位、事项"):
        enter("甲,乙\n1,2\n")
    book = Workbook()
    book.active.append(HEADS.split(","))
    book.active.append(["2023-05", "第1局", "找错", "=SUM(A1:A9)"])
    book.save(tmp_path / "f.xlsx")
    with pytest.raises(RegistryError, match="公式"):
        enter_ledger(store, tmp_path / "f.xlsx", I, AT, apply=True)
    assert store.ledger() == []


def test_a_month_merged_over_its_rows_counts_for_each(store: Store, tmp_path: Path) -> None:
    book = Workbook()
    for row in (HEADS.split(","), ["2023-05", "第1局", "找错", 4], [None, "第2局", "找错", 2]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "m.xlsx")
    assert len(enter_ledger(store, tmp_path / "m.xlsx", I, AT, apply=True).lines) == 2


@pytest.mark.parametrize("role", Role)
def test_only_the_inspector_keeps_it(
    store: Store, tmp_path: Path, role: Role, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "l.csv").write_text(GOOD, encoding="utf-8")
    words = ["ledger", "import", str(tmp_path / "l.csv"), "--apply", "--by", PERSONS[role].id, "--data", str(tmp_path)]
    code = cli.run(words)
    assert code == (0 if role is Role.INSPECTOR else 2)
    assert ("无权" in capsys.readouterr().err) == (role is not Role.INSPECTOR)
    assert bool(store.ledger()) == (role is Role.INSPECTOR)
    assert cli.run(["ledger", "export", str(tmp_path / "o.xlsx"), "--data", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("text", "month"),
    [("2023-04", "2023-04"), ("2023年4月", "2023-04"), ("2023.12", "2023-12"), ("2023-04-01", "2023-04")],
)
def test_a_month_is_known_in_the_ways_it_is_written(text: str, month: str) -> None:
    assert month_named(text) == month
