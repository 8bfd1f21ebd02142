"""What stands before a date, and what it makes of it."""

import pytest

from crawler.parsing.dates.labels import Label, label_of
from crawler.parsing.html.lines import read_lines
from crawler.parsing.html.table_heads import column_heads
from crawler.parsing.html.tree import build

LABELS = [
    ("发布时间:", Label.PUBLISHED),
    ("发 布 时间:", Label.PUBLISHED),
    ("[发布日期] ", Label.PUBLISHED),
    ("来源:市教育局发布时间:", Label.PUBLISHED),
    ("公开时间 ", Label.PUBLISHED),
    ("转载时间:", Label.PUBLISHED),
    ("信息提供日期:", Label.PUBLISHED),
    ("發佈日期:", Label.PUBLISHED),
    ("提交于 ", Label.PUBLISHED),
    ("Posted on ", Label.PUBLISHED),
    ("日期:", Label.BARE),
    ("来源:市卫生健康委时间:", Label.BARE),
    ("时 间:", Label.BARE),
    ("[信息时间:", Label.BARE),
    ("更新时间:", Label.UPDATED),
    ("成文 日期:", Label.WRITTEN),
    ("发文日期:", Label.WRITTEN),
    ("会议时间:", Label.OTHER),
    ("最近浏览:", Label.OTHER),
    ("原文发布时间:", Label.OTHER),
    ("首次公告日期:", Label.OTHER),
    ("结果公布时间:", Label.OTHER),
    ("网上报名时间", Label.OTHER),
    ("索引号:", Label.OTHER),
    ("来源:", Label.NONE),
    ("来源:市政府 ", Label.NONE),
    ("浏览次数:320 ", Label.NONE),
    ("中国政府网 ", Label.NONE),
    ("(", Label.NONE),
    ("", Label.NONE),
]


@pytest.mark.parametrize(("before", "wanted"), LABELS)
def test_labels(before: str, wanted: Label) -> None:
    assert label_of(before) is wanted


def test_a_cell_stands_under_its_column_unless_it_has_a_label_of_its_own() -> None:
    tree = build(
        "<body><table><tr><th>成文日期</th><th>公开日期</th></tr><tr><td>2023-03-01</td><td>2023-04-20</td></tr></table>"
        "<table><tr><th>环节</th><th>日期</th></tr><tr><td>报名时间</td><td>2023-05-01</td></tr></table></body>"
    )
    lines = read_lines(tree, tree.body, len(tree.tags))
    heads = {lines[number].text: name for number, name in column_heads(tree, lines).items()}
    assert heads == {"2023-03-01": "成文日期", "2023-04-20": "公开日期", "报名时间": "环节"}
