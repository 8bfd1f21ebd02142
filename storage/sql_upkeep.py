"""Forgetting old rows. What a view of a run from the border on would read stays: see docs/decisions/0014-what-is-forgotten.md."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, select
from sqlalchemy import tuple_ as pair

from domain.errors import ValueRefused
from storage.kept_cards import replaced_cards
from storage.kept_results import unasked_results
from storage.sql_bodies import HASH, SqlBodies
from storage.sql_masking import SqlMasking
from storage.tables import cache, finding, frontier, letter, reading, run, scorecard, standing, visit
from storage.upkeep_marks import KEYS, MARKS, by_time, count, counted, without_visit

CHUNK = 500  # rows of a transaction: whoever else writes waits for a moment only
NAMING = (finding, letter, standing)  # whose captures are shown with the visit that had them


class SqlUpkeep(SqlBodies, SqlMasking):
    """Methods of the `Upkeep` port."""

    def old_rows(self, before: datetime) -> Mapping[str, int]:
        """How many rows can go, by table."""
        with self.db.read() as connection:
            counts = {table.name: len(self._marked(connection, table, before)) for table in MARKS}
            asked = count(connection, select(func.count()).select_from(frontier.join(run)).where(run.c.as_of < before))
            visits = select(visit.c.run_no, visit.c.address_id).where(visit.c.as_of < before).distinct()
            there = count(connection, select(func.count()).select_from(visits.subquery()))
            gone = self._marked(connection, visit, before)
            left = there - (len(gone) if gone else 0)
            counts["frontier"] = max(0, asked - left)
            counts |= {
                table.name: count(connection, counted(table, by_time(before)[table])) for table in by_time(before)
            }
            counts["reading"] = count(connection, select(func.count()).select_from(reading).where(without_visit()))
            counts["cache"] = len(_unasked(connection))
        return counts

    def drop_old_rows(self, before: datetime) -> Mapping[str, int]:
        """Drop them, a few at a time."""
        counts = {table.name: self._drop_marked(table, before) for table in MARKS}
        counts["frontier"] = sum(self._drop_frontier(number) for number in self._old_runs(before))
        with self.db.write() as connection:
            for table, old in by_time(before).items():
                counts[table.name] = connection.execute(delete(table).where(old)).rowcount
        with self.db.read() as connection:
            left = list(connection.scalars(select(reading.c.id).where(without_visit())))
            results = _unasked(connection)
        counts["reading"] = self._drop(reading, (reading.c.id,), [(key,) for key in left])
        counts["cache"] = self._drop(cache, (cache.c.key,), results)
        return counts

    def _marked(self, connection: Connection, table: Table, before: datetime) -> list[tuple[Any, ...]]:
        """Keys of the rows of a table that can go."""
        rows = connection.execute(MARKS[table](before)).all()
        if table is visit:
            return self._unnamed(connection, rows)
        if table is scorecard:
            cards = ((*row[:3], bool(json.loads(row.document).get("complete", True))) for row in rows)
            return list(replaced_cards(cards, self._counted_cards(connection)))
        return [tuple(row) for row in rows]

    def _counted_cards(self, connection: Connection) -> set[tuple[str, str]]:
        """(run, target) of what closed periods counted."""
        told = (json.loads(text) for text in connection.scalars(select(standing.c.document)))
        return {(item.get("run_id", ""), item["target_id"]) for item in told}

    def _unnamed(self, connection: Connection, rows: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Visits, newest first, without the last one of each capture that is named."""
        named = self._named(connection)
        gone = []
        for key, body_hash in rows:
            if body_hash in named:
                named.discard(body_hash)
            else:
                gone.append((key,))
        return gone

    def _named(self, connection: Connection) -> set[str]:
        """Captures that findings, letters and closed periods speak of."""
        texts = (text for table in NAMING for text in connection.scalars(select(table.c.document)))
        return {found for text in texts for found in HASH.findall(text)}

    def _drop_marked(self, table: Table, before: datetime) -> int:
        with self.db.read() as connection:
            keys = self._marked(connection, table, before)
        return self._drop(table, KEYS[table], keys)

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


def _unasked(connection: Connection) -> list[tuple[str]]:
    bodies = set(connection.scalars(select(visit.c.body_hash).distinct()))
    return [(key,) for key in unasked_results(connection.scalars(select(cache.c.key)), bodies)]
