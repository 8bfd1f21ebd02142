"""How often addresses may be asked, by all processes together."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "bucket",
        sa.Column("address", BYTEWISE, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("bucket")
