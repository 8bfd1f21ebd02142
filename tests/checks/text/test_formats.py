"""Faults of form."""

import pytest

from checks.text.formats import check_formats, check_names


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("会议定于2023年2月30日召开。", "2023年2月30日"),
        ("活动于4月31日举行。", "4月31日"),
        ("发布日期2023-13-05。", "2023-13-05"),
        ("2023年4月26日(星期四)召开会议。", "2023年4月26日(星期四)"),
        ("全市完成投资12.5%%。", "5%%"),
        ("印发《关于加强管理的通知,请遵照执行。", "《"),
        ("各单位要高度重视,,认真落实。", ",,"),
        ("请按时报送。,谢谢。", "。,"),
        ("总面积1200平方平方米。", "0平方平方米"),
    ],
)
def test_faults_are_found(text, wrong):
    text = text.replace(",", "\uff0c") if "1,2" not in text else text
    assert wrong.replace(",", "\uff0c") in [hit.text for hit in check_formats(text)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年4月26日(星期三)召开会议。",
        "2月29日是闰日。",
        "(一)总体要求。1)加强领导;2)落实责任。",
        "他说:“我们一定按时完成。",
        "省略号。。。。。。不算重复标点。",
        "增长12.5%,提高3个百分点,完成1,234,567元。",
        "电话010-1234-5678,文号沈政发〔2023〕1号。",
        "地址:沈河区(近地铁站)。",
    ],
)
def test_ordinary_text_passes(text):
    assert check_formats(text) == []


def test_a_name_spelt_two_ways_in_one_document():
    paragraphs = ["市长王晓明指出问题。", "市长王晓明强调落实。", "会上,市长王晓明要求整改。", "市长王晓鸣表示感谢。"]
    found = check_names(paragraphs)
    assert [hit.text for row in found for hit in row] == ["王晓鸣"]
    assert found[3][0].suggestion == "王晓明"
    assert check_names(paragraphs[:3]) == [[], [], []]
