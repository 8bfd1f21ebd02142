"""How many rows of tables a piece of work reads: counted by PostgreSQL itself, and on SQLite by plan and answer."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event


@dataclass
class Reading:
    """What was read; `by_query` names the statements, shortened."""

    rows: int = 0
    by_query: dict[str, int] = field(default_factory=dict)


@contextmanager
def watching(engine: Engine, *, small: bool = False) -> Iterator[Reading]:
    """Remember every SELECT of the work inside, and count its rows afterwards.

    `small`: the tables are too small for PostgreSQL to use an index by itself; it is asked what it can do.
    """
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        if not many and statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    found = Reading()
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
    count = _postgres if engine.dialect.name == "postgresql" else _sqlite
    with engine.connect() as connection:
        if small and engine.dialect.name == "postgresql":
            for way in ("seqscan", "bitmapscan"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        for statement, parameters in asked:
            rows = count(connection, statement, parameters)
            key = " ".join(statement.split())
            found.by_query[key] = found.by_query.get(key, 0) + rows
            found.rows += rows


def _postgres(connection: Any, statement: str, parameters: Any) -> int:
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).one()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return _scanned(plan[0]["Plan"])


def _scanned(node: dict[str, Any]) -> int:
    below = sum(_scanned(each) for each in node.get("Plans", ()))
    if "Scan" not in node["Node Type"] or node["Node Type"] in {"Bitmap Index Scan", "Subquery Scan", "CTE Scan"}:
        return below
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return below + round((node["Actual Rows"] + dropped) * node["Actual Loops"])


def _sqlite(connection: Any, statement: str, parameters: Any) -> int:
    """A table that is scanned is read in whole; what is searched by an index is read as far as it answers."""
    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    tables = [found[1] for line in plan if (found := re.match(r"SCAN (\w+)", line)) and found[1] not in {"anon_1"}]
    walked = " LIMIT " in statement and not any("TEMP B-TREE" in line for line in plan)  # stops at the limit
    if tables and not walked:
        known = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return sum(
            connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() for name in tables if name in known
        )
    return len(connection.exec_driver_sql(statement, parameters).all())
