"""What a person may do with a letter or slip, and doing it: with the version he saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import Conflict, UsageError
from domain.findings import FindingState
from domain.letter_moves import ITEM_MOVES, MOVES, ItemMove, ItemState, Move
from domain.letters import Claim, Letter, LetterItem
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from inspection.desk.scope import View
from inspection.desk.versions import demand_letter_version
from inspection.judging.rescoring import rescoring
from inspection.letters import closing, issuing
from inspection.letters.form_reading import FormRow, row_of
from inspection.letters.lines import is_gone
from inspection.letters.replies import answer, answer_online
from inspection.letters.working_days import load_working_days
from inspection.people.fill_in_sheets import KEY
from reports.letters.forms import CLAIM, NEW_URL, REMARK


class Step(StrEnum):
    """What can be done with a letter as a whole."""

    SUBMIT = "submit"
    ISSUE = "issue"
    SIGN = "sign"
    ANSWER = "answer"
    REVIEW = "review"
    DEFER = "defer"
    WITHDRAW = "withdraw"


_NEEDS = {
    Step.SUBMIT: (Action.DRAFT, Move.SUBMIT),
    Step.SIGN: (Action.REPLY, Move.SIGN),
    Step.ANSWER: (Action.REPLY, Move.ANSWER),
    Step.REVIEW: (Action.ISSUE, Move.DECIDE),
    Step.DEFER: (Action.ISSUE, Move.DEFER),
    Step.WITHDRAW: (Action.WITHDRAW, Move.WITHDRAW),
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a letter: what may be decided about it, and whether its finding has gone meanwhile."""

    item: LetterItem
    moves: tuple[ItemMove, ...]
    can_answer: bool
    is_gone: bool


def steps_for(view: View, letter: Letter) -> list[Step]:
    """The legal ones for a person."""
    found = [
        step
        for step, (action, move) in _NEEDS.items()
        if view.may(action, letter.unit_id) and (letter.state, move) in MOVES
    ]
    can_issue = not letter.number and not letter.state.is_over and view.may(Action.ISSUE, letter.unit_id)
    if Step.REVIEW in found and not any(item.state is ItemState.REPORTED for item in letter.items):
        found.remove(Step.REVIEW)
    return [*found, Step.ISSUE] if can_issue else found


def item_rows(store: Store, view: View, letter: Letter) -> list[ItemRow]:
    """The items with what may be done about each."""
    decides = view.may(Action.ISSUE, letter.unit_id) and (letter.state, Move.DECIDE) in MOVES
    answers = Step.ANSWER in steps_for(view, letter)
    records = {item.fingerprint: store.finding(item.fingerprint) for item in letter.items}
    fixed = frozenset(key for key, record in records.items() if record and record.state is FindingState.FIXED)
    rows = []
    for item in letter.items:
        moves = [move for move in _DECISIONS if decides and (item.state, move) in ITEM_MOVES]
        if not view.may(Action.REVIEW):
            moves = [move for move in moves if move is not ItemMove.UPHOLD]
        can_answer = answers and (item.state, ItemMove.REPORT) in ITEM_MOVES
        rows.append(ItemRow(item, tuple(moves), can_answer, is_gone(letter, item, fixed)))
    return rows


_DECISIONS = (ItemMove.PASS, ItemMove.RETURN, ItemMove.UPHOLD, ItemMove.DISMISS)


@dataclass(frozen=True)
class LetterDesk:
    """One letter in the hands of one person."""

    store: Store
    data: Path
    actor: Actor
    now: datetime
    letter: Letter
    version: str

    def submit(self) -> Letter:
        """草稿 → 待签发."""
        self._demand_same()
        return issuing.submit(self.store, self.letter, self.actor, self.now)

    def issue(self, *, due: datetime | None, days: int, hours: int) -> tuple[Letter, str]:
        """Issued with a number and a due moment; the letter and a warning about it."""
        self._demand_same()
        when, warning = issuing.due_moment(
            self.letter.kind, load_working_days(self.data), self.now, due=due, days=days, hours=hours
        )
        sender = issuing.sender_of(self.store, self.data, self.actor, self.now)
        issuing.rehearse(self.letter, sender, when, None)
        return issuing.issue(self.store, self.letter, self.actor, self.now, when), warning

    def sign(self) -> Letter:
        """Signed for; what the same person has just done is done."""
        if self.letter.signed_by == self.actor.name:
            return self.letter
        self._demand_same()
        return issuing.sign(self.store, self.letter, self.actor, self.now)

    def defer(self, due: datetime, reason: str) -> Letter:
        """Another due moment."""
        self._demand_same()
        return issuing.defer(self.store, self.letter, self.actor, self.now, due, reason)

    def withdraw(self, reason: str) -> Letter:
        """Taken back."""
        self._demand_same()
        return issuing.withdraw(self.store, self.letter, self.actor, self.now, reason)

    def answer(self, cells: Sequence[dict[str, str]]) -> tuple[Letter, list[str]]:
        """What the unit says of the items, as a page was filled in."""
        self._demand_same()
        rows: list[FormRow] = []
        for each in cells:
            row = row_of({**each, KEY: f"{self.letter.code}-{each['no']}"})
            if isinstance(row, str):
                raise UsageError(f"第 {each['no']} 项：{row}")
            rows.append(row)
        return answer_online(self.store, self.letter, rows, self.actor, self.now)

    def take_file(self, name: str, data: bytes) -> tuple[Letter, list[str]]:
        """The filled form, or the scan of the signed one; the same file twice is one."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            return answer(self.store, self.letter.kind, path, self.actor, self.now, self.letter.id)

    def review(self) -> closing.Reviewed:
        """What looks at exactly these findings have shown."""
        self._demand_same()
        return closing.review_letter(self.store, self.letter, self.actor, self.now)

    def decide(self, rulebook: RuleBook, no: int, move: ItemMove, reason: str) -> Letter:
        """A person of the office decides about one item."""
        self._demand_same()
        if move in {ItemMove.PASS, ItemMove.RETURN}:
            one = closing.close_item if move is ItemMove.PASS else closing.return_item
            return one(self.store, self.letter, no, self.actor, self.now, reason)
        with rescoring(self.store, rulebook) as watched:
            return closing.decide_objection(
                watched, self.data, self.letter, no, self.actor, self.now, reason, upheld=move is ItemMove.UPHOLD
            )

    def _demand_same(self) -> None:
        demand_letter_version(self.letter, self.version)


def answer_cells(no: int, claim: str, new_url: str, remark: str) -> dict[str, str]:
    """What was filled in for an item, as the reply form names it."""
    return {"no": str(no), CLAIM: claim, NEW_URL: new_url, REMARK: remark}


CLAIMS = tuple(Claim)


def already(letter: Letter, actor: Actor, error: Conflict) -> Letter:
    """The letter when the same person has just issued it; the conflict otherwise."""
    if letter.issued_by == actor.name and letter.number:
        return letter
    raise error
