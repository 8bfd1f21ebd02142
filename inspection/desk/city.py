"""The city at a glance: one cell for each target, in the order of the notice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.ports import Store
from domain.runs import RunKind, RunState
from domain.scores import Scorecard, Verdict
from domain.targets import Account, Registry, Site, Unit
from domain.times import beijing_date
from inspection.desk.scope import View
from reports import words


class Standing(StrEnum):
    """How a target stands, with a sign and a word beside the colour."""

    CLEAN = "clean"
    CHARGED = "charged"
    FAILED = "failed"
    UNKNOWN = "unknown"
    UNSEEN = "unseen"

    @property
    def sign(self) -> str:
        """A sign that needs no colour."""
        return {"clean": "✓", "charged": "－", "failed": "✗", "unknown": "？", "unseen": "○"}[self.value]

    @property
    def label(self) -> str:
        """In Chinese."""
        words = {"clean": "合格", "charged": "合格，有问题", "failed": "不合格", "unknown": "未能判定"}
        return {**words, "unseen": "未检查"}[self.value]


@dataclass(frozen=True, slots=True)
class Cell:
    """One target."""

    target_id: str
    name: str
    kind: str  # 网站 or the platform
    standing: Standing
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
    counts: tuple[tuple[Standing, int, int], ...]  # standing, sites, accounts

    @property
    def cells(self) -> Iterator[tuple[Unit, Cell]]:
        """Every cell with its unit, in order."""
        for _, rows in self.groups:
            for row in rows:
                yield from ((row.unit, cell) for cell in (*row.sites, *row.accounts))


def city_of(store: Store, view: View, now: datetime) -> City:
    """The latest complete judgement of every target that counts today."""
    registry = view.registry.on(beijing_date(now))
    if not (registry.sites or registry.accounts):
        registry = view.registry
    cards = latest_cards(store, registry)
    owned: dict[str, list[Site | Account]] = defaultdict(list)
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    for target in targets:
        owned[target.unit_id].append(target)
    rows = [_row(unit, owned[unit.id], cards) for unit in view.units if unit.id in owned]
    kinds = list(dict.fromkeys(row.unit.kind for row in rows))
    groups = tuple((kind.value, tuple(row for row in rows if row.unit.kind is kind)) for kind in kinds)
    counts = tuple(
        (
            standing,
            sum(cell.standing is standing for row in rows for cell in row.sites),
            sum(cell.standing is standing for row in rows for cell in row.accounts),
        )
        for standing in Standing
    )
    return City(groups, counts)


def latest_cards(store: Store, registry: Registry) -> dict[str, Scorecard]:
    """The latest complete card of every target, or its latest one where there is no complete one; five runs back."""
    wanted = {*(site.id for site in registry.sites), *(account.id for account in registry.accounts)}
    found: dict[str, Scorecard] = {}
    usable = [run for run in store.runs() if run.kind in {RunKind.NIGHTLY, RunKind.AUDIT}]
    for run in [run for run in reversed(usable) if run.state is not RunState.UNKNOWN][:10]:
        if all(target in found and found[target].complete for target in wanted):
            break
        for card in store.scorecards(run.id):
            known = found.get(card.target_id)
            if card.target_id in wanted and (known is None or (card.complete and not known.complete)):
                found[card.target_id] = card
    return found


def _row(unit: Unit, targets: Sequence[Site | Account], cards: dict[str, Scorecard]) -> Row:
    cells = [(isinstance(target, Site), cell_of(target, cards.get(target.id))) for target in targets]
    return Row(
        unit, tuple(cell for is_site, cell in cells if is_site), tuple(cell for is_site, cell in cells if not is_site)
    )


def cell_of(target: Site | Account, card: Scorecard | None) -> Cell:
    """How one target stands."""
    kind = words.platform(target) if isinstance(target, Account) else "网站"
    bare = Cell(target.id, target.name, kind, Standing.UNSEEN)
    if card is None:
        return bare
    bare = replace(bare, as_of=card.as_of, run_id=card.run_id)
    score = f"{words.points(card.score)} 分" if card.score is not None else ""
    if card.verdict is Verdict.FAIL:
        return replace(bare, standing=Standing.FAILED, detail="、".join(row.title for row in card.vetoes) or score)
    if card.verdict is Verdict.UNKNOWN:
        return replace(bare, standing=Standing.UNKNOWN, detail="、".join(row.title for row in card.blocked))
    open_ones = f"{card.problems} 个问题" if card.problems else ""
    detail = "，".join(filter(None, (score, open_ones)))
    return replace(bare, standing=Standing.CHARGED if card.problems else Standing.CLEAN, detail=detail)
