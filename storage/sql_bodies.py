"""Which bodies something still names, and dropping the others."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from domain.bodies import Tidied, likeness
from storage.mapping import key_of
from storage.pack_upkeep import PackUpkeep
from storage.sql_part import SqlPart
from storage.tables import (
    address,
    answer,
    collection,
    issued_notice,
    ledger,
    letter,
    reading,
    request,
    run,
    site_run,
    standing,
    trail,
    visit,
)
from storage.upkeep_marks import newest

HASH = re.compile(r"[0-9a-f]{64}")
PAPER = (answer, issued_notice, ledger, letter, request, standing, trail)  # what these name is kept for ever


class SqlBodies(SqlPart):
    """Methods of the `Upkeep` port."""

    def used_bodies(self, since: datetime) -> frozenset[str]:
        """Hashes of bodies that something from `since` on names, and those of the newest visits."""
        rank = func.row_number().over(partition_by=(visit.c.address_id, visit.c.rendered), order_by=newest(visit))
        last_of = select(visit.c.body_hash, rank.label("rank")).subquery()
        recent = select(visit.c.body_hash).where(visit.c.as_of >= since)
        with self.db.read() as connection:
            found = set(connection.scalars(recent.distinct()))
            found |= set(connection.scalars(select(last_of.c.body_hash).where(last_of.c.rank == 1)))
            for text in self._texts(connection, since):
                found.update(HASH.findall(text or ""))
        return frozenset(found - {""})

    def _texts(self, connection: Connection, since: datetime) -> Iterator[str | None]:
        """Documents that may name bodies."""
        last = select(func.max(collection.c.run_no)).group_by(collection.c.account_id)
        lately = or_(run.c.as_of >= since, collection.c.run_no.in_(last))
        yield from connection.scalars(select(collection.c.document).join(run).where(lately))
        yield from connection.scalars(select(site_run.c.facts).join(run).where(run.c.as_of >= since))
        for table in PAPER:
            yield from connection.scalars(select(table.c.document))

    def bodies_of(self, site_id: str, url: str, since: datetime, until: datetime) -> frozenset[str]:
        """Hashes of the bodies an address had in a stretch of time, without that of its newest visit."""
        here = visit.c.address_id == key_of(site_id, url)
        last_of = select(visit.c.body_hash).where(here).order_by(*newest(visit)).limit(1)
        found = select(visit.c.body_hash).where(here, visit.c.as_of >= since, visit.c.as_of <= until)
        with self.db.read() as connection:
            last = connection.scalar(last_of)
            return frozenset(connection.scalars(found)) - {last or "", ""}

    def stored_bodies(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes on the disk, when it was written) of every body."""
        return self.blobs.listing()

    def drop_bodies(self, hashes: Collection[str], erased: Collection[str] = ()) -> None:
        """Remove bodies; the bytes of `erased` leave the disk at once."""
        self.blobs.drop({*hashes, *erased})
        PackUpkeep(self.db, self.blobs).erase(erased)

    def tidy_bodies(self, gone: Collection[str] = (), *, dry_run: bool = False) -> Tidied:
        """Give the disk back what dropped bodies took, and pack single files."""
        return PackUpkeep(self.db, self.blobs).tidy(self._captured, gone, dry_run=dry_run)

    def _captured(self) -> Iterator[tuple[str, str]]:
        """(hash, what it resembles) of what crawls brought; bodies of one kind of page of a site come together."""
        with self.db.read() as connection:
            sites = list(connection.scalars(select(address.c.site_id).distinct()))
        read = address.join(visit, visit.c.address_id == address.c.id).outerjoin(reading)
        for site in sorted(sites):
            query = select(visit.c.body_hash, reading.c.kind, visit.c.rendered).select_from(read).distinct()
            with self.db.read() as connection:
                rows = connection.execute(query.where(address.c.site_id == site)).all()
            found = ((row.body_hash, likeness(site, row.kind, rendered=row.rendered)) for row in rows)
            yield from sorted(found, key=lambda item: item[1])
        with self.db.read() as connection:
            for text in connection.scalars(select(collection.c.document)):
                yield from ((each, "") for each in HASH.findall(text or ""))
