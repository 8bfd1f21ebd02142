"""`xunjian score FILE`: worked cases A1, A3, A6, B, and every way a hand-written file can be wrong."""

import json

import pytest

from domain.errors import ConfigError
from scorecards.score_file import score_file, score_text


@pytest.fixture
def scored(tmp_path, rules):
    def run(content, name="findings.yaml"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return score_file(path, rules)

    return run


def listed(*findings, kind="portal", service=True, bonus=()):
    return {
        "target": {"kind": kind, "service_function": service},
        "findings": [{"indicator": row} | amount for row, amount in findings],
        "bonus": [{"name": "创新发展", "points": points} for points in bonus],
    }


def test_a1_89_points_in_yaml(scored):
    answer = scored("""
target: {kind: portal, service_function: true}
findings:
  - {indicator: D1.5, count: 1}
  - {indicator: D2.3, points: 2}
  - {indicator: D3.3, count: 1}
  - {indicator: D4.3, count: 1}
""")
    assert answer == {
        "verdict": "pass",
        "score": 89.0,
        "vetoes": [],
        "deductions": [
            {"indicator": "D1.5", "points": 5.0},
            {"indicator": "D2.3", "points": 2.0},
            {"indicator": "D3.3", "points": 3.0},
            {"indicator": "D4.3", "points": 1.0},
        ],
        "bonus": 0.0,
    }


def test_a3_60_of_75_is_80_and_opens_no_bonus(scored):
    answer = scored(listed(("LOCAL", {"points": 15}), service=False, bonus=[10]), "f.json")
    assert (answer["score"], answer["bonus"], answer["verdict"]) == (80.0, 0.0, "pass")


@pytest.mark.parametrize("kind", ["portal", "department"])
def test_a6_faults_do_not_mean_failing(scored, kind):
    answer = scored(listed(("D4.2", {"count": 2}), ("D1.5", {"count": 1}), kind=kind), "f.json")
    assert (answer["verdict"], answer["score"]) == ("pass", 93.0)


def test_b4_a_stale_account_fails_and_others_pass_without_a_score(scored):
    failed = scored(listed(("A-V2.1", {"count": 1}), kind="account"), "f.json")
    assert failed == {
        "verdict": "fail",
        "score": None,
        "vetoes": [{"indicator": "A-V2.1", "count": 1, "threshold": 1}],
        "deductions": [],
        "bonus": 0.0,
    }
    passed = scored(listed(kind="account"), "f.json")
    assert (passed["verdict"], passed["score"]) == ("pass", None)


def test_b8_blank_columns_fail_from_the_fifth(scored):
    assert scored(listed(("W-V4.3", {"count": 4})), "f.json")["score"] == 100.0
    five = scored(listed(("W-V4.3", {"count": 2}), ("W-V4.3", {"count": 3}), ("D1.5", {"count": 1})), "f.json")
    assert (five["verdict"], five["score"], five["deductions"]) == ("fail", None, [])


def test_a_bare_indicator_was_found_once(scored):
    assert scored("target: {kind: portal}\nfindings: [{indicator: W-V3}]")["verdict"] == "fail"


def test_counts_and_points_of_one_row_add_up_under_its_cap(scored):
    answer = scored(listed(("D4.2", {"count": 1}), ("D4.2", {"points": 0.5})), "f.json")
    assert answer["deductions"] == [{"indicator": "D4.2", "points": 1.5}]
    assert scored(listed(("D4.2", {"count": 50})), "f.json")["score"] == 97.0
    assert scored(listed(("D4.2", {"count": 0}), ("D1.5", {"points": 0})), "f.json")["deductions"] == []


def test_60_passes_and_59_9_fails(scored):
    assert scored(listed(("LOCAL", {"points": 40})), "f.json")["verdict"] == "pass"
    assert scored(listed(("LOCAL", {"points": 40.1})), "f.json")["verdict"] == "fail"


def test_bonus_above_80_is_capped_at_30(scored):
    answer = scored(listed(("D4.3b", {"count": 3}), bonus=[20, 20.5]), "f.json")
    assert (answer["score"], answer["bonus"]) == (129.7, 30.0)
    assert scored(listed(("LOCAL", {"points": 19.9}), bonus=[1.5]), "f.json")["score"] == 81.6


def test_rows_of_services_are_not_looked_at_without_service_function(scored):
    answer = scored(listed(("D2.3", {"count": 1}), ("W-V6.1", {"count": 1}), service=False), "f.json")
    assert (answer["verdict"], answer["score"], answer["deductions"]) == ("pass", 100.0, [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.55}\n", "第3行 findings[1].indicator：没有指标“D1.55”，是否为 D1.5？"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: 12}\n", "没有指标“12”；可用 xunjian rules 查看"),
        ("target: {kind: portal}\nfindings:\n  - {count: 1}\n", "第3行 findings[1]：没有指标“”"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: A-V2.1}\n", "指标 A-V2.1 不适用于门户网站"),
        ("target: {kind: account}\nfindings:\n  - {indicator: D1.5}\n", "不适用于政务新媒体账号"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, count: 1, points: 5}\n", "第3行 findings[1]：count 与 points 只能写一个"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, count: -1}\n", "第3行 findings[1].count：应为 0 到"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, count: 1.5}\n", "findings[1].count：应为 0 到"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, count: yes}\n", "findings[1].count：应为 0 到"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, points: .nan}\n", "findings[1].points：points 应为"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, points: 五}\n", "findings[1].points：points 应为"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: W-V3, points: 5}\n", "W-V3 是单项否决指标，没有分值"),
        ("target: {kind: portal}\nfindings:\n  - {indicator: D1.5, cuont: 1}\n", "第3行 findings[1].cuont：不认识的键“cuont”"),
        ("target: {kind: portal}\nfindings:\n  - D1.5\n", "第3行 findings[1]：应为“键: 值”的形式"),
        ("target: {kind: portal}\nfindings: D1.5\n", "第2行 findings：应为列表"),
        ("target: {kind: portal}\nfinding: []\n", "第2行 finding：不认识的键“finding”"),
        ("target: {kind: 门户}\n", "第1行 target.kind：kind 应为 portal、department、account 之一"),
        ("target: {}\n", "第1行 target：kind 应为"),
        ("target: portal\n", "第1行 target：应为“键: 值”的形式"),
        ("target: {kind: portal, service_function: 1}\n", "target.service_function：应为 true 或 false"),
        ("findings: []\n", "缺少 target"),
        ("- 1\n", "文件内容应为“键: 值”的形式"),
        ("", "文件内容应为“键: 值”的形式"),
        ("target: {kind: portal}\nbonus: [{name: 甲}]\n", "第2行 bonus[1]：points 应为"),
        ("target: {kind: portal}\nbonus: [{name: 甲, points: -3}]\n", "第2行 bonus[1].points：points 应为"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_place(scored, content, sentence):
    with pytest.raises(ConfigError) as caught:
        scored(content)
    assert any(sentence in problem for problem in caught.value.problems), caught.value.problems
    assert "未评分" in str(caught.value)


def test_all_faults_at_once(scored):
    with pytest.raises(ConfigError) as caught:
        scored("target: {kind: x}\nfindings:\n  - {indicator: Q}\n  - {indicator: D1.5, count: -1}\nextra: 1\n")
    assert len(caught.value.problems) == 4
    assert "4 处错误" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("target: {kind: portal\n", "f.yaml", "YAML 格式有误"),
        ("a: 1\na: 2\n", "f.yaml", "第2行：键“a”重复"),
        ("a: &x [1]\nb: *x\n", "f.yaml", "第2行：不支持 YAML 引用"),
        ("a: 2023-13-45\n", "f.yaml", "第1行：“2023-13-45”不是有效的值"),
        ("a: \x00\n", "f.yaml", "不允许的字符"),
        ("[" * 200000, "f.yaml", "嵌套过深"),
        ('{"target": }', "f.json", "第1行第12列 JSON 格式有误"),
        ('{"a": 1, "a": 2}', "f.json", "键“a”重复"),
        ("[" * 200000, "f.json", "嵌套过深"),
        ("a" * 1_000_001, "f.yaml", "超过 1000000 字节的上限"),
    ],
)
def test_an_unreadable_file_is_refused_in_one_sentence(scored, content, name, sentence):
    with pytest.raises(ConfigError) as caught:
        scored(content, name)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_opened(tmp_path, rules):
    with pytest.raises(ConfigError, match="无法读取"):
        score_file(tmp_path / "none.yaml", rules)
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("target: {kind: 门户}".encode("gbk"))
    with pytest.raises(ConfigError, match="不是 UTF-8 文本"):
        score_file(gbk, rules)


def test_json_carries_paths_without_lines(scored):
    with pytest.raises(ConfigError) as caught:
        scored(listed(("D1.5", {"count": -2})), "f.json")
    assert caught.value.problems[0].startswith("findings[1].count：")


def test_a_byte_order_mark_is_no_error(scored):
    assert scored("\ufefftarget: {kind: department}\n")["score"] == 100.0


def test_an_inspector_reads_titles_and_points(scored, rules):
    passed = score_text(scored(listed(("D1.5", {"count": 1}))), rules)
    assert passed.splitlines() == ["合格  95 分", "  扣 5 分  D1.5 政策文件"]
    failed = score_text(scored(listed(("W-V3", {"count": 1}))), rules)
    assert failed.splitlines() == ["不合格  不计分", "  单项否决 W-V3 首页不更新：1 项，达到 1 项即否决"]
