"""Bodies in packs: which packs there are, and where each body lies. Bodies that are single files stay readable."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add both tables, empty: tidying fills them."""
    op.create_table(
        "pack",
        sa.Column("no", SERIAL, primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "body",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("pack_no", SERIAL, primary_key=True, autoincrement=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("start", "length", "base", "base_length", "wanted")
        ),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take them away; what lies in packs is not found any more."""
    op.drop_table("body")
    op.drop_table("pack")
