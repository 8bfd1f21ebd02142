"""Two periods beside each other: what rose, what fell, and who passed or failed otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.figures import CITY, Figure
from domain.rules import RuleBook
from domain.standings import Standing
from inspection.desk.period_desk import figure_label
from inspection.periods.closing import Sums


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of both; empty where one has none."""

    label: str
    was: str
    now: str
    change: int


@dataclass(frozen=True, slots=True)
class Turned:
    """A target whose verdict or score differs."""

    target_id: str
    name: str
    was: str
    now: str


def compared_figures(before: Sums, after: Sums, rulebook: RuleBook) -> list[Compared]:
    """The figures of the whole city that at least one of them has; numbers of comparisons themselves are left out."""
    old, new = _city(before), _city(after)
    kinds = [kind for kind in dict.fromkeys((*new, *old)) if not kind.startswith(("before.", "year.", "streak"))]
    return [_compared(figure_label(kind, rulebook), old.get(kind), new.get(kind)) for kind in kinds]


def _compared(label: str, was: Figure | None, now: Figure | None) -> Compared:
    change = (now.n if now else 0) - (was.n if was else 0)
    return Compared(label, _printed(was), _printed(now), change)


def _printed(figure: Figure | None) -> str:
    return f"{figure.printed}{f'（{figure.rate}%）' if figure.rate else ''}" if figure else ""


def _city(sums: Sums) -> Mapping[str, Figure]:
    return {figure.kind: figure for figure in sums.figures if figure.scope == CITY}


def turned(before: Sums, after: Sums) -> list[Turned]:
    """Targets that both have, and that stand otherwise now."""
    old = {each.target_id: each for each in before.standings}
    pairs = [(old[each.target_id], each) for each in after.standings if each.target_id in old]
    return [
        Turned(now.target_id, now.name, _words(was), _words(now)) for was, now in pairs if _words(was) != _words(now)
    ]


def _words(each: Standing) -> str:
    if not each.inspected:
        return "未检查"
    return each.verdict.label + (f"，{each.score:g} 分" if each.score is not None else "")
