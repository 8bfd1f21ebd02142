"""What the parts of the SQL store share."""

from datetime import datetime

from sqlalchemy import Connection, select, text

from domain.errors import StoreError
from storage import tables
from storage.database import Database
from storage.mapping import UNKNOWN_RUN
from storage.packed_blobs import PackedBlobs

_CLOCK = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::float8",
}


def clock(connection: Connection) -> float:
    """Seconds since 1970 by the database's clock."""
    return float(connection.execute(text(_CLOCK[connection.dialect.name])).scalar_one())


class SqlPart:
    """A database, the blobs beside it, and the runs by id."""

    def __init__(self, database: Database, blobs: PackedBlobs) -> None:
        self.db = database
        self.blobs = blobs
        self._runs: dict[str, tuple[int, datetime]] = {}
        self._next_seq: dict[str, int] = {}

    def _find_run(self, connection: Connection, run_id: str) -> tuple[int, datetime] | None:
        """(number, as_of) of a run; both never change, so they are read once."""
        if run_id not in self._runs:
            query = select(tables.run.c.no, tables.run.c.as_of).where(tables.run.c.id == run_id)
            row = connection.execute(query).first()
            if row is None:
                return None
            self._runs[run_id] = (row.no, row.as_of)
        return self._runs[run_id]

    def _run_no(self, connection: Connection, run_id: str) -> int:
        """The number of a run, -1 when there is none (so that queries find nothing)."""
        found = self._find_run(connection, run_id)
        return found[0] if found else -1

    def _known_run(self, connection: Connection, run_id: str) -> tuple[int, datetime]:
        """(number, as_of) of a run that must exist."""
        found = self._find_run(connection, run_id)
        if found is None:
            raise StoreError(UNKNOWN_RUN.format(run_id=run_id))
        return found
