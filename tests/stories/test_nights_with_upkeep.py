"""Two weeks in which everything but the last nights is forgotten every day: each change is told on its night, none that is none."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from faults import FAULTS
from town import FIRST, Town, Watch, built, watched

from domain.findings import FindingRecord, FindingState
from domain.persons import BY_CLOCK
from inspection.operations.messages.daily import daily
from inspection.operations.messages.digests import changes_of
from inspection.operations.pruning import prune
from inspection.operations.settings import Retention

NIGHTS = 14
DOWN = 6
SHORT = Retention(bodies=1, visits=3, evidence=2, private=1)


def test_each_change_is_told_on_its_night_and_nothing_else_is(tmp_path: Path) -> None:
    town, dice = built(), random.Random(20230501)
    present: set[str] = set()
    believed: set[str] = set()
    visits = []
    with watched(tmp_path, town) as watch:
        registry = watch.store.load_registry()
        for number in range(NIGHTS):
            live(town, present, dice)
            town.is_down = number == DOWN
            run = watch.inspect(number).run
            told = changes_of(watch.store, registry, run, [], 1).get("u1")
            appeared = keys(watch, [*told.new, *told.back, *told.near] if told else [])
            vanished = keys(watch, told.fixed if told else [])
            now = believed if town.is_down else countable(watch, present)
            assert (appeared, vanished) == (now - believed, believed - now), f"night {number}"
            believed = set(now)
            run = replace(run, finished_at=run.as_of + timedelta(hours=1))
            watch.store.save_run(run)
            (line,) = daily(watch.store, registry, run.as_of + timedelta(hours=9))
            assert "新增" in line.text
            assert ("未采集完的网站和账号 0 个" in line.text) or town.is_down
            at = FIRST + timedelta(days=number, hours=12)
            prune(watch.store, tmp_path, SHORT, BY_CLOCK, at, dry_run=False, by_clock=True)
            visits.append(sum(watch.store.old_rows(at + timedelta(days=9))[table] for table in ("visit", "frontier")))
    assert max(visits[6:]) <= 2 * max(visits[3:6])  # flat: what is kept does not grow with the nights


def live(town: Town, present: set[str], dice: random.Random) -> None:
    """Some faults come, some go."""
    for fault in FAULTS:
        if dice.random() < 0.3:
            (fault.mend if fault.key in present else fault.plant)(town)
            present ^= {fault.key}


def countable(watch: Watch, present: set[str]) -> set[str]:
    """Of the faults that are there, those that no person has to confirm first."""
    asked = keys(watch, [item for item in watch.store.findings() if item.finding.candidate])
    return present - asked


def keys(watch: Watch, records: list[FindingRecord]) -> set[str]:
    base = f"http://127.0.0.1:{watch.town.port}"
    shown = [item for item in records if item.state is not FindingState.REJECTED]
    return {f"{item.finding.check} {item.finding.ref.url.removeprefix(base)}" for item in shown}
