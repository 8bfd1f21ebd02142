"""Figures of a period beside those of another one, and what lasts over several periods. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.figures import CITY, Figure, Measure
from domain.ranks import Rank, dense_ranks
from domain.scores import Verdict
from domain.standings import Brief, Standing
from scorecards.figures import FigureRules
from scorecards.points import exact

RATES = ("sites.passed", "sites.clean", "accounts.passed")
COUNTS = ("sites.registered", "accounts.registered", "problems.open", "sites.failed", "accounts.failed")


def compared(
    figures: Iterable[Figure], earlier: Iterable[Figure], name: str, rules: FigureRules, source: str
) -> Iterator[Figure]:
    """Changes of rates in percentage points and of counts relative to the earlier one; `name`: before, year."""
    then = {figure.key: figure for figure in earlier}
    for figure in figures:
        old = then.get(figure.key)
        if old is None:
            continue
        kind, where = f"{figure.kind}.{name}", (f"figure:{figure.kind}@{figure.scope}", source)
        if figure.kind in RATES and figure.of and old.of:
            change = Fraction(figure.n, figure.of) - Fraction(old.n, old.of)
            made = Figure(kind, figure.scope, change.numerator, change.denominator, Measure.POINTS, source=where)
            yield rules.apply(made)
        elif figure.kind in COUNTS and old.n:
            made = Figure(kind, figure.scope, figure.n - old.n, old.n, Measure.RELATIVE, source=where)
            yield rules.apply(made)


def compared_kinds() -> frozenset[str]:
    """Kinds of figures that are set beside those of another period."""
    return frozenset((*RATES, *COUNTS))


@dataclass(frozen=True, slots=True)
class Change:
    """What another closing of the same period says differently."""

    what: str
    was: str
    now: str


def changes(before: Iterable[Figure], after: Iterable[Figure]) -> list[tuple[str, str, str, str]]:
    """(kind, scope, was, now) of every figure that is not what it was; `—` where there was or is none."""
    old, new = ({figure.key: _shown(figure) for figure in figures} for figures in (before, after))
    keys = dict.fromkeys((*old, *new))
    return [(*key, old.get(key, "—"), new.get(key, "—")) for key in keys if old.get(key) != new.get(key)]


def verdict_changes(before: Iterable[Standing], after: Iterable[Standing]) -> list[Change]:
    """Targets whose verdict or score is another one."""
    old, new = ({item.target_id: item for item in standings} for standings in (before, after))
    found = []
    for target in dict.fromkeys((*old, *new)):
        was, now = (_outcome(side.get(target)) for side in (old, new))
        if was != now:
            found.append(Change((new.get(target) or old[target]).name, was, now))
    return found


def _outcome(item: Standing | None) -> str:
    if item is None:
        return "不在名录"
    if not item.inspected:
        return "本期未检查"
    return item.verdict.label + (f" {item.score:g} 分" if item.score is not None else "")


def _shown(figure: Figure) -> str:
    return (
        f"{figure.printed}/{figure.of}" if figure.of is not None and figure.measure is Measure.COUNT else figure.printed
    )


def streaks(standings: Sequence[Brief], earlier: Sequence[Sequence[Brief]]) -> Iterator[Figure]:
    """连续N期: for how many periods on end a unit had the same kind of problem, or a target failed; from two on.

    `earlier` holds the periods before, the newest first; a period that is missing ends every streak.
    """
    past = [_faults(period) for period in earlier]
    for fault in sorted(_faults(standings)):
        length = 1
        for period in past:
            if fault not in period:
                break
            length += 1
        if length > 1:
            kind, scope = fault
            yield Figure(kind, scope, length, source=(f"standings:{kind}@{scope}",))
    full = 0
    for stood in (standings, *earlier):
        if not stood or any(item.verdict is not Verdict.PASS or not item.inspected for item in stood):
            break
        full += 1
    if full > 1:
        yield Figure("streak.all_passed", CITY, full, source=(f"standings:streak.all_passed@{CITY}",))


def _faults(standings: Iterable[Brief]) -> set[tuple[str, str]]:
    found = set()
    for standing in standings:
        if not standing.inspected:
            continue
        if standing.verdict is Verdict.FAIL:
            found.add(("streak.failed", f"target/{standing.target_id}"))
        found |= {(f"streak.{check}", f"unit/{standing.unit_id}") for check in standing.checks}
    return found


def ranked(standings: Iterable[Standing], group: str) -> tuple[Rank, ...]:
    """The sites of one kind of unit by their score, ties together; those without a score have no rank."""
    values = {
        item.name: exact(item.score)
        for item in standings
        if item.is_site and item.group == group and item.judged and item.score is not None
    }
    return dense_ranks(values)


def regions_in_full(figures: Iterable[Figure], units: Mapping[str, str]) -> tuple[str, ...]:
    """Units (id -> name) all of whose sites and accounts were inspected and passed."""
    whole: dict[str, bool] = {}
    for figure in figures:
        head, _, unit = figure.scope.partition("/")
        if head == "unit" and unit in units and figure.kind.rpartition(".")[2] in {"inspected", "passed", "unknown"}:
            good = figure.n == 0 if figure.kind.endswith("unknown") else figure.n == figure.of
            whole[unit] = whole.get(unit, True) and good
    return tuple(name for unit, name in units.items() if whole.get(unit))
