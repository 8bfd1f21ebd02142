"""A night of twenty hostile sites beside five ordinary ones: the five are judged as on a night of their own."""

import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from hostile_city import HARM, good_site, hostile_sites
from trap_desk import Desk, open_desk
from trap_server import Host, serving

from domain.runs import RunState
from inspection.judging.run import Outcome

QUIET = {
    "check_search": False,
    "check_codes": False,
    "check_ipv6": False,
    "timeout_seconds": 4.0,
    "time_budget_minutes": 1.0,
    "page_budget": 200,
}
GOOD = 5


def results(outcome: Outcome, sites: range, desk: Desk) -> dict[int, Any]:
    """What is said of each good site, by its number."""
    told = {}
    for number in sites:
        judged = outcome.judged[desk.sites[number].id]
        found = {(r.finding.check, r.finding.ref.url.rpartition("/")[2], r.finding.count) for r in judged.records}
        told[number - sites.start] = (judged.card.verdict, judged.card.score, found, len(judged.columns))
    return told


def night(folder: Path, hosts: list[Host]) -> tuple[Desk, Outcome, float]:
    folder.mkdir()
    desk = open_desk(folder, *(f"http://127.0.0.1:{host.port}/" for host in hosts))
    started = time.monotonic()
    outcome = desk.inspect(0, **QUIET)
    return desk, outcome, time.monotonic() - started


@pytest.mark.slow
def test_the_good_are_judged_as_on_a_night_of_their_own(tmp_path: Path) -> None:
    good = [good_site(number) for number in range(GOOD)]
    bad = hostile_sites()
    with serving(*good, *bad):
        alone, quiet, short = night(tmp_path / "alone", good)
        beside, loud, long = night(tmp_path / "beside", [*bad, *good])
    assert quiet.run.state is RunState.COMPLETE
    assert results(loud, range(len(bad), len(bad) + GOOD), beside) == results(quiet, range(GOOD), alone)
    for site, name in zip(beside.sites, HARM, strict=False):
        card = loud.judged[site.id].card
        reasons = "、".join(sorted({item.reason for item in loud.judged[site.id].unjudged})[:2])
        print(f"{name}: {card.verdict.value} {card.score} {reasons[:90]}")
    print(
        f"alone {short:.1f} s, beside {long:.1f} s, memory of this process {psutil.Process().memory_info().rss >> 20} MB"
    )
    alone.store.close()
    beside.store.close()
