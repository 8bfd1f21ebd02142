"""Who works at which target of a run."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "lease",
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("run_id", BYTEWISE, primary_key=True),
        sa.Column("target_id", BYTEWISE, primary_key=True),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("heartbeat", sa.Float(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("lease")
