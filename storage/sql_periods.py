"""Periods and what their closings fixed. A closed version is only ever inserted."""

import json
from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import Table, select

from domain.errors import ValueRefused
from domain.figures import Figure
from domain.periods import Period
from domain.standings import Brief, Standing
from storage.documents import from_document, to_document, to_text
from storage.mapping import Values
from storage.sql_part import SqlPart
from storage.tables import figure, period, standing

T = TypeVar("T", Figure, Standing)
FEW_KEYS = 50  # of figures, looked for at once


class SqlPeriods(SqlPart):
    """Period methods of the store."""

    def periods(self) -> list[Period]:
        """Every period as it is now, by its first day."""
        query = select(period.c.document).where(period.c.version == 0).order_by(period.c.start, period.c.id)
        with self.db.read() as connection:
            return [from_document(Period, json.loads(text)) for text in connection.scalars(query)]

    def period(self, period_id: str, version: int = 0) -> Period | None:
        """A period as it is now, or as a closing left it."""
        query = select(period.c.document).where(period.c.id == period_id, period.c.version == version)
        with self.db.read() as connection:
            text = connection.scalar(query)
        return None if text is None else from_document(Period, json.loads(text))

    def save_period(self, item: Period) -> None:
        """Insert or update a period as it is now; what its closings fixed stays."""
        with self.db.write() as connection:
            connection.execute(self.db.replace(period), [_period_row(item, 0)])

    def freeze(self, item: Period, figures: Sequence[Figure], standings: Sequence[Standing]) -> None:
        """Keep a closing for good, in one transaction; ValueRefused when this version was closed before."""
        found: tuple[tuple[Table, list[Values]], ...] = (
            (figure, [_row(item, number, "\t".join(each.key), each) for number, each in enumerate(figures)]),
            (standing, [_standing_row(item, number, each) for number, each in enumerate(standings)]),
        )
        kept = select(period.c.id).where(period.c.id == item.id, period.c.version == item.version)
        with self.db.write() as connection:
            if connection.scalar(kept) is not None:
                raise ValueRefused(f"考核期 {item.id} 的第 {item.version} 版已经保存，不能改写。")
            connection.execute(period.insert(), [_period_row(item, item.version)])
            connection.execute(self.db.replace(period), [_period_row(item, 0)])
            for table, rows in found:
                if rows:
                    connection.execute(table.insert(), rows)

    def figures(self, period_id: str, version: int, keys: Collection[tuple[str, str]] = ()) -> list[Figure]:
        """The figures of a closing, in the order they were saved; with `keys` (kind, scope) only these."""
        return self._fixed(figure, Figure, period_id, version, ["\t".join(key) for key in keys])

    def standings(self, period_id: str, version: int) -> list[Standing]:
        """How every target stood in a closing, in the order they were saved."""
        return self._fixed(standing, Standing, period_id, version)

    def briefs(self, period_id: str, version: int) -> list[Brief]:
        """Of each standing of a closing what later periods look back on, in their order."""
        query = select(standing.c.brief).where(standing.c.period_id == period_id, standing.c.version == version)
        with self.db.read() as connection:
            texts = connection.scalars(query.order_by(standing.c.position)).all()
        return [from_document(Brief, json.loads(text)) for text in texts]

    def _fixed(self, table: Table, kind: type[T], period_id: str, version: int, keys: Sequence[str] = ()) -> list[T]:
        query = select(table.c.position, table.c.document)
        query = query.where(table.c.period_id == period_id, table.c.version == version)
        with self.db.read() as connection:
            if keys:
                step = FEW_KEYS if len(keys) > FEW_KEYS else 1  # one by one an index is always worth it
                parts = (keys[start : start + step] for start in range(0, len(keys), step))
                asked = [row for part in parts for row in connection.execute(query.where(table.c.key.in_(part)))]
            else:
                asked = list(connection.execute(query.order_by(table.c.position)))
        return [
            from_document(kind, json.loads(row.document)) for row in sorted(asked, key=lambda row: int(row.position))
        ]


def _period_row(item: Period, version: int) -> Values:
    document = to_text(to_document(item))
    return {"id": item.id, "version": version, "start": item.start, "state": item.state.value, "document": document}


def _standing_row(item: Period, position: int, value: Standing) -> Values:
    return _row(item, position, value.target_id, value) | {"brief": to_text(to_document(value.brief))}


def _row(item: Period, position: int, key: str, value: Figure | Standing) -> Values:
    place = {"period_id": item.id, "version": item.version, "position": position}
    return place | {"key": key, "document": to_text(to_document(value))}
