"""QR codes of accounts: which pictures are looked at, and what they say."""

import io

import pytest
from PIL import Image

from crawler.parsing.services.code_pictures import code_pictures, matrix_pages
from crawler.site_facts.qr_codes import read_code

zxingcpp = pytest.importorskip("zxingcpp")
WECHAT, WEIBO = "http://weixin.qq.com/r/PkxCrQLE", "https://weibo.com/u/7803301701"


def picture(text: str, scale: int = 4, kind: str = "PNG", mode: str = "L") -> bytes:
    """A code as a picture file."""
    drawn = Image.fromarray(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=scale)).convert(
        mode
    )
    out = io.BytesIO()
    drawn.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_codes_are_read_from_every_kind_of_picture(kind: str) -> None:
    assert read_code(picture(WECHAT, kind=kind)) == WECHAT


def test_a_code_drawn_on_nothing_and_one_with_chinese_text() -> None:
    drawn = Image.open(io.BytesIO(picture(WEIBO))).convert("L")
    clear = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=drawn.point(lambda value: 255 - value))
    out = io.BytesIO()
    clear.save(out, "PNG")
    assert read_code(out.getvalue()) == WEIBO
    assert read_code(picture("#小程序://市民服务/abc")) == "#小程序://市民服务/abc"


def test_other_pictures_say_nothing() -> None:
    plain, banner = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(plain, "PNG")
    Image.new("RGB", (900, 90), "white").save(banner, "PNG")
    for body in (b"", b"<svg/>", b"GIF89a", picture(WECHAT)[:200], plain.getvalue(), banner.getvalue()):
        assert read_code(body) == ""


def test_only_pictures_with_telling_words_names_or_surroundings_are_chosen() -> None:
    page = """
    <img src="/logo.png" alt="某市人民政府"><img src="/banner.jpg" width="1200" height="90" alt="公众号">
    <img src="/a/1.png" alt="官方微信二维码"><img src="/a/ewm.jpg"><img src="/icon/weixin.png" width="24" height="24">
    <div><p>扫一扫，关注云州发布</p><img data-src="//img.example.gov.cn/x9.png"></div>
    <div>这里是一段很长的新闻，说的是市政府新办的微信公众号已经上线，欢迎广大市民关注，以后还会有更多内容发布出来。<img src="/n.jpg"></div>
    <img src="/a/1.png" alt="官方微信二维码"><img src="/qrcode.svg"><img src="/worldwxy.png">"""
    found = code_pictures(page, "http://www.example.gov.cn/index.html", 10)
    assert [item.url for item in found] == [
        "http://www.example.gov.cn/a/1.png",
        "http://www.example.gov.cn/a/ewm.jpg",
        "http://img.example.gov.cn/x9.png",
    ]
    assert found[0].words == "官方微信二维码"
    assert found[2].words == "扫一扫，关注云州发布"
    assert len(code_pictures(page, "http://www.example.gov.cn/", 1)) == 1


def test_pages_that_collect_accounts() -> None:
    page = '<a href="/xmtjz/">政务新媒体矩阵</a><a href="/news/">新闻</a><a href="/n/1.html">我市召开新媒体工作会议，部署下一阶段重点任务</a>'
    assert list(matrix_pages(page, "http://www.example.gov.cn/")) == ["http://www.example.gov.cn/xmtjz/"]
