"""Who runs a site, how to reach it, and its numbers of record, in the forms footers have."""

from datetime import datetime

import pytest

from crawler.parsing.page import read_page
from domain.captured import Marks
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
BODY = "<p>会议主办单位：平山县残联，联系电话：0311-82900001，请各乡镇认真落实，压实责任，确保按期完成。</p>" * 3


def marks(footer: str, body: str = BODY, url: str = "http://www.pingshan.gov.cn/xw/a.html") -> Marks:
    html = f"<html><head><meta charset=utf-8><title>平山县召开会议</title></head><body><div class=nav><a href=/>首页</a></div><h1>平山县召开会议</h1>{body}<div class=footer>{footer}</div></body></html>"
    return read_page(html.encode(), url, AS_OF).marks


@pytest.mark.parametrize("region", "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘陇青宁新")
@pytest.mark.parametrize("form", ["{}ICP备13000001号", "{}ICP备13000001号-2", "{}ICP备：13000001号", "{} ICP 备 13000001号", "{}icp备2023000001号-1"])  # fmt: skip
def test_every_region_has_its_letter(region: str, form: str) -> None:
    found = marks(f"<p>{form.format(region)} {region}公网安备 13013102000001号</p>")
    assert found.icp == form.format(region)
    assert found.police == f"{region}公网安备 13013102000001号"


@pytest.mark.parametrize(
    ("footer", "sponsor"),
    [
        ("平山县人民政府办公室主办", "平山县人民政府办公室"),
        ("<p>平山县人民政府办公室主办　平山县数据局承办</p>", "平山县人民政府办公室"),
        ("<p>平山县委、平山县政府 主办</p>", "平山县委、平山县政府"),
        ("<span>主办：平山县住房和城乡建设局</span><span>承办单位：平山县数据局</span>", "平山县住房和城乡建设局"),
        ("主办单位：平山县教育局 技术支持：某某公司", "平山县教育局"),
        ("主办单位: 平山县教育局网站标识码：1301310001", "平山县教育局"),
        ("<span>主办单位：平山县教育局</span><span>建设维护单位：平山县数据局</span>", "平山县教育局"),
        ("主办单位：中共平山县委宣传部 平山县文化局 | 联系我们", "中共平山县委宣传部 平山县文化局"),
        ("主办单位：平山县教育局　冀ICP备13000001号", "平山县教育局"),
        ("主管单位：平山县教育局<br>Copyright 2023", "平山县教育局"),
        ("版权所有：平山县教育局", ""),
        ("Copyright © 平山县教育局 All Rights Reserved", ""),
        ("", ""),
    ],
)
def test_sponsors(footer: str, sponsor: str) -> None:
    assert marks(footer).sponsor == sponsor


@pytest.mark.parametrize(("footer", "contact"), [("联系电话：0311-82901234", "0311-82901234"), ("<a href=/lx>联系我们</a>", ""), ("", ""), ("值班电话：82901234", "82901234"), ("邮箱：a@pingshan.gov.cn", "a@pingshan.gov.cn")])  # fmt: skip
def test_the_telephone_of_a_notice_is_not_that_of_the_site(footer: str, contact: str) -> None:
    assert marks(footer).contact == contact


@pytest.mark.parametrize("label", ["网站标识码：", "网站识别码：", "标志码 ", "政府网站标识码:"])
def test_site_codes(label: str) -> None:
    assert marks(f"{label}1301310001").site_code == "1301310001"


def test_what_is_shown_goes_before_what_another_window_shows() -> None:
    both = marks("<p>冀ICP备13000001号</p><p style='display:none'>冀ICP备13000009号</p>")
    assert both.icp == "冀ICP备13000001号"


def test_a_home_page_may_say_it_anywhere() -> None:
    found = marks(
        "", body="<p>主办单位：平山县教育局</p><p>联系电话：0311-82901234</p>", url="http://www.pingshan.gov.cn/"
    )
    assert (found.sponsor, found.contact) == ("平山县教育局", "0311-82901234")
