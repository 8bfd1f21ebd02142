"""A run as the console shows it: how far it got, and what was not looked at, with the reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.captured import SiteRun
from domain.errors import NotThere
from domain.findings import Why
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from inspection.desk.scope import GONE, View
from inspection.runs.status import STATES
from inspection.wording import RuleWording

COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run."""

    run: Run
    state: str
    done: int  # sites crawled to the end
    pages: int
    partial: Sequence[tuple[str, SiteRun]]  # name, what became of it
    skipped: Sequence[tuple[str, int]]  # reason, addresses
    unjudged: Sequence[tuple[str, str, int]]  # check, reason, how many
    cards: int


def found_run(store: Store, run_id: str) -> Run:
    """A run by its id; NotThere when there is none."""
    run = store.run(run_id)
    if run is None:
        raise NotThere(GONE)
    return run


def run_page(store: Store, rulebook: RuleBook, view: View, run_id: str) -> RunPage:
    """Everything a page about a run shows."""
    run = found_run(store, run_id)
    names: Mapping[str, str] = {target.id: target.name for target in view.targets}
    site_runs = store.site_runs(run_id)
    skipped: Counter[str] = Counter()
    for item in site_runs:
        skipped.update(item.skipped)
    wording = RuleWording(rulebook)
    counted = Counter((item.check, item.why) for _, item in store.unjudged(run_id))
    unjudged = [(wording.title(check), why_label(why), number) for (check, why), number in counted.most_common()]
    partial = [(names.get(item.site_id, item.site_id), item) for item in site_runs if item.state != COMPLETE]
    return RunPage(
        run, STATES[run.state.value], sum(item.state == COMPLETE for item in site_runs),
        sum(item.pages for item in site_runs), partial, skipped.most_common(), unjudged, len(store.scorecards(run_id)),
    )  # fmt: skip


def why_label(why: Why) -> str:
    """Why a check could not judge, in Chinese."""
    return why.label or "须由人判断"
