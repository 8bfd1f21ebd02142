"""Persons who may act, contacts of the units, and requests that need a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "person",
        sa.Column("id", BYTEWISE, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "contact",
        sa.Column("unit_id", BYTEWISE, primary_key=True),
        sa.Column("name", BYTEWISE, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "request",
        sa.Column("fingerprint", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("request", "contact", "person"):
        op.drop_table(name)
