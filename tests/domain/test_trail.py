"""The chain of the trail: whatever is changed, taken out, put in or cut off is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from domain.times import BEIJING
from domain.trail import START, Act, Deed, Entry, digest, sealed, verified

AT = datetime(2023, 5, 4, 9, tzinfo=BEIJING)


def chain(count: int = 6) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(count):
        deed = Deed(Act.REVIEW, f"f{number}", "王敏", "wang", AT, "新增", "误报（“\ud800”\u0000）")
        entries.append(sealed(deed, entries[-1] if entries else None))
    return entries


def resealed(entry: Entry, **changes: object) -> Entry:
    """An entry somebody changed together with its own hash."""
    new = replace(entry, **changes)  # type: ignore[arg-type]
    return replace(new, hash=digest(new.number, new.previous, new.text))


TAMPERINGS: dict[str, tuple[Callable[[list[Entry]], list[Entry]], str]] = {
    "text": (lambda e: [*e[:2], replace(e[2], text=e[2].text.replace("f2", "f9")), *e[3:]], "第 3 条的内容被改动"),
    "text and hash": (lambda e: [*e[:2], resealed(e[2], text="{}"), *e[3:]], "第 4 条与前一条不相接"),
    "hash": (lambda e: [*e[:2], replace(e[2], hash=START), *e[3:]], "第 3 条的内容被改动"),
    "taken out": (lambda e: [*e[:2], *e[3:]], "第 3 条缺失"),
    "first taken out": (lambda e: e[1:], "第 1 条缺失"),
    "two changed places": (lambda e: [e[0], e[2], e[1], *e[3:]], "第 2 条缺失"),
    "put in": (lambda e: [*e[:2], resealed(e[2], text=e[1].text), *[resealed(x, number=x.number + 1) for x in e[2:]]], "第 4 条与前一条不相接"),
    "renumbered": (lambda e: [*e[:2], *[replace(x, number=x.number - 1) for x in e[3:]]], "第 3 条与前一条不相接"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERINGS)
def test_the_first_entry_that_does_not_fit_is_named(how: str) -> None:
    tamper, said = TAMPERINGS[how]
    found = verified(tamper(chain()))
    assert said in found.broken
    assert f"第 {found.count + 1} 条" in found.broken


def test_a_whole_chain_holds_and_says_its_end() -> None:
    entries = chain()
    assert verified(entries) == verified(entries, entries[2].hash)
    assert (verified(entries).count, verified(entries).head, verified(entries).broken) == (6, entries[-1].hash, "")
    assert verified([]).head == START


def test_what_is_cut_off_or_written_anew_is_seen_by_a_head_noted_elsewhere() -> None:
    entries = chain()
    assert verified(entries[:4]).broken == ""
    assert entries[-1].hash[:16] in verified(entries[:4], entries[-1].hash).broken
    assert verified(chain(7), entries[-1].hash).broken == ""


def test_a_deed_is_read_back_and_a_spoilt_one_is_not() -> None:
    (entry,) = chain(1)
    assert entry.text.isascii()
    assert Deed.read(entry.text).by == "王敏"
    for text in ("", "[]", "{}", entry.text.replace("review", "burn"), entry.text[:-4]):
        with pytest.raises(ValueError):  # noqa: PT011 - json and enum say it in their own words
            Deed.read(text)
