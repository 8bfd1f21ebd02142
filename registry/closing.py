"""Opening and closing of targets: 正常 -> 申请关停 -> 已关停/注销, with dates and the proof named."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from domain.targets import Account, Site, TargetState
from registry.notes import Notes
from registry.sheets import Row
from registry.text import clean, day, key
from registry.words import STATES, word_of


@dataclass(frozen=True, slots=True)
class Life:
    """State and validity of a target."""

    state: TargetState = TargetState.NORMAL
    valid_from: date | None = None
    valid_to: date | None = None
    proof_file: str = ""


def life_of(row: Row, before: Site | Account | None, as_of: date, notes: Notes) -> Life:
    """Read state, dates and proof of a row; columns the sheet lacks keep what is registered."""
    old = Life(before.state, before.valid_from, before.valid_to, before.proof_file) if before else Life()
    # A target that is listed again without a word about its state is no longer missing.
    unsaid: TargetState = TargetState.NORMAL if old.state is TargetState.MISSING else old.state
    life = Life(
        notes.read(row, "state", _state, unsaid),
        notes.read(row, "valid_from", partial(day, month_alone=True), old.valid_from),
        notes.read(row, "valid_to", day, old.valid_to),
        notes.read(row, "proof", clean, old.proof_file),
    )
    if life.valid_from and life.valid_to and life.valid_to < life.valid_from:
        notes.refuse(row, "valid_to", f"{life.valid_to} 早于有效期起 {life.valid_from}；请改正其中一个")
    if life.state is TargetState.CLOSED:
        return _closed(row, life, old, before is not None, as_of, notes)
    if old.state is TargetState.CLOSED and life.valid_to == old.valid_to:
        notes.warn(row, "state", f"由“已关停”改为“{life.state}”，重新计入，有效期止 {old.valid_to} 已清除")
        return replace(life, valid_to=None)
    if life.valid_to and life.valid_to <= as_of:
        notes.warn(row, "valid_to", f"{life.valid_to} 已到，自该日起不再计入，而状态是“{life.state}”，请核对")
    return life


def _closed(row: Row, life: Life, old: Life, known: bool, as_of: date, notes: Notes) -> Life:
    if life.valid_to is None:
        life = replace(life, valid_to=old.valid_to or as_of)
        if old.valid_to is None:
            notes.warn(row, "valid_to", f"已关停而没有写有效期止，按 {life.valid_to} 起不再计入登记")
    if old.state is not TargetState.CLOSED:
        if known and old.state is TargetState.NORMAL:
            notes.warn(row, "state", "由“正常”直接改为“已关停”，没有经过“申请关停”，请核对")
        if not life.proof_file:
            notes.warn(row, "proof", "已关停而没有写关停证明文件（平台截图、盖章说明），请补写文件名")
    return life


def _state(text: str) -> TargetState:
    return word_of(STATES, text, "状态") if key(text) else TargetState.NORMAL


def gone(target: Site | Account, as_of: date) -> bool:
    """Whether a target that a new list no longer names has to be asked about (待确认关停)."""
    ended = target.valid_to is not None and target.valid_to <= as_of
    return target.state in {TargetState.NORMAL, TargetState.CLOSING} and not ended
