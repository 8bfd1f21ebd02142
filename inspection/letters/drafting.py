"""Letters and slips drafted: which findings of a unit they name, and how."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import UsageError
from domain.findings import FindingRecord, FindingState, Severity
from domain.letter_moves import PaperKind
from domain.letters import Letter, LetterItem
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.targets import Account, Registry, Site
from domain.trail import Act
from inspection.acting import demand, note
from inspection.people.registering import unit_named
from inspection.wording import RuleWording
from scorecards.scoring import target_kind

# What a slip is for: soon too late, or mended with one hand.
SLIP_CHECKS = frozenset(
    {"account.near_due", "column.near_due", "text.typo", "text.format", "link.dead", "link.soft404", "link.hijacked"}
)


@dataclass(frozen=True)
class Drafter:
    """Findings to items, with the words of the rules."""

    rulebook: RuleBook
    registry: Registry
    targets: dict[str, Site | Account] = field(init=False)

    def __post_init__(self) -> None:
        every: tuple[Site | Account, ...] = (*self.registry.sites, *self.registry.accounts)
        object.__setattr__(self, "targets", {target.id: target for target in every})

    def item(self, no: int, record: FindingRecord) -> LetterItem:
        """One item of a letter."""
        finding, words, facts = record.finding, RuleWording(self.rulebook), record.finding.facts
        return LetterItem(
            no, record.fingerprint, record.target_id, self.targets[record.target_id].name, finding.check,
            words.title(finding.check), words.message(finding), finding.ref.url, finding.ref.label,
            str(facts.get("sentence") or facts.get("wrong") or ""), finding.ref.capture, record.last_seen,
            self._indicator(record), record.severity.label, words.fix(finding),
        )  # fmt: skip

    def _indicator(self, record: FindingRecord) -> str:
        kind = target_kind(self.targets[record.target_id])
        rows = [row for row in self.rulebook.indicators if any(count.accepts(record.finding) for count in row.counts)]
        best = max((row for row in rows if kind in row.applies_to), key=lambda row: row.precedence, default=None)
        return f"{best.id} {best.title}" if best else ""


def draft(
    store: Store, rulebook: RuleBook, kind: PaperKind, actor: Actor, at: datetime, *, units: Sequence[str] = (),
    period: str = "",
) -> list[Letter]:  # fmt: skip
    """One draft for each unit that has something to mend and is not asked for it yet."""
    demand(store, actor, Action.DRAFT)
    registry = store.load_registry()
    drafter = Drafter(rulebook, registry)
    wanted = {unit_named(registry, name).id for name in units}
    unfinished = [item for letter in store.letters(kind) if not letter.state.is_over for item in letter.items]
    asked = {item.fingerprint for item in unfinished if not item.state.is_over}
    by_unit: dict[str, list[FindingRecord]] = {}
    for record in _of_period(store, period) if period else _now(store, kind):
        target = drafter.targets.get(record.target_id)
        if target and target.unit_id and record.fingerprint not in asked:
            by_unit.setdefault(target.unit_id, []).append(record)
    letters = [
        _letter(store, kind, drafter, unit.id, unit.label, by_unit[unit.id], actor, at, period)
        for unit in registry.units
        if unit.id in by_unit and (not wanted or unit.id in wanted)
    ]
    if not letters:
        raise UsageError(f"没有需要写入{kind.label}的问题：或者没有问题，或者已在未办结的{kind.label}中")
    for letter in letters:
        note(store, actor, Act.LETTER, letter.name, at, now=f"起草：{letter.unit}，{len(letter.items)} 项")
    store.save_letters(letters)
    return letters


def _letter(
    store: Store, kind: PaperKind, drafter: Drafter, unit_id: str, unit: str, records: Iterable[FindingRecord],
    actor: Actor, at: datetime, period: str,
) -> Letter:  # fmt: skip
    ordered = sorted(records, key=lambda item: (-item.severity.rank, item.target_id, item.fingerprint))
    items = tuple(drafter.item(no, record) for no, record in enumerate(ordered, 1))
    id = f"{kind.sign}{store.next_number(f'{kind.value}/id')}"
    return Letter(id, kind, unit_id, unit, items, actor.name, at, period)


def _now(store: Store, kind: PaperKind) -> Iterator[FindingRecord]:
    """What counts now: for a letter everything that is more than a hint, for a slip what is quickly mended."""
    for record in store.standing_findings():
        check = record.finding.check
        fits = check in SLIP_CHECKS if kind is PaperKind.SLIP else record.severity is not Severity.NOTICE
        if fits and record.counts:
            yield record


def _of_period(store: Store, name: str) -> Iterator[FindingRecord]:
    """What the closed period names, unless it was found to be no fault since; mended ones are asked for as well."""
    period = store.period(name)
    if period is None or not period.version:
        raise UsageError(f"考核期 {name} 尚未关闭；请先运行 xunjian period close {name}")
    named = {item.fingerprint for each in store.standings(name, period.version) for item in each.named_items}
    for record in store.findings():
        if record.fingerprint in named and record.state not in {FindingState.REJECTED, FindingState.WAIVED}:
            yield record
