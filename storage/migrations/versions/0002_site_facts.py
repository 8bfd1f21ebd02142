"""What was found out about a whole site in a run: its IPv6 address, its in-site search."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; older runs say nothing."""
    op.add_column("site_run", sa.Column("facts", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("site_run") as table:
        table.drop_column("facts")
