"""The store on SQLite or PostgreSQL."""

from storage.sql_captures import SqlCaptures
from storage.sql_registry import SqlRegistry
from storage.sql_runs import SqlRuns


class SqlStore(SqlCaptures, SqlRuns, SqlRegistry):
    """Everything of the `Store` port, put together by topic."""

    def close(self) -> None:
        """Release files and connections."""
        self.db.close()
