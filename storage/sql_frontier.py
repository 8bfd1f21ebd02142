"""The frontier: what is still to fetch in a run."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, exists, func, select

from domain.captured import Address
from storage.mapping import Values, address_row
from storage.sql_part import SqlPart
from storage.tables import address, frontier, visit

WINDOW = 5000


class SqlFrontier(SqlPart):
    """Frontier methods of the store."""

    def discover(self, run_id: str, addresses: Sequence[Address]) -> None:
        """Add addresses; known ones keep their better priority."""
        if addresses:
            with self.db.write() as connection:
                self._discover(connection, run_id, addresses)

    def _discover(self, connection: Connection, run_id: str, addresses: Sequence[Address]) -> None:
        run_no, _ = self._known_run(connection, run_id)
        seq = self._sequence(connection, run_id, run_no, len(addresses))
        known = [address_row(item.site_id, item.url) for item in addresses]
        rows = [
            {
                "run_no": run_no,
                "site_id": item.site_id,
                "address_id": row["id"],
                "priority": item.priority,
                "depth": item.depth,
                "seq": seq + number,
                "state": "pending",
                "reason": "",
            }
            for number, (item, row) in enumerate(zip(addresses, known, strict=True))
        ]
        # In the order of their keys, so that two writers on PostgreSQL cannot lock each other out.
        connection.execute(self.db.keep(address), sorted(known, key=lambda row: row["id"]))
        insert = self.db.insert(frontier)
        better = insert.excluded.priority < frontier.c.priority
        new = {"priority": insert.excluded.priority, "depth": insert.excluded.depth}
        keys = ["run_no", "site_id", "address_id"]
        connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=new, where=better), rows)

    def _sequence(self, connection: Connection, run_id: str, run_no: int, count: int) -> int:
        """The order of discovery breaks ties; only its order matters, gaps are fine."""
        if run_id not in self._next_seq:
            latest = connection.scalar(select(func.max(frontier.c.seq)).where(frontier.c.run_no == run_no))
            self._next_seq[run_id] = 0 if latest is None else latest + 1
        first = self._next_seq[run_id]
        self._next_seq[run_id] = first + count
        return first

    def pending(self, run_id: str, site_id: str, limit: int, loaded: Collection[str] = ()) -> list[Address]:
        """Addresses without a capture of this run, best first, without those in `loaded`."""
        known = loaded if isinstance(loaded, set | frozenset | dict) else set(loaded)
        found: list[Address] = []
        with self.db.read() as connection:
            query = (
                select(address.c.url, frontier.c.priority, frontier.c.depth)
                .join_from(frontier, address, address.c.id == frontier.c.address_id)
                .where(frontier.c.run_no == self._run_no(connection, run_id))
                .where(frontier.c.site_id == site_id, frontier.c.state == "pending")
                .order_by(frontier.c.priority, frontier.c.depth, frontier.c.seq)
                .limit(limit + len(known))
            )
            for url, priority, depth in connection.execute(query):
                if len(found) >= limit:
                    break
                if url not in known:
                    found.append(Address(site_id, url, priority, depth))
        return found

    def seen(self, run_id: str, site_id: str) -> Iterator[str]:
        """Every address of the frontier of this run and site."""
        last = None
        while True:
            with self.db.read() as connection:
                query = (
                    select(frontier.c.address_id, address.c.url)
                    .join_from(frontier, address, address.c.id == frontier.c.address_id)
                    .where(frontier.c.run_no == self._run_no(connection, run_id), frontier.c.site_id == site_id)
                    .order_by(frontier.c.address_id)
                    .limit(WINDOW)
                )
                rows = connection.execute(query if last is None else query.where(frontier.c.address_id > last)).all()
            for last, url in rows:  # noqa: B007
                yield url
            if len(rows) < WINDOW:
                return

    def unasked(self, site_id: str, run_id: str) -> Iterator[Address]:
        """What was found in a run, or left out of it, and was never captured, in any run."""
        never = ~exists().where(visit.c.address_id == frontier.c.address_id)
        query = (
            select(address.c.url, frontier.c.priority, frontier.c.depth)
            .join_from(frontier, address, address.c.id == frontier.c.address_id)
            .where(frontier.c.site_id == site_id, frontier.c.state != "done", never)
            .order_by(frontier.c.priority, frontier.c.depth, frontier.c.seq)
        )
        with self.db.read() as connection:
            rows = connection.execute(query.where(frontier.c.run_no == self._run_no(connection, run_id))).all()
        yield from (Address(site_id, url, priority, depth) for url, priority, depth in rows)

    def left_out(self, run_id: str, site_id: str, url: str) -> str:
        """Why an address of the frontier of a run was left out; empty when it was not."""
        query = select(frontier.c.reason).where(
            frontier.c.site_id == site_id,
            frontier.c.address_id == address_row(site_id, url)["id"],
            frontier.c.state == "skipped",
        )
        with self.db.read() as connection:
            return connection.scalar(query.where(frontier.c.run_no == self._run_no(connection, run_id))) or ""

    def skip(self, run_id: str, site_id: str, urls: Sequence[str], reason: str) -> None:
        """Mark addresses as done without a capture."""
        if not urls:
            return
        with self.db.write() as connection:
            run_no, _ = self._known_run(connection, run_id)
            known = [address_row(site_id, url) for url in urls]
            connection.execute(self.db.keep(address), sorted(known, key=lambda row: row["id"]))
            done = [self._done(run_no, row, "skipped", reason) for row in known]
            self._finish(connection, done)

    def _done(self, run_no: int, row: Values, state: str, reason: str = "") -> Values:
        values = {"run_no": run_no, "site_id": row["site_id"], "address_id": row["id"]}
        return values | {"priority": 50, "depth": 0, "seq": 0, "state": state, "reason": reason}

    def _finish(self, connection: Connection, rows: list[Values]) -> None:
        """Insert or move frontier rows; one with a capture stays done."""
        insert = self.db.insert(frontier)
        new = {"state": insert.excluded.state, "reason": insert.excluded.reason}
        keys = ["run_no", "site_id", "address_id"]
        moves = insert.on_conflict_do_update(index_elements=keys, set_=new, where=frontier.c.state != "done")
        connection.execute(moves, rows)
