"""Which old rows can go: what a view of a run from the border on would read stays (docs/decisions/0014-what-is-forgotten.md)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, or_, select

from storage.mapping import LAST_RUNS
from storage.tables import (
    attempt,
    collection,
    doubt,
    finding_run,
    job_run,
    lease,
    probe,
    reading,
    run,
    scorecard,
    site_run,
    unjudged,
    visit,
)

PROBES_LONGER = timedelta(days=31)  # a view looks back on the visits of some days
COLLECTIONS_LONGER = timedelta(days=92)  # and on the collections of some weeks
_ORDER = (run.c.as_of.desc(), run.c.no.desc())


def newest(table: Table) -> tuple[Any, ...]:
    """The order in which the newest comes first."""
    return table.c.as_of.desc(), table.c.run_no.desc()


def _visits(before: datetime) -> Select[Any]:
    """All but the newest of each address: drawn or not, answering, redirecting, failing, and leading to a place."""
    answers = case((visit.c.status.between(1, 299), 0), (visit.c.status.between(300, 399), 1), else_=2)
    ranks = [
        func.row_number().over(partition_by=part, order_by=newest(visit)).label(f"rank{number}")
        for number, part in enumerate(
            ((visit.c.address_id, visit.c.rendered), (visit.c.address_id, answers), visit.c.final_id)
        )
    ]
    inner = select(visit.c.id, visit.c.body_hash, visit.c.final_id, visit.c.as_of, visit.c.run_no, *ranks)
    old = inner.where(visit.c.as_of < before).subquery()
    superseded = and_(old.c.rank0 > 1, old.c.rank1 > 1, or_(old.c.final_id.is_(None), old.c.rank2 > 1))
    return select(old.c.id, old.c.body_hash).where(superseded).order_by(*newest(old))  # type: ignore[arg-type]


def _attempts(before: datetime) -> Select[Any]:
    """All but those of the last runs of each address that tried it: so many a verdict looks back on."""
    rank = func.dense_rank().over(partition_by=attempt.c.address_id, order_by=newest(attempt))
    keys = list(attempt.primary_key)
    old = select(*keys, rank.label("rank")).where(attempt.c.as_of < before).subquery()
    return select(*(old.c[column.name] for column in keys)).where(old.c.rank > LAST_RUNS + 2)


def _last_noted(table: Table, of: str, keys: tuple[str, ...]) -> Callable[[datetime], Select[Any]]:
    """All but what the last old run noted of each `of`."""

    def marked(before: datetime) -> Select[Any]:
        rank = func.dense_rank().over(partition_by=table.c[of], order_by=_ORDER)
        inner = select(*(table.c[name] for name in keys), rank.label("rank"))
        old = inner.join_from(table, run, run.c.id == table.c.run_id).where(run.c.as_of < before).subquery()
        return select(*(old.c[name] for name in keys)).where(old.c.rank > 1)

    return marked


def without_visit() -> ColumnElement[bool]:
    """Readings that no visit has any more."""
    read = select(visit.c.reading_id).where(visit.c.reading_id.is_not(None))
    return reading.c.id.not_in(read)


def by_time(before: datetime) -> Mapping[Table, ColumnElement[bool]]:
    """Tables whose old rows go without exception."""
    old_runs = select(run.c.id).where(run.c.as_of < before)
    return {
        probe: probe.c.at < before - PROBES_LONGER,
        job_run: job_run.c.planned < before,
        lease: lease.c.run_id.in_(old_runs),
        site_run: site_run.c.run_no.in_(select(run.c.no).where(run.c.as_of < before)),
    }


def counted(table: Table, old: ColumnElement[bool]) -> Select[Any]:
    """How many rows of a table a condition meets."""
    return select(func.count()).select_from(table).where(old)


def _collections(before: datetime) -> Select[Any]:
    """All but the last ones of each account; posts of some weeks are looked for in those of the nights before."""
    rank = func.row_number().over(partition_by=collection.c.account_id, order_by=_ORDER)
    inner = select(collection.c.run_no, collection.c.account_id, run.c.as_of, rank.label("rank"))
    old = inner.join_from(collection, run).where(run.c.as_of < before).subquery()
    early = old.c.as_of < before - COLLECTIONS_LONGER
    return select(old.c.run_no, old.c.account_id).where(early, old.c.rank > LAST_RUNS + 2)


def count(connection: Connection, query: Select[Any]) -> int:
    """The one number of a query."""
    return int(connection.scalar(query) or 0)


def _cards(before: datetime) -> Select[Any]:
    """All of them, newest first; `storage/kept_cards.py` says which can go."""
    columns = (scorecard.c.run_id, scorecard.c.target_id, run.c.as_of, scorecard.c.document)
    return (
        select(*columns)
        .join_from(scorecard, run, run.c.id == scorecard.c.run_id)
        .where(run.c.as_of < before)
        .order_by(*_ORDER)
    )


_NOTED = ("run_id", "target_id", "position")
MARKS: Mapping[Table, Callable[[datetime], Select[Any]]] = {
    visit: _visits,
    attempt: _attempts,
    collection: _collections,
    finding_run: _last_noted(finding_run, "fingerprint", ("run_id", "fingerprint")),
    unjudged: _last_noted(unjudged, "target_id", _NOTED),
    doubt: _last_noted(doubt, "target_id", _NOTED),
    scorecard: _cards,
}
KEYS: Mapping[Table, tuple[Any, ...]] = {
    visit: (visit.c.id,),
    attempt: tuple(attempt.primary_key),
    collection: (collection.c.run_no, collection.c.account_id),
    finding_run: (finding_run.c.run_id, finding_run.c.fingerprint),
    unjudged: tuple(unjudged.c[name] for name in _NOTED),
    doubt: tuple(doubt.c[name] for name in _NOTED),
    scorecard: (scorecard.c.run_id, scorecard.c.target_id),
}
