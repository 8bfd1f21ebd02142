"""Links: which targets are faulty, which pages point to them, which lead outside."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain

from sqlalchemy import Connection, and_, or_, select

from domain.captured import Attempt, Link
from storage.mapping import LAST_RUNS, attempt_of, host_of, key_of, links_into, links_to, targets_of
from storage.sql_history import SqlHistory
from storage.tables import address, attempt, frontier, reading, run, visit

WINDOW = 1000


class SqlLinks(SqlHistory):
    """Link methods of the store."""

    def faulty(self, site_id: str, as_of: datetime) -> Iterator[tuple[str, tuple[Attempt, ...]]]:
        """Targets whose latest attempt was not a plain good answer, with the attempts of the last ten runs, oldest first.

        A capture of a later run that answered well also ends a fault of the address.
        """
        good = (
            select(attempt.c.good)
            .where(attempt.c.address_id == address.c.id, attempt.c.as_of <= as_of)
            .order_by(attempt.c.at.desc(), attempt.c.look.desc(), attempt.c.method.desc())
            .limit(1)
            .correlate(address)
            .scalar_subquery()
        )
        for rows in self._windows(site_id, WINDOW, good.label("good")):
            for row in rows:
                if row.good is None or row.good:
                    continue
                with self.db.read() as connection:
                    attempts = self._attempts(connection, row.id, site_id, row.url, as_of)
                    healed = self._healed(connection, row.id, attempts[-1], as_of)
                if not healed:
                    yield row.url, attempts

    def _attempts(
        self, connection: Connection, key: int, site_id: str, url: str, as_of: datetime
    ) -> tuple[Attempt, ...]:
        query = (
            select(attempt, run.c.id.label("run_id"))
            .join_from(attempt, run, run.c.no == attempt.c.run_no)
            .where(attempt.c.address_id == key, attempt.c.as_of <= as_of)
            .order_by(attempt.c.at.desc(), attempt.c.look.desc(), attempt.c.method.desc())
        )
        found: list[Attempt] = []
        runs: set[str] = set()
        with connection.execution_options(yield_per=100).execute(query) as result:
            for row in result:
                runs.add(row.run_id)
                if len(runs) > LAST_RUNS:
                    break
                found.append(attempt_of(row, site_id, url))
        return tuple(reversed(found))

    def _healed(self, connection: Connection, key: int, last: Attempt, as_of: datetime) -> bool:
        if not last.error and last.status < 400:
            return False  # faulty by its content: an answer alone does not speak for it
        good = 299 if last.error == "loop" else 399  # one more redirect ends no circle of redirects
        query = (
            select(visit.c.id)
            .where(visit.c.address_id == key, visit.c.as_of <= as_of, visit.c.fetched_at > last.at)
            .where(visit.c.run_no != self._run_no(connection, last.run_id), visit.c.status.between(1, good))
        )
        return connection.execute(query.limit(1)).first() is not None

    def sources(self, site_id: str, target: str, as_of: datetime) -> Iterator[tuple[str, str, str]]:
        """(page address, link text, tag) of the latest captures that point to a target."""
        query = select(address.c.url, reading.c.links)
        for rows in self._latest_windows(site_id, as_of, query):
            for row in rows:
                if row.links is not None:
                    for link in links_to(row.links, target):
                        yield row.url, link.text, link.tag

    def pointing(
        self, site_id: str, targets: Collection[str], as_of: datetime, run_id: str = ""
    ) -> Iterator[tuple[str, Link]]:
        """(page address, link) of the latest captures that point to any of `targets`."""
        wanted = frozenset(targets)
        query = select(address.c.url, reading.c.links)
        for rows in self._latest_windows(site_id, as_of, query, run_id) if wanted else ():
            for row in rows:
                if row.links is not None:
                    for link in links_into(row.links, wanted):
                        yield row.url, link

    def attempts(self, site_id: str, url: str, as_of: datetime) -> tuple[Attempt, ...]:
        """What was tried at one address in its last ten runs, oldest first."""
        with self.db.read() as connection:
            return self._attempts(connection, key_of(site_id, url), site_id, url, as_of)

    def aliases(self, site_id: str, target: str, as_of: datetime) -> list[str]:
        """Addresses whose latest capture is a redirect to `target`."""
        key = key_of(site_id, target)
        ever = (
            select(address.c.id, address.c.url)
            .join_from(visit, address, address.c.id == visit.c.address_id)
            .where(visit.c.final_id == key, visit.c.as_of <= as_of, visit.c.status.between(300, 399))
            .distinct()
        )
        with self.db.read() as connection:
            rows = connection.execute(ever).all()
            return sorted(row.url for row in rows if self._leads_to(connection, row.id, as_of) == key)

    def _leads_to(self, connection: Connection, address_id: int, as_of: datetime) -> int | None:
        query = (
            select(visit.c.final_id)
            .where(visit.c.address_id == address_id, visit.c.as_of <= as_of)
            .order_by(visit.c.as_of.desc(), visit.c.run_no.desc(), visit.c.rendered.desc())
        )
        return connection.execute(query.limit(1)).scalar()

    def outside_links(self, run_id: str, site_id: str) -> Iterator[str]:
        """Distinct targets of links and redirects on hosts that are not in the run's frontier, each once."""
        inside = self._hosts(run_id, site_id)
        seen: set[str] = set()
        for target in chain(self._redirects(run_id, site_id), self._linked(run_id, site_id)):
            if target in seen:
                continue
            seen.add(target)
            url = target.partition("#")[0]
            host = host_of(url)
            if host and host not in inside and (url == target or url not in seen):
                seen.add(url)
                yield url

    def _linked(self, run_id: str, site_id: str) -> Iterator[str]:
        for packed in self._links_of_run(run_id, site_id):
            yield from targets_of(packed)

    def _redirects(self, run_id: str, site_id: str) -> list[str]:
        query = select(visit.c.final_url).where(visit.c.site_id == site_id, visit.c.status.between(300, 399)).distinct()
        with self.db.read() as connection:
            mine = query.where(visit.c.run_no == self._run_no(connection, run_id), visit.c.final_id.is_not(None))
            return [url for url in connection.scalars(mine) if url]

    def _hosts(self, run_id: str, site_id: str) -> set[str]:
        """The hosts with ports of a site: those of the addresses the crawler took for its own."""
        query = (
            select(address.c.url)
            .join_from(frontier, address, address.c.id == frontier.c.address_id)
            .where(frontier.c.site_id == site_id)
        )
        with self.db.read() as connection:
            mine = query.where(frontier.c.run_no == self._run_no(connection, run_id))
            return {host_of(url) for url in connection.execution_options(yield_per=WINDOW).scalars(mine)}

    def _links_of_run(self, run_id: str, site_id: str) -> Iterator[bytes]:
        after: tuple[int, bool] | None = None
        while True:
            query = (
                select(visit.c.address_id, visit.c.rendered, reading.c.links)
                .join_from(visit, reading, reading.c.id == visit.c.reading_id)
                .where(visit.c.site_id == site_id)
                .order_by(visit.c.address_id, visit.c.rendered)
                .limit(WINDOW)
            )
            if after is not None:
                key, rendered = after
                rest = and_(visit.c.address_id == key, visit.c.rendered.is_(True))  # the raw capture comes first
                later = visit.c.address_id > key
                query = query.where(later if rendered else or_(later, rest))
            with self.db.read() as connection:
                rows = connection.execute(query.where(visit.c.run_no == self._run_no(connection, run_id))).all()
            for row in rows:
                yield row.links
            if len(rows) < WINDOW:
                return
            after = (rows[-1].address_id, rows[-1].rendered)
