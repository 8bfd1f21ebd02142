"""Notices that left the office."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "issued_notice",
        sa.Column("period_id", BYTEWISE, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("issued_notice")
