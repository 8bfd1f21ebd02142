"""The audit trail. There is an INSERT here and no UPDATE or DELETE."""

from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from domain.trail import Deed, Entry, sealed
from storage.sql_part import SqlPart
from storage.tables import trail

WINDOW = 1000


class SqlTrail(SqlPart):
    """Trail methods of the `Office` port."""

    def append_trail(self, deed: Deed) -> Entry:
        """Add the next link of the chain; one writer at a time."""
        with self.db.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE trail IN SHARE ROW EXCLUSIVE MODE"))
            entry = sealed(deed, _last(connection))
            row = {"number": entry.number, "previous": entry.previous, "document": entry.text, "hash": entry.hash}
            connection.execute(trail.insert(), [row])
        return entry

    def trail(self, after: int = 0) -> Iterator[Entry]:
        """The entries behind a number, in order, as they lie there."""
        while True:
            query = select(trail).where(trail.c.number > after).order_by(trail.c.number).limit(WINDOW)
            with self.db.read() as connection:
                rows = connection.execute(query).all()
            yield from (Entry(*row) for row in rows)
            if len(rows) < WINDOW:
                return
            after = rows[-1].number

    def trail_head(self) -> Entry | None:
        """The last entry."""
        with self.db.read() as connection:
            return _last(connection)


def _last(connection: Connection) -> Entry | None:
    row = connection.execute(select(trail).order_by(trail.c.number.desc()).limit(1)).first()
    return Entry(*row) if row else None
