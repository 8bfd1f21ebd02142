"""What `findings show` and `findings list` tell of a finding after some nights, and the summary of each night."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

from faults import LATE
from town import FIRST, SITE_ID, Watch, built, watched

from checks.messages import placeholders
from checks.rules.rulebook import load_rules
from domain.persons import Actor
from inspection.judging.run import Outcome
from inspection.people.fact_words import FACTS
from inspection.people.finding_details import finding_details
from inspection.people.findings import finding_lines, waive
from inspection.results.report import build_report
from reports.terminal import print_report

BOOK = load_rules()


def summary(watch: Watch, outcome: Outcome) -> str:
    out = StringIO()
    print_report(build_report(outcome, watch.store, BOOK), out)
    return out.getvalue()


def listed(watch: Watch) -> str:
    return finding_lines(watch.store, BOOK, "", show_all=False, as_json=False)


def test_its_way_from_night_to_night(tmp_path: Path) -> None:
    town = built()
    LATE[0](town)
    with watched(tmp_path, town) as watch:
        assert "已整改" not in summary(watch, watch.inspect(0))
        watch.inspect(1)
        watch.inspect(2)
        assert "本次未复核" not in listed(watch)
        town.robots = "User-agent: *\nDisallow: /"
        assert "持续 1" in summary(watch, watch.inspect(3))
        assert "本次未复核，最近确认于 2023-04-22" in listed(watch)
        town.robots = ""
        LATE[1](town)
        text = summary(watch, watch.inspect(4))
        assert "已整改 1" in text
        assert re.search(r"\[已整改\] 栏目“政策文件”", text)
        LATE[0](town)
        outcome = watch.inspect(5)
        assert "反弹 1" in summary(watch, outcome)
        (record,) = watch.records(outcome).values()
        waive(watch.store, record.fingerprint, Actor("李明"), "栏目改版", "", FIRST + timedelta(days=5, hours=10))
        told = finding_details(watch.store, BOOK, record.fingerprint)
        assert f"对象：云川市示例局（{SITE_ID}）" in told
        way = told.partition("经过：\n")[2].splitlines()
        assert [line.partition("  ")[2] for line in way[:5]] == ["新增", "持续（2 次）", "本次未复核", "已整改", "豁免"]
        assert way[1].strip().startswith("2023-04-21 至 2023-04-22")
        assert way[5] == "豁免：2023-04-26，李明，长期，栏目改版"
        assert not re.search(r"^[a-z_]+：", told, re.M)


def test_every_fact_of_a_sentence_has_a_chinese_name() -> None:
    needed = {
        name
        for rule in BOOK.checks.values()
        for text in (rule.message, rule.fix)
        for name in set().union(*placeholders(text))
    }
    assert needed - FACTS.keys() == {"count", "tag"} & needed
