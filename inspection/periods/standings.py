"""How every registered target stood in a period: from kept scorecards and findings, as of its cut-off."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.cutoffs import Cutoff
from domain.findings import FindingRecord, FindingState
from domain.periods import Period, Scoring
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from domain.scores import Deduction, Scorecard, Verdict, Veto
from domain.standings import Item, Standing
from domain.target_days import KINDS, TargetDay, day_of, seen_in
from domain.targets import Account, Registry, Site
from domain.times import beijing_date
from inspection.judging.findings_then import last_noted
from inspection.wording import RuleWording
from reports import words
from scorecards.scoring import target_kind

FEW = 10  # targets asked for by name
AT_ONCE = 40  # targets whose findings are in memory together
_BADNESS = {Verdict.PASS: 0, Verdict.UNKNOWN: 1, Verdict.FAIL: 2}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store holds of a period: its runs, and by target its days and the judgement that counts."""

    period: Period
    runs: Sequence[Run]  # whose judgements may be used, oldest first
    days: Mapping[str, Sequence[TargetDay]]  # inside the period, oldest first
    older: Mapping[str, TargetDay]  # the last complete judgement before it, of targets that have none inside
    cards: Mapping[str, Scorecard]
    moments: Mapping[str, datetime]  # run -> as_of
    unjudged: Mapping[str, tuple[str, ...]]  # checks


def standings_of(store: Store, rulebook: RuleBook, registry: Registry, period: Period) -> tuple[Standing, ...]:
    """Every target that counts on the day of its cut-off, sites first, in official order."""
    sites, accounts = (replace(period, cutoff=period.until(each)) for each in (Cutoff.SITES, Cutoff.ACCOUNTS))
    counted: list[tuple[Period, tuple[Site | Account, ...]]] = [
        (sites, registry.on(beijing_date(sites.cutoff)).sites),
        (accounts, registry.on(beijing_date(accounts.cutoff)).accounts),
    ]
    if sites.cutoff == accounts.cutoff:  # read once
        counted = [(sites, (*counted[0][1], *counted[1][1]))]
    made = [item for part, targets in counted for item in _stood(store, rulebook, registry, part, targets)]
    visits = period.until(Cutoff.VISITS)
    if all(part.cutoff == visits for part, _ in counted):
        return tuple(made)
    days = _days(store, replace(period, cutoff=visits), _inside(store.runs(), replace(period, cutoff=visits)))
    return tuple(replace(item, nights=_nights(days.get(item.target_id, ()))) for item in made)


def _stood(
    store: Store, rulebook: RuleBook, registry: Registry, period: Period, targets: Sequence[Site | Account]
) -> Iterator[Standing]:
    """Some targets at one cut-off."""
    kept = _kept(store, period, [target.id for target in targets])
    units = {unit.id: unit for unit in registry.units}
    order = {unit.id: place for place, unit in enumerate(registry.units)}
    wording = RuleWording(rulebook)
    for target, records in _with_records(store, kept, targets):
        unit = units.get(target.unit_id)
        bare = Standing(
            target.id, target.name, target_kind(target),
            level=target.kind.value if isinstance(target, Site) else "",
            platform=words.platform(target) if isinstance(target, Account) else "",
            unit_id=target.unit_id,
            unit=unit.label if unit else "",
            order=order.get(target.unit_id, len(order)),
            group=unit.kind.value if unit else "",
            address=words.address(target),
            state=target.state.value,
            items=tuple(_items(kept, target.id, records, wording)),
        )  # fmt: skip
        yield _judged(kept, bare)


def _nights(days: Iterable[TargetDay]) -> int:
    return sum(day.complete for day in days)


def runs_of(store: Store, period: Period) -> list[Run]:
    """The runs whose judgements a period may use, oldest first."""
    return _usable(store.runs(), period)


def _usable(runs: Iterable[Run], period: Period) -> list[Run]:
    return [run for run in runs if run.kind in KINDS and run.as_of <= period.cutoff]


def _inside(runs: Iterable[Run], period: Period) -> list[Run]:
    return [run for run in _usable(runs, period) if run.as_of >= period.begins]


def _kept(store: Store, period: Period, targets: Sequence[str]) -> _Kept:
    every = store.runs()
    runs = _usable(every, period)
    inside = _inside(every, period)
    days = _days(store, period, inside)
    judged = {key for key, found in days.items() if any(day.complete for day in found)}
    unseen = [target for target in targets if target not in judged]
    before = period.start - timedelta(days=1)
    older = {day.target_id: day for day in store.latest_days(unseen, before) if day.complete} if unseen else {}
    cards = _cards(store, period, inside, {key: days[key] for key in targets if key in judged})
    moments = {run.id: run.as_of for run in every}
    return _Kept(period, runs, days, older, cards, moments, _unjudged(store, cards))


def _days(store: Store, period: Period, inside: Sequence[Run]) -> Mapping[str, Sequence[TargetDay]]:
    """How targets stood by day; on the day of the cut-off, up to that moment."""
    last = beijing_date(period.cutoff)
    days: dict[str, list[TargetDay]] = defaultdict(list)
    late: set[str] = set()
    for day in store.days(period.start, last):
        if day.as_of > period.cutoff:
            late.add(day.target_id)
        else:
            days[day.target_id].append(day)
    earlier: dict[str, list[Scorecard]] = defaultdict(list)
    for run in inside:
        if late and beijing_date(run.as_of) == last:
            for card in store.scorecards(run.id):
                earlier[card.target_id].append(seen_in(run.state, card))
    for target in late:
        found = day_of(earlier[target])
        days[target] += [found] if found else []
    return days


def _cards(
    store: Store, period: Period, inside: Sequence[Run], days: Mapping[str, Sequence[TargetDay]]
) -> Mapping[str, Scorecard]:
    """The complete judgement of each target that counts."""
    if period.scoring is Scoring.WORST:
        every = (card for run in inside for card in store.scorecards(run.id) if seen_in(run.state, card).complete)
        return _worst(card for card in every if card.target_id in days)
    by_run: dict[str, list[str]] = defaultdict(list)
    for target, found in days.items():
        by_run[[day for day in found if day.complete][-1].run_id].append(target)
    asked = ((run, targets if len(targets) <= FEW else ()) for run, targets in by_run.items())
    found_cards = (card for run, few in asked for card in store.scorecards(run, few) if card.target_id in by_run[run])
    return {card.target_id: card for card in found_cards}


def _worst(cards: Iterable[Scorecard]) -> Mapping[str, Scorecard]:
    found: dict[str, Scorecard] = {}
    for card in cards:
        known = found.get(card.target_id)
        found[card.target_id] = card if known is None or _badness(card) > _badness(known) else known
    return found


def _badness(card: Scorecard) -> tuple[int, float]:
    return _BADNESS[card.verdict], -(card.score if card.score is not None else 1000)


def _unjudged(store: Store, cards: Mapping[str, Scorecard]) -> Mapping[str, tuple[str, ...]]:
    """What the judgement that counts could not judge, by target."""
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for run in dict.fromkeys(card.run_id for card in cards.values()):
        mine = [target for target, card in cards.items() if card.run_id == run]
        parts = [store.unjudged(run, target) for target in mine] if len(mine) <= FEW else [store.unjudged(run)]
        for target, item in (pair for part in parts for pair in part):
            if target in cards and cards[target].run_id == run:
                asked[target][item.check] = None
    return {target: tuple(checks) for target, checks in asked.items()}


def _with_records(
    store: Store, kept: _Kept, targets: Sequence[Site | Account]
) -> Iterator[tuple[Site | Account, list[FindingRecord]]]:
    """Every target with its findings as of the cut-off, some targets at a time: a large city's need much memory."""
    recent = [run for run, as_of in kept.moments.items() if as_of >= kept.period.begins]  # mended before: no matter
    mended: dict[str, list[FindingRecord]] = defaultdict(list)
    for record in store.mended_findings(recent):
        mended[record.target_id].append(record)
    for start in range(0, len(targets), AT_ONCE):
        part = targets[start : start + AT_ONCE]
        now = store.standing_findings([target.id for target in part])
        records: dict[str, list[FindingRecord]] = defaultdict(list)
        for record in _at_cutoff(store, kept, [*now, *(each for target in part for each in mended[target.id])]):
            records[record.target_id].append(record)
        yield from ((target, records[target.id]) for target in part)


def _at_cutoff(store: Store, kept: _Kept, found: Iterable[FindingRecord]) -> Iterator[FindingRecord]:
    """Findings as the last run before the cut-off left them; what a person decided since then counts at once."""
    cutoff = kept.period.cutoff
    now = [record for record in found if record.first_seen <= cutoff]
    later = {record.fingerprint for record in now if kept.moments.get(record.last_run, cutoff) > cutoff}
    then = last_noted(store, reversed(kept.runs), later)
    for record in now:
        if record.fingerprint not in later or record.state in {FindingState.REJECTED, FindingState.WAIVED}:
            yield record
        elif record.fingerprint in then:
            yield then[record.fingerprint]


def _judged(kept: _Kept, bare: Standing) -> Standing:
    """With the judgement that counts; a target without a complete one in the period only tells of its last one."""
    card = kept.cards.get(bare.target_id)
    if card is None:
        old = kept.older.get(bare.target_id)
        return replace(bare, as_of=old.as_of, run_id=old.run_id) if old else bare
    return replace(
        bare,
        verdict=card.verdict,
        score=card.score,
        run_id=card.run_id,
        as_of=card.as_of,
        inspected=True,
        nights=_nights(kept.days[bare.target_id]),
        vetoes=tuple(_veto(veto) for veto in card.vetoes),
        charges=card.deductions,
        open_vetoes=tuple(dict.fromkeys(row.title for row in (*card.blocked, *card.open_vetoes))),
        unjudged=kept.unjudged.get(bare.target_id, ()),
    )


def _veto(veto: Veto) -> Deduction:
    return Deduction(veto.indicator, veto.title, 0, veto.count, veto.fingerprints, veto.pending)


def _items(kept: _Kept, target_id: str, records: Iterable[FindingRecord], wording: RuleWording) -> Iterable[Item]:
    period, last = kept.period, kept.days.get(target_id, ())[-1:]
    ordered = sorted(records, key=lambda each: (-each.severity.rank, each.first_seen, each.fingerprint))
    for record in ordered:
        mended = record.state is FindingState.FIXED
        ended = kept.moments.get(record.last_run)
        if not record.state.is_open and not (mended and ended is not None and ended >= period.begins):
            continue
        finding = record.finding
        if mended and finding.candidate and record.review.verdict != "confirmed":
            continue
        yield Item(
            finding.check, wording.title(finding.check), wording.message(finding), record.severity, record.fingerprint,
            finding.ref.url, finding.ref.label,
            newest=str(finding.facts.get("newest") or ""),
            deadline=str(finding.facts.get("deadline") or ""),
            mended=mended,
            unread=not mended and bool(last) and record.last_seen < last[0].as_of,
            candidate=not mended and not record.counts,
            capture=finding.ref.capture,
        )  # fmt: skip
