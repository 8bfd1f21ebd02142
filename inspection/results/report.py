"""From an outcome to the one value every report is written from."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version

from domain.account_freshness import freshness_of
from domain.accounts import Collected
from domain.errors import StoreError
from domain.figures import CITY, Figure
from domain.findings import FindingRecord, FindingState
from domain.periods import PeriodKind
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from domain.targets import Account
from domain.times import beijing_date
from inspection.judging.account_views import account_view, checked_by_hand, collected_in, source_lines
from inspection.judging.accounts import account_window
from inspection.judging.run import Outcome
from inspection.results.screenshots import pictures_of
from inspection.wording import RuleWording
from reports.model import AccountOutcome, OlderPages, Report
from reports.trend import Point
from scorecards.rollup import build_rollups

MONTHS = 12  # shown as a trend
TREND = tuple((kind, CITY) for kind in ("sites.passed", "sites.clean", "accounts.passed", "problems.open"))


def build_report(outcome: Outcome, store: Store, rulebook: RuleBook, *, city_name: str = "") -> Report:
    """Everything a report may show of a run."""
    cards = {target: judged.card for target, judged in outcome.judged.items()}
    collected = {account.id: collected_in(store, account.id, outcome.run) for account in outcome.registry.accounts}
    rollups = build_rollups(outcome.registry, list(cards.values()))
    return Report(
        run=outcome.run,
        registry=outcome.registry,
        cards=cards,
        records={target: _of_run(judged.records, outcome.run.id) for target, judged in outcome.judged.items()},
        unjudged={target: judged.unjudged for target, judged in outcome.judged.items()},
        rulebook=rulebook,
        wording=RuleWording(rulebook),
        columns={target: judged.columns for target, judged in outcome.judged.items()},
        site_runs={item.site_id: item for item in store.site_runs(outcome.run.id)},
        city=rollups.city,
        kinds=rollups.kinds,
        units=rollups.units,
        capture=_captures(store),
        pictures=pictures_of(store, (r for judged in outcome.judged.values() for r in judged.records)),
        city_name=city_name,
        version=version("xunjian"),
        manual=checked_by_hand(collected),
        doubts=tuple(item for item in store.doubts(outcome.run.id) if item[0] in cards),
        trend=trend_of(store, outcome.run.as_of),
        older=_older(outcome, store) if outcome.run.kind is RunKind.AUDIT else {},
        sources={id: source_lines(items) for id, items in collected.items()},
        accounts={
            account.id: _outcome(store, account, outcome.run, rulebook, collected[account.id])
            for account in outcome.registry.accounts
        },
    )


def trend_of(store: Store, as_of: datetime) -> tuple[Point, ...]:
    """The closed months up to a moment, as their closings fixed them."""
    months = [p for p in store.periods() if p.kind is PeriodKind.MONTH and p.version and p.start <= beijing_date(as_of)]
    points = []
    for period in months[-MONTHS:]:
        figures = {figure.kind: figure for figure in store.figures(period.id, period.version, TREND)}
        passed, clean, accounts, still = (figures.get(kind) for kind, _ in TREND)
        points.append(
            Point(period.id, period.label, _share(passed), _share(clean), _share(accounts), still.n if still else None)
        )
    return tuple(points)


def _share(figure: Figure | None) -> float | None:
    return float(figure.rate) if figure and figure.rate else None


def _older(outcome: Outcome, store: Store) -> dict[str, OlderPages]:
    """What an audit left as earlier runs had read it."""
    found = {}
    for site in outcome.registry.sites:
        visited = {url for url, _ in store.visited(outcome.run.id, site.id)}
        pages = (item for item in store.known(site.id, outcome.run.as_of) if item.kind is not None)
        days = [beijing_date(item.visited_at) for item in pages if item.url not in visited]
        if days:
            found[site.id] = OlderPages(len(days), min(days), max(days))
    return found


def _outcome(
    store: Store, account: Account, run: Run, rulebook: RuleBook, items: tuple[Collected, ...]
) -> AccountOutcome:
    view = account_view(store, account, run)
    rule = rulebook.checks.get("account.near_due")
    ratio = rule.params.get("near_due_ratio") if rule else None
    ratio = ratio if isinstance(ratio, float) else rulebook.near_due_ratio
    verdict = freshness_of(account, view.collections, view.posts(), run.as_of, account_window(rulebook), ratio)
    return AccountOutcome(verdict, items)


def _captures(store: Store) -> Callable[[str], bytes | None]:
    def capture(body_hash: str) -> bytes | None:
        try:
            return store.body(body_hash)
        except StoreError:
            return None

    return capture


def _of_run(records: tuple[FindingRecord, ...], run_id: str) -> tuple[FindingRecord, ...]:
    """What is open or was set aside by a person, and what this run closed; older fixed ones stay in the store."""
    return tuple(r for r in records if r.state is not FindingState.FIXED or r.last_run == run_id)
