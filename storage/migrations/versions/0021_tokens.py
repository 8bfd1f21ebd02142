"""Tokens of programs that read through the console's interface."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "token",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("person_id", BYTEWISE, nullable=False, index=True),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("token")
