"""What persons found where no check could judge."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "answer",
        sa.Column("target_id", BYTEWISE, primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("answer")
