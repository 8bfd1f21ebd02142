"""Letters: every legal move and no other, what follows from the items, and when one is late."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from domain.letter_moves import ITEM_MOVES, MOVES, ItemMove, ItemState, LetterState, Move, PaperKind
from domain.letters import Letter, LetterItem, Reply
from domain.times import BEIJING

AT = datetime(2023, 5, 4, 9, tzinfo=BEIJING)
ITEM = LetterItem(1, "f1", "S1", "甲局网站", "column.stale", "栏目不更新", "栏目已过期", "http://a/")
LETTER = Letter("L1", PaperKind.LETTER, "U1", "甲局", (ITEM, replace(ITEM, no=2)), "王敏", AT)
OUT = replace(LETTER, state=LetterState.ISSUED, year=2023, number=3, issued_at=AT, due=AT + timedelta(days=6))

# the regulation, written a second time: what may be done with a letter in each state
REGULATION = {
    LetterState.DRAFT: {Move.SUBMIT, Move.WITHDRAW},
    LetterState.AWAITING: {Move.ISSUE, Move.WITHDRAW},
    LetterState.ISSUED: {Move.SIGN, Move.ANSWER, Move.DECIDE, Move.DEFER, Move.WITHDRAW},
    LetterState.SIGNED: {Move.ANSWER, Move.DECIDE, Move.DEFER, Move.WITHDRAW},
    LetterState.ANSWERED: {Move.ANSWER, Move.DECIDE, Move.DEFER, Move.WITHDRAW},
    LetterState.DISPUTED: {Move.ANSWER, Move.DECIDE, Move.DEFER, Move.WITHDRAW},
    LetterState.RETURNED: {Move.ANSWER, Move.DECIDE, Move.DEFER, Move.WITHDRAW},
    LetterState.CLOSED: set(),
    LetterState.WITHDRAWN: set(),
}


@pytest.mark.parametrize(("state", "move"), list(product(LetterState, Move)))
def test_a_letter_makes_legal_moves_only(state: LetterState, move: Move) -> None:
    assert ((state, move) in MOVES) == (move in REGULATION[state])
    if move not in REGULATION[state]:
        with pytest.raises(ValueError, match=f"不能{move.value}"):
            replace(OUT, state=state).moved(move)


def test_only_what_was_disputed_is_decided_and_only_what_was_reported_is_returned() -> None:
    for state, move in product(ItemState, ItemMove):
        item = replace(ITEM, state=state)
        if (state, move) in ITEM_MOVES:
            assert item.moved(move).state is ITEM_MOVES[state, move]
            continue
        with pytest.raises(ValueError, match=state.label):
            item.moved(move)
    assert {state for state, move in ITEM_MOVES if move in {ItemMove.UPHOLD, ItemMove.DISMISS}} == {ItemState.DISPUTED}
    assert {state for state, move in ITEM_MOVES if move is ItemMove.RETURN} == {ItemState.REPORTED}
    assert not {state for state, _ in ITEM_MOVES if state.is_over}


FORM = (Reply(AT, "赵云", "a.docx", "d" * 64, 9, True),)


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (ItemState.PASSED, ItemState.UPHELD, LetterState.CLOSED),
        (ItemState.PASSED, ItemState.PASSED, LetterState.CLOSED),
        (ItemState.DISPUTED, ItemState.RETURNED, LetterState.DISPUTED),
        (ItemState.PASSED, ItemState.RETURNED, LetterState.RETURNED),
        (ItemState.DISMISSED, ItemState.REPORTED, LetterState.RETURNED),
        (ItemState.OPEN, ItemState.REPORTED, LetterState.ANSWERED),
    ],
)
def test_its_state_follows_from_its_items(first: ItemState, second: ItemState, state: LetterState) -> None:
    answered = replace(OUT, replies=FORM)
    items = (replace(ITEM, state=first), replace(ITEM, no=2, state=second))
    done = answered.settled(Move.DECIDE, items, AT)
    assert done.state is state
    assert (done.closed_at is AT) == (state is LetterState.CLOSED)


def test_late_is_what_lies_with_the_unit_beyond_its_moment() -> None:
    late = AT + timedelta(days=6, seconds=1)
    assert OUT.is_overdue(late)
    assert not OUT.is_overdue(AT + timedelta(days=6))
    reported = replace(ITEM, state=ItemState.REPORTED)
    assert not replace(OUT, state=LetterState.ANSWERED, items=(reported,)).is_overdue(late)
    assert replace(OUT, state=LetterState.ANSWERED, items=(reported, ITEM)).is_overdue(late)
    assert not replace(OUT, state=LetterState.WITHDRAWN).is_overdue(late)
    assert not LETTER.is_overdue(late)


def test_a_form_fits_one_letter_only() -> None:
    codes = {
        item.code
        for item in (LETTER, OUT, replace(OUT, year=2022), replace(OUT, kind=PaperKind.SLIP), replace(OUT, unit_id="U2"), replace(OUT, id="L9"))
    }  # fmt: skip
    assert len(codes) == 6
    assert OUT.name == "整改通知单〔2023〕3号"
    assert "未下发" in LETTER.name
