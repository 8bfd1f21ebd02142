"""Lists of findings: a window with the marks it goes on from, and one line for each."""

from dataclasses import dataclass, replace

from domain.finding_search import FindingSearch, Mark, Stage, mark_of, stage_of
from domain.findings import FindingRecord, Severity
from domain.ports import Store
from domain.rules import RuleBook
from inspection.desk.scope import View
from inspection.desk.versions import version_of
from inspection.people.findings import latest_looks, look_words, state_words
from inspection.wording import RuleWording

COUNTED = 1000  # more is “1000+”


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of a list."""

    record: FindingRecord
    target: str
    unit: str
    message: str
    title: str
    state: str
    unread: str
    version: str

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.record)


@dataclass(frozen=True, slots=True)
class Listing:
    """A window of a list, how many there are (up to a thousand), and whether it goes on before and behind."""

    lines: tuple[Line, ...]
    count: int
    before: Mark | None = None
    behind: Mark | None = None

    @property
    def number(self) -> str:
        """How many, as it is shown."""
        return f"{COUNTED} 以上" if self.count >= COUNTED else str(self.count)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asks of a list."""

    stages: tuple[Stage, ...] = (Stage.WAITING, Stage.OPEN)
    severity: Severity | None = None
    check: str = ""
    unit_id: str = ""
    target_id: str = ""

    def search(self, view: View, **window: object) -> FindingSearch:
        """As the store is asked, within what a person may see."""
        targets = view.target_ids(self.unit_id)
        if self.target_id:
            targets = (view.target(self.target_id).id,)
        return replace(FindingSearch(self.stages, self.severity, self.check, targets), **window)  # type: ignore[arg-type]


def listing(
    store: Store, rulebook: RuleBook, view: View, wanted: Filter, *, after: Mark | None = None, back: bool = False,
    limit: int = 50,
) -> Listing:  # fmt: skip
    """A window of a list; one row more than shown is read, to know whether it goes on."""
    found = store.search_findings(wanted.search(view, after=after, backwards=back, limit=limit + 1))
    more = len(found) > limit
    shown = found[-limit:] if back else found[:limit]
    count = store.count_findings(wanted.search(view, limit=COUNTED))
    begins = (after is not None) if not back else more
    goes_on = more if not back else True
    before = mark_of(shown[0]) if shown and begins else None
    behind = mark_of(shown[-1]) if shown and goes_on else None
    return Listing(tuple(lines_of(store, rulebook, view, shown)), count, before, behind)


def lines_of(store: Store, rulebook: RuleBook, view: View, records: list[FindingRecord]) -> list[Line]:
    """Records as lines."""
    wording, latest = RuleWording(rulebook), latest_looks(store)
    targets = {target.id: target for target in view.targets}
    units = {unit.id: unit.label for unit in view.registry.units}
    made = []
    for record in records:
        target = targets.get(record.target_id)
        made.append(
            Line(
                record, target.name if target else record.target_id, units.get(target.unit_id, "") if target else "",
                wording.message(record.finding), wording.title(record.finding.check), state_words(record),
                look_words(record, latest), version_of(record),
            )
        )  # fmt: skip
    return made


def neighbours(store: Store, view: View, wanted: Filter, record: FindingRecord) -> tuple[str, str]:
    """The fingerprints before and behind a finding in a list; empty at its ends."""
    here = mark_of(record)
    before = store.search_findings(wanted.search(view, after=here, backwards=True, limit=1))
    behind = store.search_findings(wanted.search(view, after=here, limit=1))
    return (before[0].fingerprint if before else "", behind[0].fingerprint if behind else "")
