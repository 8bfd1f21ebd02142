"""Decisions count at once: the scorecards of the targets concerned are made again from their findings as they are now."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from domain.findings import FindingRecord, Unjudged
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from domain.scores import Scorecard
from domain.targets import Account, Site
from inspection.judging.early_warnings import renewed_warnings, with_renewed
from scorecards.scoring import build_scorecard


class Watched:
    """A store that remembers whose findings were saved."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.targets: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def save_findings(self, records: Iterable[FindingRecord]) -> None:
        """Save them, and remember."""
        kept = list(records)
        self.targets |= {record.target_id for record in kept}
        self.store.save_findings(kept)


@contextmanager
def rescoring(store: Store, rulebook: RuleBook) -> Iterator[Store]:
    """Around decisions: the targets whose findings are saved through the store it yields are scored again."""
    watched = Watched(store)
    yield cast("Store", watched)
    rescore(store, rulebook, watched.targets)


def rescore(store: Store, rulebook: RuleBook, target_ids: Iterable[str]) -> None:
    """Renew the latest scorecard of each target; targets that no run has judged have none."""
    wanted = set(target_ids)
    registry = store.load_registry()
    targets: dict[str, Site | Account] = {site.id: site for site in registry.sites if site.id in wanted}
    targets |= {account.id: account for account in registry.accounts if account.id in wanted}
    for run in reversed(store.runs()):
        if not targets:
            return
        if run.kind in {RunKind.PROBE, RunKind.GATE} or not targets.keys() & set(run.targets):
            continue
        for card in [card for card in store.scorecards(run.id) if card.target_id in targets]:
            target = targets.pop(card.target_id)
            unjudged = [item for _, item in store.unjudged(run.id, target.id)]
            records = store.findings((target.id,))
            renewed = renewed_warnings(target, run, records, rulebook)
            store.save_findings(renewed)
            known = with_renewed(records, renewed)
            store.save_scorecards([scored_again(card, target, run, known, unjudged, rulebook)])


def scored_again(
    card: Scorecard,
    target: Site | Account,
    run: Run,
    records: Sequence[FindingRecord],
    unjudged: Sequence[Unjudged],
    rulebook: RuleBook,
) -> Scorecard:
    """The card of a target with its findings and today's points; what was looked at stays as it was."""
    known = [record for record in records if record.first_seen <= run.as_of]
    made = build_scorecard(
        target, run, known, unjudged, rulebook,
        checks_run=card.judged + card.unjudged, bonus=card.bonus, complete=card.complete, by_hand=card.by_hand,
    )  # fmt: skip
    return replace(made, oldest=card.oldest)


def speaks_of_now(store: Store, run: Run) -> bool:
    """Whether reports of a run show findings as they are now: no later run of its kind has begun."""
    return not any(item.kind is run.kind for item in store.runs(run.as_of))
