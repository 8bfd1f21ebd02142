"""销号: only a look at exactly this finding after the reply, or a person of the office with a reason, closes an item."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from domain.errors import UsageError
from domain.findings import FindingRecord, FindingState
from domain.letter_moves import ItemMove, ItemState, Move
from domain.letters import Letter, LetterItem
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.runs import Run, RunState
from inspection.acting import demand
from inspection.letters.issuing import keep, legal
from inspection.people.findings import Verdict, review_and_learn


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A letter after its items were looked at, and those that nobody has looked at again yet."""

    letter: Letter
    changed: tuple[LetterItem, ...]
    waiting: tuple[LetterItem, ...]

    @property
    def commands(self) -> list[str]:
        """What to run so that those can be closed."""
        plain = [item.fingerprint[:8] for item in self.waiting if not item.new_url]
        lines = [f"xunjian audit --findings {' --findings '.join(plain)}"] if plain else []
        moved = [item for item in self.waiting if item.new_url]
        return lines + [f"xunjian audit --findings {item.fingerprint[:8]} --at {item.new_url}" for item in moved]


def review_letter(store: Store, letter: Letter, actor: Actor, at: datetime) -> Reviewed:
    """Close what a look at exactly this finding found mended since the reply, return what it found still there."""
    demand(store, actor, Action.ISSUE)
    runs, known = store.runs(), {record.fingerprint: record for record in store.findings()}
    items, changed, waiting = [], [], []
    for item in letter.items:
        move = _verdict(item, runs, known.get(item.fingerprint)) if item.state is ItemState.REPORTED else None
        after = _decided(item, move, actor, at, "复核") if move else item
        items.append(after)
        changed += [after] if move else []
        waiting += [item] if item.state is ItemState.REPORTED and not move else []
    if not changed:
        return Reviewed(letter, (), tuple(waiting))
    with legal():
        done = letter.settled(Move.DECIDE, items, at)
    told = "；".join(f"第 {item.no} 项{item.state.label}" for item in changed)
    return Reviewed(keep(store, letter, done, actor, at, told), tuple(changed), tuple(waiting))


def _verdict(item: LetterItem, runs: Iterable[Run], record: FindingRecord | None) -> ItemMove | None:
    """What the last look at exactly this finding after its reply says; None where there was none, or it saw nothing."""
    looks = [run for run in runs if item.reported_at and run.started_at >= item.reported_at and _looked(run, item)]
    if not looks or record is None:
        return None
    if record.state is FindingState.FIXED:
        return ItemMove.PASS
    return ItemMove.RETURN if record.state.is_open and record.last_run == looks[-1].id else None


def _looked(run: Run, item: LetterItem) -> bool:
    chosen, moved = run.settings.get("findings"), run.settings.get("moved_to")
    exact = run.state is RunState.COMPLETE and isinstance(chosen, list) and item.fingerprint in chosen
    return exact and (not item.new_url or (isinstance(moved, list) and item.new_url in moved))


def close_item(store: Store, letter: Letter, no: int, actor: Actor, at: datetime, reason: str) -> Letter:
    """A person of the office has seen for himself, and says why."""
    demand(store, actor, Action.ISSUE)
    return _settle_one(store, letter, no, ItemMove.PASS, actor, at, reason)


def return_item(store: Store, letter: Letter, no: int, actor: Actor, at: datetime, reason: str) -> Letter:
    """What a unit reported is not enough: back to it."""
    demand(store, actor, Action.ISSUE)
    return _settle_one(store, letter, no, ItemMove.RETURN, actor, at, reason)


def decide_objection(
    store: Store, data: Path, letter: Letter, no: int, actor: Actor, at: datetime, reason: str, *, upheld: bool
) -> Letter:
    """An upheld objection makes the finding a false alarm, so that it counts nowhere; a dismissed one goes back."""
    demand(store, actor, Action.ISSUE)
    if upheld:
        demand(store, actor, Action.REVIEW)
    item = _item(letter, no)
    with legal():
        item.moved(ItemMove.UPHOLD if upheld else ItemMove.DISMISS)
    if upheld and reason.strip():
        said = Verdict("rejected", actor, f"{letter.name}异议成立：{reason}", at, only=True)
        review_and_learn(store, data, item.fingerprint, said, lambda _: {})
    return _settle_one(store, letter, no, ItemMove.UPHOLD if upheld else ItemMove.DISMISS, actor, at, reason)


def _settle_one(
    store: Store, letter: Letter, no: int, move: ItemMove, actor: Actor, at: datetime, reason: str
) -> Letter:
    if not reason.strip():
        raise UsageError(f"{move.value}须写明理由（--reason）")
    item = _item(letter, no)
    with legal():
        after = _decided(item, move, actor, at, reason.strip())
        done = letter.settled(Move.DECIDE, [after if each.no == no else each for each in letter.items], at)
    return keep(store, letter, done, actor, at, f"第 {no} 项{after.state.label}（{reason.strip()}）")


def _decided(item: LetterItem, move: ItemMove, actor: Actor, at: datetime, reason: str) -> LetterItem:
    return replace(item.moved(move), decided_by=actor.name, decided_at=at, reason=reason)


def _item(letter: Letter, no: int) -> LetterItem:
    found = next((item for item in letter.items if item.no == no), None)
    if found is None:
        raise UsageError(f"{letter.name}没有第 {no} 项，共 {len(letter.items)} 项")
    return found
