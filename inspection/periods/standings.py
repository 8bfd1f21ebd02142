"""How every registered target stood in a period: from kept scorecards and findings, as of its cut-off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.findings import FindingRecord, FindingState
from domain.periods import Period, Scoring
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind, RunState
from domain.scores import Deduction, Scorecard, Verdict, Veto
from domain.standings import Item, Standing
from domain.targets import Account, Registry, Site
from domain.times import beijing_date
from inspection.judging.findings_then import last_noted
from inspection.wording import RuleWording
from reports import words
from scorecards.scoring import target_kind

_BADNESS = {Verdict.PASS: 0, Verdict.UNKNOWN: 1, Verdict.FAIL: 2}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store holds of a period: its runs, and by target the judgements and findings."""

    period: Period
    cards: Mapping[str, Sequence[Scorecard]]  # inside the period, oldest first
    older: Mapping[str, Scorecard]  # the last judgement before it, of targets that have no complete one inside
    records: Mapping[str, Sequence[FindingRecord]]
    moments: Mapping[str, datetime]  # run -> as_of
    unjudged: Mapping[tuple[str, str], tuple[str, ...]]  # (run, target) -> checks


def standings_of(store: Store, rulebook: RuleBook, registry: Registry, period: Period) -> tuple[Standing, ...]:
    """Every target that counts on the day of the cut-off, sites first, in official order."""
    on_the_day = registry.on(beijing_date(period.cutoff))
    targets: tuple[Site | Account, ...] = (*on_the_day.sites, *on_the_day.accounts)
    kept = _kept(store, period, {target.id for target in targets})
    units = {unit.id: unit for unit in registry.units}
    order = {unit.id: place for place, unit in enumerate(registry.units)}
    wording = RuleWording(rulebook)
    made = []
    for target in targets:
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
            items=tuple(_items(kept, target.id, wording)),
        )  # fmt: skip
        made.append(_judged(kept, bare))
    return tuple(made)


def runs_of(store: Store, period: Period) -> list[Run]:
    """The runs whose judgements a period may use, oldest first."""
    kinds = {RunKind.NIGHTLY, RunKind.AUDIT}
    return [run for run in store.runs() if run.kind in kinds and run.as_of <= period.cutoff]


def _kept(store: Store, period: Period, targets: set[str]) -> _Kept:
    runs = runs_of(store, period)
    inside = [run for run in runs if run.as_of >= period.begins]
    cards: dict[str, list[Scorecard]] = defaultdict(list)
    for run in inside:
        for card in store.scorecards(run.id):
            whole = card.complete and run.state is not RunState.UNKNOWN  # our own network was down
            cards[card.target_id].append(card if whole else replace(card, complete=False))
    judged = {key for key, found in cards.items() if any(card.complete for card in found)}
    older: dict[str, Scorecard] = {}
    for run in reversed(runs[: len(runs) - len(inside)]):
        if not targets - judged - older.keys():
            break
        found = {card.target_id: card for card in store.scorecards(run.id) if card.complete}
        older = {key: card for key, card in found.items() if key not in judged} | older
    moments = {run.id: run.as_of for run in store.runs()}
    records: dict[str, list[FindingRecord]] = defaultdict(list)
    for record in _records_at(store, runs, period, moments):
        records[record.target_id].append(record)
    asked: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for run in inside:
        for target, item in store.unjudged(run.id):
            asked[run.id, target][item.check] = None
    return _Kept(period, cards, older, records, moments, {key: tuple(checks) for key, checks in asked.items()})


def _records_at(
    store: Store, runs: Sequence[Run], period: Period, moments: Mapping[str, datetime]
) -> Iterable[FindingRecord]:
    """Findings as the last run before the cut-off left them; what a person decided since then counts at once."""
    cutoff = period.cutoff
    recent = [run for run, as_of in moments.items() if as_of >= period.begins]  # what was mended before is no matter
    now = [record for record in store.standing_findings(mended_in=recent) if record.first_seen <= cutoff]
    later = {record.fingerprint for record in now if moments.get(record.last_run, cutoff) > cutoff}
    then = last_noted(store, reversed(runs), later)
    for record in now:
        if record.fingerprint not in later or record.state in {FindingState.REJECTED, FindingState.WAIVED}:
            yield record
        elif record.fingerprint in then:
            yield then[record.fingerprint]


def _judged(kept: _Kept, bare: Standing) -> Standing:
    """With the judgement that counts; a target without a complete one in the period only tells of its last one."""
    complete = [card for card in kept.cards.get(bare.target_id, ()) if card.complete]
    if not complete:
        old = kept.older.get(bare.target_id)
        return replace(bare, as_of=old.as_of, run_id=old.run_id) if old else bare
    card = _counting(complete, kept.period.scoring)
    return replace(
        bare,
        verdict=card.verdict,
        score=card.score,
        run_id=card.run_id,
        as_of=card.as_of,
        inspected=True,
        nights=len({beijing_date(each.as_of) for each in complete}),
        vetoes=tuple(_veto(veto) for veto in card.vetoes),
        charges=card.deductions,
        open_vetoes=tuple(dict.fromkeys(row.title for row in (*card.blocked, *card.open_vetoes))),
        unjudged=kept.unjudged.get((card.run_id, bare.target_id), ()),
    )


def _counting(cards: Sequence[Scorecard], scoring: Scoring) -> Scorecard:
    if scoring is Scoring.LAST:
        return cards[-1]
    return max(cards, key=lambda card: (_BADNESS[card.verdict], -(card.score if card.score is not None else 1000)))


def _veto(veto: Veto) -> Deduction:
    return Deduction(veto.indicator, veto.title, 0, veto.count, veto.fingerprints, veto.pending)


def _items(kept: _Kept, target_id: str, wording: RuleWording) -> Iterable[Item]:
    period, last = kept.period, kept.cards.get(target_id, ())[-1:]
    ordered = sorted(
        kept.records.get(target_id, ()), key=lambda each: (-each.severity.rank, each.first_seen, each.fingerprint)
    )
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
