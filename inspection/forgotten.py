"""How far back the store still knows everything: what `prune` passed over cannot be judged or counted again."""

from datetime import datetime

from domain.errors import UsageError
from domain.ports import Store
from domain.times import BEIJING

BORDER = "forgotten_before"  # name of the switch that keeps it


def forgotten_before(store: Store) -> datetime | None:
    """The border of the last `prune`; None where nothing was ever forgotten."""
    value = store.switches().get(BORDER, "")
    return datetime.fromisoformat(value) if value else None


def note_forgotten(store: Store, before: datetime) -> None:
    """Move the border, before anything goes; it never moves back."""
    known = forgotten_before(store)
    if known is None or before > known:
        store.save_switch(BORDER, before.isoformat())


def demand_remembered(store: Store, moment: datetime, refusal: str) -> None:
    """UsageError when what was at a moment is forgotten, `refusal` says what can't be done."""
    border = forgotten_before(store)
    if border is not None and moment < border:
        day = f"{border.astimezone(BEIJING):%Y-%m-%d}"
        raise UsageError(f"{day} 以前的采集和判定记录已超过保存期限并清理，{refusal}")
