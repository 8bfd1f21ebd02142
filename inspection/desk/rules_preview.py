"""What other rules would say of the latest night: judged from stored captures, and nothing of it kept."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from typing import Any, cast

from checks.rules.rulebook import build_rules
from domain.findings import FindingRecord
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from domain.targets import Account, Registry, Site
from inspection.judging.accounts import judge_accounts
from inspection.judging.rescoring import scored_again
from inspection.judging.sites import judge_site

_AT_ONCE = BoundedSemaphore(1)  # it takes a whole core
PATIENCE = 60.0  # seconds; a whole city takes longer, and what was looked at is told
_WRITES = (
    "save_",
    "put_",
    "append_",
    "end_",
    "free_",
    "freeze",
    "use_",
    "note_",
    "write",
    "cache",
    "take_",
    "plan_",
    "drop_",
    "skip",
    "claim_",
    "discover",
    "show_",
    "next_",
)
_READS = frozenset({"cached"})


class Unwritten:
    """A store that reads, and forgets what it is told to keep."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        if name.startswith(_WRITES) and name not in _READS:
            return _nothing
        return getattr(self._store, name)


def _nothing(*_: object, **__: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Effect:
    """What would appear and go, whose points would change, and how many of how many targets were looked at."""

    appear: tuple[FindingRecord, ...] = ()
    go: tuple[FindingRecord, ...] = ()
    scores: tuple[tuple[str, str, str], ...] = ()  # name, before, after
    looked: int = 0
    targets: int = 0


def changed_checks(old: RuleBook, new: RuleBook) -> frozenset[str]:
    """Checks that would judge otherwise; all that read columns where their deadlines differ."""
    if old.columns != new.columns:
        return frozenset(each for each in new.checks if each.startswith("column."))
    return frozenset(
        id
        for id, rule in new.checks.items()
        if id not in old.checks or (rule.params, rule.enabled) != (old.checks[id].params, old.checks[id].enabled)
    )


def effect(
    store: Store, run: Run, old: RuleBook, new: RuleBook, *, clock: Callable[[], float] = time.monotonic
) -> Effect:
    """Judge the targets of a run under the new rules, as far as these differ; one preview after the other."""
    with _AT_ONCE:
        return _effect(store, run, old, new, clock)


def _effect(store: Store, run: Run, old: RuleBook, new: RuleBook, clock: Callable[[], float]) -> Effect:
    checks = changed_checks(old, new)
    only = replace(new, checks={id: replace(r, enabled=r.enabled and id in checks) for id, r in new.checks.items()})
    dry, registry, begun = cast("Store", Unwritten(store)), store.load_registry(), clock()
    cards = {card.target_id: card for card in store.scorecards(run.id)}
    appear: list[FindingRecord] = []
    go: list[FindingRecord] = []
    scores: list[tuple[str, str, str]] = []
    every: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    wanted = [each for each in every if each.id in run.targets] if checks else []
    looked = 0
    for target in wanted:
        if clock() - begun > PATIENCE:
            break
        looked += 1
        standing = store.standing_findings((target.id,))
        before = {each.fingerprint: each for each in standing if each.finding.check in checks and each.counts}
        after = dict(_after(dry, target, run, only, registry, checks))
        appear += [each for key, each in after.items() if key not in before]
        go += [each for key, each in before.items() if key not in after]
        card = cards.get(target.id)
        if card is not None and before.keys() != after.keys():
            rest = [each for each in standing if each.finding.check not in checks]
            unjudged = [item for _, item in store.unjudged(run.id, target.id)]
            made = scored_again(card, target, run, [*rest, *after.values()], unjudged, new)
            scores.append((target.name, _words(card.verdict.label, card.score), _words(made.verdict.label, made.score)))
    return Effect(tuple(appear), tuple(go), tuple(each for each in scores if each[1] != each[2]), looked, len(wanted))


def _after(
    dry: Store, target: Site | Account, run: Run, rulebook: RuleBook, registry: Registry, checks: frozenset[str]
) -> Iterator[tuple[str, FindingRecord]]:
    if isinstance(target, Site):
        records = judge_site(dry, target, run, rulebook, registry=registry, by_archive=True).records
    else:
        judged: Mapping[str, Any] = judge_accounts(dry, [target], run, rulebook, registry)
        records = judged[target.id].records
    for each in records:
        rule = rulebook.checks.get(each.finding.check)
        if each.finding.check in checks and rule is not None and rule.enabled and each.counts:
            yield each.fingerprint, each


def _words(verdict: str, score: float | None) -> str:
    return verdict + (f"，{score:g} 分" if score is not None else "")


def read_book(text: str) -> RuleBook:
    """The rules a text says; RulesError lists every fault."""
    return build_rules(text)
