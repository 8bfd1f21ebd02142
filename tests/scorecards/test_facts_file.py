"""Facts written by hand: strict, every fault at once with its place, nothing guessed."""

from pathlib import Path

import pytest

from domain.errors import ConfigError
from domain.figures import CITY, Figure
from domain.notices import Facts, Named
from domain.periods import period_named
from domain.scores import Verdict
from domain.standings import Standing
from scorecards.facts_file import read_facts
from scorecards.figures import FigureRules

CHECKS = {"column.stale": "栏目不更新", "account.near_due": "账号临期"}


def read(folder: Path, text: str, base: Facts | None = None) -> Facts:
    (folder / "facts.yaml").write_text(text, encoding="utf-8")
    return read_facts(folder / "facts.yaml", CHECKS, FigureRules(), base)[0]


def faults(folder: Path, text: str, base: Facts | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        read(folder, text, base)
    assert all("\n" not in problem for problem in caught.value.problems)
    return "\n".join((str(caught.value), *caught.value.problems))


def test_a_rate_and_a_whole_force_the_count(tmp_path: Path) -> None:
    facts = read(tmp_path, 'period: 2019-02\nfigures: [{kind: accounts.passed, of: 141, printed: "73.05"}]')
    assert facts.n("accounts.passed") == 103
    said = faults(tmp_path, "period: 2019-02\nfigures: [{kind: accounts.passed, of: 3316, printed: 50}]")
    assert "3316 的 50%，可能是 1642 到 1674，请写明 n" in said
    assert "没有任何个数能得出" in faults(
        tmp_path, 'period: 2019-02\nfigures: [{kind: accounts.passed, of: 3, printed: "50"}]'
    )


def test_zeros_at_the_end_are_kept_where_they_are_written(tmp_path: Path) -> None:
    facts = read(tmp_path, 'period: 2023-Q3\nfigures: [{kind: accounts.passed, n: 1653, of: 1658, printed: "99.70"}]')
    assert facts.figures["accounts.passed", CITY].rate == facts.stated["accounts.passed", CITY] == "99.70"


FAULTS = {
    "{}": "缺少考核期",
    "figures: []": "缺少考核期",
    "period: 四月": "不是考核期",
    "period: {name: 2023-04, until: 3}": "不认识的键“until”",
    "period: {name: 2023-04, cutoff: 2023-02-01}": "不在本期之内",
    "period: {name: 2023-04, nth: 四}": "次数",
    "period: 2023-04\nnumbers: 3": "不认识的键“numbers”",
    "period: 2023-04\nfigures: 56": "应为列表",
    "period: 2023-04\nfigures: [56]": "应为“键: 值”",
    "period: 2023-04\nfigures:\n  - {kind: sites.regstered, n: 56}": "第3行 figures[1].kind：没有指标“sites.regstered”，是否为 sites.registered",
    "period: 2023-04\nfigures: [{kind: sites.registered}]": "缺少 n",
    "period: 2023-04\nfigures: [{kind: sites.registered, n: -1}]": "整数",
    "period: 2023-04\nfigures: [{kind: sites.registered, n: true}]": "整数",
    "period: 2023-04\nfigures: [{kind: sites.registered, n: 5.5}]": "整数",
    "period: 2023-04\nfigures: [{kind: sites.passed, n: 57, of: 56}]": "57 不能是 56 的一部分",
    "period: 2023-04\nfigures: [{kind: sites.passed, n: 5, of: 6, printed: 约八成}]": "不是百分比",
    "period: 2023-04\nfigures: [{kind: sites.passed, n: 5, of: 6, mode: up}]": "half_up",
    "period: 2023-04\nfigures: [{kind: sites.passed, n: 5, of: 6, digits: 9}]": "0 到 4",
    "period: 2023-04\nfigures: [{kind: sites.passed, n: 5, scope: 区县}]": "不是范围",
    "period: 2023-04\nfigures: [{kind: sites.passed, n: 5}, {kind: sites.passed, n: 6}]": "写了两次",
    "period: 2023-04\nnamed: [{check: column.old, unit: 甲局}]": "没有检查项“column.old”",
    "period: 2023-04\nnamed: [{check: column.stale}]": "缺少 unit",
    "period: 2023-04\nnamed: [{check: account.near_due, unit: 甲局, target: 甲发布}]": "同时写 target",
    "period: 2023-04\nnamed: [{check: column.stale, unit: 甲局, count: 0}]": "1 以上",
    "period: 2023-04\nnamed: [{check: column.stale, unit: 甲局}, {check: column.stale, unit: 甲局, count: 2}]": "写了两次",
    "period: 2023-04\nremarks: [{section: praise, text: 好}]": "section 应为",
    "period: 2023-04\nremarks: [{section: accounts}]": "缺少 text",
    "period: 2023-04\noffice: {boss: 王}": "不认识的键“boss”",
    "period: 2023-04\noffice: {due: 五月十日}": "不是日期",
    "period: 2023-04\noffice: {issued: 2023-05-04, due: 2023-05-01}": "早于成文日期",
    "period: 2023-04\nlists: [{kind: sites.clean, names: [甲]}]": "figures 中没有",
    "period: 2023-04\npartitions: [{kind: sites.clean, by: size}]": "by 应为",
    "period: 2023-04\nperiod: 2023-05": "重复",
    "a: &a [1]\nperiod: *a": "不支持 YAML 引用",
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_faults_are_told_with_place_and_remedy(text: str, tmp_path: Path) -> None:
    assert FAULTS[text] in faults(tmp_path, text)


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = "period: 四月\nfigures: [{kind: a, n: 1}]\nnamed: [{check: b}]\nremarks: [{section: c}]\n"
    assert "有 4 处错误" in faults(tmp_path, text)


def test_files_that_are_none(tmp_path: Path) -> None:
    for content, said in ((b"\xb0\xa1\xb0\xa2", "UTF-8"), (b"x" * 1_100_000, "上限"), (b"a: [", "YAML")):
        (tmp_path / "facts.yaml").write_bytes(content)
        with pytest.raises(ConfigError, match=said):
            read_facts(tmp_path / "facts.yaml", CHECKS, FigureRules())
    with pytest.raises(ConfigError, match="没有这个文件"):
        read_facts(tmp_path / "none.yaml", CHECKS, FigureRules())


def test_a_file_adds_to_a_period_and_contradicts_none_of_its_figures(tmp_path: Path) -> None:
    base = Facts(period_named("2023-04"), {("sites.passed", CITY): Figure("sites.passed", n=56, of=56)})
    added = read(tmp_path, "figures: [{kind: messages.received, n: 6}, {kind: sites.passed, n: 56}]", base)
    assert (added.n("messages.received"), added.period) == (6, base.period)
    assert "程序统计为 56" in faults(tmp_path, "figures: [{kind: sites.passed, n: 55}]", base)
    assert "不要再写 period" in faults(tmp_path, "period: 2023-04", base)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("check: column.stale, unit: 乙局", "没有单位“乙局”"),
        ("check: account.near_due, unit: 甲局, target: 乙发布, platform: 微信", "没有甲局“乙发布”（微信）"),
        ("check: column.stale, unit: 甲局, count: 3", "程序统计为 2 处"),
        ("check: column.stale, unit: 甲局, count: 2", "已经点名"),
        ("check: account.near_due, unit: 甲局, target: 甲发布, platform: 微信, veto: true", "判为合格"),
    ],
)
def test_who_is_named_beside_a_period_is_known_to_it(row: str, said: str, tmp_path: Path) -> None:
    site = Standing("s1", "甲局网站", "department", unit="甲局", verdict=Verdict.PASS, inspected=True)
    account = Standing("a1", "甲发布", "account", platform="微信", unit="甲局", verdict=Verdict.PASS, inspected=True)
    named = (Named("column.stale", "甲局", "栏目不更新", count=2),)
    base = Facts(period_named("2023-04"), {}, named=named, standings=(site, account))
    assert said in faults(tmp_path, f"named: [{{{row}}}]", base)
    fine = "named: [{check: account.near_due, unit: 甲局, target: 甲发布, platform: 微信}]"
    assert len(read(tmp_path, fine, base).named) == 2
