"""Writing captures: one transaction for a batch, every row by a key that the batch itself gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from domain.bodies import Body
from domain.captured import Address, Attempt, Capture, Page, Probe, SiteRun
from storage.documents import to_text
from storage.mapping import Values, address_row, attempt_row, probe_row, reading_row, site_facts_text, visit_row
from storage.sql_frontier import SqlFrontier
from storage.tables import address, attempt, frontier, probe, reading, site_run, visit


class SqlCaptures(SqlFrontier):
    """Capture methods of the store."""

    def put_body(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body by content; returns its sha256 in hex."""
        return self.blobs.put(body, body_hash)

    def put_bodies(self, run_id: str, bodies: Sequence[Body]) -> list[str]:
        """Keep what a crawl brings, together; returns their hashes in this order."""
        return self.blobs.put_many(run_id, bodies)

    def body(self, body_hash: str) -> bytes:
        """A stored body."""
        return self.blobs.get(body_hash)

    def lost_bodies(self) -> frozenset[str]:
        """Hashes of bodies that are to come back."""
        return self.blobs.damaged()

    def write(self, captures: Sequence[Capture], run_id: str = "", addresses: Sequence[Address] = ()) -> None:
        """Keep captures, and the addresses found with them, in one transaction."""
        pages = [item for item in captures if isinstance(item, Page)]
        standing = [item for item in pages if item.unchanged and item.reading is None]
        fresh = [item for item in pages if not (item.unchanged and item.reading is None)]
        attempts = [item for item in captures if isinstance(item, Attempt)]
        probes = [item for item in captures if isinstance(item, Probe)]
        site_runs = [item for item in captures if isinstance(item, SiteRun)]
        if not captures and not addresses:
            return
        with self.blobs.indexing() as connection:
            if addresses:
                self._discover(connection, run_id, addresses)
            for part in (fresh, standing):  # an unchanged page may stand on one of the same batch
                if part:
                    self._write_pages(connection, part)
            if attempts:
                self._write_attempts(connection, attempts)
            if probes:
                connection.execute(self.db.replace(probe), [probe_row(item) for item in probes])
            if site_runs:
                self._write_site_runs(connection, site_runs)

    def _write_pages(self, connection: Connection, pages: list[Page]) -> None:
        addresses: list[Values] = []
        readings: list[Values] = []
        visits: list[Values] = []
        done: list[Values] = []
        for page in pages:
            run_no, as_of = self._known_run(connection, page.run_id)
            row = address_row(page.site_id, page.url)
            addresses.append(row)
            reading_id = None
            if page.reading is not None:
                readings.append(reading_row(page, page.reading, row["id"]))
                reading_id = readings[-1]["id"]
            elif page.unchanged:
                page, reading_id = self._continued(connection, page, row["id"], as_of)
            visits.append(visit_row(page, run_no, as_of, row["id"], reading_id))
            done.append(self._done(run_no, row, "done"))
        connection.execute(self.db.keep(address), sorted(addresses, key=lambda row: row["id"]))
        if readings:
            connection.execute(self.db.keep(reading), readings)
        self._write_visits(connection, visits)
        self._finish(connection, done)

    def _write_visits(self, connection: Connection, visits: list[Values]) -> None:
        """A later fetch of the same address in the same run replaces the earlier one, a newer parser the older one."""
        insert = self.db.insert(visit)
        keys = ["address_id", "as_of", "run_no", "rendered"]
        new = {column.name: insert.excluded[column.name] for column in visit.c if column.name not in {"id", *keys}}
        same_fetch = insert.excluded.fetched_at == visit.c.fetched_at
        reparsed = and_(same_fetch, insert.excluded.parser_version > visit.c.parser_version)
        later = or_(insert.excluded.fetched_at > visit.c.fetched_at, reparsed)
        connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=new, where=later), visits)

    def _continued(
        self, connection: Connection, page: Page, address_id: int, as_of: datetime
    ) -> tuple[Page, int | None]:
        """An unchanged page stands on the latest earlier visit with the same body (any body when it names none)."""
        columns = [visit.c[name] for name in ("reading_id", "body_hash", "etag", "last_modified", "parser_version")]
        query = (
            select(*columns)
            .where(visit.c.address_id == address_id, visit.c.as_of <= as_of, visit.c.reading_id.is_not(None))
            .order_by(visit.c.as_of.desc(), visit.c.run_no.desc(), visit.c.rendered.desc())
            .limit(1)
        )
        # A 304 names no body: then it is the raw one that the server was asked about.
        same = visit.c.body_hash == page.body_hash if page.body_hash else visit.c.rendered == page.rendered
        row = connection.execute(query.where(same)).first()
        if row is None:
            return page, None
        kept = replace(
            page,
            body_hash=page.body_hash or row.body_hash,
            etag=page.etag or row.etag,
            last_modified=page.last_modified or row.last_modified,
            parser_version=page.parser_version or row.parser_version,
        )
        return kept, row.reading_id

    def _write_attempts(self, connection: Connection, attempts: list[Attempt]) -> None:
        rows, addresses, done = [], [], []
        for item in attempts:
            run_no, as_of = self._known_run(connection, item.run_id)
            rows.append(attempt_row(item, run_no, as_of))
            addresses.append(address_row(item.site_id, item.url))
            done.append({"r": run_no, "s": item.site_id, "a": rows[-1]["address_id"]})
        connection.execute(self.db.keep(address), sorted(addresses, key=lambda row: row["id"]))
        connection.execute(self.db.keep(attempt), rows)
        finish = (
            update(frontier)
            .where(frontier.c.run_no == bindparam("r"), frontier.c.site_id == bindparam("s"))
            .where(frontier.c.address_id == bindparam("a"), frontier.c.state == "pending")
            .values(state="done")
        )
        connection.execute(finish, done)

    def _write_site_runs(self, connection: Connection, items: list[SiteRun]) -> None:
        rows = [
            {
                "run_no": self._known_run(connection, item.run_id)[0],
                "site_id": item.site_id,
                "state": item.state,
                "pages": item.pages,
                "skipped": to_text(dict(item.skipped)),
                "reason": item.reason,
                "facts": site_facts_text(item),
            }
            for item in items
        ]
        connection.execute(self.db.replace(site_run), rows)
