"""Links that open for whoever comes from the site itself, and addresses that only look as if they held a session."""

import re
from http.server import BaseHTTPRequestHandler

import pytest
from faulty_sites import Behaviour, answer, site, xunjian

TEXT = "<p>会议要求各乡镇认真落实各项任务，压实责任，确保如期完成。</p>" * 6
ARTICLE = f"<html><meta charset=utf-8><title>平山县召开会议</title><h1>平山县召开会议</h1><p>2023-04-20</p>{TEXT}</html>".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)
LINKS = ["/n/a.html", "/n/b.html?sessionid=12", "/n/c.html?sid=64f0c2a19be1d4e2a7c01b55", "/n/d.html?session_id=2023-1"]
HOME = f"<html><meta charset=utf-8><title>平山县</title><ul>{''.join(f'<li><a href={u}>平山县召开第{n}次会议</a> 2023-04-2{n}</li>' for n, u in enumerate(LINKS))}</ul><img src=/p/1.png><a href=/f/1.zip>下载</a></html>".encode()  # fmt: skip


def needs(refusal: str, *, cookie: bool, referer: bool) -> Behaviour:
    """A site whose links open only for visitors of it; whoever comes otherwise is refused."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/":
            answer(handler, 200, HOME, **{"Set-Cookie": "SID 1=x,y; Path=/"})
            return
        sent, came = handler.headers.get("Cookie", ""), handler.headers.get("Referer", "")
        own = came.startswith(f"http://{handler.headers['Host']}/")
        known = any(handler.path == link for link in LINKS) or handler.path in ("/p/1.png", "/f/1.zip")
        if not known:
            answer(handler, 404, b"<h1>404</h1>")
        elif (cookie and "SID 1=x,y" not in sent) or (referer and not own):
            code, _, target = refusal.partition(" ")
            answer(handler, int(code), b"<p>no</p>", **({"Location": target} if target else {}))
        else:
            kind = {"png": "image/png", "zip": "application/zip"}.get(handler.path[-3:], "text/html")
            body = {"png": PICTURE, "zip": b"PK\x03\x04" + bytes(99)}.get(handler.path[-3:], ARTICLE)
            answer(handler, 200, body, **{"Content-Type": kind})

    return play


@pytest.mark.parametrize("refusal", ["404", "403", "500", "302 /"])
@pytest.mark.parametrize(("cookie", "referer"), [(True, False), (False, True)])
def test_what_opens_for_a_visitor_is_not_dead(refusal: str, cookie: bool, referer: bool) -> None:
    with site(needs(refusal, cookie=cookie, referer=referer)) as url:
        gate = xunjian("gate", url, "--as-of", "2023-04-26", "--allow-private", "--format", "json")
    said = [item for item in (*gate.document["findings"], *gate.document["unjudged"]) if item["check"].startswith("link.")]  # fmt: skip
    assert not [item for item in said if re.search(r"/n/|/p/|/f/", item["url"])]
