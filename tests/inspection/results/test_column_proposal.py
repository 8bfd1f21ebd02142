"""`registry export --columns`, corrected in the sheet as an editor would, imported again, and what a recheck makes of it."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import Office
from openpyxl import load_workbook

import cli
from checks.rules.rulebook import load_rules
from democity.city import build_city
from democity.server import served
from inspection.results.column_proposal import proposed_columns
from storage import open_store

Rows = dict[str, dict[str, str]]  # address -> header -> cell


@dataclass
class Desk:
    """A data folder after a night, with what its commands print."""

    data: Path
    run: str
    capsys: pytest.CaptureFixture[str]

    def do(self, *arguments: str) -> str:
        assert cli.run([*arguments, "--data", str(self.data)]) == 0, self.capsys.readouterr()
        return self.capsys.readouterr().out

    def columns(self) -> Rows:
        told = json.loads(self.do("recheck", self.run, "--format", "json"))
        return {item["url"]: item for target in told["targets"] for item in target["columns"]}


@pytest.fixture(scope="module")
def night(new_office: Callable[..., Any]) -> Iterator[tuple[Office, str]]:
    city = build_city("small", sites=2)
    with new_office(city, 0) as office:
        with served(city, day=date(2023, 4, 26)) as office.port:
            outcome = office.inspect(check_outside=False, check_search=False, check_ipv6=False)
        yield office, outcome.run.id


@pytest.fixture
def desk(night: tuple[Office, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    office, run = night
    shutil.copytree(office.folder, tmp_path / "data")
    return Desk(tmp_path / "data", run, capsys)


def edit(path: Path, change: Callable[[Rows], None]) -> None:
    """Change cells of the column sheet, found by address and header."""
    book = load_workbook(path)
    sheet = book["栏目"]
    names = [str(cell.value) for cell in sheet[1]]
    rows: Rows = {
        str(row[names.index("栏目网址")].value): {
            name: str(cell.value or "") for name, cell in zip(names, row, strict=True)
        }
        for row in sheet.iter_rows(min_row=2)
    }
    change(rows)
    for row in sheet.iter_rows(min_row=2):
        wanted = rows.get(str(row[names.index("栏目网址")].value), {})
        for name, cell in zip(names, row, strict=True):
            cell.value = wanted.get(name) or None
    book.save(path)


def test_what_is_proposed_is_what_was_found(night: tuple[Office, str]) -> None:
    office, _ = night
    registry = office.store.load_registry()
    proposed = proposed_columns(office.store, registry, load_rules())
    assert set(proposed) == {site.id for site in registry.sites}
    assert all(len(specs) > 5 for specs in proposed.values())


def test_nothing_is_proposed_before_the_first_night(night: tuple[Office, str], tmp_path: Path) -> None:
    office, _ = night
    empty = open_store("memory:", tmp_path)
    assert proposed_columns(empty, office.store.load_registry(), load_rules()) == {}


@pytest.mark.parametrize("name", ["all.xlsx", "all.yaml"])
def test_unchanged_it_declares_the_columns_and_changes_no_judgement(desk: Desk, tmp_path: Path, name: str) -> None:
    before = desk.columns()
    sheet = str(tmp_path / name)
    desk.do("registry", "export", sheet, "--columns")
    assert "已写入" in desk.do("registry", "import", sheet, "--apply")
    assert desk.columns() == before
    assert "没有改动" in desk.do("registry", "import", sheet, "--apply")


def test_corrections_are_obeyed(desk: Desk, tmp_path: Path) -> None:
    before = desk.columns()
    news = [url for url, item in before.items() if item["kind"] == "news" and item["status"] == "fresh"]
    other = [url for url, item in before.items() if item["kind"] == "other"]
    strict, archived, ignored = news[0], news[1], other[0]

    def change(rows: Rows) -> None:
        rows[strict] |= {"栏目类别": "通知公告", "更新期限": "1天", "栏目名称": "改过的名称"}
        rows[archived]["历史专题"] = "是"
        rows[ignored]["忽略"] = "是"

    sheet = tmp_path / "all.xlsx"
    desk.do("registry", "export", str(sheet), "--columns")
    edit(sheet, change)
    assert "栏目" in desk.do("registry", "import", str(sheet))
    assert desk.columns() == before  # a preview writes nothing
    desk.do("registry", "import", str(sheet), "--apply")
    after = desk.columns()
    assert after[strict]["kind"] == "notice"
    assert after[strict]["name"] == "改过的名称"
    assert (before[strict]["status"], after[archived]["status"]) == ("fresh", "archived")
    newest = date.fromisoformat(str(after[strict]["newest"]))
    assert after[strict]["status"] == ("stale" if (date(2023, 4, 26) - newest).days > 1 else "near_due")
    assert ignored not in after
    untouched = set(before) - {strict, archived, ignored}
    assert {url: after[url] for url in untouched} == {url: before[url] for url in untouched}


def test_wrong_cells_are_told_with_their_place_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        first, second, third = list(rows)[:3]
        rows[first]["栏目类别"] = "新闻联播"
        rows[second]["更新期限"] = "两个星期左右"
        rows[third]["网站标识码"] = "9999999999"

    sheet = tmp_path / "all.xlsx"
    desk.do("registry", "export", str(sheet), "--columns")
    edit(sheet, change)
    assert cli.run(["registry", "import", str(sheet), "--apply", "--data", str(desk.data)]) == 2
    told = desk.capsys.readouterr()
    for words in ("新闻联播", "两个星期左右", "9999999999"):
        assert words in told.out + told.err
    assert "3 处问题，没有写入" in told.err
    assert not any(
        site.columns for site in open_store(f"sqlite:///{desk.data}/xunjian.db", desk.data).load_registry().sites
    )
