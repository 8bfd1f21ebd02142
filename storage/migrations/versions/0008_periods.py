"""Periods, and what their closings fixed: figures, and how every target stood."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "period",
        sa.Column("id", BYTEWISE, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    for name in ("figure", "standing"):
        op.create_table(
            name,
            sa.Column("period_id", BYTEWISE, primary_key=True),
            sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
            sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
            sa.Column("key", BYTEWISE, nullable=False),
            sa.Column("document", sa.Text(), nullable=False),
        )


def downgrade() -> None:
    """Drop them."""
    for name in ("standing", "figure", "period"):
        op.drop_table(name)
