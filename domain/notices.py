"""What a notice (通报) may say: figures, who is named for what, and the office's own texts. Nothing else gets into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.figures import CITY, Figure
from domain.periods import Period
from domain.standings import Standing

Key = tuple[str, str]  # kind and scope of a figure


@dataclass(frozen=True, slots=True)
class Named:
    """One unit's website or account, named for one kind of problem."""

    check: str
    unit: str
    title: str = ""  # of the check, where no phrase is written for it
    target: str = ""  # of an account its name; empty: the unit's website
    platform: str = ""  # empty for websites
    count: int = 1
    veto: bool = False  # the target failed for it
    unit_id: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """The office's own words: praise with its reason, a requirement, a special action. Kept as written."""

    section: str
    text: str
    title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes to whom, and until when an answer is wanted."""

    issuer: str = ""
    signature: str = ""
    addressees: str = ""
    basis: str = ""
    city: str = ""
    number: str = ""
    issued: date | None = None
    due: date | None = None
    due_hour: str = ""
    due_form: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a notice is written from. `stated` are rates as somebody wrote them, to be compared."""

    period: Period
    figures: Mapping[Key, Figure]
    named: tuple[Named, ...] = ()
    remarks: tuple[Remark, ...] = ()
    office: Office = field(default_factory=Office)
    standings: tuple[Standing, ...] = ()
    stated: Mapping[Key, str] = field(default_factory=dict)
    lists: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)  # names behind a figure
    partitions: tuple[tuple[str, str], ...] = ()  # (kind, dimension) whose parts are complete
    notes: tuple[str, ...] = ()  # what a reader must know and the notice does not say

    def figure(self, kind: str, scope: str = CITY) -> Figure | None:
        """One figure."""
        return self.figures.get((kind, scope))

    def n(self, kind: str, scope: str = CITY) -> int | None:
        """Its number; None where nobody has counted."""
        found = self.figure(kind, scope)
        return found.n if found else None

    def of_kind(self, kind: str, dimension: str) -> Iterator[Figure]:
        """The figures of a kind by level, group, platform, band or unit, in the order given."""
        return (
            item for (name, scope), item in self.figures.items() if name == kind and scope.startswith(f"{dimension}/")
        )
