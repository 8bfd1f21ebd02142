"""The demo city's April: its notice beside the real one, before and after the manual round, closed once and for all."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from notice_reading import paragraphs, unsourced
from offices import AS_OF, Office

import cli
from checks.rules.rulebook import load_rules
from democity.city import build_city
from democity.server import served
from domain.persons import Actor
from domain.times import BEIJING
from inspection.people.manual_round import enter_worksheet, export_worksheet
from inspection.periods.closing import open_period
from inspection.periods.notices import notice_of_period
from inspection.runs.demo import fill
from inspection.runs.run import run_inspection
from reports.notice.settings import load_settings

pytestmark = pytest.mark.browser
PERIOD = Path(__file__).parents[2] / "docs/schema/period-1.json"
LEDGER = Path(__file__).parent / "notices" / "april-ledger.yaml"


@dataclass
class April:
    office: Office
    before: str  # the text before the manual round
    warned: tuple[str, ...]


def text_of(office: Office) -> tuple[str, tuple[str, ...]]:
    made = notice_of_period(office.store, load_rules(), load_settings(), "2023-04")
    return "".join(sentence.text for _, sentence in made.notice.sentences()), made.notice.warnings


@pytest.fixture(scope="module")
def april(new_office: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[April]:
    city = build_city("small")
    with served(city, day=date(2023, 4, 26)) as port, new_office(city, port) as office:
        order = replace(office.order(render=True), accounts=city.registry().accounts)
        run = run_inspection(order, office.store).run
        cutoff = datetime(2023, 4, 26, 18, tzinfo=BEIJING)
        open_period(office.store, "2023-04", Actor("王敏"), AS_OF, cutoff=cutoff, ordinal=4)
        before, warned = text_of(office)
        sheet = tmp_path_factory.mktemp("sheet") / "核查表.xlsx"
        export_worksheet(office.store, load_rules(), run.id, sheet)
        fill(sheet, city.manual_answers(AS_OF))
        enter_worksheet(office.store, load_rules(), run.id, sheet, Actor("王敏"), AS_OF, apply=True)
        assert cli.run(["period", "close", "2023-04", "--by", "王敏", "--data", str(office.folder)]) == 0
        yield April(office, before, warned)


def xunjian(april: April, *arguments: str) -> int:
    return cli.run([*arguments, "--data", str(april.office.folder)])


def test_before_the_manual_round_nobody_is_said_to_have_passed_unseen(april: April) -> None:
    assert "另有12个未能判定，有待人工核查，未计入合格率" in april.before
    assert "政务新媒体共273个，检查比例为100%。合格261个" not in april.before
    assert "合格261个，不合格0个，合格率100%" in april.before
    assert any("尚未关闭" in line for line in april.warned)


def test_the_notice_of_the_closed_month(april: April, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "通报.docx"
    assert xunjian(april, "notice", "--period", "2023-04", "--facts", str(LEDGER), "-o", str(out)) == 0
    told = capsys.readouterr().out
    assert "待核指标“D1.8 其他栏目”影响了 2 个对象的结论" in told
    assert "“站点无法访问”尚未判定完" in told
    assert "待补充" not in told
    body = "".join(paragraphs(out))
    for said in (
        "2023年第四次检查", "政府网站共56家，检查比例为100%。经检查，全部合格", "无扣分点的网站54家，占96%", "13家区县政府门户网站全部满分",
        "满分的部门网站40家", "政务新媒体共273个，检查比例为100%。经检查，全部合格", "网民留言6条", "采用32条", "（五）内容安全排查专项工作情况",
        "（一）网站信息更新不及时。市民政局、市统计局网站有部分栏目超期未更新。", "（二）发布审核不够严格。",
        "东渡区政府、枫林区政府、白鹭县政府个别政务新媒体的推文有错别字。", "（三）政务新媒体运维不到位。市营商局“云川政务服务”抖音号属临期更新。", "2023年5月10日前",
    ):  # fmt: skip
        assert said in body, said
    assert "（四）" in body.partition("二、主要问题")[0]
    assert unsourced(out, out.with_name("通报.sources.json")) == []


def test_the_attachments_name_every_deduction_and_every_account(april: April, tmp_path: Path) -> None:
    made = notice_of_period(april.office.store, load_rules(), load_settings(), "2023-04")
    lost, accounts, platforms = made.notice.tables
    assert [table.title for table in made.notice.tables] == ["网站扣分明细", "新媒体问题清单", "各平台合格率"]
    assert {row[1] for row in lost.rows} == {"云川市民政局", "云川市统计局"}
    assert all(
        row[4] and row[6].startswith("http") and row[7] != "—" and row[10] in {"98", "93"} for row in lost.rows
    ), lost.rows
    assert [row[4] for row in accounts.rows].count("账号临期未更新") + [row[4] for row in accounts.rows].count(
        "错别字"
    ) >= 0
    assert len(accounts.rows) == 4
    assert sum(int(row[2]) for row in platforms.rows) == 273
    assert {row[7] for row in platforms.rows} == {"100%"}
    assert all(sources for table in made.notice.tables for sources in table.sources)
    xunjian(april, "notice", "--period", "2023-04", "-o", str(tmp_path / "a.docx"))
    grids = Document(str(tmp_path / "a.docx")).tables
    assert [len(grid.rows) - 1 for grid in grids] == [len(table.rows) for table in made.notice.tables]


def test_every_source_leads_to_something_that_is_kept(april: April, capsys: pytest.CaptureFixture[str]) -> None:
    assert xunjian(april, "notice", "--period", "2023-04", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    figures = {f"figure:{item['kind']}@{item['scope']}" for item in told["figures"]}
    store = april.office.store
    kept = {f"finding:{record.fingerprint}" for record in store.findings()}
    kept |= {f"target:{item.target_id}" for item in store.standings("2023-04", 1)}
    sources = {source for item in told["sentences"] for piece in item["pieces"] for source in piece["sources"]}
    assert sources
    for source in sources:
        head = source.partition(":")[0]
        assert head in {"office", "period"} or source in figures | kept, source


def test_scores_and_figures_of_the_period_on_the_terminal(april: April, capsys: pytest.CaptureFixture[str]) -> None:
    assert xunjian(april, "scorecard", "市民政局", "--period", "2023-04") == 0
    assert "D1.8 其他栏目 扣" in capsys.readouterr().out
    assert xunjian(april, "period", "show", "2023-04", "--all") == 0
    shown = capsys.readouterr().out
    assert "全市  无扣分点的网站  54（54/56，96%）" in shown
    assert "部门：并列第一" in shown
    assert xunjian(april, "period", "close", "2023-04", "--by", "王敏") == 2
    assert "period reopen" in capsys.readouterr().err
    assert xunjian(april, "period", "show", "2023-04", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(PERIOD.read_text(encoding="utf-8"))).validate(document)
    assert (len(document["targets"]), document["period"]["version"]) == (329, 1)
    assert xunjian(april, "period", "list") == 0
    assert "已关闭  第 1 版" in capsys.readouterr().out
