"""The sheet 联系人: previewed, kept, and refused whole where a row is wrong."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from staff import office

from domain.errors import RegistryError
from domain.persons import Actor
from domain.ports import Store
from domain.times import BEIJING
from inspection.people.contacts import contact_lines, enter_contacts, serving

AT = datetime(2023, 5, 26, 9, tzinfo=BEIJING)
HEADS = "单位,姓名,职务,电话,邮箱,消息地址,角色,起,止"
GOOD = f"{HEADS}\n第1局,赵云,科长,024-1,zhao@example.cn,ding:zhao,联络员,2023-01-01,2023-05-31\n云川市第二局,钱多,,024-2,,,,,\n"
BY = Actor("王敏")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return office(tmp_path, staffed=False)


def enter(
    store: Store, folder: Path, text: str, *, apply: bool = True, encoding: str = "utf-8"
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (folder / "c.csv").write_text(text.replace("第二局", "第2局"), encoding=encoding)
    entered = enter_contacts(store, folder / "c.csv", BY, AT, apply=apply)
    return entered.lines, entered.problems


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_sheet_is_previewed_and_kept(store: Store, tmp_path: Path, encoding: str) -> None:
    assert len(enter(store, tmp_path, GOOD, apply=False)[0]) == 2
    assert store.contacts() == []
    enter(store, tmp_path, GOOD, encoding=encoding)
    assert [item.key for item in store.contacts()] == [("U1", "赵云"), ("U2", "钱多")]
    assert enter(store, tmp_path, GOOD) == ((), ())
    (line,) = enter(store, tmp_path, GOOD.replace("024-1", "024-9"))[0]
    assert line.startswith("~ 第1局  赵云")


def test_who_has_left_is_not_asked(store: Store, tmp_path: Path) -> None:
    enter(store, tmp_path, GOOD)
    assert [item.name for item in serving(store.contacts(), "U1", AT)] == ["赵云"]
    june = datetime(2023, 6, 1, tzinfo=BEIJING)
    assert list(serving(store.contacts(), "U1", june)) == []
    assert "不在任期内" in contact_lines(store, "第1局", june)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "第1局,赵云,,,,,,,\n", "第 4 行：第1局的“赵云”与前面的行重复"),
        (GOOD + "无此局,孙行,,,,,,,\n", "没有登记过单位“无此局”"),
        (GOOD + "第3局,孙行,,,x y,,,,\n", "不是邮箱"),
        (GOOD + "第3局,孙行,,,,,,2023-02-30,\n", "2023-02-30"),
        (GOOD + "第3局,孙行,,,,,,2023-03-01,2023-02-01\n", "“止”早于“起”"),
        (GOOD + "第3局,,科长,,,,,,\n", "缺少单位或姓名"),
    ],
)
def test_one_wrong_row_is_one_sentence_and_nothing_is_kept(store: Store, tmp_path: Path, text: str, said: str) -> None:
    lines, problems = enter(store, tmp_path, text)
    assert lines == ()
    assert len(problems) == 1
    assert said in problems[0]
    assert store.contacts() == []


def test_files_that_are_no_such_sheet_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="表头"):
        enter(store, tmp_path, "甲,乙\n1,2\n")
    book = Workbook()
    book.active.append(HEADS.split(","))
    book.active.append(["第1局", "=A1&B1"])
    book.active.append(["第2局", "钱多"])
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(RegistryError, match="公式"):
        enter_contacts(store, tmp_path / "c.xlsx", BY, AT, apply=True)
    assert store.contacts() == []
