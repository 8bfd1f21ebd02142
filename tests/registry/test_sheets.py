"""Reading: formats, encodings, header rows, merged cells, footnotes, unreadable files."""

from datetime import date, datetime
from pathlib import Path

import pytest

from domain.errors import RegistryError
from domain.targets import Platform, Registry
from registry import build, read_file

DAY = date(2023, 4, 26)
UNITS = "单位名称,简称,类别,排序\n云川市教育局,市教育局,部门,3\n云川市政府办公室,,市本级,1\n和平区政府,,区县（市）,2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_encoding_offices_save_reads_the_same(load, encoding):
    result = load(UNITS, encoding=encoding)
    assert [unit.name for unit in result.registry.units] == ["云川市政府办公室", "和平区政府", "云川市教育局"]
    assert [str(unit.kind) for unit in result.registry.units] == ["市本级", "区县", "部门"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(load, delimiter):
    assert len(load(UNITS.replace(",", delimiter)).registry.units) == 3


def test_a_real_sheet_with_titles_merges_examples_and_footnotes(workbook):
    path = workbook(
        {
            "政务新媒体": [
                ["云川市政务新媒体报送表（2023年4月）"],
                ["填报单位：市政府办公室", "", "填报日期：2023.4.1"],
                ["序号", "*账号\n名称", "新媒体类型（必填）", "微信号", "责任单位", "联系电话", "开设时间"],
                ["例", "某某发布", "微信", "gh_x", "某某局", "", ""],
                [1, "云　川　发布\n", "微信公众号", "gh_abc", "云川市教育局", "13900000000", datetime(2019, 5, 1)],
                [2, "云川教育", "新浪微博", 1234567890, None, "", "2019年5月"],
                ["序号", "账号名称", "新媒体类型", "微信号", "责任单位", "联系电话", "开设时间"],
                [3, "云川视频", "哔哩哔哩", "0012", "云川市教育局", "", 43586],
                ["合计", 3],
                ["注：数据截至4月"],
            ],
            "Sheet2": [],
            "填写说明": [["请按要求填写"]],
            "工作台账": [["月份", "单位"], ["2023-04", "教育局"]],
        },
        merge=["A1:G1", "E5:E6"],
    )
    result = build(read_file(path), Registry(), as_of=DAY)
    assert result.problems == ()
    accounts = result.registry.accounts
    assert [(a.name, a.platform, a.platform_id) for a in accounts] == [
        ("云川发布", Platform.WECHAT, "gh_abc"),
        ("云川教育", Platform.WEIBO, "1234567890"),
        ("云川视频", Platform.BILIBILI, "0012"),
    ]
    assert {a.unit_id for a in accounts} == {"云川市教育局"}
    assert [a.valid_from for a in accounts] == [date(2019, 5, 1), date(2019, 5, 1), date(2019, 5, 1)]
    told = "\n".join(result.warnings)
    for words in ("“工作台账”是工作台账", "“填写说明”不是认识的表", "联系电话", "第 4 行是示例", "第 9 行是合计"):
        assert words in told


def test_an_old_xls_reads_like_an_xlsx():
    result = build(read_file(Path(__file__).with_name("accounts.xls")), Registry(), as_of=DAY)
    assert [(a.id, a.unit_id, a.valid_from) for a in result.registry.accounts] == [
        ("wechat:gh_0a1b2c3d4e5f", "云川市教育局", date(2019, 5, 1)),
        ("weibo:1234567890", "云川市教育局", date(2019, 5, 2)),
    ]


def test_a_hidden_sheet_is_left_out_and_said(workbook):
    path = workbook({"单位": [["单位名称"], ["甲局"]], "网站": [["首页网址"], ["http://a.gov.cn"]]}, hidden=["网站"])
    result = build(read_file(path), Registry(), as_of=DAY)
    assert result.registry.sites == ()
    assert any("隐藏" in warning for warning in result.warnings)


def test_one_unit_one_sheet_is_one_list(workbook):
    head = ["账号名称", "平台", "账号ID", "主办单位"]
    path = workbook({"教育局": [head, ["甲", "微信", "a", "教育局"]], "民政局": [head, ["乙", "微信", "a", "民政局"]]})
    (problem,) = build(read_file(path), Registry(), as_of=DAY).problems
    assert problem.startswith("“民政局”第 2 行“账号ID”列：与“教育局”第 2 行重复")


def test_a_telephone_list_is_no_unit_sheet(workbook):
    path = workbook({"通讯录": [["单位名称", "联系人"], ["甲局", "张三"]], "单位": [["单位名称"], ["乙局"]]})
    assert [unit.name for unit in build(read_file(path), Registry(), as_of=DAY).registry.units] == ["乙局"]


def test_a_named_sheet_without_header_is_a_problem(load):
    (problem,) = load("名字,地址\n1,2\n", name="网站.csv").problems
    assert "前 10 行没有找到表头" in problem
    assert "首页网址" in problem


def test_a_header_written_twice_is_refused(load):
    (problem,) = load("网站名称,首页网址,首页网址\n甲,http://a.gov.cn,http://b.gov.cn\n").problems
    assert "第 1 行表头“首页网址”出现了两次" in problem


def test_only_a_header_changes_nothing(load):
    current = load("网站名称,首页网址,主办单位\n甲,http://a.gov.cn,局\n").registry
    with pytest.raises(RegistryError, match="没有可导入的行"):
        load("网站名称,首页网址,主办单位\n", current)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04rubbish", "不是完好的表格文件"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 3000, "不是完好的表格文件"),
        ("a.xls", b"<html><table><tr><td>1", "其实是网页"),
        ("a.csv", bytes(range(256)) * 20, "文字编码"),
        ("a.csv", b"", "没有可导入的行"),
        ("a.csv", '首页网址,网站名称\nhttp://a.gov.cn,"甲\nhttp://b.gov.cn,乙\n'.encode(), "引号不成对"),
        ("a.pdf", b"%PDF-1.7", "不认识 a.pdf 的格式"),
        ("a.yaml", "网站: [\n".encode(), "不是正确的 YAML"),
        ("a.yaml", b"", "是空的"),
        ("a.yaml", b"[" * 5000, "嵌套过深"),
    ],
)
def test_an_unreadable_file_is_one_sentence(load, name, data, words):
    with pytest.raises(RegistryError, match=words):
        load(data, name=name)


def test_a_missing_file_and_an_empty_folder(tmp_path):
    with pytest.raises(RegistryError, match="打不开文件"):
        read_file(tmp_path / "none.xlsx")
    with pytest.raises(RegistryError, match="找不到文件"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(RegistryError, match="没有 CSV 文件"):
        read_file(tmp_path)


def test_a_value_in_the_far_corner_does_not_eat_the_memory(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "首页网址", 1
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(RegistryError, match="XFD1048576"):
        read_file(tmp_path / "far.xlsx")


def test_yaml_keeps_ids_and_refuses_duplicate_keys_with_lines(load):
    text = "网站:\n- 网站标识码: 0100000001\n  首页网址: http://a.gov.cn\n  主办单位: 教育局\n"
    assert load(text, name="a.yaml").registry.sites[0].id == "0100000001"
    with pytest.raises(RegistryError) as caught:
        load(text + "  首页网址: http://b.gov.cn\n网站: []\n", name="a.yaml")
    assert caught.value.problems == (
        "第 6 行：“网站”与第 1 行重复；请删去一个",
        "第 5 行：“首页网址”与第 3 行重复；请删去一个",
    )


def test_yaml_rows_are_named_by_line(load):
    result = load("accounts:\n- 账号名称: 甲\n  平台: 微信\n- 账号名称: ''\n  平台: 微信\n", name="a.yaml")
    assert [problem.split("：")[0] for problem in result.problems] == ["“账号”第 4 行“账号名称”列"]


def test_cut_off_workbooks_never_end_in_a_traceback(tmp_path):
    whole = Path(__file__).with_name("accounts.xls").read_bytes()
    for length in range(600, len(whole) - 100, 97):
        (tmp_path / "a.xls").write_bytes(whole[:length])
        with pytest.raises(RegistryError):
            read_file(tmp_path / "a.xls")
