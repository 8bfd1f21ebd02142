"""How many processes a night takes by itself, and what a person may say instead."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import build_app
from inspection.runs.shares import available_memory, shares, usable_cores

GIB = 1 << 30


@pytest.mark.parametrize(
    ("sites", "cores", "memory", "processes"),
    [
        (56, 2, 16 * GIB, 2), (56, 16, 16 * GIB, 7), (3, 4, GIB, 1), (0, 4, GIB, 1), (900, 64, 512 * GIB, 32),
        (56, 4, GIB, 2), (56, 4, 1 << 20, 1), (56, 4, None, 4),
    ],
)  # fmt: skip
def test_the_cores_as_far_as_sites_and_memory_go(sites: int, cores: int, memory: int | None, processes: int) -> None:
    assert shares(sites, cores, memory) == processes


def test_what_the_machine_says(tmp_path: Path) -> None:
    assert usable_cores() >= 1
    told = tmp_path / "meminfo"
    told.write_text("MemTotal:       100 kB\nMemAvailable:    2048 kB\n", encoding="ascii")
    assert available_memory(told) == 2 << 20
    assert available_memory(tmp_path / "none") is None


@pytest.mark.parametrize("said", ["0", "33", "many", "-1", "1.5"])
def test_a_number_nobody_can_mean_is_refused(tmp_path: Path, said: str) -> None:
    done = CliRunner().invoke(build_app(), ["nightly", "--processes", said, "--data", str(tmp_path)])
    assert done.exit_code == 2
