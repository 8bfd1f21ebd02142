"""Where bodies lie: the rows of `pack` and `body`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from storage.database import Database
from storage.pack_writer import Frame
from storage.tables import body, pack

CHUNK = 500
Placed = tuple[str, Frame, int]  # hash, where it lies, when it was put last (seconds since 1970)
_FRAME = (pack.c.name, body.c.start, body.c.length, body.c.base, body.c.base_length)


def chunks(items: Collection[str]) -> Iterator[list[str]]:
    """A few at a time."""
    ordered = sorted(items)
    return (ordered[at : at + CHUNK] for at in range(0, len(ordered), CHUNK))


def key(body_hash: str) -> bytes:
    """A hash as the index keeps it; what is no hash is kept by nothing."""
    try:
        return bytes.fromhex(body_hash)
    except ValueError:
        return b""


def _frame(row: Any) -> Frame:
    return Frame(row.name, row.start, row.length, row.base, row.base_length)


class PackIndex:
    """Reads and writes the rows; what belongs to one transaction takes its connection."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def places(self, body_hash: str) -> list[tuple[Frame, bool]]:
        """Where a body lies, the newest place first, and whether everybody can read that pack."""
        query = select(*_FRAME, pack.c.whole).join_from(body, pack, pack.c.no == body.c.pack_no)
        mine = query.where(body.c.hash == key(body_hash), body.c.dropped.is_(False)).order_by(body.c.pack_no.desc())
        with self._db.read() as connection:
            return [(_frame(row), bool(row.whole)) for row in connection.execute(mine)]

    def known(self, hashes: Collection[str]) -> Mapping[str, int]:
        """When those of the hashes that lie in packs were put last, in seconds since 1970."""
        found: dict[str, int] = {}
        with self._db.read() as connection:
            for part in chunks(hashes):
                query = select(body.c.hash, body.c.wanted).where(
                    body.c.hash.in_([key(each) for each in part]), body.c.dropped.is_(False)
                )
                found |= {row.hash.hex(): row.wanted for row in connection.execute(query)}
        return found

    def add(self, connection: Connection, placed: Iterable[Placed], *, whole: bool) -> None:
        """Rows of bodies that lie in packs now. `whole`: whether everybody can read them there."""
        ordered = sorted(placed)
        numbers = {name: self._number(connection, name, whole) for name in {frame.pack for _, frame, _ in ordered}}
        rows = [
            {
                "hash": key(digest),
                "pack_no": numbers[frame.pack],
                "start": frame.start,
                "length": frame.length,
                "base": frame.base,
                "base_length": frame.base_length,
                "wanted": wanted,
                "dropped": False,
            }
            for digest, frame, wanted in ordered
        ]
        if rows:
            connection.execute(self._db.replace(body), rows)

    def _number(self, connection: Connection, name: str, whole: bool) -> int:
        connection.execute(self._db.keep(pack), [{"name": name, "whole": whole}])
        return int(connection.execute(select(pack.c.no).where(pack.c.name == name)).scalar_one())

    def want(self, connection: Connection, hashes: Collection[str], now: int) -> None:
        """They were put again: whoever sweeps old bodies sees that."""
        for part in chunks(hashes):
            within = body.c.hash.in_([key(each) for each in part])
            connection.execute(update(body).where(within).values(wanted=now))

    def drop(self, connection: Connection, hashes: Collection[str]) -> None:
        """They are not found any more; their rows stay until their bytes have gone."""
        for part in chunks(hashes):
            within = body.c.hash.in_([key(each) for each in part])
            connection.execute(update(body).where(within).values(dropped=True))

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes, when it was put last) of every body, by hash."""
        after = b""
        while True:
            query = (
                select(body.c.hash, func.max(body.c.length), func.max(body.c.wanted))
                .where(body.c.hash > after, body.c.dropped.is_(False))
                .group_by(body.c.hash)
                .order_by(body.c.hash)
                .limit(20 * CHUNK)
            )
            with self._db.read() as connection:
                rows = connection.execute(query).all()
            for digest, length, wanted in rows:
                yield digest.hex(), length, datetime.fromtimestamp(wanted, UTC)
            if len(rows) < 20 * CHUNK:
                return
            after = rows[-1][0]

    def packs(self) -> frozenset[str]:
        """Every pack that rows name, or named."""
        with self._db.read() as connection:
            return frozenset(connection.scalars(select(pack.c.name)))

    def live_bytes(self, without: Collection[str] = ()) -> dict[str, int]:
        """Bytes of every pack that are still wanted; `without`: as if these were dropped. References do not count."""
        live = select(pack.c.name, func.sum(body.c.length)).join_from(body, pack, pack.c.no == body.c.pack_no)
        with self._db.read() as connection:
            kept = live.where(body.c.dropped.is_(False)).group_by(pack.c.name)
            found = {name: int(size) for name, size in connection.execute(kept)}
            for part in chunks(without):
                gone = body.c.hash.in_([key(each) for each in part])
                less = connection.execute(live.where(body.c.dropped.is_(False), gone).group_by(pack.c.name))
                for name, size in less:
                    found[name] -= int(size)
        return found

    def packs_of(self, hashes: Iterable[str]) -> set[str]:
        """Packs that hold the bytes of some bodies, dropped ones too."""
        found: set[str] = set()
        with self._db.read() as connection:
            for part in chunks(frozenset(hashes)):
                query = select(pack.c.name).join_from(body, pack, pack.c.no == body.c.pack_no).distinct()
                found |= set(connection.scalars(query.where(body.c.hash.in_([key(each) for each in part]))))
        return found

    def placed(self, name: str) -> list[Placed]:
        """Everything wanted in a pack, in its order."""
        query = select(*_FRAME, body.c.hash, body.c.wanted).join_from(body, pack, pack.c.no == body.c.pack_no)
        mine = query.where(pack.c.name == name, body.c.dropped.is_(False)).order_by(body.c.start)
        with self._db.read() as connection:
            return [(row.hash.hex(), _frame(row), row.wanted) for row in connection.execute(mine)]

    def forget(self, connection: Connection, name: str) -> None:
        """No row of a pack."""
        number = select(pack.c.no).where(pack.c.name == name).scalar_subquery()
        connection.execute(delete(body).where(body.c.pack_no == number))
        connection.execute(delete(pack).where(pack.c.name == name))

    def whole(self, name: str) -> None:
        """Everybody can read a pack."""
        with self._db.write() as connection:
            connection.execute(update(pack).where(pack.c.name == name).values(whole=True))
