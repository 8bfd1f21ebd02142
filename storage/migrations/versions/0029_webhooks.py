"""Addresses that are told something by themselves, and what became of each telling."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "webhook",
        sa.Column("id", BYTEWISE, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "delivery",
        sa.Column("id", BYTEWISE, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("delivery")
    op.drop_table("webhook")
