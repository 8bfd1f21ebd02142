"""The city page: every target at a glance, and who comes near a veto."""

from dataclasses import replace

from bs4 import BeautifulSoup

from domain.findings import EARLY_WARNING, Finding, Ref, Severity
from domain.rules import CheckRule
from reports.dossier import write_city


def page_of(report, tmp_path):
    return BeautifulSoup(write_city(report, tmp_path).read_text(encoding="utf-8"), "lxml")


def test_every_target_has_a_cell_with_sign_and_words(report, tmp_path):
    page = page_of(report, tmp_path)
    cells = page.select(".glance a")
    assert len(cells) == len(report.targets)
    told = {cell.select_one(".hidden").get_text(): cell.get_text()[0] for cell in cells}
    assert told["云川市民政局网站（部门网站）合格，扣 7 分，问题 3 项，待人工核查 26 处"] == "!"
    assert told["临江区人民政府门户网站（区县政府门户网站）未能判定，待人工核查 1 处"] == "?"
    assert told["云川市人民政府门户网站（市政府门户网站）合格"] == "✓"
    assert any(text.endswith("不合格，问题 1 项") and sign == "✗" for text, sign in told.items())
    for cell in cells:
        name, _, anchor = cell["href"].partition("#")
        assert BeautifulSoup((tmp_path / name).read_text(encoding="utf-8"), "lxml").find(id=anchor)


def test_who_comes_near_a_veto_is_named_before_the_kinds_of_faults(report, tmp_path, monkeypatch):
    rule = CheckRule(EARLY_WARNING, "临近单项否决", "“{label}”现有 {total} 个", "请整改。", Severity.NOTICE)
    monkeypatch.setitem(report.rulebook.checks, EARLY_WARNING, rule)
    (one,) = report.records["5399000019"]
    ref = Ref("http://tjj.yunchuan.gov.cn/", "空白栏目")
    near = replace(one, fingerprint="e1", finding=Finding(EARLY_WARNING, ref, "W-V4.3", {"total": 2, "limit": 5}))
    records = {**report.records, "5399000019": (*report.records["5399000019"], near)}
    page = page_of(replace(report, records=records), tmp_path)
    heads = [head.get_text() for head in page.select("h2")]
    assert heads == ["全市一览", "一、需要处理", "二、临近单项否决", "三、按问题类别", "四、各单位情况", "待核指标"]
    (table,) = (part for part in page.select(".wide") if part["aria-label"] == "临近单项否决")
    assert "云川市统计局网站" in table.get_text()
    assert "“空白栏目”现有 2 个" in table.get_text()
