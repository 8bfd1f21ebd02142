"""The work ledger (工作台账)."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "ledger",
        sa.Column("key", BYTEWISE, primary_key=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("ledger")
