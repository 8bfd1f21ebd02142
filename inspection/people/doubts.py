"""The list of text doubts (文字疑点): what the checks were not sure enough of to report, for a person to decide.

A doubt counts nowhere. What a person calls an error joins the installation's own wrong words and is certain from then
on; what is none joins the allowed ones. Both are the lists of `inspection.people.word_lists`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import UsageError
from domain.findings import Doubt, Finding, fingerprint
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.runs import Run
from domain.targets import Registry
from domain.trail import Act
from inspection.acting import actor_of, demand, note
from inspection.people.unread_rows import UnreadRow
from inspection.people.word_lists import allowed_by, note_review
from inspection.targets import chosen_run, find_targets

ERROR, FINE = "是错误", "不是错误"
VERDICTS = {ERROR: "confirmed", FINE: "rejected"}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One doubtful wording and every place it stands in; `key` is the same in every run."""

    key: str
    finding: Finding  # of its first place
    confidence: float  # of its first place, 0 to 1
    targets: tuple[str, ...]  # names
    places: int

    @property
    def where(self) -> str:
        """The first target, and how many there are."""
        return f"{self.targets[0]}等 {len(self.targets)} 个" if len(self.targets) > 1 else self.targets[0]

    def fact(self, name: str) -> str:
        """A fact of the finding as text."""
        return str(self.finding.facts.get(name) or "")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person wrote beside a doubt."""

    key: str
    verdict: str
    by: str = ""


def kept_suspicions(store: Store, run_id: str = "", name: str = "") -> tuple[Run, list[Suspicion]]:
    """The doubts of a run (default: the latest nightly), of all targets or of those called `name`."""
    run, registry = chosen_run(store, run_id), store.load_registry()
    if name:
        registry = Registry(registry.units, *find_targets(registry, [name]))
    return run, suspicions(store.doubts(run.id), registry)


def suspicions(doubts: Iterable[tuple[str, Doubt]], registry: Registry) -> list[Suspicion]:
    """One row for each doubtful wording of the registered targets, the surest first."""
    names = {site.id: site.name for site in registry.sites} | {item.id: item.name for item in registry.accounts}
    found: dict[str, list[tuple[str, Doubt]]] = {}
    for target, item in doubts:
        if target in names:
            found.setdefault(_key(item.finding), []).append((names[target], item))
    rows = (_row(key, items) for key, items in found.items())
    return sorted(rows, key=lambda row: (-row.confidence, row.key))


def _row(key: str, items: Sequence[tuple[str, Doubt]]) -> Suspicion:
    first = items[0][1]
    return Suspicion(key, first.finding, first.confidence, tuple(dict.fromkeys(name for name, _ in items)), len(items))


def suspicion_lines(run: Run, rows: Sequence[Suspicion]) -> str:
    """The list for the terminal."""
    if not rows:
        return f"批次 {run.id} 没有文字疑点。"
    lines = [
        f"{row.key[:8]}  {row.confidence:.2f}  “{row.fact('wrong')}”疑为“{row.fact('suggestion')}”：{row.fact('sentence')}"
        f"  （{row.where}，{row.places} 处，{row.finding.ref.url}）"
        for row in rows
    ]
    return "\n".join([*lines, f"共 {len(rows)} 个疑点，不计分，由人工判断。"])


def settle(
    store: Store, data: Path, run_id: str, decisions: Sequence[Decision], actor: Actor, at: datetime, *, apply: bool
) -> list[str | UnreadRow]:
    """Note what a person decided; returns one line for each decision. Without `apply` nothing is written."""
    demand(store, actor, Action.REVIEW)
    _, rows = kept_suspicions(store, run_id)
    known = {row.key: row for row in rows}
    lines: list[str | UnreadRow] = []
    for item in decisions:
        row = known.get(item.key)
        if row is None:
            lines.append(UnreadRow(f"编号 {item.key[:8]}", "不在这个批次的疑点中"))
            continue
        try:
            person = actor_of(store, item.by, actor.account) if item.by else actor
            demand(store, person, Action.REVIEW)
        except UsageError as error:
            lines.append(UnreadRow(f"编号 {item.key[:8]}", str(error)))
            continue
        if apply:
            note(store, person, Act.SETTLE, f"{item.key[:8]} “{row.fact('wrong')}”", at, now=item.verdict)
        shown = f"{item.key[:8]}  “{row.fact('wrong')}”：{item.verdict}"
        told = note_review(data, row.finding, row.key, VERDICTS[item.verdict], person.name, at) if apply else ""
        lines.append(f"{shown}；{told}" if told else shown)
    return lines


def _key(finding: Finding) -> str:
    """What one decision settles is one question: the same wording with the same neighbours, wherever it stands."""
    wrong, right, sentence = (str(finding.facts.get(name) or "") for name in ("wrong", "suggestion", "sentence"))
    return fingerprint(finding.check, "", "\x1f".join((wrong, right, allowed_by(finding) or sentence)))
