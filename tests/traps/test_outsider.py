"""Two nights on the second trap site."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from outsider_hosts import IDN, filled, outsider_city
from outsider_site import Spot, build_spots
from trap_desk import NIGHT, open_desk
from trap_server import Host

from domain.findings import FindingRecord


@dataclass(frozen=True)
class Seen:
    """What two nights told of the links."""

    spots: dict[str, list[Spot]]  # by address
    found: list[dict[str, FindingRecord]]
    waiting: list[dict[str, str]]
    hosts: dict[str, Host]
    waited: list[float]  # seconds of each look at a page that never ends

    def of(self, *verdicts: str) -> set[str]:
        return {url for url, spots in self.spots.items() if any(spot.verdict in verdicts for spot in spots)}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    spots, folder = build_spots(), tmp_path_factory.mktemp("outsider")
    with outsider_city(folder, spots) as (hosts, origins):
        desk = open_desk(folder, f"{origins['site']}/")
        found, waiting = [], []
        for night in range(2):
            mapped = {IDN: f"127.0.0.1:{hosts['other'].port}"}
            outcome = desk.inspect(night, render=False, resolver=mapped, timeout_seconds=2.0, retry_seconds=0.05)
            judged = outcome.judged[desk.sites[0].id]
            links = [record for record in judged.records if record.finding.check.startswith("link.")]
            found.append({record.finding.ref.url: record for record in links if record.state.is_open})
            waiting.append({item.ref.url: item.reason for item in judged.unjudged if item.check.startswith("link.")})
        by_url: dict[str, list[Spot]] = {}
        for spot in spots:
            by_url.setdefault(filled(spot.url, origins, hosts), []).append(spot)
        hanging = desk.store.attempts(desk.sites[0].id, f"{origins['site']}/hanging", NIGHT + timedelta(days=9))
        yield Seen(by_url, found, waiting, hosts, [attempt.seconds for attempt in hanging])
        desk.store.close()


@pytest.mark.parametrize("night", [0, 1])
def test_nothing_is_accused_that_works(seen: Seen, night: int) -> None:
    assert seen.found[night].keys() - seen.of("dead", "soft404", "candidate", "later") == set()


@pytest.mark.parametrize("night", [0, 1])
def test_what_works_is_not_even_mentioned(seen: Seen, night: int) -> None:
    mentioned = seen.found[night].keys() | seen.waiting[night].keys()
    assert seen.of("fine") & mentioned == set()


@pytest.mark.parametrize("night", [0, 1])
def test_certain_faults_are_found_and_count(seen: Seen, night: int) -> None:
    for verdict, check in (("dead", "link.dead"), ("soft404", "link.soft404")):
        found = {url for url, record in seen.found[night].items() if record.finding.check == check and record.counts}
        assert seen.of(verdict) - found == set()


def test_no_answer_is_certain_on_the_second_night(seen: Seen) -> None:
    assert seen.of("later") <= seen.waiting[0].keys()
    assert seen.of("later") <= {url for url, record in seen.found[1].items() if record.counts}


def test_odd_files_and_strange_hosts_wait_for_a_person(seen: Seen) -> None:
    for url in seen.of("candidate"):
        assert seen.found[0][url].finding.candidate


def test_reasons_are_chinese(seen: Seen) -> None:
    told = [*seen.waiting[0].values(), *seen.waiting[1].values()]
    told += [str(record.finding.facts["fault"]) for record in seen.found[1].values()]
    assert [text for text in told if re.search(r"[a-z]{3,}", re.sub("robots.txt|Cloudflare", "", text))] == []


def test_the_time_limit_of_the_settings_holds(seen: Seen) -> None:
    assert len(seen.waited) == 4
    assert all(2.0 <= seconds < 4.0 for seconds in seen.waited)


def test_endless_places_end(seen: Seen) -> None:
    paths = Counter(re.split(r"[?;]|(?<=deeper)/", asked.path)[0] for asked in seen.hosts["site"].asked)
    assert paths["/calendar"] <= 100
    assert paths["/deeper"] <= 100
    assert sum(count for path, count in paths.items() if path.startswith("/s/")) <= 20


def test_there_are_many_spots(seen: Seen) -> None:
    assert len(seen.spots) > 150
