"""What a column is called on government sites, and what that means for its deadline."""

from pathlib import Path

import pytest
import yaml

from checks.rules.column_kinds import classify
from checks.rules.rulebook import load_rules
from domain.targets import ColumnKind

RULES = load_rules()
TABLE = yaml.safe_load((Path(__file__).parent / "column_names.yaml").read_text(encoding="utf-8"))
NAMES = [(kind, name) for kind, names in TABLE["names"].items() for name in names]


def _meaning(name: str, url: str = "") -> str:
    rule = classify(name, url, RULES)
    if rule is None or (rule.kind is ColumnKind.OTHER and rule.deadline is None):
        return "none"
    return "archived" if rule.archived else rule.kind.value


@pytest.mark.parametrize(("kind", "name"), NAMES, ids=[name for _, name in NAMES])
def test_names(kind: str, name: str) -> None:
    assert _meaning(name) == kind


def test_table_is_long_and_without_repetition() -> None:
    names = [name for _, name in NAMES]
    assert len(names) >= 120
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("address", "kind"), TABLE["addresses"].items())
def test_addresses_speak_only_when_the_name_is_silent(address: str, kind: str) -> None:
    assert _meaning("列表", f"http://www.example.gov.cn{address}") == kind
    assert _meaning("政策解读", f"http://www.example.gov.cn{address}") == "explain"


@pytest.mark.parametrize("folder", ["zt", "ztzl", "zhuanti", "zwgk/zt"])
def test_columns_inside_a_topic_are_archived(folder: str) -> None:
    assert _meaning("工作动态", f"http://www.example.gov.cn/{folder}/yqfk/gzdt/") == "archived"
    assert _meaning("工作动态", "http://www.example.gov.cn/ztt/gzdt/") == "news"


@pytest.mark.parametrize(
    ("kind", "deadline"),
    [
        ("工作动态", "14d"),
        ("通知公告", "6mo"),
        ("政策文件", "6mo"),
        ("政策解读", "6mo"),
        ("人事信息", "12mo"),
        ("规划计划", "12mo"),
        ("统计信息", "3mo"),
        ("留言答复", "2mo"),
    ],
)
def test_official_deadlines(kind: str, deadline: str) -> None:
    rule = classify(kind, "", RULES)
    assert rule is not None
    assert str(rule.deadline) == deadline


@pytest.mark.parametrize("name", ["", "   ", "»", "-", "12345", "\u200b", "a" * 10_000])
def test_garbage_names_mean_nothing(name: str) -> None:
    assert _meaning(name) == "none"
