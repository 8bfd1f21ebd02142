"""How links are hidden, read from pages."""

from datetime import datetime

import pytest

from crawler.parsing import read_page

AS_OF = datetime(2023, 4, 26, 9)


def hidden(html: str) -> list[tuple[str, str]]:
    body = f"<html><head>{html.partition('|')[0]}</head><body>{html.partition('|')[2]}</body></html>".encode()
    reading = read_page(body, "http://www.example.gov.cn/", AS_OF, "text/html; charset=utf-8")
    return [(link.place, link.text) for link in reading.hidden]


LINK = '<a href="http://x.example.com/">字</a>'


@pytest.mark.parametrize(
    ("html", "way"),
    [
        (f'|<div style="display:none">{LINK}</div>', "none"),
        (f'|<div style="position:absolute;left:-9999px">{LINK}</div>', "away"),
        (f'|<div style="text-indent:-3000px">{LINK}</div>', "away"),
        (f'|<div style="height:1px;overflow:hidden">{LINK}</div>', "tiny"),
        (f'|<p style="font-size:0">{LINK}</p>', "tiny"),
        (f'|<marquee height="1" width="5">{LINK}</marquee>', "tiny"),
        (
            f'|<div style="background:#fff"><span style="color:#FFFFFF;background-color:white">{LINK}</span></div>',
            "colour",
        ),
        (f'<style>.q{{position:absolute;top:-1500px}}</style>|<div class="a q">{LINK}</div>', "away"),
        (f'|<div id="h7">{LINK}</div><script>document.getElementById("h7").style.display="none"</script>', "none"),
    ],
)
def test_ways_of_hiding(html: str, way: str) -> None:
    assert hidden(html) == [(way, "字")]


@pytest.mark.parametrize(
    "html",
    [
        f"|{LINK}",
        f'|<div style="width:100%;height:10px;font-size:12px">{LINK}</div>',
        f'|<div style="margin-left:-10px;line-height:1px">{LINK}</div>',
        f'|<div style="color:#fff;background:#c00">{LINK}</div>',
        f'|<div style="opacity:0.5;max-width:1000px;border-width:0">{LINK}</div>',
    ],
)
def test_shown_links_are_not_hidden(html: str) -> None:
    assert hidden(html) == []
