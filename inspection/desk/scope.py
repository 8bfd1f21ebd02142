"""Whose things a person may see. What is none of his business is told as not there."""

from dataclasses import dataclass
from functools import cached_property

from domain.errors import NotThere
from domain.findings import FindingRecord
from domain.letter_moves import LetterState
from domain.letters import Letter
from domain.persons import Person
from domain.ports import Store
from domain.rights import RIGHTS, Action, Scope, may
from domain.targets import Account, Registry, Site, Unit

GONE = "没有这一项，或者不属于您可以查看的范围"


@dataclass(frozen=True)
class View:
    """A registry as one person may see it."""

    person: Person
    registry: Registry

    @cached_property
    def below(self) -> frozenset[str]:
        """The units below him."""
        return self.person.reach(self.registry)

    @property
    def is_whole(self) -> bool:
        """Whether he sees the whole city."""
        return RIGHTS[Action.READ].get(self.person.role) is Scope.ALL

    def reads(self, unit_id: str) -> bool:
        """Whether he may see what belongs to a unit; what belongs to none is the office's."""
        own, below = bool(unit_id) and unit_id == self.person.unit_id, unit_id in self.below
        return may(self.person.role, Action.READ, own=own, below=below)

    def may(self, action: Action, unit_id: str = "") -> bool:
        """Whether he may do something to a thing of a unit, or of the office."""
        own, below = bool(unit_id) and unit_id == self.person.unit_id, bool(unit_id) and unit_id in self.below
        return may(self.person.role, action, own=own, below=below)

    def may_at_all(self, action: Action) -> bool:
        """Whether there is anything to which he may do it."""
        return self.person.role in RIGHTS[action]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units he sees, in official order."""
        return tuple(unit for unit in self.registry.units if self.reads(unit.id))

    @property
    def targets(self) -> tuple[Site | Account, ...]:
        """The sites and accounts he sees, in official order."""
        every: tuple[Site | Account, ...] = (*self.registry.sites, *self.registry.accounts)
        return tuple(target for target in every if self.reads(target.unit_id))

    def target_ids(self, unit_id: str = "") -> tuple[str, ...] | None:
        """The ids of the targets he sees, of all units or of one; None for no bounds at all."""
        if self.is_whole and not unit_id:
            return None
        return tuple(target.id for target in self.targets if unit_id in {"", target.unit_id})

    def target(self, target_id: str) -> Site | Account:
        """A target he may see; NotThere otherwise."""
        for target in self.targets:
            if target.id == target_id:
                return target
        raise NotThere(GONE)

    def unit_of(self, target_id: str) -> str:
        """The unit that owns a target; empty for what is not registered any more."""
        every: tuple[Site | Account, ...] = (*self.registry.sites, *self.registry.accounts)
        return next((target.unit_id for target in every if target.id == target_id), "")

    def demand_city(self) -> None:
        """NotThere unless he sees the whole city."""
        if not self.is_whole:
            raise NotThere(GONE)


def view_of(store: Store, person: Person) -> View:
    """The registry as a person may see it."""
    return View(person, store.load_registry())


def seen_finding(store: Store, view: View, fingerprint: str) -> FindingRecord:
    """A finding a person may see; NotThere otherwise."""
    record = store.finding(fingerprint)
    if record is None or not view.reads(view.unit_of(record.target_id)):
        raise NotThere(GONE)
    return record


def seen_letter(store: Store, view: View, letter_id: str) -> Letter:
    """A letter a person may see; a unit sees it only once it was issued."""
    letter = store.letter(letter_id)
    if letter is None or not view.reads(letter.unit_id):
        raise NotThere(GONE)
    if not view.is_whole and not is_out(letter):
        raise NotThere(GONE)
    return letter


def seen_letters(store: Store, view: View) -> list[Letter]:
    """All letters a person may see, in the order they were drafted."""
    found = [letter for letter in store.letters() if view.reads(letter.unit_id)]
    return found if view.is_whole else [letter for letter in found if is_out(letter)]


def is_out(letter: Letter) -> bool:
    """Whether a letter has reached its unit; a withdrawn draft never did."""
    return letter.number > 0 and letter.state not in {LetterState.DRAFT, LetterState.AWAITING}
