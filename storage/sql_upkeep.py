"""Forgetting old rows. What a view of a run from the border on would read stays: see docs/decisions/0014-what-is-forgotten.md."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, delete, exists, func, or_, select
from sqlalchemy import tuple_ as pair

from domain.errors import ValueRefused
from storage.mapping import LAST_RUNS, key_of
from storage.sql_part import SqlPart
from storage.tables import (
    answer,
    attempt,
    collection,
    doubt,
    finding,
    finding_run,
    frontier,
    job_run,
    lease,
    letter,
    probe,
    reading,
    run,
    site_run,
    unjudged,
    visit,
)

CHUNK = 500  # rows of a transaction: whoever else writes waits for a moment only
PROBES_LONGER = timedelta(days=31)  # a view looks back on the visits of some days
COLLECTIONS_LONGER = timedelta(days=92)  # and on the collections of some weeks
HASH = re.compile(r"[0-9a-f]{64}")
_ORDER = (run.c.as_of.desc(), run.c.no.desc())


class SqlUpkeep(SqlPart):
    """Methods of the `Upkeep` port."""

    def old_rows(self, before: datetime) -> Mapping[str, int]:
        """How many rows can go, by table."""
        with self.db.read() as connection:
            counts = {table.name: len(self._marked(connection, table, before)) for table in _MARKS}
            asked = _count(connection, select(func.count()).select_from(frontier.join(run)).where(run.c.as_of < before))
            visits = select(visit.c.run_no, visit.c.address_id).where(visit.c.as_of < before).distinct()
            there = _count(connection, select(func.count()).select_from(visits.subquery()))
            gone = self._marked(connection, visit, before)
            left = there - (len(gone) if gone else 0)
            counts["frontier"] = max(0, asked - left)
            counts |= {
                table.name: _count(connection, _counted(table, _by_time(before)[table])) for table in _by_time(before)
            }
            counts["reading"] = _count(connection, select(func.count()).select_from(reading).where(_unread()))
        return counts

    def drop_old_rows(self, before: datetime) -> Mapping[str, int]:
        """Drop them, a few at a time."""
        counts = {table.name: self._drop_marked(table, before) for table in _MARKS}
        counts["frontier"] = sum(self._drop_frontier(number) for number in self._old_runs(before))
        with self.db.write() as connection:
            for table, old in _by_time(before).items():
                counts[table.name] = connection.execute(delete(table).where(old)).rowcount
        with self.db.read() as connection:
            unread = list(connection.scalars(select(reading.c.id).where(_unread())))
        counts["reading"] = self._drop(reading, (reading.c.id,), [(key,) for key in unread])
        return counts

    def _marked(self, connection: Connection, table: Table, before: datetime) -> list[tuple[Any, ...]]:
        """Keys of the rows of a table that can go."""
        rows = connection.execute(_MARKS[table](before)).all()
        if table is not visit:
            return [tuple(row) for row in rows]
        named = self._named(connection)
        gone = []
        for key, body_hash in rows:  # newest first: of what is named, the last visit that had it stays
            if body_hash in named:
                named.discard(body_hash)
            else:
                gone.append((key,))
        return gone

    def _named(self, connection: Connection) -> set[str]:
        """Captures that findings and letters speak of."""
        texts = (text for table in (finding, letter) for text in connection.scalars(select(table.c.document)))
        return {found for text in texts for found in HASH.findall(text)}

    def _drop_marked(self, table: Table, before: datetime) -> int:
        with self.db.read() as connection:
            keys = self._marked(connection, table, before)
        return self._drop(table, _KEYS[table], keys)

    def _drop(self, table: Table, columns: tuple[Any, ...], keys: list[tuple[Any, ...]]) -> int:
        gone = 0
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            within = columns[0].in_([key[0] for key in part]) if len(columns) == 1 else pair(*columns).in_(part)
            with suppress(ValueRefused), self.db.write() as connection:  # refused: in use again since it was marked
                gone += connection.execute(delete(table).where(within)).rowcount
        return gone

    def _old_runs(self, before: datetime) -> list[int]:
        with self.db.read() as connection:
            return list(connection.scalars(select(run.c.no).where(run.c.as_of < before)))

    def _drop_frontier(self, number: int) -> int:
        held = exists().where(visit.c.address_id == frontier.c.address_id, visit.c.run_no == number)
        with self.db.write() as connection:
            return connection.execute(delete(frontier).where(frontier.c.run_no == number, ~held)).rowcount

    def used_bodies(self, since: datetime) -> frozenset[str]:
        """Hashes of bodies that something from `since` on names, and those of the newest visits."""
        rank = func.row_number().over(partition_by=(visit.c.address_id, visit.c.rendered), order_by=_newest(visit))
        newest = select(visit.c.body_hash, rank.label("rank")).subquery()
        recent = select(visit.c.body_hash).where(visit.c.as_of >= since)
        with self.db.read() as connection:
            found = set(connection.scalars(recent.distinct()))
            found |= set(connection.scalars(select(newest.c.body_hash).where(newest.c.rank == 1)))
            for text in self._texts(connection, since):
                found.update(HASH.findall(text or ""))
        return frozenset(found - {""})

    def _texts(self, connection: Connection, since: datetime) -> Iterator[str | None]:
        """Documents that may name bodies."""
        last = select(func.max(collection.c.run_no)).group_by(collection.c.account_id)
        lately = or_(run.c.as_of >= since, collection.c.run_no.in_(last))
        yield from connection.scalars(select(collection.c.document).join(run).where(lately))
        yield from connection.scalars(select(site_run.c.facts).join(run).where(run.c.as_of >= since))
        yield from connection.scalars(select(answer.c.document))

    def bodies_of(self, site_id: str, url: str, since: datetime, until: datetime) -> frozenset[str]:
        """Hashes of the bodies an address had in a stretch of time, without that of its newest visit."""
        here = visit.c.address_id == key_of(site_id, url)
        newest = select(visit.c.body_hash).where(here).order_by(*_newest(visit)).limit(1)
        found = select(visit.c.body_hash).where(here, visit.c.as_of >= since, visit.c.as_of <= until)
        with self.db.read() as connection:
            last = connection.scalar(newest)
            return frozenset(connection.scalars(found)) - {last or "", ""}

    def stored_bodies(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes on the disk, when it was written) of every body."""
        return self.blobs.listing()

    def drop_bodies(self, hashes: Collection[str]) -> None:
        """Remove bodies."""
        self.blobs.drop(hashes)


def _newest(table: Table) -> tuple[Any, ...]:
    return table.c.as_of.desc(), table.c.run_no.desc()


def _visits(before: datetime) -> Select[Any]:
    """All but the newest of each address: drawn or not, answering, redirecting, failing, and leading to a place."""
    answers = case((visit.c.status.between(1, 299), 0), (visit.c.status.between(300, 399), 1), else_=2)
    ranks = [
        func.row_number().over(partition_by=part, order_by=_newest(visit)).label(f"rank{number}")
        for number, part in enumerate(
            ((visit.c.address_id, visit.c.rendered), (visit.c.address_id, answers), visit.c.final_id)
        )
    ]
    inner = select(visit.c.id, visit.c.body_hash, visit.c.final_id, visit.c.as_of, visit.c.run_no, *ranks)
    old = inner.where(visit.c.as_of < before).subquery()
    superseded = and_(old.c.rank0 > 1, old.c.rank1 > 1, or_(old.c.final_id.is_(None), old.c.rank2 > 1))
    return select(old.c.id, old.c.body_hash).where(superseded).order_by(*_newest(old))  # type: ignore[arg-type]


def _attempts(before: datetime) -> Select[Any]:
    """All but those of the last runs of each address that tried it: so many a verdict looks back on."""
    rank = func.dense_rank().over(partition_by=attempt.c.address_id, order_by=_newest(attempt))
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


def _unread() -> ColumnElement[bool]:
    read = select(visit.c.reading_id).where(visit.c.reading_id.is_not(None))
    return reading.c.id.not_in(read)


def _by_time(before: datetime) -> Mapping[Table, ColumnElement[bool]]:
    """Tables whose old rows go without exception."""
    old_runs = select(run.c.id).where(run.c.as_of < before)
    return {
        probe: probe.c.at < before - PROBES_LONGER,
        job_run: job_run.c.planned < before,
        lease: lease.c.run_id.in_(old_runs),
    }


def _counted(table: Table, old: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(table).where(old)


def _collections(before: datetime) -> Select[Any]:
    """All but the last ones of each account; posts of some weeks are looked for in those of the nights before."""
    rank = func.row_number().over(partition_by=collection.c.account_id, order_by=_ORDER)
    inner = select(collection.c.run_no, collection.c.account_id, run.c.as_of, rank.label("rank"))
    old = inner.join_from(collection, run).where(run.c.as_of < before).subquery()
    early = old.c.as_of < before - COLLECTIONS_LONGER
    return select(old.c.run_no, old.c.account_id).where(early, old.c.rank > LAST_RUNS + 2)


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.scalar(query) or 0)


_NOTED = ("run_id", "target_id", "position")
_MARKS: Mapping[Table, Callable[[datetime], Select[Any]]] = {
    visit: _visits,
    attempt: _attempts,
    collection: _collections,
    finding_run: _last_noted(finding_run, "fingerprint", ("run_id", "fingerprint")),
    unjudged: _last_noted(unjudged, "target_id", _NOTED),
    doubt: _last_noted(doubt, "target_id", _NOTED),
}
_KEYS: Mapping[Table, tuple[Any, ...]] = {
    visit: (visit.c.id,),
    attempt: tuple(attempt.primary_key),
    collection: (collection.c.run_no, collection.c.account_id),
    finding_run: (finding_run.c.run_id, finding_run.c.fingerprint),
    unjudged: tuple(unjudged.c[name] for name in _NOTED),
    doubt: tuple(doubt.c[name] for name in _NOTED),
}
