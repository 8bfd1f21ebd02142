"""The list of text doubts (文字疑点): what the checks were not sure enough of to report, for a person to decide.

A doubt counts nowhere. What a person calls an error joins the installation's own wrong words and is certain from then
on; what is none joins the allowed ones. Both are the lists of `inspection.people.word_lists`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
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
from inspection.people.lessons import Lesson, Preview, Previewer, UnsafeLesson, lesson_of, require_harmless
from inspection.people.name_guards import Names
from inspection.people.unread_rows import UnreadRow
from inspection.people.word_lists import allowed_by, note_review
from inspection.targets import chosen_run, find_targets

ERROR, FINE = "是错误", "不是错误"
VERDICTS = {ERROR: "confirmed", FINE: "rejected"}
LIKELY = 0.9


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One doubtful wording and every place it stands in; `key` is the same in every run."""

    key: str
    finding: Finding  # of its first place
    confidence: float  # of its first place, 0 to 1
    targets: tuple[str, ...]  # names
    places: int

    @property
    def pattern(self) -> tuple[str, str]:
        """What is doubted and what it may be meant for: rows of one pattern are read together."""
        return self.fact("wrong"), self.fact("suggestion")

    @property
    def likelihood(self) -> str:
        """The confidence in words: it is no share of anything a person could count."""
        return "较像错误" if self.confidence >= LIKELY else "仅供参考"

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
    context: str = ""  # a longer part of the sentence, for the word lists


def kept_suspicions(store: Store, run_id: str = "", name: str = "") -> tuple[Run, list[Suspicion]]:
    """The doubts of a run (default: the latest nightly), of all targets or of those called `name`."""
    run, registry = chosen_run(store, run_id), store.load_registry()
    if name:
        registry = Registry(registry.units, *find_targets(registry, [name]))
    return run, suspicions(store.doubts(run.id), registry)


def suspicions(doubts: Iterable[tuple[str, Doubt]], registry: Registry) -> list[Suspicion]:
    """One row for each doubtful wording of the registered targets that is no name; those of one pattern together,
    the surest pattern first.
    """
    names = {site.id: site.name for site in registry.sites} | {item.id: item.name for item in registry.accounts}
    guards = Names(registry)
    found: dict[str, list[tuple[str, Doubt]]] = {}
    for target, item in doubts:
        if target in names and not guards.hold(item.finding):
            found.setdefault(_key(item.finding), []).append((names[target], item))
    rows = [_row(key, items) for key, items in found.items()]
    best: dict[tuple[str, str], float] = {}
    for row in rows:
        best[row.pattern] = max(best.get(row.pattern, 0.0), row.confidence)
    return sorted(rows, key=lambda row: (-best[row.pattern], row.pattern, -row.confidence, row.key))


def _row(key: str, items: Sequence[tuple[str, Doubt]]) -> Suspicion:
    first = items[0][1]
    return Suspicion(key, first.finding, first.confidence, tuple(dict.fromkeys(name for name, _ in items)), len(items))


def suspicion_lines(run: Run, rows: Sequence[Suspicion]) -> str:
    """The list for the terminal: each pattern once, its sentences below."""
    if not rows:
        return f"批次 {run.id} 没有文字疑点。"
    lines: list[str] = []
    for (wrong, right), group in groupby(rows, key=lambda row: row.pattern):
        same = list(group)
        places = sum(row.places for row in same)
        lines.append(f"“{wrong}”疑为“{right}”（{same[0].likelihood}，{places} 处）")
        lines += [
            f"  {row.key[:8]}  {row.fact('sentence')}  （{row.where}，{row.places} 处，{row.finding.ref.url}）"
            for row in same
        ]
    return "\n".join([*lines, f"共 {len(rows)} 个疑点，不计分，由人工判断。"])


def settle(
    store: Store, data: Path, run_id: str, decisions: Sequence[Decision], actor: Actor, at: datetime, preview: Previewer,
    *, apply: bool,
) -> list[str | UnreadRow]:  # fmt: skip
    """Note what a person decided; returns one line for each decision. Without `apply` nothing is written.

    A decision whose lesson would hit other text is not taken; its line tells what it would hit.
    """
    demand(store, actor, Action.REVIEW)
    _, rows = kept_suspicions(store, run_id)
    known = {row.key: row for row in rows}
    lessons = {number: _lesson(known[item.key], item) for number, item in enumerate(decisions) if item.key in known}
    seen = preview([lesson for lesson in lessons.values() if isinstance(lesson, Lesson)])
    lines: list[str | UnreadRow] = []
    for number, item in enumerate(decisions):
        lesson = lessons.get(number)
        try:
            if item.key not in known:
                raise UsageError("不在这个批次的疑点中")
            if isinstance(lesson, UsageError):
                raise lesson
            if lesson is not None:
                require_harmless(lesson, seen[lesson])
        except UsageError as refusal:
            sheet = "；在疑点表中，更长的一段填在“更长写法”列" if isinstance(refusal, UnsafeLesson) else ""
            lines.append(UnreadRow(f"编号 {item.key[:8]}", f"{refusal}{sheet}"))
            continue
        row = known[item.key]
        try:
            person = actor_of(store, item.by, actor.account) if item.by else actor
            demand(store, person, Action.REVIEW)
        except UsageError as error:
            lines.append(UnreadRow(f"编号 {item.key[:8]}", str(error)))
            continue
        if apply:
            note(store, person, Act.SETTLE, f"{item.key[:8]} “{row.fact('wrong')}”", at, now=item.verdict)
        told = note_review(data, row.finding, row.key, lesson, person.name, at) if apply else _would(lesson, seen)
        lines.append(
            "；".join(part for part in (f"{row.key[:8]}  “{row.fact('wrong')}”：{item.verdict}", told) if part)
        )
    return lines


def _lesson(row: Suspicion, item: Decision) -> Lesson | UsageError | None:
    try:
        return lesson_of(row.finding, VERDICTS[item.verdict], item.context)
    except UsageError as error:
        return error


def _would(lesson: Lesson | None, seen: Mapping[Lesson, Preview]) -> str:
    return f"将记入{lesson.shown}（{seen[lesson].looked}）" if lesson is not None else ""


def _key(finding: Finding) -> str:
    """What one decision settles is one question: the same wording with the same neighbours, wherever it stands."""
    wrong, right, sentence = (str(finding.facts.get(name) or "") for name in ("wrong", "suggestion", "sentence"))
    return fingerprint(finding.check, "", "\x1f".join((wrong, right, allowed_by(finding) or sentence)))
