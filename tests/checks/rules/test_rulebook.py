"""rules.yaml is read strictly: all faults at once, each with its line."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from checks.fact_names import FACT_NAMES
from checks.messages import render
from checks.rules.rulebook import CRAWL, SHIPPED, build_rules, load_rules
from checks.rules.typed_values import Refused, convert
from domain.crawl_policy import CrawlPolicy
from domain.errors import RulesError
from domain.findings import Finding, Ref
from domain.targets import ColumnKind
from domain.times import Window
from inspection.people.fact_words import FACTS

TEXT = SHIPPED.read_text(encoding="utf-8")


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(RulesError) as caught:
        build_rules(text)
    assert caught.value.exit_code == 2
    assert caught.value.problems
    return caught.value.problems


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def swapped(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1
    return TEXT.replace(old, new, 1)


def test_the_shipped_rules_load() -> None:
    book = load_rules()
    assert book.checks["home.stale"].params == {"window": Window(days=14)}
    assert book.near_due_ratio == 0.7
    assert book.checks["column.near_due"].params == {"near_due_ratio": 0.7}
    assert book.totals.no_service_factor == (4, 3)
    assert book.crawl["page_budget"] == 20000
    assert len(book.hash) == 16


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("params: {window: 14d}", "params: {window: 14x}", "不是期限"),
        ("params: {window: 14d}", "params: {window: 14}", "不是期限"),
        ("params: {window: 14d}", "params: {window: 0d}", "不是期限"),
        ("params: {window: 14d}", "params: {windows: 14d}", "不认识的键"),
        ("params: {window: 14d}", "params: {}", "缺少“window”"),
        ("params: {sources_named: 5}", "params: {sources_named: 五}", "应为整数"),
        ("params: {sources_named: 5}", "params: {sources_named: true}", "应为整数"),
        ("  home.stale:\n    title: 首页不更新", "  home.stall:\n    title: 首页不更新", "没有这个检查项"),
        ("severity: veto", "severity: fatal", "不在可选值之内"),
        ("severity: veto", "severity: veto\n    colour: red", "不认识的键"),
        ("    title: 首页不更新\n", "", "缺少“title”"),
        ("    title: 首页不更新\n", "    title: 首页不更新\n    title: 又一个\n", "重复"),
        ("counts: [home.stale]", "counts: [home.stael]", "不存在的检查项"),
        ("where: {kind: news}", "where: {sort: news}", "不认识的筛选条件"),
        ("where: {kind: news}", "where: {kind: newz}", "没有类别 newz"),
        ("  - kind: topic", "  - kind: topics", "不在可选值之内"),
        ("deadline: 2mo", "deadline: 2 months", "不是期限"),
        ('- "专题|', '- "专题(|', "正则表达式"),
        ("near_due: {ratio: 0.7}", "near_due: {ratio: 1.7}", "应大于 0"),
        ("near_due: {ratio: 0.7}", "near_due: {ratio: [1]}", "应为数字"),
        ("confidence: V", "confidence: X", "不在可选值之内"),
        ("when_unjudged: block", "when_unjudged: stop", "不在可选值之内"),
        ("shares_cap: D4.3", "shares_cap: D4.4x", "没有“D4.4x”"),
        ("veto_at: 5", "veto_at: 0", "不小于 1"),
        ("no_service_factor: [4, 3]", "no_service_factor: [4, 3, 2]", "应有 2 项"),
        ("page_budget: 20000", "page_budget: many", "应为整数"),
        ("page_budget: 20000", "page_budgets: 20000", "不认识的键"),
        ("page_budget: 20000", "page_budget: -1", "不能为负数"),
        ("quiet_hours: []", "quiet_hours: [8-11]", "08:30-11:30"),
        ("quiet_hours: []", 'quiet_hours: ["0:00-24:00"]', "占满了全天"),
        ("address_rates: {}", "address_rates: {10.0.0.1: 0}", "应大于 0"),
        ("address_at_once: {}", "address_at_once: {www.a.gov.cn: 2}", "应为 IP 地址"),
        ("version: 1", "version: 9", "版本"),
        ("params: {window: 14d}", "params: {windows: 14d}", "是否指“window”"),
        ("params: {window: 14d}", "params: {window:14d}", "冒号后面缺少空格"),
        ("params: {window: 14d}", "params：{window: 14d}", "全角冒号"),
        ("severity: veto", "severity: vetto", "是否指“veto”"),
        ("  home.stale:\n    title: 首页不更新", "  home.stall:\n    title: 首页不更新", "是否指“home.stale”"),
        ("counts: [home.stale]", "counts: [home.stael]", "是否指“home.stale”"),
        ("[[最近更新于 {newest}，]]", "[[最近更新于 {newst}，]]", "没有名为“newst”的事实"),
        ("[[最近更新于 {newest}，]]", "[[最近更新于 {newst}，]]", "是否指“newest”"),
        ("补齐“{label}”", "补齐“{labl}”", "没有名为“labl”的事实"),
        ("required: [site_code, icp,", "required: [site_code, ipc,", "“ipc”不在可选值之内，是否指“icp”"),
        ("where: {kind: news}", "where: {kid: news}", "是否指“kind”"),
    ],
)
def test_one_fault_is_named_with_its_line(old: str, new: str, sentence: str) -> None:
    text = swapped(old, new)
    problems = faults(text)
    assert any(sentence in problem for problem in problems), problems
    expected = line_of(TEXT, old.splitlines()[0].strip())
    lines = [int(problem.split(":")[1]) for problem in problems if sentence in problem]
    assert any(abs(line - expected) <= 3 for line in lines), (lines, expected)
    assert all(problem.startswith("rules.yaml:") for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("    title: 首页不更新", "\ttitle: 首页不更新", "制表符"),
        ("    title: 首页不更新", "    title:首页不更新", "冒号后面缺少空格"),
        ("    title: 首页不更新", "    title：首页不更新", "全角冒号"),
        ("    title: 首页不更新", "   title: 首页不更新", "缩进不对"),
        ("    title: 首页不更新", "      title: 首页不更新", "缩进不对"),
        ("    title: 首页不更新\n", "    title: 首页不更新\n    title: 又一个\n", "重复"),
        ("    title: 首页不更新", "    title: 注意: 首页不更新", "英文双引号"),
        ("    title: 首页不更新", "    title: @首页不更新", "英文双引号"),
        ("    title: 首页不更新", "    title: *首页不更新", "英文双引号"),
        ("near_due: {ratio: 0.7}", "near_due: {ratio: 0.7", "引号或括号没有成对"),
    ],
)
def test_the_usual_slips_are_told_in_chinese(old: str, new: str, sentence: str) -> None:
    problems = faults(swapped(old, new))
    found = [problem for problem in problems if sentence in problem]
    assert found, problems
    expected = line_of(TEXT, old.splitlines()[0].strip())
    assert abs(int(found[0].split(":")[1]) - expected) <= 1, (found, expected)
    assert not any("did not find" in problem or "mapping values" in problem for problem in problems)


def test_every_fact_that_is_shown_may_be_named_in_a_sentence() -> None:
    assert set(FACTS) <= FACT_NAMES


def test_all_faults_at_once_in_order_of_lines() -> None:
    text = TEXT.replace("params: {window: 14d}", "params: {window: soon}").replace("veto_at: 5", "veto_at: five")
    text = text.replace("page_budget: 20000", "page_budget: 1\n  page_budget: 2")
    problems = faults(text)
    assert len(problems) >= 4
    lines = [int(problem.split(":")[1]) for problem in problems]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "just words",
        "version: 1",
        "version: 1\nchecks: [a]\n",
        "version: 1\nchecks: {a: b}\nindicators: {x: 1}\ncolumns: [1, {}]\ntotals: 3\ncrawl: []\nnear_due: 1\n",
        "a: [1, 2",
        "\tversion: 1",
        "version: &a [*a]",
        "? [1, 2]\n: 3",
        "version: 1\nchecks:\n",
        "version: 2023-02-31\nchecks: {}",
        "\x00",
        "version: !!python/object:os.system x\nchecks: {}",
    ],
)
def test_garbage_is_a_rules_error(text: str) -> None:
    faults(text)


def test_missing_file_and_wrong_encoding_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="无法读取"):
        load_rules(tmp_path / "none.yaml")
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes(TEXT.encode("gbk", errors="ignore"))
    with pytest.raises(RulesError, match="UTF-8"):
        load_rules(gbk)


def test_a_file_with_bom_loads(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("\ufeff" + TEXT, encoding="utf-8")
    assert load_rules(path).hash == load_rules().hash


def test_hash_follows_the_rules_and_not_their_layout_or_the_crawl() -> None:
    base = build_rules(TEXT)
    assert build_rules(TEXT + "\n# 注释\n").hash == base.hash
    assert build_rules(swapped("page_budget: 20000", "page_budget: 10")).hash == base.hash
    assert build_rules(swapped("params: {window: 14d}", "params: {window: 21d}")).hash != base.hash


def test_rule_version_follows_parameters_and_the_sections_a_check_reads() -> None:
    base = build_rules(TEXT).checks
    window = build_rules(swapped("params: {window: 14d}", "params: {window: 21d}")).checks
    deadline = build_rules(swapped("deadline: 2mo", "deadline: 3mo")).checks
    ratio = build_rules(swapped("near_due: {ratio: 0.7}", "near_due: {ratio: 0.8}")).checks
    assert [check for check in base if base[check].version != window[check].version] == ["home.stale"]
    assert "column.stale" in [check for check in base if base[check].version != deadline[check].version]
    assert base["home.stale"].version == deadline["home.stale"].version
    assert [check for check in base if base[check].version != ratio[check].version] == [
        "column.near_due",
        "veto.early_warning",
    ]


def test_crawl_keys_are_those_the_crawler_reads() -> None:
    assert set(CRAWL) - {"quiet_hours", "second_look_minutes"} <= {entry.name for entry in fields(CrawlPolicy)}


def test_only_open_services_are_asked_of_the_service_section() -> None:
    book = load_rules()
    assert {row.section for row in book.indicators if row.needs_service} <= {"办事服务", "单项否决"}
    assert all(row.needs_service for row in book.indicators if row.section == "办事服务")
    assert (
        sum(row.cap or 0 for row in book.indicators if row.needs_service)
        == book.totals.full - book.totals.no_service_full
    )


def test_only_rows_that_fail_a_site_by_silence_block_the_verdict() -> None:
    blocking = [row.id for row in load_rules().indicators if row.when_unjudged == "block"]
    assert blocking == ["W-V3", "W-V4.1", "W-V4.2", "W-V4.3", "A-V2.1"]


def test_official_totals_of_the_sections() -> None:
    """The rows of each section add up to its official full marks."""
    full = {"发布解读": 31, "办事服务": 25, "互动交流": 23, "功能设计": 21}
    book = load_rules()
    for section, most in full.items():
        rows = [row for row in book.indicators if row.section == section and row.points and not row.shares_cap]
        assert all(row.cap is not None for row in rows), section
        assert sum(row.cap or 0 for row in rows) == most


@pytest.mark.parametrize(
    ("template", "facts", "expected"),
    [
        ("{label}已{age}天", {"age": 3}, "工作动态已3天"),
        ("{label}已{age}天", {}, "工作动态已未知天"),
        ("{label}[[已{age}天]]未更新", {}, "工作动态未更新"),
        ("{label}[[已{age}天]]未更新", {"age": None}, "工作动态未更新"),
        ("占{share}%", {"share": 5.0}, "占5%"),
        ("[[{a}]][[{b}]]", {"b": True}, "是"),
        ("{bad", {}, "{bad"),
        ("100%", {}, "100%"),
    ],
)
def test_templates_never_fail(template: str, facts: dict[str, object], expected: str) -> None:
    assert render(template, Finding("x", Ref("http://e/", "工作动态"), "i", facts)) == expected


def test_values_are_typed_by_their_annotation() -> None:
    assert convert({"news": "14d"}, Mapping[ColumnKind, Window]) == {ColumnKind.NEWS: Window(days=14)}
    assert convert(None, int | None) is None
    assert convert(3, str) == "3"
    assert convert({"a": [1]}, Any) == {"a": [1]}


@pytest.mark.parametrize(
    ("value", "wanted", "path"),
    [
        ({"news": "14"}, Mapping[ColumnKind, Window], ("news",)),
        ({"newz": "14d"}, Mapping[ColumnKind, Window], ("newz",)),
        (["a", []], tuple[str, ...], (1,)),
        (float("nan"), float, ()),
        (True, float, ()),
        ("yes", bool, ()),
        ([], str, ()),
    ],
)
def test_wrong_values_are_refused_with_their_place(value: object, wanted: object, path: tuple[object, ...]) -> None:
    with pytest.raises(Refused) as caught:
        convert(value, wanted)
    assert caught.value.path == path


@pytest.mark.parametrize("pattern", ["a{99999999999}", "a{2,1}", "[z-a]", "(?P<x>a)(?P<x>b)", "(a"])
def test_a_pattern_that_cannot_be_built_is_a_fault_with_its_place(pattern: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    first = "归档|历史(信息|数据|资料|文件|栏目|回顾)|旧版|回顾$"
    assert first in text
    with pytest.raises(RulesError) as told:
        build_rules(text.replace(f'"{first}"', f"'{pattern}'", 1))
    assert told.value.problems
