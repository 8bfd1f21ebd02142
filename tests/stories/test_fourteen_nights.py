"""Two weeks of a site whose truth is known: nothing false is open on any night, and each fault is known on its night."""

import random
from pathlib import Path

from faults import FAULTS
from town import Town, built, watched

NIGHTS = 14
TROUBLES = {5: "down", 9: "robots"}


def test_every_night_says_what_was_true_when_it_looked(tmp_path: Path) -> None:
    town, dice = built(), random.Random(20230420)
    present: set[str] = set()
    believed: set[str] = set()
    with watched(tmp_path, town) as watch:
        for number in range(NIGHTS):
            _live(town, present, dice)
            trouble = TROUBLES.get(number, "")
            town.is_down, town.robots = trouble == "down", "User-agent: *\nDisallow: /" * (trouble == "robots")
            outcome = watch.inspect(number)
            records = watch.records(outcome)
            opened = {key for key, record in records.items() if record.state.is_open}
            if not trouble:
                believed = set(present)
            assert opened == believed, f"night {number}: {opened ^ believed}"
            if not trouble:
                assert {key for key in opened if records[key].unread is not None} == set()


def _live(town: Town, present: set[str], dice: random.Random) -> None:
    """Some faults come, some go."""
    for fault in FAULTS:
        if dice.random() < 0.25:
            (fault.mend if fault.key in present else fault.plant)(town)
            present ^= {fault.key}
