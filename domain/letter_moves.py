"""整改通知单 and 提示单: what they and their items can be, and every legal move, in one place."""

from collections.abc import Mapping
from enum import StrEnum


class PaperKind(StrEnum):
    """The monthly letter with a seal; the daily slip without one."""

    LETTER = "letter"
    SLIP = "slip"

    @property
    def label(self) -> str:
        """The official word."""
        return "整改通知单" if self is PaperKind.LETTER else "提示单"

    @property
    def sign(self) -> str:
        """The letter before its running number."""
        return "L" if self is PaperKind.LETTER else "S"


class LetterState(StrEnum):
    """Where a letter or slip stands. 逾期 is computed and no state."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    ISSUED = "issued"
    SIGNED = "signed"
    ANSWERED = "answered"
    DISPUTED = "disputed"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LETTERS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing is expected of anybody any more."""
        return self in {LetterState.CLOSED, LetterState.WITHDRAWN}


class ItemState(StrEnum):
    """Where one item of a letter stands."""

    OPEN = "open"
    REPORTED = "reported"
    RETURNED = "returned"
    DISPUTED = "disputed"
    DISMISSED = "dismissed"
    UPHELD = "upheld"
    PASSED = "passed"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _ITEMS[self]

    @property
    def is_over(self) -> bool:
        """Whether it is settled: mended, or never was a fault."""
        return self in {ItemState.PASSED, ItemState.UPHELD}

    @property
    def is_with_unit(self) -> bool:
        """Whether the unit has to say something of it."""
        return self in {ItemState.OPEN, ItemState.RETURNED, ItemState.DISMISSED}


class Move(StrEnum):
    """What is done with a letter."""

    SUBMIT = "送签"
    ISSUE = "下发"
    SIGN = "签收"
    ANSWER = "反馈"
    DECIDE = "复核"
    DEFER = "调整期限"
    WITHDRAW = "撤销"


class ItemMove(StrEnum):
    """What is done with an item."""

    REPORT = "反馈"
    OBJECT = "提出异议"
    PASS = "销号"  # noqa: S105 - no password
    RETURN = "退回"
    UPHOLD = "认定异议成立"
    DISMISS = "认定异议不成立"


_LETTERS = {
    LetterState.DRAFT: "草稿",
    LetterState.AWAITING: "待签发",
    LetterState.ISSUED: "已下发",
    LetterState.SIGNED: "已签收",
    LetterState.ANSWERED: "已反馈",
    LetterState.DISPUTED: "异议待定",
    LetterState.RETURNED: "退回（再次下发）",
    LetterState.CLOSED: "复核通过（销号）",
    LetterState.WITHDRAWN: "已撤销",
}
_ITEMS = {
    ItemState.OPEN: "待整改",
    ItemState.REPORTED: "已反馈",
    ItemState.RETURNED: "退回",
    ItemState.DISPUTED: "异议待定",
    ItemState.DISMISSED: "异议不成立",
    ItemState.UPHELD: "异议成立",
    ItemState.PASSED: "销号",
}
_AT_THE_UNIT = (LetterState.ISSUED, LetterState.SIGNED, LetterState.RETURNED)
_OUT = (*_AT_THE_UNIT, LetterState.ANSWERED, LetterState.DISPUTED)
_ALL_OUT = frozenset({*_OUT, LetterState.CLOSED})

MOVES: Mapping[tuple[LetterState, Move], frozenset[LetterState]] = {
    (LetterState.DRAFT, Move.SUBMIT): frozenset({LetterState.AWAITING}),
    (LetterState.AWAITING, Move.ISSUE): frozenset({LetterState.ISSUED}),
    (LetterState.ISSUED, Move.SIGN): frozenset({LetterState.SIGNED}),
    **{(state, Move.ANSWER): _ALL_OUT for state in _OUT},
    **{(state, Move.DECIDE): _ALL_OUT for state in _OUT},
    **{(state, Move.DEFER): frozenset({state}) for state in _OUT},
    **{
        (state, Move.WITHDRAW): frozenset({LetterState.WITHDRAWN})
        for state in (LetterState.DRAFT, LetterState.AWAITING, *_OUT)
    },
}
ITEM_MOVES: Mapping[tuple[ItemState, ItemMove], ItemState] = {
    (ItemState.OPEN, ItemMove.REPORT): ItemState.REPORTED,
    (ItemState.REPORTED, ItemMove.REPORT): ItemState.REPORTED,
    (ItemState.RETURNED, ItemMove.REPORT): ItemState.REPORTED,
    (ItemState.DISPUTED, ItemMove.REPORT): ItemState.REPORTED,  # the unit takes its objection back
    (ItemState.DISMISSED, ItemMove.REPORT): ItemState.REPORTED,
    (ItemState.OPEN, ItemMove.OBJECT): ItemState.DISPUTED,
    (ItemState.REPORTED, ItemMove.OBJECT): ItemState.DISPUTED,
    (ItemState.RETURNED, ItemMove.OBJECT): ItemState.DISPUTED,
    (ItemState.DISPUTED, ItemMove.OBJECT): ItemState.DISPUTED,
    (ItemState.DISPUTED, ItemMove.UPHOLD): ItemState.UPHELD,
    (ItemState.DISPUTED, ItemMove.DISMISS): ItemState.DISMISSED,
    (ItemState.REPORTED, ItemMove.RETURN): ItemState.RETURNED,
    (ItemState.OPEN, ItemMove.PASS): ItemState.PASSED,
    (ItemState.REPORTED, ItemMove.PASS): ItemState.PASSED,
    (ItemState.RETURNED, ItemMove.PASS): ItemState.PASSED,
    (ItemState.DISMISSED, ItemMove.PASS): ItemState.PASSED,
}
