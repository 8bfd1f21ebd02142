"""Letters and slips (整改通知单, 提示单), and the numbers they were given."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "letter",
        sa.Column("id", BYTEWISE, primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("official", BYTEWISE, unique=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "series",
        sa.Column("name", BYTEWISE, primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("series", "letter"):
        op.drop_table(name)
