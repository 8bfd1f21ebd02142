"""One crawl of five sites on loopback, measured by the sites themselves."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from measuring_server import Measured, Told, article, links, served

from domain.captured import SiteRun
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from inspection.runs.children import crawl
from storage import open_store, upgrade

ROBOTS = Told("User-agent: *\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"})
PAGES = [f"/p{n}.html" for n in range(24)]
STORM = [f"/x{n}.html" for n in range(60)]


def busy(path: str, before: int) -> Told:
    return links(*PAGES) if path == "/" else article(path, 0.05)


def guarded(path: str, before: int) -> Told:
    if path == "/robots.txt":
        return ROBOTS
    return links("/secret/1.html", "/secret/2.html", "/open/1.html") if path == "/" else article(path)


def later(path: str, before: int) -> Told:
    if path == "/":
        return links("/later.html", "/much_later.html")
    if path == "/later.html" and not before:
        return Told("busy", 503, {"Retry-After": "1"})
    if path == "/much_later.html":
        return Told("busy", 503, {"Retry-After": "86400"})
    return article(path)


def storm(path: str, before: int) -> Told:
    if path == "/robots.txt":
        return Told("", 404)
    return links(*STORM) if path == "/" else Told("broken", 500)


@dataclass
class Crawled:
    """What the sites saw and what the store keeps."""

    store: Store
    servers: dict[str, Measured]
    ended: dict[str, SiteRun]

    def error(self, site: str, path: str) -> str:
        url = self.servers[site].url.rstrip("/") + path
        return self.store.attempts(site, url, self.as_of)[-1].error

    as_of: datetime = datetime(2023, 4, 26, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("polite")
    plays: dict[str, Callable[[str, int], Told]] = {
        "busy": busy, "guarded": guarded, "permitted": guarded, "later": later, "storm": storm,
    }  # fmt: skip
    with ExitStack() as stack:
        servers = {name: stack.enter_context(served(play)) for name, play in plays.items()}
        sites = tuple(Site(name, name, server.url) for name, server in servers.items())
        sites = tuple(replace(site, obeys_robots=site.id != "permitted") for site in sites)
        store = _office(folder, sites)
        stack.callback(store.close)
        ended = crawl("r", f"sqlite:///{folder}/x.db", str(folder))
        assert not ended.errors
        yield Crawled(store, servers, {item.site_id: item for item in store.site_runs("r")})


def _office(folder: Path, sites: tuple[Site, ...]) -> Store:
    upgrade(f"sqlite:///{folder}/x.db")
    store = open_store(f"sqlite:///{folder}/x.db", folder)
    store.save_registry(Registry(sites=sites))
    settings = {
        "second_look_seconds": 0.1, "retry_seconds": 0.1, "storm_failures": 6, "render": False,
        "contact": "024-12345678", "check_outside": False, "check_disguise": False,
    }  # fmt: skip
    targets = tuple(site.id for site in sites)
    as_of = Crawled.as_of
    store.save_run(Run("r", RunKind.NIGHTLY, as_of, as_of, targets=targets, allow_private=True, settings=settings))
    return store


def test_at_most_two_at_a_time_per_host(crawled: Crawled) -> None:
    server = crawled.servers["busy"]
    assert sorted(server.paths) == sorted(["/", "/sitemap.xml", *PAGES])
    assert server.most == 2


def test_who_asks_says_so(crawled: Crawled) -> None:
    first_looks = [crawled.servers[name] for name in ("busy", "guarded", "permitted")]
    agents = {agent for server in first_looks for _, _, agent in server.asked}
    (agent,) = agents
    assert "024-12345678" in agent
    assert not {"link", "checker"} & set(agent.lower().replace("/", " ").split())


def test_robots_txt_is_obeyed_and_the_refusal_kept(crawled: Crawled) -> None:
    assert sorted(crawled.servers["guarded"].paths) == ["/", "/open/1.html", "/sitemap.xml"]
    assert crawled.error("guarded", "/secret/1.html") == "robots"
    assert crawled.error("guarded", "/secret/2.html") == "robots"
    assert crawled.ended["guarded"].state == "complete"


def test_the_owners_permission_opens_what_robots_txt_closes(crawled: Crawled) -> None:
    assert sorted(crawled.servers["permitted"].paths) == [
        "/",
        "/open/1.html",
        "/secret/1.html",
        "/secret/2.html",
        "/sitemap.xml",
    ]


def test_retry_after_is_honoured_within_the_cap(crawled: Crawled) -> None:
    first, second = crawled.servers["later"].times("/later.html")
    assert second - first >= 1.0
    page = crawled.store.page("later", crawled.servers["later"].url + "later.html", crawled.as_of)
    assert page is not None
    assert page.status == 200
    assert page.seconds < 1.0  # the wait is ours, not the server's
    assert len(crawled.servers["later"].times("/much_later.html")) == 2  # a first and a second look, no try inside


def test_a_storm_of_errors_ends_the_site_and_counts_what_is_left(crawled: Crawled) -> None:
    ended = crawled.ended["storm"]
    assert (ended.state, ended.reason) == ("partial", "storm")
    asked = set(crawled.servers["storm"].paths)
    assert len(asked) <= 1 + 6 + 2
    assert ended.skipped == {"storm": 1 + len(STORM) - len(asked)}
    assert {item.state for name, item in crawled.ended.items() if name != "storm"} == {"complete"}
