"""The audit trail: one chain of hashes, only ever added to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "trail",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("trail")
