"""What changed for a unit in a night: 新增, 已整改, 反弹, 临期; nothing where nothing did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.findings import FindingRecord, FindingState
from domain.operations import Message
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Registry
from domain.times import BEIJING
from inspection.wording import RuleWording

KIND = "digest"
LATELY = timedelta(days=3)  # what is older is no news
MOST = 20  # lines of a kind
NEAR_DUE = ("column.near_due", "account.near_due")


@dataclass(frozen=True, slots=True)
class Changes:
    """Of one unit in one night."""

    new: list[FindingRecord] = field(default_factory=list)
    fixed: list[FindingRecord] = field(default_factory=list)
    back: list[FindingRecord] = field(default_factory=list)
    near: list[FindingRecord] = field(default_factory=list)

    @property
    def lists(self) -> tuple[tuple[str, list[FindingRecord]], ...]:
        """With their official words."""
        return ("新增", self.new), ("反弹", self.back), ("临期", self.near), ("已整改", self.fixed)

    def __bool__(self) -> bool:
        return any(records for _, records in self.lists)


def digests(
    store: Store, registry: Registry, wording: RuleWording, since: datetime, flapping: int
) -> Iterator[Message]:
    """A message for each unit and night since a moment in which something changed for it."""
    nights = [run for run in store.runs() if run.kind is RunKind.NIGHTLY and run.state is RunState.COMPLETE]
    names = {site.id: site.name for site in registry.sites} | {item.id: item.name for item in registry.accounts}
    for place, run in enumerate(nights):
        if run.finished_at and run.finished_at >= since:
            history = nights[max(0, place - flapping) : place]
            for unit_id, changes in sorted(changes_of(store, registry, run, history, flapping).items()):
                title = f"{run.as_of.astimezone(BEIJING):%Y-%m-%d} 巡检变化：{_counts(changes)}"
                yield Message(f"{KIND}/{unit_id}/{run.id}", KIND, unit_id, title, _text(changes, wording, names))


def changes_of(store: Store, registry: Registry, run: Run, history: Sequence[Run], flapping: int) -> dict[str, Changes]:
    """Unit -> what changed. What came back is told only after it has stood for some nights."""
    units = {site.id: site.unit_id for site in registry.sites} | {item.id: item.unit_id for item in registry.accounts}
    before = [{record.fingerprint: record.state for record in store.findings(run_id=night.id)} for night in history]
    found: dict[str, Changes] = {}
    for record in store.findings(run_id=run.id):
        unit = units.get(record.target_id, "")
        if unit and not _waits_for_a_person(record):
            _sort(found.setdefault(unit, Changes()), record, before, flapping)
    return {unit: changes for unit, changes in found.items() if changes}


def _waits_for_a_person(record: FindingRecord) -> bool:
    return record.finding.candidate and record.review.verdict != "confirmed"


def _sort(changes: Changes, record: FindingRecord, before: Sequence[Mapping[str, FindingState]], flapping: int) -> None:
    past = [states.get(record.fingerprint) for states in before]
    if record.state is FindingState.NEW:
        (changes.near if record.finding.check in NEAR_DUE else changes.new).append(record)
    elif record.state is FindingState.FIXED:
        if FindingState.REOPENED not in past[-(flapping - 1) :] or flapping <= 1:  # else nobody was told it was back
            changes.fixed.append(record)
    elif _stood(record.state, past, flapping):
        changes.back.append(record)


def _stood(state: FindingState, past: Sequence[FindingState | None], nights: int) -> bool:
    """Whether this is the night on which what came back has stood long enough."""
    if nights <= 1:
        return state is FindingState.REOPENED
    stretch = past[-(nights - 1) :]
    return (
        state is FindingState.PERSISTING
        and len(stretch) == nights - 1
        and stretch[0] is FindingState.REOPENED
        and all(each is FindingState.PERSISTING for each in stretch[1:])
    )


def _counts(changes: Changes) -> str:
    return "，".join(f"{word} {len(records)}" for word, records in changes.lists if records)


def _text(changes: Changes, wording: RuleWording, names: Mapping[str, str]) -> str:
    lines = []
    for word, records in changes.lists:
        lines += [f"【{word}】{len(records)} 项"] if records else []
        for record in records[:MOST]:
            told = wording.message(record.finding)
            lines.append(f"{names.get(record.target_id, record.target_id)}：{told}（编号 {record.fingerprint[:8]}）")
            lines += [f"　{record.finding.ref.url}"] if record.finding.ref.url else []
        lines += [f"另有 {len(records) - MOST} 项"] if len(records) > MOST else []
    return "\n".join(lines)
