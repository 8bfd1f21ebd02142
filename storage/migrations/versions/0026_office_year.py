"""What keeps a year of an office fast: indexes, and of each standing what later periods look back on."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

MENDED = sa.text("state = 'fixed'")


def upgrade() -> None:
    """Add indexes and the column, and fill it."""
    op.create_index("ix_run_time", "run", ["as_of", "no"])
    op.create_index(
        "ix_finding_mended", "finding", ["last_run", "target_id"], sqlite_where=MENDED, postgresql_where=MENDED
    )
    op.create_index("ix_collection_account", "collection", ["account_id", "run_no"])
    op.create_index("ix_figure_key", "figure", ["period_id", "version", "key"])
    op.add_column("standing", sa.Column("brief", sa.Text(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    places = connection.execute(sa.text("SELECT DISTINCT period_id, version FROM standing")).all()
    for period_id, version in places:
        _fill(connection, {"period": period_id, "version": version})


def _fill(connection: sa.Connection, place: dict[str, Any]) -> None:
    """The rows of one closing."""
    where = "WHERE period_id = :period AND version = :version"
    rows = connection.execute(sa.text(f"SELECT position, document FROM standing {where}"), place).all()  # noqa: S608
    filled = [place | {"position": position, "brief": _brief(json.loads(text))} for position, text in rows]
    update = f"UPDATE standing SET brief = :brief {where} AND position = :position"  # noqa: S608
    connection.execute(sa.text(update), filled)


def _brief(standing: dict[str, Any]) -> str:
    still = [item for item in standing.get("items", ()) if not item.get("mended") and not item.get("candidate")]
    told = {name: standing[name] for name in ("target_id", "unit_id", "verdict", "inspected") if name in standing}
    checks = list(dict.fromkeys(item["check"] for item in still))
    return json.dumps(told | ({"checks": checks} if checks else {}), ensure_ascii=False, separators=(",", ":"))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("standing", "brief")
    for name, table in (
        ("ix_figure_key", "figure"),
        ("ix_collection_account", "collection"),
        ("ix_finding_mended", "finding"),
        ("ix_run_time", "run"),
    ):
        op.drop_index(name, table)
