"""Filters of lists in the address: read from it, and written back into links."""

from collections.abc import Mapping
from typing import Any

from domain.finding_search import Mark, Stage
from domain.findings import Severity
from inspection.desk.finding_lists import Filter
from web.visit import Visit

CURRENT = (Stage.WAITING, Stage.OPEN)
STAGES: Mapping[str, tuple[Stage, ...]] = {"": CURRENT, "all": tuple(Stage), **{each.value: (each,) for each in Stage}}
NAMES = ("stage", "severity", "check", "unit", "target")


def filter_of(visit: Visit) -> Filter:
    """What the address asks; words nobody knows are passed over."""
    severity = visit.asked("severity")
    return Filter(
        STAGES.get(visit.asked("stage"), CURRENT),
        Severity(severity) if severity in {*Severity} else None,
        visit.asked("check")[:60],
        visit.asked("unit")[:200],
        visit.asked("target")[:200],
    )


def asked_filters(visit: Visit) -> dict[str, Any]:
    """The filters of the address, to be carried on."""
    return {name: visit.asked(name) for name in NAMES if visit.asked(name)}


def mark_in(word: str) -> Mark | None:
    """`1.0f3a…` as the place a window begins at; None for anything else."""
    place, _, fingerprint = word.partition(".")
    return (int(place), fingerprint) if place in {"0", "1", "2", "3"} and fingerprint.isalnum() else None


def mark_words(mark: Mark | None) -> str:
    """The inverse of it."""
    return f"{mark[0]}.{mark[1]}" if mark else ""
