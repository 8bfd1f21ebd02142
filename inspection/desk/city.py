"""The city at a glance: one cell for each target, in the order of the notice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.ports import Store
from domain.scores import Scorecard, Verdict
from domain.target_days import LONG_AGO, Sign, TargetDay, standing_days
from domain.targets import Account, Registry, Site, Unit
from domain.times import beijing_date
from inspection.desk.scope import View
from reports import words

HISTORY = 30  # days shown of one target


@dataclass(frozen=True, slots=True)
class Cell:
    """One target."""

    target_id: str
    name: str
    kind: str  # 网站 or the platform
    sign: Sign
    detail: str = ""
    as_of: datetime | None = None
    run_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with its targets."""

    unit: Unit
    sites: tuple[Cell, ...]
    accounts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class City:
    """All rows a person may see, by kind of unit, and how many stand how."""

    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    counts: tuple[tuple[Sign, int, int], ...]  # sign, sites, accounts

    @property
    def cells(self) -> Iterator[tuple[Unit, Cell]]:
        """Every cell with its unit, in order."""
        for _, rows in self.groups:
            for row in rows:
                yield from ((row.unit, cell) for cell in (*row.sites, *row.accounts))


def city_of(store: Store, view: View, now: datetime) -> City:
    """How every target stands that counts today."""
    registry = view.registry.on(beijing_date(now))
    if not (registry.sites or registry.accounts):
        registry = view.registry
    days = latest_days(store, registry)
    owned: dict[str, list[Site | Account]] = defaultdict(list)
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    for target in targets:
        owned[target.unit_id].append(target)
    rows = [_row(unit, owned[unit.id], days) for unit in view.units if unit.id in owned]
    kinds = list(dict.fromkeys(row.unit.kind for row in rows))
    groups = tuple((kind.value, tuple(row for row in rows if row.unit.kind is kind)) for kind in kinds)
    counts = tuple(
        (
            sign,
            sum(cell.sign is sign for row in rows for cell in row.sites),
            sum(cell.sign is sign for row in rows for cell in row.accounts),
        )
        for sign in Sign
    )
    return City(groups, counts)


def latest_days(store: Store, registry: Registry) -> Mapping[str, TargetDay]:
    """The day every target stands by."""
    wanted = {*(site.id for site in registry.sites), *(account.id for account in registry.accounts)}
    return standing_days(store.latest_days(wanted)) if wanted else {}


def history_of(store: Store, day: TargetDay | None) -> list[TargetDay]:
    """How a target stood on the days up to its last one, the oldest first."""
    return store.days(day.day - timedelta(days=HISTORY - 1), day.day, day.target_id) if day else []


def latest_cards(store: Store, registry: Registry) -> dict[str, Scorecard]:
    """The card every target stands by."""
    by_run: dict[str, list[str]] = defaultdict(list)
    for day in latest_days(store, registry).values():
        by_run[day.run_id].append(day.target_id)
    return {card.target_id: card for run, targets in by_run.items() for card in store.scorecards(run, targets)}


def _row(unit: Unit, targets: Sequence[Site | Account], days: Mapping[str, TargetDay]) -> Row:
    newest = max((day.day for day in days.values()), default=date.min)
    cells = [(isinstance(target, Site), cell_of(target, days.get(target.id), newest)) for target in targets]
    return Row(
        unit, tuple(cell for is_site, cell in cells if is_site), tuple(cell for is_site, cell in cells if not is_site)
    )


def cell_of(target: Site | Account, day: TargetDay | None, newest: date = date.min) -> Cell:
    """How one target stands; not at all when it was judged long before `newest`, the newest judgement of all."""
    kind = words.platform(target) if isinstance(target, Account) else "网站"
    bare = Cell(target.id, target.name, kind, Sign.UNSEEN)
    if day is None:
        return bare
    if newest - day.day > LONG_AGO:
        return replace(bare, detail=f"最近判定于 {day.day}", as_of=day.as_of, run_id=day.run_id)
    told = replace(bare, sign=day.sign, as_of=day.as_of, run_id=day.run_id)
    if day.verdict is not Verdict.PASS and day.why:
        return replace(told, detail=day.why)
    score = f"{words.points(day.score)} 分" if day.score is not None else ""
    named = f"问题 {day.counts.named} 项" if day.counts.named else ""
    return replace(told, detail="，".join(filter(None, (score, named))))
