"""Letters and slips over the three stores: kept in order, numbers given once."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from store_values import DAY, night

from domain.errors import ValueRefused
from domain.letter_moves import ItemState, LetterState, PaperKind
from domain.letters import Claim, Deferral, Letter, LetterItem, Reply
from domain.ports import Store

ITEM = LetterItem(
    1, "f1", "S1", "第1局网站", "text.typo", "错别字", "“监督管里”疑应为“监督管理”", "http://a/1.html", "正文",
    "监督管里", "c" * 64, DAY, "D2.1", "扣分", "改正", ItemState.REPORTED, Claim.PARTLY, "http://a/2.html", "在改", DAY,
)  # fmt: skip
LETTER = Letter(
    "L2", PaperKind.LETTER, "U1", "第1局", (ITEM, replace(ITEM, no=2, claim=None)), "王敏", DAY, "2023-04",
    LetterState.ANSWERED, 2023, 1, night(7), "陈静", DAY, "赵云", night(1),
    (Reply(night(2), "赵云", "回执.docx", "d" * 64, 1234, True, True),), (Deferral(night(5), "节假日", "王敏", night(1)),),
)  # fmt: skip


def test_letters_are_kept_in_the_order_they_were_drafted(store: Store) -> None:
    assert (store.letters(), store.letter("L2")) == ([], None)
    tenth, slip = (
        replace(LETTER, id="L10", number=2),
        replace(LETTER, id="S1", kind=PaperKind.SLIP, drafted_at=night(1)),
    )
    store.save_letters([slip, tenth, LETTER])
    store.save_letters([])
    assert store.letters() == [LETTER, tenth, slip]
    assert store.letters(PaperKind.SLIP) == [slip]
    store.save_letters([replace(LETTER, state=LetterState.CLOSED)])
    assert store.letter("L2") == replace(LETTER, state=LetterState.CLOSED)


def test_a_number_is_taken_once_and_a_refused_letter_leaves_nothing(store: Store) -> None:
    store.save_letters([LETTER])
    with pytest.raises(ValueRefused):
        store.save_letters([replace(LETTER, id="L5", number=7), replace(LETTER, id="L3")])
    assert store.letters() == [LETTER]
    store.save_letters([replace(LETTER, id="L4", number=0), replace(LETTER, id="L3", year=2024)])
    assert len(store.letters()) == 3


def test_numbers_of_a_series_are_never_given_again(store: Store) -> None:
    assert [store.next_number("letter/2023") for _ in range(3)] == [1, 2, 3]
    assert store.next_number("letter/2024") == 1
    assert store.next_number("letter/2023") == 4


def test_two_writers_are_given_different_numbers(url: str, opener: Callable[[str], Store]) -> None:
    if url == "memory:":
        pytest.skip("a memory store has one user")
    found: list[int] = []
    stores = [opener(url), opener(url)]
    writers = [
        threading.Thread(target=lambda s=s: [found.append(s.next_number("x")) for _ in range(15)]) for s in stores
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(found) == list(range(1, 31))
