import http.client
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import pytest

from democity.calendar import ANCHOR, moment_of
from democity.city import City, build_city
from democity.pages import routes
from democity.server import served
from democity.templates import FAMILIES
from democity.world import World


@pytest.fixture(scope="module")
def city() -> City:
    return build_city("small")


@pytest.fixture(scope="module")
def port(city: City) -> Iterator[int]:
    with served(city) as real:
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


def test_search_finds_titles_on_every_family(city: City, port: int) -> None:
    for family in ("trs", "hanweb", "cloud", "ajax", "gbk_meta", "gbk_header"):
        site = next(site for site in city.sites if site.family == family)
        plan = site.column("gzdt")
        assert plan
        title = site.articles(plan, moment_of(ANCHOR))[0].title
        charset = "gbk" if family.startswith("gbk") else "utf-8"
        answer = ask(port, site.host, f"/search?q={quote(title, encoding=charset)}")
        body = answer.body.decode(charset)  # type: ignore[attr-defined]
        assert f">{title}</a>" in body
        assert 'action="/search"' in body


def test_gbk_sites_name_their_charset_in_one_place_only(city: City, port: int) -> None:
    seen = {}
    for family in ("gbk_meta", "gbk_header"):
        answer = ask(port, next(site.host for site in city.sites if site.family == family), "/")
        kind = answer.getheader("Content-Type") or ""
        seen[family] = ("charset=gbk" in kind, b"charset=gb2312" in answer.body[:300])  # type: ignore[attr-defined]
    assert seen == {"gbk_meta": (False, True), "gbk_header": (True, False)}


def test_redirects_are_harmless(city: City, port: int) -> None:
    host = city.sites[0].host
    assert (ask(port, host, "/tzgg").status, ask(port, host, "/tzgg").getheader("Location")) == (301, "/tzgg/")
    assert (ask(port, host, "/index.html").status, ask(port, host, "/index.html").getheader("Location")) == (302, "/")


def test_demo_size_has_about_200_pages_a_site() -> None:
    city = build_city("demo")
    world = World(city, ANCHOR)
    site = city.sites[3]
    answers = [world.answer(site.host, path) for path in routes(FAMILIES[site.family], world.scene(site))]
    pages = [ready for ready in answers if ready.status == b"200" and b"text/html" in ready.head]
    assert 190 <= len(pages) <= 240


def test_hardly_any_page_needs_a_browser(city: City) -> None:
    scripted = [site for site in city.sites if site.family == "ajax"]
    assert len(scripted) == 2
    assert {site.family for site in city.sites} == set(FAMILIES)


def test_titles_hardly_repeat_on_a_site() -> None:
    site = build_city("demo", sites=1).sites[0]
    titles = [article.title for plan in site.columns for article in site.articles(plan, moment_of(ANCHOR))]
    assert len(set(titles)) >= 0.9 * len(titles)


def test_two_builds_are_the_same() -> None:
    first, second = (World(build_city("small"), ANCHOR) for _ in range(2))
    for host in list(first.sites)[:6]:
        assert first.answer(host, "/").body == second.answer(host, "/").body
