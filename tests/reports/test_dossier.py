"""The HTML pages: complete, self-contained, safe, readable without colours."""

import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from domain.runs import RunState
from domain.scores import Tally
from reports.dossier import linkable, write_city, write_dossier, write_unit_dossier

CAPTURE = "ab" * 32


@pytest.fixture
def city(report, tmp_path):
    return write_city(report, tmp_path / "out")


def soup_of(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def mzj(report, tmp_path):
    return write_unit_dossier(report, report.registry.units[2], tmp_path / "mzj.html")


def test_index_lists_every_unit_and_every_link_leads_somewhere(report, city):
    page = soup_of(city)
    links = [link["href"] for link in page.select("table a[href]")]
    assert len({link.split("#")[0] for link in links}) == len(report.registry.units)
    for link in links:
        name, _, anchor = link.partition("#")
        target = soup_of(city.parent / name)
        assert not anchor or target.find(id=anchor), link
    text = page.get_text()
    assert "本次共检查政府网站 5 家：合格 4 家，不合格 0 家，未能判定 1 家；无扣分点的网站 2 家，占总数的 40%" in text
    for unit in report.registry.units:
        assert unit.name in text


def test_index_puts_what_is_wrong_first_and_names_common_faults(city):
    tables = {table.parent["aria-label"]: table for table in soup_of(city).select("div.wide > table")}
    urgent = [row.th.a.get_text() for row in tables["需要处理"].select("tbody tr")]
    assert urgent[:3] == ['=HYPERLINK("http://evil.example")', "临江区人民政府门户网站", "云川市民政局网站"]
    assert "云川市统计局网站" not in urgent
    faults = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in tables["按问题类别"].select("tbody tr")}  # fmt: skip
    assert faults["栏目超期未更新"][:3] == ["扣分", "3", "2"]
    assert "首页未能打开" in tables["需要处理"].get_text()


def test_dossier_shows_everything_an_inspector_needs(report, tmp_path):
    text = soup_of(mzj(report, tmp_path)).get_text(" ", strip=True)
    for part in (
        "云川市民政局 检查档案", "2023年4月26日 09:00", "合格", "93", "标识码 5399000012",
        "栏目“政策文件”已 201 天未更新，更新期限为 182 天", "请尽快更新栏目内容", "最后更新 2022-10-07", "应不晚于 2023-04-07",
        "首次发现 2023-04-24", "共 3 次巡检发现", "反弹", "见于 61 处", "http://mzj.yunchuan.gov.cn/fuwu/t20230401_11.html",
        "疑似问题（须经人工确认，确认前不计分）", "成立工作领导小姐", "未能判定（待人工核查，不扣分）", "对方网站拦截程序访问（HTTP 403），请人工打开核实", "（共 24 处）",
        "栏目更新情况", "历史专题", "超期未更新", "未注明日期", "评分明细", "D1.5", "−5", "国办秘函〔2019〕19号", "待核", "扣分中有 2 分",
        "豁免：原单位已撤销，链接保留备查（李四，至 2023-12-31）", "本次读取页面 412 个；未读取 31 个：超出页面上限", "4f2a9c01d3e85b77",
        "不合格", "A-V2.1", "单项否决",
    ):  # fmt: skip
        assert part in text, part


def test_every_open_question_is_listed(report, tmp_path):
    page = soup_of(mzj(report, tmp_path))
    for n in range(24):
        assert page.find("a", href=f"https://www.example.com/{n}")


def test_hostile_text_stays_text(report, city, tmp_path):
    for path in city.parent.glob("*.html"):
        page = soup_of(path)
        assert not page.find("script")
        assert all(not link["href"].lower().startswith("javascript") for link in page.select("a[href]"))
    assert "<script>alert(1)</script>" in soup_of(city).get_text()


def test_pages_are_self_contained(city):
    for path in city.parent.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = BeautifulSoup(text, "lxml")
        assert not page.select("[src], link, iframe, object, embed, base")
        assert not re.search(r"url\(|@import", text)


def test_pages_are_accessible(city):
    for path in city.parent.glob("*.html"):
        page = soup_of(path)
        assert page.html["lang"] == "zh-CN"
        assert page.title.get_text(strip=True)
        assert page.find("a", class_="skip")["href"] == "#content"
        assert page.find(id="content").name == "main"
        assert len(page.select("h1")) == 1
        assert all(cell.get("scope") for cell in page.select("th"))
        assert all(region.get("tabindex") == "0" and region["aria-label"] for region in page.select("div.wide"))
        ids = [item["id"] for item in page.select("[id]")]
        assert len(ids) == len(set(ids))
        levels = [int(item.name[1]) for item in page.select("h1, h2, h3")]
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_verdicts_are_told_by_word_and_sign_not_by_colour_alone(city):
    marks = {mark.get_text(strip=True) for mark in soup_of(city).select(".mark")}
    assert marks == {"✓ 合格", "✗ 不合格", "? 未能判定"}


def test_captures_are_kept_beside_the_pages_and_cannot_act(city):
    copy = city.parent / "captures" / f"{CAPTURE}.html"
    body = copy.read_bytes()
    assert body.endswith("<p>政策文件</p><script>alert(3)</script>".encode())
    assert b"Content-Security-Policy" in body.split(b"<p>")[0]
    assert b"default-src 'none'" in body
    linked = [path for path in city.parent.glob("unit-*.html") if f"captures/{CAPTURE}.html" in path.read_text("utf-8")]
    assert len(linked) == 1


@pytest.mark.parametrize("key", ["../../evil", "AB" * 32, "", "ab/cd"])
def test_a_capture_name_never_leaves_the_folder(report, tmp_path, key):
    record = report.records["5399000031"][0]
    finding = replace(record.finding, ref=replace(record.finding.ref, capture=key))
    report = replace(report, records={"5399000031": (replace(record, finding=finding),)}, capture=lambda key: b"never")
    write_dossier(report, report.registry.sites[4:5], tmp_path / "a" / "b" / "site.html")
    assert [path.name for path in tmp_path.rglob("*.html")] == ["site.html"]


def test_a_missing_capture_is_named_without_a_link(report, tmp_path):
    page = soup_of(mzj(replace(report, capture=lambda key: None), tmp_path))
    assert not page.find("a", string="页面快照")
    assert "快照 abababababab" in page.get_text()
    assert not (tmp_path / "captures").exists()


def test_one_site_dossier_is_called_after_the_site(report, tmp_path):
    page = soup_of(write_dossier(report, report.registry.sites[3:4], tmp_path / "tjj.html"))
    assert page.h1.get_text(strip=True) == "云川市统计局网站 检查档案"
    assert "没有扣分" in page.get_text()


def test_a_clean_site_needs_no_action(report, tmp_path):
    page = soup_of(write_dossier(report, report.registry.sites[:1], tmp_path / "a.html"))
    assert "本次检查未发现问题，无需处理。" in page.get_text()


def test_a_site_that_was_not_scored_stays_with_the_reason(report, tmp_path):
    cards = {key: card for key, card in report.cards.items() if key != "5399020001"}
    text = soup_of(write_city(replace(report, cards=cards), tmp_path)).get_text(" ", strip=True)
    assert "检查未完整：首页未能打开：连接超时" in text


def test_partial_run_is_marked_on_every_page(report, tmp_path):
    run = replace(report.run, state=RunState.PARTIAL, reason="按 Ctrl-C 中断")
    index = write_city(replace(report, run=run), tmp_path)
    for path in index.parent.glob("*.html"):
        text = path.read_text("utf-8")
        assert "本批次未完整结束" in text
        assert "按 Ctrl-C 中断" in text


def test_nothing_inspected_still_makes_a_page(empty_report, tmp_path):
    text = soup_of(write_city(empty_report, tmp_path)).get_text()
    assert "本次没有检查对象" in text
    assert "本次没有检查对象" in soup_of(write_dossier(empty_report, (), tmp_path / "x.html")).get_text()


def test_a_city_without_accounts_shows_no_empty_columns(report, tmp_path):
    sites_only = replace(report, city=replace(report.city, accounts=Tally()))
    heads = {
        name: len(soup_of(write_city(each, tmp_path / name)).select_one("div.wide table").select("thead th.num"))
        for name, each in (("all", report), ("sites", sites_only))
    }
    assert heads == {"all": 11, "sites": 6}


def test_targets_of_unknown_units_are_shown(report, tmp_path):
    registry = replace(report.registry, units=report.registry.units[:4])
    assert "未登记主办单位" in soup_of(write_city(replace(report, registry=registry), tmp_path)).get_text()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.gov.cn/", True),
        ("https://甲.政务/x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("http:", False),
        ("", False),
        ("http://[::1", False),
    ],
)
def test_linkable(url, expected):
    assert linkable(url) is expected


def test_a_dossier_to_send_is_one_file(report, tmp_path):
    from reports.sending import write_one_file

    target = report.registry.sites[2]
    record = next(item for item in report.records[target.id] if item.counts)
    picture = b"\x89PNG" + b"x" * 40
    key = "cd" * 32
    report = replace(
        report, pictures={record.fingerprint: key}, capture=lambda wanted: picture if wanted == key else None
    )
    page = write_one_file(report, [target], tmp_path / "one.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert "captures/" not in page
    assert not (tmp_path / "captures").exists()
    packed = zipfile.ZipFile(write_one_file(report, [target], tmp_path / "one.zip"))
    assert set(packed.namelist()) == {"检查档案.html", f"captures/{key}.png"}
