"""Pages that checks drew once and look at again every night."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table; samples of older databases are drawn on the next night."""
    op.create_table(
        "sample",
        sa.Column("target_id", BYTEWISE, primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("sample")
