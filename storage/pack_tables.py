"""The tables of packs: a row for each of millions of bodies, so it is narrow and has one index only."""

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, MetaData, String, Table

from storage.columns import Serial


def pack_tables(metadata: MetaData) -> tuple[Table, Table]:
    """`pack`: a file of bodies. `body`: where a body lies in one; a dropped one keeps its row until its bytes have gone."""
    pack = Table(
        "pack",
        metadata,
        Column("no", Serial, primary_key=True),
        Column("name", String, nullable=False, unique=True),
        Column("whole", Boolean, nullable=False),  # where everybody can read it
    )
    body = Table(
        "body",
        metadata,
        Column("hash", LargeBinary, primary_key=True),
        Column("pack_no", Serial, primary_key=True, autoincrement=False),  # a foreign key would cost an index
        Column("start", BigInteger, nullable=False),
        Column("length", BigInteger, nullable=False),
        Column("base", BigInteger, nullable=False),  # its reference, in the same pack
        Column("base_length", BigInteger, nullable=False),  # 0: it has none
        Column("wanted", BigInteger, nullable=False),  # seconds since 1970: when it was put last
        Column("dropped", Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    return pack, body
