"""Doubts in groups: one decision settles all sentences of a group, after a look at what else it would hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from domain.errors import UsageError
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run
from inspection.people.doubts import VERDICTS, Decision, Suspicion, kept_suspicions, settle
from inspection.people.lessons import Previewer
from inspection.people.unread_rows import UnreadRow
from inspection.people.word_lists import decided_keys


@dataclass(frozen=True, slots=True)
class Group:
    """One doubted wording and the sentences it stands in."""

    wrong: str
    suggestion: str
    rows: tuple[Suspicion, ...]

    @property
    def places(self) -> int:
        """In how many places it stands."""
        return sum(row.places for row in self.rows)

    @property
    def likelihood(self) -> str:
        """Of the surest sentence, in words."""
        return self.rows[0].likelihood


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the decisions, or would: those taken, and those that were not, with the reason."""

    taken: tuple[str, ...]
    refused: tuple[str, ...]


def doubt_groups(store: Store, data: Path) -> tuple[Run, list[Group]]:
    """The doubts of the latest nightly run that nobody has settled yet, the surest first."""
    run, rows = kept_suspicions(store)
    known = decided_keys(data)
    left = [row for row in rows if row.key[:8] not in known]
    groups = groupby(left, key=lambda row: row.pattern)
    return run, [Group(wrong, right, tuple(same)) for (wrong, right), same in groups]


def settle_group(
    store: Store, data: Path, run_id: str, keys: Sequence[str], verdict: str, context: str, actor: Actor, at: datetime,
    preview: Previewer, *, apply: bool,
) -> Settled:  # fmt: skip
    """The same decision for the chosen sentences; without `apply` only what it would do."""
    if verdict not in VERDICTS:
        raise UsageError("请选择“是错误”或“不是错误”")
    if not keys:
        raise UsageError("没有选中任何句子")
    decisions = [Decision(key, verdict, "", context) for key in keys]
    lines = settle(store, data, run_id, decisions, actor, at, preview, apply=apply)
    taken = tuple(line for line in lines if not isinstance(line, UnreadRow))
    return Settled(taken, tuple(str(line) for line in lines if isinstance(line, UnreadRow)))
