"""Bot walls by signature, attachments by their first bytes."""

import pytest

from crawler.fetch.file_types import file_signals
from crawler.fetch.walls import wall_of

SCRIPT = b"<html><script>var a=1;document.cookie='x';location.reload()</script></html>"
PAGE = ("<p>" + "市政府召开会议研究部署工作。" * 60 + "</p>").encode()


@pytest.mark.parametrize(
    ("status", "headers", "body", "name"),
    [
        (412, {}, SCRIPT, "ruishu"),
        (202, {}, SCRIPT, "ruishu"),
        (521, {"set-cookie": "__jsluid_s=1"}, SCRIPT, "jiasule"),
        (403, {"cf-mitigated": "challenge"}, b"", "cloudflare"),
        (503, {}, b"<title>Just a moment...</title>", "cloudflare"),
        (200, {}, b"<script>arg1='x';document.cookie='acw_sc__v2=1'</script>", "aliyun"),
        (403, {}, "<p>创宇盾 拦截了您的请求</p>".encode("gb18030"), "chuangyu"),
        (200, {}, "<p>请完成安全验证</p>".encode(), "captcha"),
        (200, {}, PAGE, ""),
        (200, {}, PAGE + b"<script src='https://challenges/cdn-cgi/challenge-platform/x.js'></script>", ""),
        (404, {}, b"<h1>404</h1>", ""),
        (503, {}, b"<h1>busy</h1>", ""),
        (202, {}, b"accepted", ""),
    ],
)
def test_walls(status: int, headers: dict[str, str], body: bytes, name: str) -> None:
    assert wall_of(status, headers, body) == name


@pytest.mark.parametrize(
    ("name", "body", "signals"),
    [
        ("a.pdf", b"%PDF-1.7", ()),
        ("a.pdf", b"\n\n%PDF-1.4", ()),
        ("a.pdf", b"<html>", ("bad_type",)),
        ("a.PDF?x=1", b"", ("empty",)),
        ("a.docx", b"PK\x03\x04", ()),
        ("a.doc", b"<html><table>", ()),
        ("a.xls", b"\xd0\xcf\x11\xe0", ()),
        ("a.zip", b"<!doctype html>", ("bad_type",)),
        ("a.jpg", b"RIFF....WEBP", ()),
        ("a.png", b"<html>", ("bad_type",)),
        ("a.html", b"", ()),
        ("download.jsp", b"%PDF", ()),
    ],
)
def test_files(name: str, body: bytes, signals: tuple[str, ...]) -> None:
    assert file_signals(f"http://a.cn/{name}", body, len(body)) == signals
