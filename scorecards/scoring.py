"""Findings of one target to its scorecard. Pure: the same records and rules give the same card."""

from collections.abc import Iterable, Sequence
from math import inf

from domain.findings import FindingRecord, Unjudged
from domain.rules import Indicator, RuleBook
from domain.runs import Run, RunState
from domain.scores import Blocked, Bonus, Scorecard, Verdict, counts_of
from domain.targets import Account, Site
from scorecards.points import Tallied, exact, score


def target_kind(target: Site | Account) -> str:
    """`portal`, `department` or `account`, as `applies_to` of the indicators names them."""
    if isinstance(target, Account):
        return "account"
    return "portal" if target.kind.is_portal else "department"


def applicable(indicators: Iterable[Indicator], kind: str, service: bool) -> tuple[Indicator, ...]:
    """The rows looked at for this kind of target; N6 leaves out 办事服务 where there is no outward service."""
    return tuple(row for row in indicators if kind in row.applies_to and (service or not row.needs_service))


def build_scorecard(
    target: Site | Account,
    run: Run,
    records: Sequence[FindingRecord],
    unjudged: Sequence[Unjudged],
    rulebook: RuleBook,
    *,
    checks_run: int,
    bonus: Sequence[Bonus] = (),
    complete: bool,
    by_hand: int = 0,
) -> Scorecard:
    """Score one target. `checks_run` counts all checks that ran, those with an Unjudged included.

    When our own network was down (run state unknown) nobody loses a point and nobody passes. Raises ValueError
    when a record belongs to another target: nobody is scored by a neighbour's findings.
    """
    strangers = {record.target_id for record in records} - {target.id}
    if strangers:
        raise ValueError(f"findings of {', '.join(sorted(strangers))} cannot be scored for {target.id}")
    kind = target_kind(target)
    service = not isinstance(target, Site) or target.service_function
    blind = run.state is RunState.UNKNOWN
    counted = () if blind else tuple(record for record in records if record.counts)
    rows = applicable(rulebook.indicators, kind, service)
    vetoes, charges = tally_vetoes(rows, counted), tally_charges(rows, counted)
    outcome = score(vetoes, charges, bonus, rulebook.totals, kind=kind, service=service)
    passed = outcome.verdict is Verdict.PASS
    scored = kind in rulebook.totals.deduction_applies_to
    open_rows = (*vetoes, *charges) if scored else vetoes
    blocked = find_blocked(open_rows, unjudged, target) if passed else ()
    still_open = find_open(vetoes, unjudged, target) if passed else ()
    unsure = passed and (bool(blocked) or blind or not complete)
    unread = {record.finding.check for record in records if record.unread is not None}
    questions = len({item.check for item in unjudged} | unread)
    return Scorecard(
        target_id=target.id,
        target_name=target.name,
        target_kind=kind,
        unit_id=target.unit_id,
        run_id=run.id,
        as_of=run.as_of,
        verdict=Verdict.UNKNOWN if unsure else outcome.verdict,
        score=None if blind else outcome.score,
        vetoes=outcome.vetoes,
        deductions=outcome.deductions,
        bonus=outcome.bonus,
        blocked=blocked,
        judged=max(0, checks_run - questions),
        unjudged=questions,
        problems=len(counted),
        rules_hash=run.rules_hash or rulebook.hash,
        complete=complete and not blind,
        open_vetoes=still_open,
        by_hand=by_hand,
        unread=sum(record.unread is not None for record in counted),
        counts=counts_of(counted),
    )


def accepts(row: Indicator, record: FindingRecord) -> bool:
    """Whether a row counts a record's finding."""
    return any(count.accepts(record.finding) for count in row.counts)


def tally_vetoes(rows: Iterable[Indicator], counted: Sequence[FindingRecord]) -> list[Tallied]:
    """What every veto row counts; a finding may count for several of them."""
    tallied = []
    for row in rows:
        if row.veto_at is not None:
            prints = tuple(record.fingerprint for record in counted if accepts(row, record))
            tallied.append(Tallied(row, len(prints), prints))
    return tallied


def tally_charges(rows: Iterable[Indicator], counted: Sequence[FindingRecord]) -> list[Tallied]:
    """What every deducting row counts; a finding pays only at its matching row of the highest precedence (N8)."""
    paying = [row for row in rows if row.points]
    prints: dict[str, list[str]] = {row.id: [] for row in paying}
    for record in counted:
        payee = max((row for row in paying if accepts(row, record)), key=lambda row: row.precedence, default=None)
        if payee is not None:
            prints[payee.id].append(record.fingerprint)
    return [Tallied(row, len(prints[row.id]), tuple(prints[row.id])) for row in paying]


def find_blocked(
    tallied: Iterable[Tallied], unjudged: Sequence[Unjudged], target: Site | Account
) -> tuple[Blocked, ...]:
    """The `block` rows whose open questions could still change the outcome."""
    return find_open((item for item in tallied if item.row.when_unjudged == "block"), unjudged, target)


def find_open(tallied: Iterable[Tallied], unjudged: Sequence[Unjudged], target: Site | Account) -> tuple[Blocked, ...]:
    """The rows whose open questions could still change the outcome, each with its first question."""
    found: dict[str, Blocked] = {}
    for item in tallied:
        row = item.row
        checks = {count.check for count in row.counts}
        asked = [question for question in unjudged if question.check in checks]
        if asked and could_change(item, asked, target):
            more = f"（等{len(asked)}项）" if len(asked) > 1 else ""
            found[row.id] = Blocked(row.id, row.title, asked[0].reason + more)
    return tuple(found.values())


def could_change(item: Tallied, asked: Sequence[Unjudged], target: Site | Account) -> bool:
    """Whether findings in place of the open questions would reach the veto or cost points.

    A question about the whole target (its own address, or none) may hide any number of findings.
    """
    row = item.row
    whole = {"", target.home_url if isinstance(target, Site) else target.url}
    places = {question.ref.url for question in asked}
    possible = inf if places & whole else len(places)
    if row.veto_at is not None and item.count + possible >= row.veto_at:
        return True
    spent_out = (row.once and item.count > 0) or (row.cap is not None and item.raw >= exact(row.cap))
    return bool(row.points) and not spent_out
