"""Every command that changes something, by every role, from one table; and what an office without persons may do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from staff import AT, PERSONS, SECOND, SEVERE, STALE, actor, contents, office

import cli
from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from domain.findings import FindingState
from domain.persons import Actor, Person, Request, RequestKind, Role
from domain.ports import Store
from inspection.acting import actor_of
from inspection.people.fill_in_sheets import KEY
from inspection.people.manual_round import export_worksheet
from inspection.people.question_sheet import TITLE
from inspection.periods.closing import open_period, reopen_period

A, I, L, S, U, V, R = Role  # admin, inspector, leader, supervisor, unit liaison, verifier, read only  # noqa: E741
UNITS = "单位名称,简称\n云川市第九局,九局\n"
CONTACTS = "单位,姓名,电话\n第1局,赵云,024-1\n"
OWN, BELOW, OTHER = (record.fingerprint for record in STALE)
ASKED = Request(OWN, RequestKind.WAIVE, SECOND.id, SECOND.name, AT, "改版", date(2099, 1, 1))
SEVERE_ASKED = Request(SEVERE.fingerprint, RequestKind.CONFIRM, SECOND.id, SECOND.name, AT, "属实")

# command -> who may; {name} is a file or a number of the fixture
COMMANDS: dict[str, set[Role]] = {
    "findings confirm {own} --by": {I, V},
    "findings reject {own} --reason x --by": {I, V},
    "findings reopen {own} --by": {I, V},
    "findings request {own} --until 2099-01-01 --reason x --by": {I, S, U},
    "findings request {below} --until 2099-01-01 --reason x --by": {I, S},
    "findings request {other} --until 2099-01-01 --reason x --by": {I},
    "findings request {severe} --confirm --reason x --by": {I, V},
    "worksheet import {worksheet} --by": {I, S, U, V},
    "registry import {units} --apply --by": {A, I},
    "contacts import {contacts} --apply --by": {A, I},
    "rules confirm D1.1 --by": {A, I},
    "period open 2023-06 --by": {I, L},
    "period close 2023-05 --by": {I, L},
    "notice --period 2023-05 -o {folder}/a.docx --despite x --by": {I, L},
    "user add 新人 --role 单位联络员 --unit 第1局 --by": {A, S},
    "user add 新人 --role 单位联络员 --unit 第2局 --by": {A},
    "user add 新人 --role 系统管理员 --by": {A},
    "user disable 第二监管员 --by": {A},
}


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(command: str, by: str = "") -> tuple[int, str]:
        names = {"own": OWN, "below": BELOW, "other": OTHER, "severe": SEVERE.fingerprint, "folder": tmp_path}
        names |= {
            name: tmp_path / f"{name}.{'xlsx' if name == 'worksheet' else 'csv'}"
            for name in ("units", "contacts", "worksheet")
        }
        words = [word.format(**names) for word in command.split()]
        code = cli.run([*words, *([by] if by else []), "--data", str(tmp_path)])
        return code, capsys.readouterr().err

    return run


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = office(tmp_path)
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text("extends: builtin\n", encoding="utf-8")
    open_period(made, "2023-05", actor(I), AT)
    export_worksheet(made, load_rules(), "r1", tmp_path / "worksheet.xlsx")
    book = load_workbook(tmp_path / "worksheet.xlsx")
    heads = {cell.value: cell.column for cell in book[TITLE][1]}
    for head, value in (("核查结果", "符合"), ("核查人", "王敏"), ("核查时间", "2023-05-26 10:00")):
        book[TITLE].cell(2, heads[head], value)
    book.save(tmp_path / "worksheet.xlsx")
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_obeys_the_table(
    store: Store, call: Callable[..., tuple[int, str]], tmp_path: Path, command: str
) -> None:
    refused = [role for role in Role if role not in COMMANDS[command]]
    before, rules = contents(tmp_path), (tmp_path / "rules.yaml").read_text(encoding="utf-8")
    for role in refused:
        code, err = call(command, PERSONS[role].id)
        assert (code, "无权" in err or "只能" in err) == (2, True), (role, err)
    assert (contents(tmp_path), (tmp_path / "rules.yaml").read_text(encoding="utf-8")) == (before, rules)
    allowed = sorted(COMMANDS[command])[0]
    assert call(command, PERSONS[allowed].id) == (0, ""), allowed


@pytest.mark.parametrize(("command", "role"), [(c, r) for c, roles in COMMANDS.items() for r in sorted(roles)[1:]])
def test_each_who_may_gets_it_done(
    store: Store, call: Callable[..., tuple[int, str]], command: str, role: Role
) -> None:
    assert call(command, PERSONS[role].id) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("by", ["", "陌生人", "P8"])
def test_nobody_else_gets_past(
    store: Store, call: Callable[..., tuple[int, str]], tmp_path: Path, command: str, by: str
) -> None:
    store.save_persons([Person("P8", "已离任", I, enabled=False)])
    before = contents(tmp_path)
    code, err = call(command if by else command.removesuffix(" --by"), by)
    assert code == 2
    assert any(
        word in err for word in ("须写明经办人", "没有登记过", "已停用", "缺少选项 --by", "用法：xunjian rules confirm")
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("asked", [ASKED, SEVERE_ASKED], ids=["waive", "confirm"])
@pytest.mark.parametrize("role", Role)
def test_what_one_asks_another_grants(
    store: Store, call: Callable[..., tuple[int, str]], asked: Request, role: Role
) -> None:
    store.save_requests([asked])
    may = {I, L} if asked is ASKED else {I, L, V}
    assert call(f"findings grant {asked.fingerprint} --by", SECOND.id)[0] == 2
    code, err = call(f"findings grant {asked.fingerprint} --by", PERSONS[role].id)
    assert code == (0 if role in may else 2), err
    record = next(item for item in store.findings() if item.fingerprint == asked.fingerprint)
    done = record.state is FindingState.WAIVED if asked is ASKED else record.review.verdict == "confirmed"
    assert done == (role in may)
    if role in may:
        who = record.waiver.by if record.waiver else record.review.by
        assert SECOND.name in who
        assert PERSONS[role].name in who
        assert call(f"findings grant {asked.fingerprint} --by", PERSONS[role].id)[0] == 2  # once


def test_one_alone_neither_waives_nor_confirms_a_severe_misstatement(
    store: Store, call: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    before = contents(tmp_path)
    for command in ("findings waive {own} --reason x --until 2099-01-01 --by", "findings confirm {severe} --by"):
        code, err = call(command, PERSONS[I].id)
        assert (code, "两人" in err) == (2, True)
    assert contents(tmp_path) == before


def test_a_refused_request_changes_nothing_and_may_be_made_again(
    store: Store, call: Callable[..., tuple[int, str]]
) -> None:
    ask = "findings request {own} --until 2099-01-01 --reason x --by"
    assert call(ask, PERSONS[U].id)[0] == 0
    assert "已有人申请" in call(ask, PERSONS[I].id)[1]
    assert call("findings grant {own} --refuse --by", PERSONS[L].id)[0] == 0
    assert all(record.state is FindingState.NEW for record in store.findings())
    assert call(ask, PERSONS[I].id)[0] == 0
    assert call("findings request {own} --reason x --by", PERSONS[I].id)[0] == 2  # without a day


def test_where_the_console_alone_may_grant_the_command_line_does_not(
    store: Store, call: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "rules.yaml").write_text("extends: builtin\ntwo_person: console_only\n", encoding="utf-8")
    store.save_requests([ASKED])
    code, err = call("findings grant {own} --by", PERSONS[L].id)
    assert (code, "console_only" in err) == (2, True)
    (tmp_path / "rules.yaml").write_text("extends: builtin\ntwo_person: nobody\n", encoding="utf-8")
    assert "可选：declared、console_only" in call("findings grant {own} --by", PERSONS[L].id)[1]


def test_the_sheet_of_problems_asks_where_it_may_not_decide(
    store: Store, call: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    sheet = Workbook()
    sheet.active.title = "问题清单"
    sheet.active.append(["结论", "理由", "豁免至", "经办人", KEY])
    sheet.active.append(["豁免", "改版", "2099-01-01", "", OWN])
    sheet.active.append(["属实", "", "", PERSONS[V].name, SEVERE.fingerprint])
    sheet.active.append(["误报", "旧页", "", PERSONS[L].name, BELOW])
    sheet.save(tmp_path / "p.xlsx")
    code, err = call(f"findings settle {tmp_path}/p.xlsx --apply --by", PERSONS[I].id)
    assert (code, "第 4 行" in err) == (3, True), err
    assert {(item.kind, item.by) for item in store.requests()} == {
        (RequestKind.WAIVE, PERSONS[I].name),
        (RequestKind.CONFIRM, PERSONS[V].name),
    }
    assert all(record.state is FindingState.NEW for record in store.findings())


def test_an_office_without_persons_works_with_names(tmp_path: Path, call: Callable[..., tuple[int, str]]) -> None:
    store = office(tmp_path, staffed=False)
    assert call("findings waive {own} --reason x --by", "王敏")[0] == 0
    assert call("findings confirm {severe} --by", "王敏")[0] == 0
    assert call("findings request {below} --until 2099-01-01 --reason x --by", "王敏")[0] == 2
    assert call("period open 2023-05 --by", "王敏")[0] == 0
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    assert call("registry import {units} --apply")[0] == 0
    with pytest.raises(UsageError, match="经办人"):
        reopen_period(store, "2023-05", Actor(" "), "补判", AT)


def test_the_first_person_is_an_administrator_and_one_always_stays(
    tmp_path: Path, call: Callable[..., tuple[int, str]]
) -> None:
    store = office(tmp_path, staffed=False)
    assert "系统管理员" in call("user add 王敏 --role 监管员")[1]
    assert store.persons() == []
    assert call("user add 王敏 --role 系统管理员")[0] == 0
    assert "没有登记过" in call("user add 李敏 --role 监管员 --by", "李敏")[1]
    assert call("user add 李敏 --role 监管员 --by", "王敏")[0] == 0
    for wrong in ("user add 甲 --role 单位联络员 --by", "user add 甲 --role 主任 --by", "user add 甲 --role 领导 --unit 无此局 --by",
                  "user add 甲 --role 领导 --below 第1局 --by", "user add 甲 --role 领导 --id P001 --by", "user disable 王敏 --by"):  # fmt: skip
        code, err = call(wrong, "王敏")
        assert (code, err.count("\n")) == (2, 1), err
    assert [person.id for person in store.persons()] == ["P001", "P002"]
    assert call("user disable 李敏 --by", "王敏")[0] == 0
    assert "已停用" in call("period open 2023-05 --by", "李敏")[1]


def test_two_of_one_name_are_told_apart_by_their_numbers(store: Store) -> None:
    store.save_persons([Person("P7", SECOND.name, L)])
    with pytest.raises(UsageError, match="P7、P9"):
        actor_of(store, SECOND.name)
    assert actor_of(store, "P7").person == Person("P7", SECOND.name, L)
