"""The tables. Why they look like this: docs/decisions/storage-layout.md."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    func,
    literal_column,
    text,
)

from storage.columns import Bytewise, ForeignAddress, ForeignNumber, ForeignSize, ForeignText, Moment, Seconds, Serial
from storage.mapping import URL_PREFIX
from storage.pack_tables import pack_tables

metadata = MetaData()


def _key(name: str = "id", *, primary: bool = True) -> Column[int]:
    return Column(name, BigInteger, primary_key=primary, autoincrement=False, nullable=False)


def _run(*, primary: bool = False) -> Column[int]:
    return Column("run_no", Integer, ForeignKey("run.no"), primary_key=primary, nullable=False, autoincrement=False)


run = Table(
    "run",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_run_time", "as_of", "no"),
)

address = Table(
    "address",
    metadata,
    _key(),  # hash of site and URL: no look-up before writing
    Column("site_id", Bytewise, nullable=False),
    Column("url", ForeignAddress, nullable=False),
)
url_prefix = func.substr(address.c.url, literal_column("1"), literal_column(str(URL_PREFIX)))
Index("ix_address_order", address.c.site_id, url_prefix, address.c.id)

reading = Table(
    "reading",
    metadata,
    _key(),  # hash of address, body, parser version and content
    Column("kind", String, nullable=False),
    Column("title", ForeignText, nullable=False),
    Column("published_on", Date),
    Column("charset", String, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("links", LargeBinary, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    Column("id", Serial, primary_key=True),
    _run(),
    Column("as_of", Moment, nullable=False),  # of the run
    Column("site_id", Bytewise, nullable=False),
    Column("address_id", BigInteger, ForeignKey("address.id"), nullable=False),
    Column("rendered", Boolean, nullable=False),
    Column("status", ForeignNumber, nullable=False),
    Column("final_url", ForeignText),  # null: the address itself
    Column("final_id", BigInteger),
    Column("fetched_at", Moment, nullable=False),
    Column("body_hash", String, nullable=False),
    Column("content_type", ForeignText, nullable=False),
    Column("etag", ForeignText, nullable=False),
    Column("last_modified", ForeignText, nullable=False),
    Column("seconds", Seconds, nullable=False),
    Column("size", ForeignSize, nullable=False),
    Column("unchanged", Boolean, nullable=False),
    Column("parser_version", Integer, nullable=False),
    Column("reading_id", BigInteger, ForeignKey("reading.id")),
    Index("ux_visit_latest", "address_id", "as_of", "run_no", "rendered", unique=True),
    Index("ix_visit_run", "run_no", "site_id", "address_id"),
)
_moved = visit.c.final_id.is_not(None)
Index("ix_visit_final", visit.c.final_id, visit.c.as_of, sqlite_where=_moved, postgresql_where=_moved)

frontier = Table(
    "frontier",
    metadata,
    _run(primary=True),
    Column("site_id", Bytewise, primary_key=True),
    Column("address_id", BigInteger, ForeignKey("address.id"), primary_key=True, autoincrement=False),
    Column("priority", Integer, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),  # pending, done, skipped
    Column("reason", ForeignText, nullable=False),
    sqlite_with_rowid=False,
)
_waiting = text("state = 'pending'")
Index(
    "ix_frontier_pending",
    *(frontier.c[name] for name in ("run_no", "site_id", "priority", "depth", "seq")),
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)

site_run = Table(
    "site_run",
    metadata,
    _run(primary=True),
    Column("site_id", Bytewise, primary_key=True),
    Column("state", String, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("skipped", Text, nullable=False),
    Column("reason", ForeignText, nullable=False),
    Column("facts", Text),  # what was found out about the whole site
)

attempt = Table(
    "attempt",
    metadata,
    Column("address_id", BigInteger, ForeignKey("address.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, primary_key=True),
    _run(primary=True),
    Column("look", Integer, primary_key=True, autoincrement=False),
    Column("method", String, primary_key=True),
    Column("as_of", Moment, nullable=False),
    Column("status", ForeignNumber, nullable=False),
    Column("error", String, nullable=False),
    Column("seconds", Seconds, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("document", Text, nullable=False),  # chain, headers, signals, head_hash
)

probe = Table(
    "probe",
    metadata,
    Column("site_id", Bytewise, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("url", ForeignAddress, primary_key=True),
    Column("outcome", String, nullable=False),
    Column("seconds", Seconds, nullable=False),
    Column("status", ForeignNumber, nullable=False),
    Column("run_id", String, nullable=False),
)


def _target(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Bytewise, primary_key=True),
        Column("position", Integer, nullable=False),
        Column("current", Boolean, nullable=False),  # False: left the registry, kept for old runs
        Column("name", Text, nullable=False),
        Column("document", Text, nullable=False),
    )


unit, site, account = _target("unit"), _target("site"), _target("account")

finding = Table(
    "finding",
    metadata,
    Column("fingerprint", String, primary_key=True),
    Column("target_id", Bytewise, nullable=False),
    Column("check", String, nullable=False),
    Column("state", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("last_run", String, nullable=False),
    Column("document", Text, nullable=False),
    Column("stage", String, nullable=False, server_default="open"),  # of domain.finding_search
    Column("place", Integer, nullable=False, server_default="0"),  # of its severity: the gravest is 0
    Index("ix_finding_stage", "stage", "place", "fingerprint"),
    Index("ix_finding_check", "check", "stage", "place", "fingerprint"),
    Index("ix_finding_target", "target_id", "stage", "place", "fingerprint"),
)
mended = text("state = 'fixed'")
Index("ix_finding_mended", finding.c.last_run, finding.c.target_id, sqlite_where=mended, postgresql_where=mended)

finding_run = Table(
    "finding_run",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("target_id", Bytewise, nullable=False),
    Column("document", Text, nullable=False),  # the record as that run left it
)


def _noted(name: str) -> Table:
    """What a run noted of a target, in order."""
    return Table(
        name,
        metadata,
        Column("run_id", String, primary_key=True),
        Column("target_id", Bytewise, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("document", Text, nullable=False),
    )


unjudged, doubt = _noted("unjudged"), _noted("doubt")

answer = Table(
    "answer",
    metadata,
    Column("target_id", Bytewise, primary_key=True),
    Column("key", String, primary_key=True),  # of the check and the address
    Column("document", Text, nullable=False),
)

sample = Table(
    "sample",
    metadata,
    Column("target_id", Bytewise, primary_key=True),
    Column("name", String, primary_key=True),
    Column("document", Text, nullable=False),  # addresses, in the order they were drawn
)

scorecard = Table(
    "scorecard",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("target_id", Bytewise, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("verdict", String, nullable=False),
    Column("score", Float),
    Column("document", Text, nullable=False),
)

target_day = Table(
    "target_day",  # one row a target and day, made of the cards of the day; kept for ever
    metadata,
    Column("target_id", Bytewise, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("run_id", String, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("verdict", String, nullable=False),
    Column("score", Float),
    Column("lost", Float, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("veto", Integer, nullable=False),
    Column("deduct", Integer, nullable=False),
    Column("problem", Integer, nullable=False),
    Column("notice", Integer, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("unjudged", Integer, nullable=False),
    Column("oldest", Moment),
    Column("why", ForeignText, nullable=False),
    Index("ix_target_day_day", "day", "target_id"),
    sqlite_with_rowid=False,
)

post = Table(
    "post",
    metadata,
    Column("account_id", Bytewise, primary_key=True),
    Column("id", ForeignAddress, primary_key=True),
    _run(),
    Column(
        "shown_at", Moment, nullable=False
    ),  # when it counts: published, else the interval's end, else the run's as_of
    Column("document", Text, nullable=False),
    Index("ix_post_time", "account_id", "shown_at", "id"),
)

collection = Table(
    "collection",
    metadata,
    _run(primary=True),
    Column("account_id", Bytewise, primary_key=True),
    Column("document", Text, nullable=False),
    Index("ix_collection_account", "account_id", "run_no"),
)

cache = Table(
    "cache",
    metadata,
    Column("key", Bytewise, primary_key=True),
    Column("value", ForeignText, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("kind", String, primary_key=True),
    Column("run_id", Bytewise, primary_key=True),
    Column("target_id", Bytewise, primary_key=True),
    Column("no", Integer, nullable=False),  # order of planning
    Column("state", String, nullable=False),
    Column("owner", String, nullable=False, default=""),
    Column("heartbeat", Float, nullable=False, default=0.0),
    Column("not_before", Float, nullable=False, default=0.0),
    Column("attempt", Integer, nullable=False, default=0),
    Column("result", ForeignText, nullable=False, default=""),
)
period = Table(
    "period",
    metadata,
    Column("id", Bytewise, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),  # 0: as it is now; else as a closing left it
    Column("start", Date, nullable=False),
    Column("state", String, nullable=False),
    Column("document", Text, nullable=False),
)


def _fixed(name: str, *more: Column[str]) -> Table:
    """What a closing of a period fixed, in order."""
    return Table(
        name,
        metadata,
        Column("period_id", Bytewise, primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("key", Bytewise, nullable=False),  # kind and scope of a figure, id of a target
        Column("document", Text, nullable=False),
        *more,
    )


figure = _fixed("figure")
Index("ix_figure_key", figure.c.period_id, figure.c.version, figure.c.key)
standing = _fixed("standing", Column("brief", Text, nullable=False, server_default="{}"))  # what later periods read

person = Table("person", metadata, Column("id", Bytewise, primary_key=True), Column("document", Text, nullable=False))

contact = Table(
    "contact",
    metadata,
    Column("unit_id", Bytewise, primary_key=True),
    Column("name", Bytewise, primary_key=True),
    Column("document", Text, nullable=False),
)

trail = Table(
    "trail",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("previous", String, nullable=False),
    Column("document", Text, nullable=False),
    Column("hash", String, nullable=False),
)

request = Table(
    "request",
    metadata,
    Column("fingerprint", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("document", Text, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("id", Bytewise, primary_key=True),
    Column("kind", String, nullable=False),
    Column("official", Bytewise, unique=True),  # kind/year/number once it is issued
    Column("drafted_at", Moment, nullable=False),
    Column("position", Integer, nullable=False),  # of its id, among those drafted at once
    Column("document", Text, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("name", Bytewise, primary_key=True),
    Column("last", Integer, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("key", Bytewise, primary_key=True),
    Column("month", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("document", Text, nullable=False),
)

issued_notice = Table(
    "issued_notice",
    metadata,
    Column("period_id", Bytewise, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)

job_run = Table(
    "job_run",
    metadata,
    Column("job", String, primary_key=True),
    Column("planned", Moment, primary_key=True),
    Column("state", String, nullable=False),
    Column("document", Text, nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("key", Bytewise, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("document", Text, nullable=False),
)

switch = Table("switch", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

password = Table(
    "password", metadata, Column("person_id", Bytewise, primary_key=True), Column("document", Text, nullable=False)
)

invitation = Table(
    "invitation",
    metadata,
    Column("hash", String, primary_key=True),
    Column("person_id", Bytewise, nullable=False, index=True),
    Column("used_at", Moment),
    Column("document", Text, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("hash", String, primary_key=True),
    Column("person_id", Bytewise, nullable=False, index=True),
    Column("last_seen", Moment, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

failure = Table(
    "failure",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("key", Bytewise, nullable=False),  # of an account or an address
    Column("at", Moment, nullable=False, index=True),
    Index("ix_failure_key", "key", "at"),
)

token = Table(
    "token",
    metadata,
    Column("hash", String, primary_key=True),
    Column("person_id", Bytewise, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

replay = Table(
    "replay",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

webhook = Table("webhook", metadata, Column("id", Bytewise, primary_key=True), Column("document", Text, nullable=False))

delivery = Table(
    "delivery",
    metadata,
    Column("id", Bytewise, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("document", Text, nullable=False),
)

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("person_id", Bytewise, primary_key=True),
    Column("name", Bytewise, primary_key=True),
    Column("document", Text, nullable=False),
)

bucket = Table(
    "bucket", metadata, Column("address", Bytewise, primary_key=True), Column("document", Text, nullable=False)
)

pack, body = pack_tables(metadata)
