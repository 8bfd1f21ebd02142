"""An office writes down only what differs; old full copies are brought into that form and say the same."""

from pathlib import Path

import pytest

from checks.rules.layers import changes, difference, merged
from checks.rules.rulebook import SHIPPED, build_rules, load_rules
from domain.errors import RulesError, UsageError
from inspection.results.rule_layers import migrated, office_rules, rules_diff
from inspection.results.rule_texts import confirm_row

BASE = {"a": {"x": 1, "y": [1, 2]}, "b": 3}


@pytest.mark.parametrize(
    ("over", "result"),
    [
        ({"a": {"x": 2}}, {"a": {"x": 2, "y": [1, 2]}, "b": 3}),
        ({"a": {"y": [9]}}, {"a": {"x": 1, "y": [9]}, "b": 3}),
        ({"b": None}, {"a": {"x": 1, "y": [1, 2]}}),
        ({"a": {"x": None}, "c": {"z": 1}}, {"a": {"y": [1, 2]}, "b": 3, "c": {"z": 1}}),
        ({}, BASE),
    ],
)
def test_maps_merge_lists_replace_null_takes_away(over: dict[str, object], result: dict[str, object]) -> None:
    assert merged(BASE, over) == result
    assert merged(BASE, difference(BASE, result)) == result


def test_what_an_office_starts_with_says_what_the_program_says(tmp_path: Path) -> None:
    own = tmp_path / "rules.yaml"
    own.write_text(office_rules(), encoding="utf-8")
    assert office_rules().startswith("# 本单位的规则")
    assert load_rules(own).hash == load_rules().hash
    assert load_rules(own).crawl == load_rules().crawl
    assert rules_diff("builtin", str(own)) == "两份规则相同。"


def test_an_old_full_copy_becomes_its_differences(tmp_path: Path) -> None:
    own = tmp_path / "rules.yaml"
    text = SHIPPED.read_text(encoding="utf-8").replace("params: {window: 14d}", "params: {window: 10d}", 1)
    own.write_text(text.replace("near_due: {ratio: 0.7}", "near_due: {ratio: 0.5}"), encoding="utf-8")
    made = migrated(own)
    assert len(made.splitlines()) < 20
    assert build_rules(made).hash == load_rules(own).hash
    own.write_text(made, encoding="utf-8")
    told = rules_diff("builtin", str(own))
    assert "near_due.ratio：0.7 → 0.5" in told
    assert "checks.home.stale.params.window：14d → 10d" in told
    with pytest.raises(UsageError, match="无需转换"):
        migrated(own)


def test_yes_and_no_are_told_in_chinese(tmp_path: Path) -> None:
    own = tmp_path / "rules.yaml"
    own.write_text("extends: builtin\nversion: 1\ncrawl:\n  check_search: false\n", encoding="utf-8")
    assert "crawl.check_search：是 → 否" in rules_diff("builtin", str(own))


def test_faults_of_a_layer_name_its_own_lines() -> None:
    with pytest.raises(RulesError) as caught:
        build_rules("extends: builtin\nversion: 1\nchecks:\n  column.stale:\n    severty: deduct\n", "rules.yaml")
    assert any(problem.startswith("rules.yaml:5:") for problem in caught.value.problems)
    with pytest.raises(RulesError, match="处错误"):
        build_rules("extends: guangxi\nversion: 1\n")


def test_a_row_is_confirmed_in_a_layer(tmp_path: Path) -> None:
    own = tmp_path / "rules.yaml"
    own.write_text(office_rules(), encoding="utf-8")
    pending = next(row.id for row in load_rules(own).indicators if row.pending)
    confirm_row(own, pending, "王敏")
    row = next(row for row in load_rules(own).indicators if row.id == pending)
    assert (row.confirmed_by, row.pending) == ("王敏", False)
    other = next(row.id for row in load_rules(own).indicators if row.pending)
    confirm_row(own, other, "李四")
    assert own.read_text(encoding="utf-8").count("\nindicators:\n") == 1
    with pytest.raises(UsageError, match="没有指标"):
        confirm_row(own, "NO.1", "王敏")


def test_changes_are_told_by_key() -> None:
    assert changes({"a": {"x": 1}, "b": 2}, {"a": {"x": 2}, "c": 3}) == [("a.x", 1, 2), ("b", 2, None), ("c", None, 3)]


def layer(folder: Path, name: str, extends: str, days: int | str) -> Path:
    path = folder / name
    path.write_text(
        f"extends: {extends}\nversion: 1\nchecks:\n  home.stale:\n    params: {{window: {days}d}}\n", encoding="utf-8"
    )
    return path


def test_a_city_stands_on_its_province_and_that_on_the_program(tmp_path: Path) -> None:
    layer(tmp_path, "province.yaml", "liaoning", 10)
    city = tmp_path / "rules.yaml"
    city.write_text("extends: province.yaml\nversion: 1\nchecks:\n  text.typo: {enabled: false}\n", encoding="utf-8")
    book = load_rules(city)
    assert book.checks["home.stale"].params["window"].days == 10  # of the province
    assert book.checks["explain.late"].enabled  # of the layer that comes along
    assert not book.checks["text.typo"].enabled  # its own
    assert book.checks["column.stale"] == load_rules().checks["column.stale"]  # of the program
    assert "checks.home.stale.params.window：14d → 10d" in rules_diff("builtin", str(city))


@pytest.mark.parametrize("name", ["liaoning", "weekly"])
def test_layers_that_come_along_change_no_point_and_no_veto(name: str) -> None:
    told = rules_diff("builtin", name)
    assert told.endswith("处不同。")
    assert "indicators" not in told
    assert "severity" not in told


def test_faults_of_a_layer_below_are_told_as_its_own(tmp_path: Path) -> None:
    layer(tmp_path, "province.yaml", "builtin", "x")
    layer(tmp_path, "rules.yaml", "province.yaml", 10)
    with pytest.raises(RulesError, match=r"province\.yaml 有 1 处错误"):
        load_rules(tmp_path / "rules.yaml")


@pytest.mark.parametrize(
    ("extends", "told"),
    [
        ("rules.yaml", "绕回了自己"),
        ("guangdong", "不认识“guangdong”"),
        ("../rules.yaml", "不认识"),
        ("/etc/passwd", "不认识"),
        ("[builtin]", "不认识"),
    ],
)
def test_a_layer_that_is_none_is_refused(tmp_path: Path, extends: str, told: str) -> None:
    path = layer(tmp_path, "rules.yaml", extends, 10)
    with pytest.raises(RulesError) as caught:
        load_rules(path)
    assert any(told in problem for problem in caught.value.problems)


def test_two_files_that_stand_on_each_other_are_refused(tmp_path: Path) -> None:
    layer(tmp_path, "a.yaml", "b.yaml", 10)
    layer(tmp_path, "b.yaml", "a.yaml", 10)
    with pytest.raises(RulesError, match="1 处错误"):
        load_rules(tmp_path / "a.yaml")
