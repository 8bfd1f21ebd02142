"""How targets stood by day, in the in-memory twin of the store."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.scores import Scorecard
from domain.target_days import KINDS, TargetDay, day_of, seen_in
from domain.times import beijing_date


@dataclass
class MemoryDays:
    """Day methods of the store."""

    _days_kept: dict[tuple[str, date], TargetDay] = field(default_factory=dict)

    def latest_days(self, target_ids: Collection[str] = (), until: date | None = None) -> list[TargetDay]:
        """Of each target its latest day (not after `until`) and its latest complete one."""
        found: dict[tuple[str, bool], TargetDay] = {}
        for (target, day), item in sorted(self._days_kept.items()):
            if (not target_ids or target in target_ids) and (until is None or day <= until):
                found |= {(target, kind): item for kind in {False, item.complete}}
        return list({(item.target_id, item.day): item for _, item in sorted(found.items(), key=_place)}.values())

    def days(self, since: date, until: date, target_id: str = "") -> list[TargetDay]:
        """How targets stood from one day to another, both included, or one of them."""
        return [
            item
            for (target, day), item in sorted(self._days_kept.items())
            if since <= day <= until and target_id in {"", target}
        ]

    def _renew_days(self, cards: Iterable[Scorecard]) -> None:
        runs: dict[str, Any] = getattr(self, "_runs", {})
        kept: dict[tuple[str, str], Scorecard] = getattr(self, "_cards", {})
        touched = {(card.target_id, beijing_date(card.as_of)) for card in cards}
        found: dict[tuple[str, date], list[tuple[Any, Scorecard]]] = defaultdict(list)
        for (run_id, target), card in kept.items():
            key = (target, beijing_date(card.as_of))
            if key in touched and run_id in runs and runs[run_id][1].kind in KINDS:
                number, run = runs[run_id]
                found[key].append(((card.as_of, number), seen_in(run.state, card)))
        for key, pairs in found.items():
            item = day_of([card for _, card in sorted(pairs, key=lambda pair: pair[0])])
            if item:
                self._days_kept[key] = item


def _place(each: tuple[tuple[str, bool], TargetDay]) -> tuple[str, date]:
    return each[1].target_id, each[1].day
