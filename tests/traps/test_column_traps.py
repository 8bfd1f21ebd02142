"""One night on the column-trap site: no wrong accusation, nearly every dead list found, none rescued."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from column_site import build_host
from column_traps import TRAPS as FIRST_TRAPS
from column_traps_more import MORE_TRAPS
from column_traps_third import THIRD_TRAPS
from trap_desk import Desk
from trap_server import serving

from domain.views import Column

TRAPS = [*FIRST_TRAPS, *MORE_TRAPS, *THIRD_TRAPS]


@dataclass(frozen=True)
class Told:
    """What one night told of the columns, by slug or address below the origin."""

    stale: frozenset[str]
    blank: frozenset[str]
    home: bool
    columns: dict[str, Column]


@pytest.fixture(scope="module")
def told(desk_for: Callable[..., Desk]) -> Told:
    host = build_host(TRAPS)
    with serving(host):
        origin = f"http://127.0.0.1:{host.port}"
        desk = desk_for(f"{origin}/")
        judged = desk.inspect(0, render=False).judged[desk.sites[0].id]
    found = {
        check: frozenset(slug_of(r.finding.ref.url, origin) for r in judged.records if r.finding.check == check)
        for check in ("column.stale", "column.blank", "home.stale")
    }
    columns = {slug_of(column.url, origin): column for column in judged.columns}
    return Told(found["column.stale"], found["column.blank"], bool(found["home.stale"]), columns)


def slug_of(url: str, origin: str) -> str:
    path = url.removeprefix(origin)
    return next((trap.slug for trap in TRAPS if path in (trap.path, f"/{trap.slug}/")), path)


def of(*truths: str) -> set[str]:
    return {trap.slug for trap in TRAPS if trap.truth in truths}


def test_nothing_is_wrongly_accused(told: Told) -> None:
    assert told.stale - of("overdue") == set()
    assert told.blank - of("blank") == set()
    assert not told.home


def test_the_dead_lists_are_found(told: Told) -> None:
    missed = of("overdue") - told.stale
    assert len(missed) <= 0.1 * len(of("overdue")), missed
    rescued = {
        slug
        for slug in missed
        if slug in told.columns and told.columns[slug].newest and told.columns[slug].newest.year == 2023
    }
    assert rescued == set()


def test_blank_columns_are_found(told: Told) -> None:
    assert of("blank") <= told.blank


def test_live_lists_are_read(told: Told) -> None:
    unread = {slug for slug in of("fresh") if slug not in told.columns or not told.columns[slug].newest}
    assert len(unread) <= 0.1 * len(of("fresh")), unread
