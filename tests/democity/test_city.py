import http.client
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from democity.city import City, build_city


@pytest.fixture(scope="module")
def city() -> City:
    return build_city("small")


@pytest.fixture(scope="module")
def port(city: City) -> Iterator[int]:
    with city.serve() as real:
        yield real


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def ask(port: int, host: str, target: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", target, headers={"Host": host} | (headers or {}))
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def test_registry_has_the_sites_of_the_notice(city: City) -> None:
    registry = city.registry()
    kinds = [site.kind.value for site in registry.sites]
    assert (len(registry.sites), kinds.count("市门户"), kinds.count("区县门户"), kinds.count("部门")) == (56, 1, 13, 42)
    assert all(site.id.isdigit() and len(site.id) == 10 for site in registry.sites)
    assert len({site.id for site in registry.sites}) == 56
    assert all(registry.unit_of(site) for site in registry.sites)


def test_answer_sheet_tells_the_story(city: City) -> None:
    notice = city.answer_sheet()["notice"]
    assert notice == {"sites": 56, "passed": 56, "without_deduction": 54, "overdue_units": ["市民政局", "市统计局"]}


@pytest.mark.parametrize("order", [0, 1, 2])
def test_every_link_of_a_site_answers(city: City, port: int, order: int) -> None:
    site = city.sites[order]
    hosts = city.resolver_map(port)
    todo, seen = [site.home_url], set()
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen.add(url)
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = ask(port, parts.netloc, target)
        if answer.status == 503:
            answer = ask(port, parts.netloc, target)
        assert parts.netloc in hosts, url
        assert answer.status in (200, 301, 302), url
        if location := answer.getheader("Location"):
            todo.append(urljoin(url, location))
        if parts.netloc == site.host and "html" in (answer.getheader("Content-Type") or ""):
            links = Links()
            links.feed(answer.body.decode("gb18030" if b"gb2312" in answer.body[:2000] else "utf-8", "replace"))  # type: ignore[attr-defined]
            todo += [urljoin(url, link).partition("#")[0] for link in links.found if not link.startswith("javascript")]
    assert len([url for url in seen if urlsplit(url).netloc == site.host]) > 25


def test_unchanged_page_answers_304(city: City, port: int) -> None:
    host = city.sites[0].host
    etag = ask(port, host, "/").getheader("ETag")
    assert etag
    assert ask(port, host, "/", {"If-None-Match": etag}).status == 304


def test_unknown_address_is_404(city: City, port: int) -> None:
    assert ask(port, city.sites[0].host, "/no/such.html").status == 404
