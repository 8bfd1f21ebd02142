"""Whatever no check could judge goes to a person on the second sheet, and what he says counts while it holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from offices import Office, opened_office
from openpyxl import load_workbook

from checks.rules.rulebook import load_rules
from democity.city import build_city
from domain.findings import FindingState
from domain.persons import Actor
from domain.targets import Registry, Site
from inspection.judging.run import Outcome
from inspection.people.manual_round import enter_worksheet, export_worksheet
from inspection.people.question_sheet import TITLE
from inspection.runs.recheck import recheck_run

AS_OF = datetime.fromisoformat("2023-04-26T09:00:00+08:00")
SITE = Site("s1", "云川市示例局", "http://127.0.0.1:9/", "")  # nobody answers: everything is open


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened_office(tmp_path, Registry(sites=(SITE,)), build_city("small", sites=1)) as office:
        yield office


def inspect(office: Office, days: int = 0) -> Outcome:
    return office.inspect(AS_OF + timedelta(days=days), check_ipv6=False, check_outside=False)


def filled(path: Path, answers: dict[str, dict[str, str]]) -> Path:
    """Write answers by the name of the check."""
    book = load_workbook(path)
    sheet = book[TITLE]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for name, value in answers.get(str(sheet.cell(row, heads["检查项"]).value), {}).items():
            sheet.cell(row, heads[name], value)
    book.save(path)
    return path


ANSWER = {"核查人": "王敏", "核查时间": "2023-04-26 15:00"}


def test_answers_settle_questions_while_they_hold(office: Office, tmp_path: Path) -> None:
    first = inspect(office)
    sheet = tmp_path / "核查.xlsx"
    assert "待核事项" in export_worksheet(office.store, load_rules(), first.run.id, sheet)
    titles = {
        "站点无法访问": {**ANSWER, "核查结果": "符合", "有效期至": "2023-05-01"},
        "首页不更新": {**ANSWER, "核查结果": "不符合", "备注": "首页停在三月"},
    }
    filled(sheet, titles)
    preview = enter_worksheet(office.store, load_rules(), first.run.id, sheet, Actor("王敏"), AS_OF, apply=False)
    assert len(preview.answers) == 2
    assert office.store.answers("s1") == []
    before = {item.check for item in first.judged["s1"].unjudged}
    assert {"site.unreachable", "home.stale"} <= before

    entered = enter_worksheet(office.store, load_rules(), first.run.id, sheet, Actor("王敏"), AS_OF, apply=True)
    judged = entered.judged["s1"]
    assert {item.check for item in judged.unjudged} == before - {"site.unreachable", "home.stale"}
    (record,) = [r for r in judged.records if r.finding.check == "home.stale"]
    assert (record.state, record.finding.facts["by_hand"]) == (FindingState.NEW, "王敏")
    assert judged.card.by_hand == 2

    later = inspect(office, 5).judged["s1"]  # the last day of the one, well before the end of the other
    assert "site.unreachable" not in {item.check for item in later.unjudged}
    after = inspect(office, 6).judged["s1"]
    assert "site.unreachable" in {item.check for item in after.unjudged}
    assert [r.state for r in after.records if r.finding.check == "home.stale"] == [FindingState.PERSISTING]
    assert recheck_run(office.store, first.run.id, load_rules()).judged["s1"].card.by_hand == 2


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"核查结果": "大概可以", **ANSWER}, "不在可选范围内"),
        ({"核查结果": "符合", "核查时间": "2023-04-26 15:00"}, "没有填写核查人"),
        ({"核查结果": "符合", "核查人": "王敏", "核查时间": "昨天"}, "无法识别"),
        ({"核查结果": "符合", **ANSWER, "有效期至": "明年"}, "有效期至“明年”无法识别"),
    ],
)
def test_a_faulty_row_is_told_and_nothing_is_kept(
    office: Office, tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    run = inspect(office).run
    sheet = tmp_path / "核查.xlsx"
    export_worksheet(office.store, load_rules(), run.id, sheet)
    entered = enter_worksheet(
        office.store, load_rules(), run.id, filled(sheet, {"站点无法访问": cells}), Actor("王敏"), AS_OF, apply=True
    )
    assert any(said in problem for problem in entered.problems)
    assert office.store.answers("s1") == []
