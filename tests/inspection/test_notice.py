"""The notice as a document: structure, sources of every number, gaps, contradictions, templates of strangers."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from notice_reading import paragraphs, unsourced

from checks.rules.rulebook import load_rules
from domain.errors import ConfigError, UsageError
from inspection.periods.notices import Made, notice_of_file, write_notice
from reports.notice import rendering
from reports.notice.docx import TEMPLATES, write_docx
from reports.notice.settings import load_settings

APRIL = Path(__file__).parent / "notices" / "april.yaml"


def made(path: Path = APRIL, family: str = "") -> Made:
    return notice_of_file(path, load_rules(), load_settings(), family=family)


def changed(folder: Path, **changes: Any) -> Path:
    data = yaml.safe_load(APRIL.read_text(encoding="utf-8")) | changes
    (folder / "facts.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder / "facts.yaml"


def test_the_notice_of_april_has_the_structure_and_the_numbers_of_the_real_one(tmp_path: Path) -> None:
    out, sidecar = write_notice(made(), tmp_path / "通报.docx", None)
    text = paragraphs(out)
    heads = [line.partition("。")[0] for line in text if re.match(r"[一二三]、|（[一二三四]）|\d\.", line)]
    assert heads == [
        "一、总体情况", "（一）政府网站检查情况", "1.区县政府门户网站", "2.部门网站",
        "（二）政务新媒体检查情况", "（三）“我为政府网站找错”留言办理情况", "（四）信息报送情况",
        "二、主要问题", "（一）网站信息更新不及时", "（二）发布审核不够严格", "（三）政务新媒体运维不到位",
        "三、工作要求", "（一）先审后发", "（二）定期自查",
    ]  # fmt: skip
    body = "".join(text)
    for said in (
        "政府网站共56家，检查比例为100%", "无扣分点的网站54家，占96%", "13家区县政府门户网站全部满分", "满分的部门网站40家",
        "政务新媒体共273个", "网民留言6条", "属实2条，涉及4个单位", "信息45条，被采用32条", "市民政局、市统计局网站有部分栏目超期未更新",
        "东渡区政府、枫林区政府、白鹭县政府个别政务新媒体的推文有错别字", "市营商局“云川政务服务”抖音号属临期更新", "2023年5月10日前", "2023年5月4日",
    ):  # fmt: skip
        assert said in body, said
    assert unsourced(out, sidecar) == []


def test_a_number_without_a_source_would_be_seen(tmp_path: Path) -> None:
    out, sidecar = write_notice(made(), tmp_path / "a.docx", None)
    document = Document(str(out))
    document.add_paragraph("另有12家网站满分。")
    document.save(str(out))
    assert unsourced(out, sidecar) == ["1", "2"]


@pytest.mark.parametrize("family", ["monthly", "short"])
def test_sections_without_data_vanish_with_their_numbers(family: str, tmp_path: Path) -> None:
    figures = [{"kind": "accounts.registered", "n": 30}, {"kind": "accounts.passed", "n": 30, "of": 30}]
    notice = made(changed(tmp_path, figures=figures, named=[], remarks=[]), family).notice
    told = [(part.number, part.key) for section in notice.sections for part in section.walk()]
    assert told == [("一、", ""), ("（一）", "accounts"), ("二、", "requirements")]
    assert "【待补充：工作要求】" in "".join(s.text for _, s in notice.sentences())


def test_zero_is_said_only_where_somebody_counted_zero(tmp_path: Path) -> None:
    base = [{"kind": "sites.registered", "n": 3}, {"kind": "sites.passed", "n": 3, "of": 3}]

    def text(*more: dict[str, Any]) -> str:
        notice = made(changed(tmp_path, figures=[*base, *more], named=[])).notice
        return "".join(s.text for _, s in notice.sentences())

    assert "未收到" not in text()
    assert "本期未收到网民留言" in text({"kind": "messages.received", "n": 0})
    assert "全部合格" in text()
    assert "全部合格" not in text({"kind": "sites.unknown", "n": 1, "of": 4}, {"kind": "sites.inspected", "n": 4})
    assert "另有1家未能判定" in text({"kind": "sites.unknown", "n": 1, "of": 4}, {"kind": "sites.inspected", "n": 4})


_FULL = {"kind": "sites.inspected", "n": 56, "of": 56}, {"kind": "sites.passed", "n": 56, "of": 56}


@pytest.mark.parametrize(
    ("figures", "veto", "said"),
    [
        ([*_FULL, {"kind": "sites.clean", "n": 56, "of": 56}], False, "又点名市民政局；"),
        ([*_FULL], True, "又点名市民政局不合格"),
        (
            [{"kind": "sites.registered", "n": 56}, {"kind": "sites.inspected", "n": 50, "of": 55}],
            False,
            "登记的网站是 56",
        ),
        ([_FULL[0], {"kind": "sites.passed", "n": 50, "of": 50}], False, "检查的网站是 56"),
        ([_FULL[0], {"kind": "sites.passed", "n": 50}, {"kind": "sites.clean", "n": 54}], False, "多于合格的 50"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(
    figures: list[dict[str, Any]], veto: bool, said: str, tmp_path: Path
) -> None:
    named = [{"check": "column.stale", "unit": "市民政局", "veto": veto}]
    faults = made(changed(tmp_path, figures=figures, named=named)).notice.faults
    assert any(said in fault for fault in faults), faults


def test_etc_never_follows_all_names(tmp_path: Path) -> None:
    units = [{"check": "column.stale", "unit": f"单位{chr(0x4E00 + n)}"} for n in range(20)]

    def text(count: int) -> str:
        return "".join(s.text for _, s in made(changed(tmp_path, named=units[:count])).notice.sentences())

    assert "等" not in re.search(r"单位一.*?超期", text(14))[0]
    assert re.search(r"单位一.*等15个单位网站", text(15))


def test_names_behind_a_figure_are_written_out_and_examples_are_marked(tmp_path: Path) -> None:
    figures = [
        {"kind": "sites.clean", "scope": "level/区县门户", "n": 11, "of": 13},
        {"kind": "sites.deducted", "scope": "level/部门", "n": 4, "of": 43},
        {"kind": "sites.clean", "scope": "level/部门", "n": 39, "of": 43},
    ]
    areas = [f"{name}区" for name in "甲乙丙丁戊己庚辛壬癸子"]
    lists = [{"kind": "sites.clean", "scope": "level/区县门户", "names": areas}]
    lists += [{"kind": "sites.deducted", "scope": "level/部门", "names": ["市甲局", "市乙局"]}]
    notice = made(changed(tmp_path, figures=figures, named=[], lists=lists)).notice
    text = "".join(s.text for _, s in notice.sentences())
    assert f"满分的区县政府门户网站11家。具体为{'、'.join(areas)}。" in text
    assert "满分的部门网站39家。有扣分点的为市甲局、市乙局等4个。" in text
    assert notice.faults == ()


WRONG = {
    "sums": ([{"kind": "sites.registered", "n": 5}, {"kind": "sites.registered", "scope": "level/甲", "n": 6}], "合计 6，与总数 5 不符"),
    "rates": ([{"kind": "sites.passed", "n": 437, "of": 461, "printed": "95.0"}], "应为 94.8%"),
    "verdicts": ([{"kind": "sites.inspected", "n": 9}, {"kind": "sites.passed", "n": 5, "of": 9}, {"kind": "sites.failed", "n": 5, "of": 9}], "合计 10，与检查数 9 不符"),
    "more inspected": ([{"kind": "sites.registered", "n": 5}, {"kind": "sites.inspected", "n": 6}], "多于登记的 5 个"),
    "messages": ([{"kind": "messages.received", "n": 2}, {"kind": "messages.true", "n": 3}], "多于 messages.received 的 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_contradictions_block_the_document_until_somebody_says_why(name: str, tmp_path: Path) -> None:
    figures, said = WRONG[name]
    notice = made(changed(tmp_path, figures=figures, named=[]))
    assert len(notice.notice.faults) == 1
    assert said in notice.notice.faults[0]
    with pytest.raises(ConfigError, match="自相矛盾") as caught:
        write_notice(notice, tmp_path / "a.docx", None)
    assert caught.value.problems == notice.notice.faults
    assert not (tmp_path / "a.docx").exists()
    _, sidecar = write_notice(notice, tmp_path / "a.docx", None, "按原件照录")
    assert json.loads(sidecar.read_text(encoding="utf-8"))["despite"] == "按原件照录"


def test_more_names_than_counted_and_names_twice(tmp_path: Path) -> None:
    figures = [{"kind": "sites.clean", "scope": "level/区县门户", "n": 2, "of": 13}]
    path = changed(
        tmp_path,
        figures=figures,
        named=[],
        lists=[{"kind": "sites.clean", "scope": "level/区县门户", "names": ["甲区", "乙区", "乙区"]}],
    )
    faults = " ".join(made(path).notice.faults)
    assert "重名：乙区" in faults
    assert "列出 3 个名字，多于 2 个" in faults


def template(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_an_office_may_use_its_own_template(tmp_path: Path) -> None:
    own = template(
        tmp_path,
        "{{ title }}",
        "{%p for s in sections if s.level == 1 %}",
        "第{{ loop.index }}部分 {{ s.title }}",
        "{%p endfor %}",
    )
    write_docx(replace(made().notice, tables=()), tmp_path / "out.docx", own)
    assert paragraphs(tmp_path / "out.docx") == [
        "关于2023年第四次检查情况的通报",
        "第1部分 总体情况",
        "第2部分 主要问题",
        "第3部分 工作要求",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ nothing }}", "没有的字段"),
        ("{{ title.__class__.__mro__ }}", "不允许|没有的字段"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "不允许|没有的字段"),
        ("{% for n in range(100000) %}x{% endfor %}", "没有的字段"),
        ("{{ title ", "标记写错|不能填写"),
        ("{% if title %}", "标记写错"),
        ("{{ sections.pop() }}{{ cycler.__init__.__globals__ }}", "没有的字段|不允许"),
        ("{{ 1/0 }}", "不能填写"),
        ("{{ 'a' * 10**9 }}", "不允许"),
        ("{{ 'a'.center(10 ** 9) }}", "不允许|没有的字段"),
        ("{{ 'a'.center(999999999) }}", "不允许|没有的字段"),
        ("{{ 'a' | center(999999999) }}", "标记写错"),
        ("{{ '%999999999d' % 1 }}", "不允许"),
        ("{% set x = 'a' * 3 %}", "不允许"),
    ],
)  # fmt: skip
def test_a_template_with_code_or_faults_is_one_sentence(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        write_docx(made().notice, tmp_path / "out.docx", template(tmp_path, line))
    assert "own.docx" in str(caught.value)
    assert not (tmp_path / "out.docx").exists()


def test_a_template_that_never_ends_or_fills_the_memory_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "SECONDS", 4)
    loops = "{% for n in title %}" * 9 + "x" + "{% endfor %}" * 9
    with pytest.raises(ConfigError, match=r"超过 4 秒|内存"):
        write_docx(made().notice, tmp_path / "out.docx", template(tmp_path, loops))
    double = "{% set x = title %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}"
    with pytest.raises(ConfigError, match=r"超过 4 秒|内存"):
        write_docx(made().notice, tmp_path / "out.docx", template(tmp_path, double))
    assert not (tmp_path / "out.docx").exists()


def test_what_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("hello")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 60_000_000)
    for name, said in (("a.docx", "不是 .docx"), ("none.docx", "不存在"), ("bomb.docx", "60 MB")):
        with pytest.raises(ConfigError, match=said):
            write_docx(made().notice, tmp_path / "out.docx", tmp_path / name)
    with pytest.raises(UsageError, match=r"\.docx"):
        write_notice(made(), tmp_path / "out.pdf", None)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    named = [
        {"check": "account.near_due", "unit": "<w:p/>&{{ title }}局", "target": "a\u0007{% for %}", "platform": "抖音"}
    ]
    out, _ = write_notice(made(changed(tmp_path, named=named)), tmp_path / "a.docx", None)
    assert any("<w:p/>&{{ title }}局“a {% for %}”抖音号属临期更新" in line for line in paragraphs(out))


def test_the_templates_are_those_of_the_script() -> None:
    from tools.notice_templates import build

    for name, head in (("monthly", True), ("short", False)):
        shipped = [item.text for item in Document(str(TEMPLATES / f"{name}.docx")).paragraphs]
        assert shipped == [item.text for item in build(head).paragraphs], "run python -m tools.notice_templates"


FAULTY_SETTINGS = {
    "unknown: 1": "不认识的键“unknown”",
    "grades: [{most: 2, word: 个别}]": "最后一行不写 most",
    "printing: {default: {mode: up}}": "half_up",
    "phrases: {sites.passed: '共{sites.nothing}家'}": r"不认识的写法 {sites.nothing}",
    "phrases: {sites.passed: '共56家'}": "写死数字",
    "most_named: 多": "同一种类",
    "families: {mine: {title: a}}": "template",
    "families: {mine: {title: a, template: short.docx, sections: [{key: nothing, title: b}]}}": "没有部分“nothing”",
    "a: [": "不是正确的 YAML",
    "- a": "键: 值",
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTY_SETTINGS)
def test_faulty_settings_of_an_office_are_told_with_their_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "notice.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"notice\.yaml") as caught:
        load_settings(tmp_path / "notice.yaml")
    assert FAULTY_SETTINGS[text] in " ".join((str(caught.value), *caught.value.problems))


def test_an_office_may_add_a_family_and_change_words(tmp_path: Path) -> None:
    (tmp_path / "notice.yaml").write_text(
        "grades: [{most: 2, word: 个别}, {most: 5, word: 少数}, {word: 部分}]\n"
        "families: {quarterly: {template: short.docx, title: '{inspection}通报', sections: [{key: scores, title: 网站得分}]}}\n",
        encoding="utf-8",
    )
    settings = load_settings(tmp_path / "notice.yaml")
    assert [settings.grade(n) for n in (1, 2, 3, 5, 6)] == ["个别", "个别", "少数", "少数", "部分"]
    figures = [
        {"kind": "scores.mean", "n": 1181160, "of": 102, "digits": 1},
        {"kind": "scores.band", "scope": "band/≥120", "n": 9},
    ]
    notice = notice_of_file(
        changed(tmp_path, figures=figures, named=[]), load_rules(), settings, family="quarterly"
    ).notice
    assert "平均得分115.8分。120分以上的9家。" in "".join(s.text for _, s in notice.sentences())
    with pytest.raises(ConfigError, match="monthly、short"):
        made(APRIL, "yearly")
