"""上级单位: the units as a tree; an unknown one and a circle are refused, and a round trip keeps it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.targets import Registry, Unit
from registry import build, preview, read_file
from registry.export import records

HEAD = "单位名称,上级单位\n"


def parents(result) -> dict[str, str]:
    return {unit.id: unit.parent_id for unit in result.registry.units}


def test_parents_are_found_by_full_or_short_name_in_any_order(load):
    result = load("单位名称,简称,上级单位\n街道办,,东区\n东区人民政府,东区,\n社区服务站,,街道办\n")
    assert result.problems == ()
    assert parents(result) == {"街道办": "东区人民政府", "东区人民政府": "", "社区服务站": "街道办"}
    tree = result.registry
    assert tree.under(["东区人民政府"]) == {"街道办", "社区服务站"}
    assert tree.under(["社区服务站"]) == tree.under([""]) == tree.under([]) == frozenset()


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ("街道办,西区\n", "没有“西区”这个单位"),
        ("街道办,街道办\n", "成了一个圈"),
        ("甲局,乙局\n乙局,丙局\n丙局,甲局\n", "成了一个圈"),
    ],
)
def test_what_is_no_tree_is_refused_in_a_sentence(load, rows, word):
    result = load(HEAD + rows)
    assert result.problems
    assert all(word in problem and "“上级单位”列" in problem for problem in result.problems)


def test_who_only_hangs_on_a_circle_is_not_blamed(load):
    problems = load(HEAD + "甲局,乙局\n乙局,甲局\n丙科,甲局\n").problems
    assert len(problems) == 2


def test_a_sheet_without_the_column_leaves_the_tree_and_an_empty_cell_takes_it_away(load):
    units = (Unit("东区", "东区"), replace(Unit("街道办", "街道办"), parent_id="东区"))
    assert parents(load("单位名称,排序\n街道办,3\n", Registry(units)))["街道办"] == "东区"
    assert parents(load(HEAD + "街道办,\n", Registry(units)))["街道办"] == ""


def test_a_circle_through_a_registered_unit_is_refused(load):
    units = (Unit("东区", "东区"), replace(Unit("街道办", "街道办"), parent_id="东区"))
    (problem,) = load(HEAD + "东区,街道办\n", Registry(units)).problems
    assert "成了一个圈" in problem


def test_it_is_previewed_and_exported(load, workbook):
    units = (Unit("E", "东区"), replace(Unit("街道办", "街道办"), parent_id="E"))
    rows = records(Registry(units))["units"]
    assert [row["parent"] for row in rows] == ["", "东区"]
    path = workbook(
        {"单位": [["单位名称", "单位编号", "上级单位"], *([r["name"], r["id"], r["parent"]] for r in rows)]}
    )
    again = build(read_file(path), Registry(), as_of=date(2023, 4, 26))
    assert {unit.id: unit.parent_id for unit in again.registry.units} == {"E": "", "街道办": "E"}
    assert "上级单位：（空） → 东区" in str(
        preview(load(HEAD + "街道办,东区\n", Registry((units[0], Unit("街道办", "街道办")))))
    )


def test_a_circle_in_kept_data_ends():
    units = (replace(Unit("a", "甲"), parent_id="b"), replace(Unit("b", "乙"), parent_id="a"))
    assert Registry(units).under(["a"]) == {"b"}
