"""Every charset in every disguise."""

import codecs

import pytest

from crawler.parsing.html.charsets import decode

TEXT = (
    "<html><head>{meta}<title>通知公告</title></head><body>"
    + "清河市人民政府办公室关于做好春季防火工作的通知" * 3
    + "</body></html>"
)


def page(charset: str, declared: str = "") -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return TEXT.format(meta=meta).encode(charset)


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (page("utf-8", "utf-8"), "", "utf-8"),
        (page("utf-8"), "", "utf-8"),
        (page("utf-8"), "text/html; charset=gb2312", "utf-8"),
        (page("utf-8", "gbk"), "", "utf-8"),
        (codecs.BOM_UTF8 + page("utf-8"), "text/html; charset=gbk", "utf-8"),
        (page("gb18030", "gb2312"), "", "gb2312"),
        (page("gbk"), "text/html; charset=GBK", "gbk"),
        (page("gbk"), "text/html; charset=utf-8", "gb18030"),
        (page("gbk", "utf-8"), "text/html", "gb18030"),
        (page("gbk", "iso-8859-1"), "", "gb18030"),
        (page("gbk"), "", "gb18030"),
        (page("gbk", "no-such-charset"), "", "gb18030"),
        (codecs.BOM_UTF16_LE + page("utf-16-le"), "", "utf-16-le"),
    ],
)
def test_decodes(body: bytes, header: str, charset: str) -> None:
    found = decode(body, header)
    assert "春季防火工作" in found.text
    assert found.charset == charset


def test_notes_a_wrong_declaration() -> None:
    assert any("不符" in note for note in decode(page("gbk", "utf-8")).notes)


def test_mixed_charsets_are_read_line_by_line() -> None:
    body = page("utf-8").replace(b"</body>", "\n<p>版权所有：清河市</p>\n".encode("gbk") + b"</body>")
    found = decode(body)
    assert "春季防火工作" in found.text
    assert "版权所有：清河市" in found.text
    assert any("混用" in note for note in found.notes)


def test_mojibake_is_noticed() -> None:
    assert any("乱码" in note for note in decode("<p>锟斤拷锟斤拷</p>".encode()).notes)


@pytest.mark.parametrize("body", [b"", b"\x00" * 100, bytes(range(256)) * 40, b"\xff\xfe", b"\x80"])
def test_rubbish_is_text_of_some_kind(body: bytes) -> None:
    assert isinstance(decode(body).text, str)
