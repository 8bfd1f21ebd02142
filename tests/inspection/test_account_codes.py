"""The whole way of a QR code: from a page of a site through the crawl and the store to account.unregistered."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from answering import answering
from offices import Office, opened_office
from PIL import Image

from crawler.site_facts import qr_codes as codes
from democity.city import build_city
from domain.findings import FindingRecord, Unjudged
from domain.targets import Account, Platform, Registry, Site
from inspection.judging.run import Outcome

zxingcpp = pytest.importorskip("zxingcpp")
WECHAT, WEIBO, DOUYIN = (
    "http://weixin.qq.com/r/PkxCrQLE",
    "https://weibo.com/u/7803301701",
    "https://v.douyin.com/iAbCd/",
)
BILIBILI = "https://space.bilibili.com/900412"


def picture(text: str) -> bytes:
    """A code as a PNG file."""
    out = io.BytesIO()
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    Image.fromarray(drawn).save(out, "PNG")
    return out.getvalue()


@dataclass
class Town:
    """A site whose pages show codes."""

    port: int = 0
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, bytes, str]:
        inline = base64.b64encode(picture("https://space.bilibili.com/900412")).decode()
        pages = {
            "/": '<title>某市</title><h1>某市人民政府</h1><a href="/xmt/">新媒体矩阵</a><img src="/wx.png" alt="云州发布微信公众号">'
            '<img src="/broken/ewm.png"><img src="/photo.jpg" alt="会议">',
            "/xmt/": f'<title>新媒体矩阵</title><h1>新媒体矩阵</h1><div>官方微博<img src="/code/1.png"></div>'
            f'<div>官方抖音<img src="/code/2.png"></div><div>B站 哔哩哔哩二维码<img src="data:image/png;base64,{inline}"></div>',
        }
        pictures = {"/wx.png": WECHAT, "/code/1.png": WEIBO, "/code/2.png": DOUYIN}
        if path in pages:
            return 200, f"<html><body>{pages[path]}</body></html>".encode(), "text/html; charset=utf-8"
        return (200, picture(pictures[path]), "image/png") if path in pictures else (404, b"", "text/html")


@pytest.fixture
def town() -> Iterator[Town]:
    with answering(Town()) as town:
        yield town


@pytest.fixture
def office(town: Town, tmp_path: Path) -> Iterator[Office]:
    site = Site("2101000001", "云州市人民政府", f"http://127.0.0.1:{town.port}/", "市政府")
    known = Account("wechat:gh_1", "云州发布", Platform.WECHAT, "市政府", "gh_1")
    registry = Registry(
        sites=(site,), accounts=(known, Account("weibo:1", "云州发布", Platform.WEIBO, "市政府", "7803301701"))
    )
    with opened_office(tmp_path, registry, build_city("small", sites=1)) as office:
        yield office


def told(outcome: Outcome) -> tuple[list[FindingRecord], list[Unjudged]]:
    judged = outcome.judged["2101000001"]
    found = [record for record in judged.records if record.finding.check == "account.unregistered"]
    return found, [item for item in judged.unjudged if item.check == "account.unregistered"]


def inspect(office: Office, **settings: object) -> Outcome:
    return office.inspect(check_search=False, check_ipv6=False, check_outside=False, **settings)


def test_codes_of_accounts_are_compared_with_the_registry(office: Office, town: Town) -> None:
    outcome = inspect(office)
    (found,), (open_question,) = told(outcome)
    assert found.finding.ref.url == BILIBILI  # the WeChat code names a registered account, the Weibo id is registered
    assert (found.finding.candidate, found.finding.facts["way"]) == (True, "二维码")
    assert found.finding.found_on == (f"http://127.0.0.1:{town.port}/xmt/",)
    assert open_question.ref.url == DOUYIN
    assert "抖音二维码（旁边文字“官方抖音”）" in open_question.reason
    (ended,) = office.store.site_runs(outcome.run.id)
    assert {code.text for code in ended.codes or ()} == {WECHAT, WEIBO, DOUYIN, BILIBILI}


def test_switched_off_nothing_is_looked_at(office: Office) -> None:
    outcome = inspect(office, check_codes=False)
    assert told(outcome) == ([], [])
    (ended,) = office.store.site_runs(outcome.run.id)
    assert ended.codes is None


def test_without_the_decoder_nothing_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes.importlib.util, "find_spec", lambda name: None)
    assert not codes.can_decode()
