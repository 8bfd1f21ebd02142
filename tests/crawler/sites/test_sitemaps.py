"""Site maps: read in every form, bounded, and never a reason to call a list of a dead corner a column."""

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import pytest
from trap_desk import open_desk
from trap_server import Asked, Host, Reply, serving

from crawler.sites.sitemaps import MOST_ADDRESSES, addresses_of, named_sitemaps, read_sitemap

PLAIN = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc> http://a.gov.cn/x?a=1&amp;b=2 </loc></url><url><loc><![CDATA[http://a.gov.cn/y]]></loc></url></urlset>"
INDEX = b"<sitemapindex><sitemap><loc>http://a.gov.cn/one.xml</loc></sitemap><sitemap><loc>http://b.com/two.xml</loc></sitemap></sitemapindex>"


@pytest.mark.parametrize(
    "body", [PLAIN, gzip.compress(PLAIN), PLAIN.replace(b"<loc", b"<s:loc").replace(b"urlset", b"s:urlset")]
)
def test_addresses_in_every_form(body: bytes) -> None:
    assert read_sitemap(body) == (["http://a.gov.cn/x?a=1&b=2", "http://a.gov.cn/y"], False)


def test_plain_lines_and_rubbish() -> None:
    assert read_sitemap(b"http://a.gov.cn/1\r\nhttps://a.gov.cn/2\n# no\n") == (
        ["http://a.gov.cn/1", "https://a.gov.cn/2"],
        False,
    )
    for rubbish in (b"", b"\x1f\x8b\x00", b"<html><body>404</body></html>", b"<loc>" * 100_000):
        assert read_sitemap(rubbish)[0] == []


def test_a_bomb_is_bounded() -> None:
    found, _ = read_sitemap(gzip.compress(b"<url><loc>http://a.gov.cn/1</loc></url>" * 2_000_000))
    assert len(found) == MOST_ADDRESSES


def test_robots_names_them() -> None:
    robots = b"User-agent: *\nDisallow: /x\nSitemap: http://a.gov.cn/s.xml\n sitemap : /other.xml\n# Sitemap: no\n"
    assert named_sitemaps(robots) == ("http://a.gov.cn/s.xml", "/other.xml")


def read(bodies: dict[str, bytes], *first: str) -> tuple[list[str], list[str]]:
    asked: list[str] = []

    async def ask(url: str) -> bytes:
        asked.append(url)
        return bodies.get(url, b"")

    return asyncio.run(addresses_of(first, {"a.gov.cn"}, ask)), asked


def test_indexes_are_followed_and_foreign_hosts_are_not() -> None:
    found, asked = read(
        {"http://a.gov.cn/sitemap.xml": INDEX, "http://a.gov.cn/one.xml": PLAIN}, "http://a.gov.cn/sitemap.xml"
    )
    assert found == ["http://a.gov.cn/x?a=1&b=2", "http://a.gov.cn/y"]
    assert asked == ["http://a.gov.cn/sitemap.xml", "http://a.gov.cn/one.xml"]


def test_an_index_of_itself_ends() -> None:
    own = b"<sitemapindex><sitemap><loc>http://a.gov.cn/sitemap.xml</loc></sitemap></sitemapindex>"
    assert read({"http://a.gov.cn/sitemap.xml": own}, "http://a.gov.cn/sitemap.xml") == (
        [],
        ["http://a.gov.cn/sitemap.xml"],
    )


def rows(day: str, *names: str) -> str:
    return (
        "<ul>"
        + "".join(
            f"<li><a href='/{name}.html'>关于开展{name}检查工作的通知</a><span>{day}</span></li>" for name in names
        )
        + "</ul>"
    )


def town(linked: bool = False) -> Host:
    """A healthy site with a dead corner: a stale list, its articles (one of them with an identity number), a dead address."""
    nav = "<div class=nav><a href='/tzgg/'>通知公告</a>" + ("<a href='/old/'>工作动态</a>" if linked else "") + "</div>"
    text = "<p>" + "市政府召开常务会议，研究部署政务公开工作，提出明确要求。" * 10 + "</p>"
    pages = {
        "/": f"<title>某某市</title>{nav}{rows('2023-04-25', 'a1', 'a2', 'a3')}",
        "/tzgg/": f"<title>通知公告_某某市</title>{nav}<h2>通知公告</h2>{rows('2023-04-24', 'a4', 'a5', 'a6')}",
        "/old/": f"<title>工作动态_某某市</title>{nav}<h2>工作动态</h2>{rows('2019-01-03', 'o1', 'o2', 'o3')}",
    }
    for name in ("a1", "a2", "a3", "a4", "a5", "a6", "o1", "o2", "o3"):
        back = "<a href='/old/'>返回列表</a>" if name[0] == "o" else ""
        private = "<p>联系人身份证号11010519491231002X。</p>" if name == "o1" else ""
        pages[f"/{name}.html"] = (
            f"<title>关于开展{name}检查工作的通知</title><h1>关于开展{name}检查工作的通知</h1><p>发布时间：2023-04-20</p>{private}{text}{back}"
        )

    def answer(asked: Asked) -> Reply:
        here = f"http://127.0.0.1:{host.port}"
        if asked.path == "/robots.txt":
            return Reply(
                body=f"User-agent: *\nDisallow: /no/\nSitemap: {here}/maps/all.xml\n".encode(), kind="text/plain"
            )
        if asked.path == "/maps/all.xml":
            urls = "".join(
                f"<url><loc>{here}{path}</loc></url>" for path in ("/old/", "/a1.html", "/dead.html", "/no/x.html")
            )
            return Reply(
                body=f"<urlset>{urls}<url><loc>http://127.0.0.2/x</loc></url></urlset>".encode(), kind="text/xml"
            )
        return Reply(body=pages[asked.path].encode()) if asked.path in pages else Reply(404, b"<h1>404 Not Found</h1>")

    host = Host({}, other=answer)
    return host


QUIET = {"render": False, "check_disguise": False, "check_search": False, "check_codes": False, "check_ipv6": False}


@pytest.fixture
def inspected(tmp_path: Any) -> Any:
    def run(
        host: Host, nights: int, change: Callable[[], None] = lambda: None
    ) -> list[tuple[set[str], set[str], set[str]]]:
        told = []
        with serving(host):
            desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
            for night in range(nights):
                if night == nights - 1:
                    change()
                judged = desk.inspect(night, **QUIET).judged[desk.sites[0].id]
                found = {r.finding.check for r in judged.records if r.state.is_open}
                visited = {
                    url.partition(f":{host.port}")[2]
                    for url, _ in desk.store.visited(desk.store.runs()[-1].id, desk.sites[0].id)
                }
                told.append((found, {column.name for column in judged.columns}, visited))
            desk.store.close()
        return told

    return run


def test_a_corner_is_read_and_its_list_is_no_column(inspected: Any) -> None:
    for found, columns, visited in inspected(town(), 1):
        assert {"/old/", "/o1.html", "/dead.html"} <= visited
        assert columns == {"通知公告"}
        assert "text.privacy" in found
        assert not found & {"column.stale", "column.blank", "link.dead", "link.soft404"}


def test_it_stays_so_on_later_nights(inspected: Any) -> None:
    for found, columns, _ in inspected(town(), 3):
        assert columns == {"通知公告"}
        assert not found & {"column.stale", "column.blank", "link.dead", "link.soft404"}


def test_a_linked_list_is_a_column_whatever_the_map_says(inspected: Any) -> None:
    found, columns, _ = inspected(town(linked=True), 1)[0]
    assert columns == {"通知公告", "工作动态"}
    assert "column.stale" in found
