"""The columns found by themselves, as a sheet an editor can correct and import again."""

from collections.abc import Mapping, Sequence
from functools import partial

from checks.rules.column_kinds import classify
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import RunKind
from domain.targets import ColumnSpec, Registry
from domain.views import Column
from inspection.judging.site_views import build_site_view


def proposed_columns(store: Store, registry: Registry, rulebook: RuleBook) -> Mapping[str, Sequence[ColumnSpec]]:
    """Site id -> the columns of its latest capture, declared ones as they are."""
    runs = [run for run in store.runs() if run.kind in {RunKind.NIGHTLY, RunKind.AUDIT}]
    proposal: dict[str, Sequence[ColumnSpec]] = {}
    for site in registry.sites:
        latest = next((run for run in reversed(runs) if site.id in run.targets), None)
        if latest is None:
            continue
        view = build_site_view(store, site, latest, partial(classify, rulebook=rulebook))
        declared = {spec.url: spec for spec in site.columns}
        proposal[site.id] = [declared.get(column.url) or _spec(column) for column in view.columns()]
    return proposal


def _spec(column: Column) -> ColumnSpec:
    """Without a deadline: it stays that of the rules, also of changed ones, unless somebody writes one down."""
    return ColumnSpec(column.url, column.name, column.kind, archived=column.archived)
