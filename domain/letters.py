"""整改通知单 and 提示单 with their items and replies: one record with a life of its own."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.letter_moves import ITEM_MOVES, MOVES, ItemMove, ItemState, LetterState, Move, PaperKind


class Claim(StrEnum):
    """What a unit says of an item. It reports; it does not close."""

    MENDED = "已整改"
    PARTLY = "部分整改"
    NOT_YET = "未整改"
    OBJECTION = "有异议"


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One fault as the letter tells it; the finding goes its own way."""

    no: int
    fingerprint: str
    target_id: str
    target: str
    check: str
    title: str
    what: str
    url: str
    place: str = ""
    quoted: str = ""
    capture: str = ""  # the stored body that shows it
    seen: datetime | None = None
    indicator: str = ""
    severity: str = ""
    fix: str = ""
    state: ItemState = ItemState.OPEN
    claim: Claim | None = None
    new_url: str = ""
    remark: str = ""  # of the unit
    reported_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""  # of the decision
    times_returned: int = 0

    def moved(self, move: ItemMove) -> "LetterItem":
        """After a move; ValueError says why it is not possible."""
        state = ITEM_MOVES.get((self.state, move))
        if state is None:
            raise ValueError(f"第 {self.no} 项{self.state.label}，不能{move.value}")
        return replace(self, state=state, times_returned=self.times_returned + (move is ItemMove.RETURN))


@dataclass(frozen=True, slots=True)
class Reply:
    """A file of the unit: the filled form, or a scan of the signed one."""

    at: datetime
    by: str
    file: str
    sha256: str
    size: int
    is_form: bool
    late: bool = False


@dataclass(frozen=True, slots=True)
class Deferral:
    """Why a due moment was moved, from where and by whom."""

    was: datetime
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter or slip to one unit. `number` is 0 until it is issued; numbers are never used again."""

    id: str
    kind: PaperKind
    unit_id: str
    unit: str
    items: tuple[LetterItem, ...]
    drafted_by: str
    drafted_at: datetime
    period: str = ""
    state: LetterState = LetterState.DRAFT
    year: int = 0
    number: int = 0
    due: datetime | None = None
    issued_by: str = ""
    issued_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    replies: tuple[Reply, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    closed_at: datetime | None = None
    withdrawn: str = ""  # why

    @property
    def name(self) -> str:
        """整改通知单〔2023〕12号, or what it is before it has a number."""
        return (
            f"{self.kind.label}〔{self.year}〕{self.number}号"
            if self.number
            else f"{self.kind.label}{self.id}（未下发）"
        )

    @property
    def code(self) -> str:
        """What its reply form carries: the same for nothing else."""
        issued = str(self.issued_at.timestamp()) if self.issued_at else ""
        text = "\x1f".join((self.id, self.name, self.unit_id, issued))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def moved(self, move: Move, to: LetterState | None = None) -> "Letter":
        """After a move; ValueError says why it is not possible. `to`: where a move with several ends leads."""
        ends = MOVES.get((self.state, move), frozenset())
        if not ends:
            raise ValueError(f"{self.name}{self.state.label}，不能{move.value}")
        state = to or next(iter(ends))
        if state not in ends:
            raise ValueError(f"{self.name}不能由{self.state.label}变为{state.label}")
        return replace(self, state=state)

    def settled(self, move: Move, items: Iterable[LetterItem], at: datetime) -> "Letter":
        """With its items as they are now, in the state that follows from them."""
        after = replace(self, items=tuple(items))
        done = after.moved(move, after._follows())
        return replace(done, closed_at=at if done.state is LetterState.CLOSED else None)

    def _follows(self) -> LetterState:
        states = [item.state for item in self.items]
        if all(state.is_over for state in states):
            return LetterState.CLOSED
        if ItemState.DISPUTED in states:
            return LetterState.DISPUTED
        if {ItemState.RETURNED, ItemState.DISMISSED} & {*states}:
            return LetterState.RETURNED
        answered = any(reply.is_form for reply in self.replies)
        return LetterState.ANSWERED if answered else self.state

    def is_overdue(self, now: datetime) -> bool:
        """逾期: something is with the unit, and the moment is over."""
        waits = not self.state.is_over and any(item.state.is_with_unit for item in self.items)
        return waits and self.due is not None and now > self.due
