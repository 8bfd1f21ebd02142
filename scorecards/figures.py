"""How targets stood in a period -> its figures. Pure: the same standings give the same figures, in any order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from domain.figures import CITY, Figure, Measure, Printing
from domain.scores import Verdict
from domain.standings import Item, Standing
from domain.targets import TargetState
from scorecards.points import exact

NAMED = 20  # a figure of at most so many members names them; a larger one says how they are found


@dataclass(frozen=True, slots=True)
class FigureRules:
    """How rates are printed, by kind (`default` for the others), and the lower edges of the bands of scores."""

    printing: Mapping[str, Printing] = field(default_factory=dict)
    bands: tuple[float, ...] = (90, 80, 60)

    def apply(self, figure: Figure) -> Figure:
        """A figure as it will be printed."""
        how = self.printing.get(figure.kind) or self.printing.get("default") or Printing()
        return replace(figure, mode=how.mode, digits=how.digits, strip=how.strip)


def build_figures(
    standings: Iterable[Standing], rules: FigureRules, counted: Mapping[str, int] | None = None
) -> tuple[Figure, ...]:
    """Everything that is counted; `counted` adds what the registry tells (sites.opened, accounts.closed...)."""
    ordered = sorted(standings, key=lambda item: item.target_id)
    found: list[Figure] = []
    for scope, chosen in _scopes(ordered):
        found += _of_targets("sites", scope, [item for item in chosen if item.is_site])
        found += _of_targets("accounts", scope, [item for item in chosen if not item.is_site])
        found += _of_problems(scope, chosen)
        found += _of_scores(scope, [item for item in chosen if item.is_site], rules.bands)
    found += [Figure(kind, n=number, source=("registry",)) for kind, number in sorted((counted or {}).items())]
    return tuple(rules.apply(figure) for figure in found)


def _scopes(standings: Sequence[Standing]) -> Iterator[tuple[str, list[Standing]]]:
    yield CITY, list(standings)
    for name in ("level", "group", "platform", "unit"):
        members: dict[str, list[Standing]] = defaultdict(list)
        for item in standings:
            if value := item.unit_id if name == "unit" else getattr(item, name):
                members[value].append(item)
        yield from ((f"{name}/{value}", members[value]) for value in sorted(members))


def _of_targets(name: str, scope: str, chosen: Sequence[Standing]) -> Iterator[Figure]:
    if not chosen:
        return
    seen = [item for item in chosen if item.inspected]
    judged = [item for item in seen if item.verdict is not Verdict.UNKNOWN]
    yield _count(f"{name}.registered", scope, chosen, None)
    yield _count(f"{name}.running", scope, [item for item in chosen if item.state == TargetState.NORMAL], chosen)
    yield _count(f"{name}.inspected", scope, seen, chosen)
    yield _count(f"{name}.passed", scope, [item for item in judged if item.verdict is Verdict.PASS], judged)
    yield _count(f"{name}.failed", scope, [item for item in judged if item.verdict is Verdict.FAIL], judged)
    yield _count(f"{name}.unknown", scope, [item for item in seen if item.verdict is Verdict.UNKNOWN], seen)
    yield _count(f"{name}.faulty", scope, [item for item in seen if item.named_items], seen)
    visits = sum(item.nights for item in chosen)
    yield Figure(f"visits.{name}", scope, visits, source=_source(f"visits.{name}", scope, seen))
    if name == "sites":
        clean = [item for item in seen if item.clean]
        yield _count("sites.clean", scope, clean, seen)
        charged = [item for item in seen if item.verdict is Verdict.PASS and item.charges]
        yield _count("sites.deducted", scope, charged, seen)


def _count(kind: str, scope: str, chosen: Sequence[Standing], whole: Sequence[Standing] | None) -> Figure:
    of = None if whole is None else len(whole)
    return Figure(kind, scope, len(chosen), of, source=_source(kind, scope, chosen))


def _source(kind: str, scope: str, chosen: Sequence[Standing]) -> tuple[str, ...]:
    few = 0 < len(chosen) <= NAMED
    return tuple(f"target:{item.target_id}" for item in chosen) if few else (f"standings:{kind}@{scope}",)


def _of_problems(scope: str, chosen: Sequence[Standing]) -> Iterator[Figure]:
    by_check: dict[str, list[tuple[Standing, Item]]] = defaultdict(list)
    for standing in chosen:
        for item in standing.standing_items if standing.inspected else ():
            by_check[item.check].append((standing, item))
    total = sum(len(standing.named_items) for standing in chosen if standing.inspected)
    yield Figure("problems.open", scope, total, source=(f"standings:problems.open@{scope}",))
    mended = sum(item.mended for standing in chosen for item in standing.items)
    yield Figure("problems.mended", scope, mended, source=(f"standings:problems.mended@{scope}",))
    for check, pairs in sorted(by_check.items()):
        prints = tuple(f"finding:{item.fingerprint}" for _, item in pairs)
        where = prints if len(prints) <= NAMED else (f"standings:found.{check}@{scope}",)
        yield Figure(f"found.{check}", scope, len(pairs), source=where)
        yield Figure(f"found_targets.{check}", scope, len({each.target_id for each, _ in pairs}), source=where)
        yield Figure(f"found_units.{check}", scope, len({each.unit_id for each, _ in pairs}), source=where)


def _of_scores(scope: str, sites: Sequence[Standing], edges: Sequence[float]) -> Iterator[Figure]:
    scores = [exact(item.score) for item in sites if item.judged and item.score is not None]
    if not scores:
        return
    source = (f"standings:scores@{scope}",)
    for name, value, of in (
        ("mean", sum(scores, Fraction()), len(scores)),
        ("max", max(scores), 1),
        ("min", min(scores), 1),
    ):
        yield Figure(f"scores.{name}", scope, round(value * 100), of, Measure.SCORE, source=source)
    if scope != CITY:
        return
    above: float | None = None
    for edge in sorted(edges, reverse=True):
        n = sum(score >= exact(edge) and (above is None or score < exact(above)) for score in scores)
        label = f"≥{edge:g}" if above is None else f"{edge:g}–{above:g}"
        yield Figure("scores.band", f"band/{label}", n, len(scores), source=source)
        above = edge
