"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create them."""
    _targets()
    _captures()
    _links()
    _judged()
    _accounts()


def downgrade() -> None:
    """Drop them, those that point to others first."""
    for table in (
        "cache",
        "collection",
        "post",
        "scorecard",
        "unjudged",
        "finding_run",
        "finding",
        "probe",
        "attempt",
        "site_run",
        "frontier",
        "visit",
        "reading",
        "address",
        "run",
        "account",
        "site",
        "unit",
    ):
        op.drop_table(table)


def _targets() -> None:
    op.create_table(
        "unit",
        sa.Column("id", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "site",
        sa.Column("id", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "account",
        sa.Column("id", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _captures() -> None:
    op.create_table(
        "run",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("site_id", BYTEWISE, nullable=False),
        sa.Column("url", BYTEWISE, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    # PostgreSQL refuses index entries above about 2,700 bytes, and addresses may be longer.
    op.create_index("ix_address_order", "address", ["site_id", sa.text("substr(url, 1, 400)"), "id"])
    op.create_table(
        "reading",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("charset", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("links", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "visit",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("run_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("site_id", BYTEWISE, nullable=False),
        sa.Column("address_id", sa.BigInteger(), nullable=False),
        sa.Column("rendered", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("final_id", sa.BigInteger(), nullable=True),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("parser_version", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["address.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_no"],
            ["run.no"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_visit_final",
        "visit",
        ["final_id", "as_of"],
        sqlite_where=sa.text("final_id IS NOT NULL"),
        postgresql_where=sa.text("final_id IS NOT NULL"),
    )
    op.create_index("ix_visit_run", "visit", ["run_no", "site_id", "address_id"])
    op.create_index("ux_visit_latest", "visit", ["address_id", "as_of", "run_no", "rendered"], unique=True)
    op.create_table(
        "frontier",
        sa.Column("run_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", BYTEWISE, nullable=False),
        sa.Column("address_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["address.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_no"],
            ["run.no"],
        ),
        sa.PrimaryKeyConstraint("run_no", "site_id", "address_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_frontier_pending",
        "frontier",
        ["run_no", "site_id", "priority", "depth", "seq"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "site_run",
        sa.Column("run_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", BYTEWISE, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_no"],
            ["run.no"],
        ),
        sa.PrimaryKeyConstraint("run_no", "site_id"),
    )


def _links() -> None:
    op.create_table(
        "attempt",
        sa.Column("address_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("run_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("look", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["address.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_no"],
            ["run.no"],
        ),
        sa.PrimaryKeyConstraint("address_id", "at", "run_no", "look", "method"),
    )
    op.create_table(
        "probe",
        sa.Column("site_id", BYTEWISE, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("url", BYTEWISE, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "at", "url"),
    )


def _judged() -> None:
    op.create_table(
        "finding",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("target_id", BYTEWISE, nullable=False),
        sa.Column("check", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("last_run", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_index("ix_finding_target_id", "finding", ["target_id"])
    op.create_table(
        "finding_run",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("target_id", BYTEWISE, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "fingerprint"),
    )
    op.create_table(
        "unjudged",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("target_id", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "target_id", "position"),
    )
    op.create_table(
        "scorecard",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("target_id", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "target_id"),
    )


def _accounts() -> None:
    op.create_table(
        "post",
        sa.Column("account_id", BYTEWISE, nullable=False),
        sa.Column("id", BYTEWISE, nullable=False),
        sa.Column("run_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_no"],
            ["run.no"],
        ),
        sa.PrimaryKeyConstraint("account_id", "id"),
    )
    op.create_index("ix_post_time", "post", ["account_id", "shown_at", "id"])
    op.create_table(
        "collection",
        sa.Column("run_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", BYTEWISE, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_no"],
            ["run.no"],
        ),
        sa.PrimaryKeyConstraint("run_no", "account_id"),
    )
    op.create_table(
        "cache",
        sa.Column("key", BYTEWISE, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
