"""What the console needs: log-in, saved filters, and lists of findings that read no more than they show."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLACES = {"veto": 0, "deduct": 1, "problem": 2, "notice": 3}
INDEXES = {
    "ix_finding_stage": ["stage", "place", "fingerprint"],
    "ix_finding_check": ["check", "stage", "place", "fingerprint"],
    "ix_finding_target": ["target_id", "stage", "place", "fingerprint"],
}


def upgrade() -> None:
    """Add tables and columns, and say of every finding where it stands."""
    op.create_table(
        "password",
        sa.Column("person_id", BYTEWISE, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "invitation",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("person_id", BYTEWISE, nullable=False, index=True),
        sa.Column("used_at", MOMENT),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("person_id", BYTEWISE, nullable=False, index=True),
        sa.Column("last_seen", MOMENT, nullable=False, index=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "failure",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("key", BYTEWISE, nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    op.create_index("ix_failure_key", "failure", ["key", "at"])
    op.create_table(
        "saved_filter",
        sa.Column("person_id", BYTEWISE, primary_key=True),
        sa.Column("name", BYTEWISE, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.add_column("finding", sa.Column("stage", sa.String(), nullable=False, server_default="open"))
    op.add_column("finding", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    _place_findings(op.get_bind())
    for name, columns in INDEXES.items():
        op.create_index(name, "finding", columns)
    op.drop_index("ix_finding_target_id", "finding")


def _place_findings(connection: sa.Connection) -> None:
    rows = connection.execute(sa.text("SELECT fingerprint, state, severity, document FROM finding")).all()
    places = [
        {"key": row.fingerprint, "stage": _stage(row.state, row.document), "place": PLACES[row.severity]}
        for row in rows
    ]
    if places:
        connection.execute(
            sa.text("UPDATE finding SET stage = :stage, place = :place WHERE fingerprint = :key"), places
        )


def _stage(state: str, document: str) -> str:
    if state not in {"new", "persisting", "reopened"}:
        return state
    told = json.loads(document)
    waits = told["finding"].get("candidate") and told.get("review", {}).get("verdict") != "confirmed"
    return "waiting" if waits else "open"


def downgrade() -> None:
    """Take them away."""
    op.create_index("ix_finding_target_id", "finding", ["target_id"])
    for name in INDEXES:
        op.drop_index(name, "finding")
    for column in ("stage", "place"):
        op.drop_column("finding", column)
    for name in ("saved_filter", "failure", "session", "invitation", "password"):
        op.drop_table(name)
