"""Two nights on the trap site: every certain fault found, no trap accused; what only a second night can prove waits for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from trap_desk import Desk
from trap_server import Host, serving
from trap_site import Spot, build_hosts, build_spots, furnish

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from domain.findings import FindingRecord

DRAWN = "/drawn-gone.html"


@dataclass(frozen=True)
class Told:
    """What one night told of the links."""

    findings: Mapping[str, FindingRecord]  # by address
    unjudged: Mapping[str, str]


@dataclass(frozen=True)
class Inspected:
    """Two nights of the trap site."""

    origins: Mapping[str, str]
    spots: list[Spot]
    nights: list[Told]
    hosts: tuple[Host, ...]

    def url(self, spot: Spot) -> str:
        address = spot.url
        for name, origin in self.origins.items():
            address = address.replace(f"{{{name}}}", origin)
        return address

    def of(self, *kinds: str) -> set[str]:
        return {self.url(spot) for spot in self.spots if spot.kind in kinds}


@pytest.fixture(scope="module")
def inspected(desk_for: Callable[..., Desk]) -> Iterator[Inspected]:
    hosts, spots = build_hosts(), build_spots()
    with serving(*hosts):
        origins = furnish(hosts, spots)
        desk = desk_for(f"{origins['site']}/")
        nights = []
        for number in range(2):
            judged = desk.inspect(number, render=number == 0, max_renderings=3).judged[desk.sites[0].id]
            links = [record for record in judged.records if record.finding.check.startswith("link.")]
            findings = {record.finding.ref.url: record for record in links if record.state.is_open}
            waiting = {item.ref.url: item.reason for item in judged.unjudged if item.check.startswith("link.")}
            nights.append(Told(findings, waiting))
        yield Inspected(origins, spots, nights, hosts)


@pytest.mark.parametrize("night", [0, 1])
def test_no_trap_is_accused(inspected: Inspected, night: int) -> None:
    accused = set(inspected.nights[night].findings)
    assert not inspected.of("trap") & accused
    known = inspected.of("dead", "soft404", "later", "candidate") | {inspected.origins["site"] + DRAWN}
    assert not accused - known


def test_certain_faults_are_found_in_one_night(inspected: Inspected) -> None:
    assert inspected.of("dead", "soft404") - set(inspected.nights[0].findings) == set()
    counted = {url for url, record in inspected.nights[0].findings.items() if record.counts}
    assert inspected.of("dead", "soft404") <= counted


def test_what_gives_no_answer_waits_for_the_second_night(inspected: Inspected) -> None:
    assert inspected.of("later") <= set(inspected.nights[0].unjudged)
    assert not inspected.of("later") & set(inspected.nights[0].findings)
    assert inspected.of("later") <= {url for url, record in inspected.nights[1].findings.items() if record.counts}


def test_what_a_person_must_see_is_a_candidate(inspected: Inspected) -> None:
    for url in inspected.of("candidate"):
        record = inspected.nights[0].findings[url]
        assert record.finding.candidate
        assert not record.counts


def test_soft_404_is_told_from_dead(inspected: Inspected) -> None:
    found = inspected.nights[0].findings
    assert {found[url].finding.check for url in inspected.of("soft404")} == {"link.soft404"}
    assert {found[url].finding.check for url in inspected.of("dead")} == {"link.dead"}


def test_walls_and_refusals_are_named_as_such(inspected: Inspected) -> None:
    walls = {url for url in inspected.of("trap") if "/wall" in url or url.endswith(("/forbidden", "/login-needed"))}
    assert len(walls) == 7
    for url in walls:
        assert "限制自动访问" in inspected.nights[0].unjudged[url]
    assert "robots.txt" in inspected.nights[0].unjudged[inspected.origins["site"] + "/private/x.html"]


@pytest.mark.browser
@pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine")
def test_a_link_that_only_a_script_draws_is_found(inspected: Inspected) -> None:
    record = inspected.nights[0].findings[inspected.origins["site"] + DRAWN]
    assert record.finding.found_on == (inspected.origins["site"] + "/drawn/",)


def test_every_outside_target_is_asked_once_when_it_answers_well(inspected: Inspected) -> None:
    outside = inspected.hosts[1]
    asked = [request.path for request in outside.asked]
    assert asked.count("/lottery.html") <= 4  # itself and behind /jump-ok, each night
    assert not [request for host in inspected.hosts for request in host.asked if request.method == "HEAD"]
    assert max(host.most for host in inspected.hosts) <= 2
