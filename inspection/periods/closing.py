"""Periods as the office works with them: open, close, reopen. Every change carries its actor.

Closing fixes the figures and how every target stood; both are stored and never computed again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from domain.cutoffs import Cutoff
from domain.errors import NotJudged, UsageError, ValueRefused
from domain.figures import Figure
from domain.ledger import ledger_figures
from domain.periods import Period, PeriodState, Scoring, before, counted, period_named, with_cutoffs, year_before
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.standings import Brief, Standing
from domain.targets import Registry, UnitKind
from domain.times import BEIJING
from domain.trail import Act
from inspection.acting import demand, note
from inspection.forgotten import demand_remembered
from inspection.periods.standings import standings_of
from scorecards.comparisons import Change, changes, compared, compared_kinds, regions_in_full, streaks, verdict_changes
from scorecards.figures import FigureRules, build_figures
from scorecards.letter_figures import letter_figures

MOST_STREAK = 12  # periods looked back on


@dataclass(frozen=True, slots=True)
class Sums:
    """A period with its figures and standings, fixed or, while it is open, as they would be now."""

    period: Period
    figures: tuple[Figure, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closing fixed, and what it says differently from the one before."""

    sums: Sums
    figures_changed: Sequence[tuple[str, str, str, str]] = ()
    verdicts_changed: Sequence[Change] = ()


def open_period(
    store: Store,
    name: str,
    actor: Actor,
    now: datetime,
    *,
    start: date | None = None,
    end: date | None = None,
    cutoff: datetime | None = None,
    ordinal: int = 0,
    scoring: str = "last",
    cutoffs: Mapping[str, datetime] = MappingProxyType({}),
) -> Period:
    """Begin a period; UsageError when there is one of that name, or one it overlaps. `cutoffs`: subject -> its own."""
    demand(store, actor, Action.CLOSE_PERIOD)
    if scoring not in {*Scoring}:
        raise UsageError(f"计分方式没有“{scoring}”；请用 last（最近一次）或 worst（最差一次）")
    try:
        period = with_cutoffs(counted(period_named(name, start, end, cutoff), ordinal), cutoffs)
    except ValueError as error:
        raise UsageError(str(error)) from error
    demand_remembered(store, period.begins, f"不能再建立{period.label}")
    for other in store.periods():
        if other.id == period.id:
            raise UsageError(f"考核期 {name} 已经建立（{other.state.label}）；用 xunjian period show {name} 查看")
        if other.overlaps(period):
            raise UsageError(f"考核期 {name} 与 {other.id}（{other.start} 至 {other.end}）重叠；请改起止日期")
    made = replace(period, scoring=Scoring(scoring), opened_by=actor.name, opened_at=now)
    note(store, actor, Act.PERIOD, made.id, now, now=f"建立，{'，'.join(cutoff_words(made))}，{made.scoring.label}")
    store.save_period(made)
    return made


def close_period(
    store: Store, rulebook: RuleBook, rules: FigureRules, name: str, actor: Actor, now: datetime
) -> Closing:
    """Fix the figures of a period as its next version."""
    demand(store, actor, Action.CLOSE_PERIOD)
    period = found_period(store, name)
    try:
        closed = replace(period.moved("close"), closed_by=actor.name, closed_at=now)
    except ValueError as error:
        raise UsageError(f"{error}；如需改动，请先运行 xunjian period reopen {name}") from error
    if now < period.last_cutoff:
        raise UsageError(f"{period.label}的监测时间点 {_moment(period.last_cutoff)} 未到，不能关闭")
    sums = replace(computed(store, rulebook, rules, period), period=closed)
    if not any(item.inspected for item in sums.standings):
        raise NotJudged(f"{period.label}内没有任何完整的判定，不能关闭；请先运行 xunjian nightly")
    _demand_unclosed(store, closed)  # summing takes a while
    note(store, actor, Act.PERIOD, name, now, PeriodState.OPEN.label, f"{closed.state.label}，第 {closed.version} 版")
    _freeze(store, sums)
    if closed.version == 1:
        return Closing(sums)
    last = closed.version - 1
    return Closing(
        sums,
        changes(store.figures(name, last), sums.figures),
        verdict_changes(store.standings(name, last), sums.standings),
    )


def _demand_unclosed(store: Store, closed: Period) -> None:
    """UsageError when somebody else has closed the period in the meantime."""
    if store.period(closed.id, closed.version) is not None:
        raise UsageError(
            f"{closed.label}已由他人关闭（第 {closed.version} 版）；如需改动，请先运行 xunjian period reopen {closed.id}"
        )


def _freeze(store: Store, sums: Sums) -> None:
    try:
        store.freeze(sums.period, sums.figures, sums.standings)
    except ValueRefused:
        _demand_unclosed(store, sums.period)
        raise


def reopen_period(store: Store, name: str, actor: Actor, reason: str, now: datetime) -> Period:
    """Allow another closing; the versions that were closed stay."""
    demand(store, actor, Action.CLOSE_PERIOD)
    if not reason.strip():
        raise UsageError("重新打开考核期须写明理由（--reason）")
    try:
        period = found_period(store, name).moved("reopen")
    except ValueError as error:
        raise UsageError(str(error)) from error
    demand_remembered(store, period.begins, f"{period.label}不能重新打开；已关闭的数字不变")
    reopened = replace(period, note=reason.strip(), opened_by=actor.name)
    note(store, actor, Act.PERIOD, name, now, PeriodState.CLOSED.label, f"重新打开（{reopened.note}）")
    store.save_period(reopened)
    return reopened


def found_period(store: Store, name: str, version: int = 0) -> Period:
    """A period by its name; UsageError when there is none."""
    period = store.period(name, version)
    if period is None:
        which = f"的第 {version} 版" if version else ""
        raise UsageError(f"没有考核期 {name}{which}；用 xunjian period list 查看，用 xunjian period open 建立")
    return period


def sums_of(store: Store, rulebook: RuleBook, rules: FigureRules, name: str, version: int = 0) -> Sums:
    """What a closing fixed; of an open period, what closing it now would fix."""
    period = found_period(store, name, version)
    if period.state is PeriodState.OPEN:
        return computed(store, rulebook, rules, period)
    number = version or period.version
    return Sums(period, tuple(store.figures(name, number)), tuple(store.standings(name, number)))


def computed(store: Store, rulebook: RuleBook, rules: FigureRules, period: Period) -> Sums:
    """The figures of a period from what the store keeps."""
    registry = store.load_registry()
    standings = standings_of(store, rulebook, registry, period)
    figures = list(build_figures(standings, rules, _registered(registry, period)))
    for kind, name in (("before", before(period)), ("year", year_before(period))):
        other = store.period(name) if name else None
        if other is not None and other.version:
            keys = [figure.key for figure in figures if figure.kind in compared_kinds()]
            fixed = store.figures(name, other.version, keys)
            figures += compared(tuple(figures), fixed, kind, rules, f"period:{name}#{other.version}")
    figures += streaks([item.brief for item in standings], _earlier(store, period))
    figures += [rules.apply(figure) for figure in letter_figures(store.letters(), period)]
    figures += [rules.apply(figure) for figure in ledger_figures(store.ledger(), period)]
    seen = {item.unit_id for item in standings}
    areas = {unit.id: unit.label for unit in registry.units if unit.kind is UnitKind.DISTRICT and unit.id in seen}
    if areas:
        full = tuple(f"unit:{name}" for name in regions_in_full(tuple(figures), areas))
        figures.append(rules.apply(Figure("units.full", n=len(full), of=len(areas), source=full or ("registry",))))
    return Sums(period, tuple(replace(each, until=period.until_of(*each.key)) for each in figures), standings)


def cutoff_words(period: Period) -> list[str]:
    """监测时间点, and every 统计截止 that is another one."""
    own = (f"{Cutoff(name).label}统计到 {_moment(moment)}" for name, moment in period.cutoffs.items())
    return [f"监测时间点 {_moment(period.cutoff)}", *own]


def _earlier(store: Store, period: Period) -> Sequence[Sequence[Brief]]:
    """How targets stood in the closed periods right before this one, the newest first, without a gap."""
    found: list[Sequence[Brief]] = []
    while len(found) < MOST_STREAK and (name := before(period)):
        other = store.period(name)
        if other is None or not other.version:
            break
        found.append(store.briefs(name, other.version))
        period = other
    return found


def _registered(registry: Registry, period: Period) -> dict[str, int]:
    """Openings and closings that the registry dates within the period."""
    numbers: dict[str, int] = {}
    for name, targets in (("sites", registry.sites), ("accounts", registry.accounts)):
        opened = [t for t in targets if t.valid_from and period.start <= t.valid_from <= period.end]
        closed = [t for t in targets if t.valid_to and period.start <= t.valid_to <= period.end]
        numbers |= {f"{name}.opened": len(opened)} if opened else {}
        numbers |= {f"{name}.closed": len(closed)} if closed else {}
    return numbers


def _moment(value: datetime) -> str:
    return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M}"
