"""What checks were not sure enough of to report, target by target: the list for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table; older runs have no such list."""
    op.create_table(
        "doubt",
        sa.Column("run_id", sa.String(), primary_key=True),
        sa.Column("target_id", BYTEWISE, primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("doubt")
