"""Captures as of a moment: the latest one of every address, in windows by address, however many nights there are."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, and_, func, or_, select

from domain.captured import Known, Page, PageKind
from storage.mapping import URL_PREFIX, address_row, key_of, kind_of, page_of
from storage.sql_part import SqlPart
from storage.tables import address, frontier, reading, run, url_prefix, visit

WINDOW = 200  # addresses; bounds the memory of an iterator
_PAGE = (run.c.id.label("run_id"), address.c.url, *(column for column in visit.c if column.name != "id"))
_FROM = (
    visit.join(run, run.c.no == visit.c.run_no)
    .join(address, address.c.id == visit.c.address_id)
    .outerjoin(reading, reading.c.id == visit.c.reading_id)
)
_ASKED = _FROM.outerjoin(
    frontier,
    and_(
        frontier.c.run_no == visit.c.run_no,
        frontier.c.site_id == visit.c.site_id,
        frontier.c.address_id == visit.c.address_id,
    ),
)
DEFAULT_PRIORITY = 50
FAULTY = 400  # status of an answer that shows no page


def _latest(within: ColumnElement[bool], *, raw_first: bool = False) -> ScalarSelect[int]:
    """The visit of the address at hand that counts: one step into ux_visit_latest, whatever lies before."""
    rendered = visit.c.rendered.asc() if raw_first else visit.c.rendered.desc()
    return (
        select(visit.c.id)
        .where(visit.c.address_id == address.c.id, within)
        .order_by(visit.c.as_of.desc(), visit.c.run_no.desc(), rendered)
        .limit(1)
        .correlate(address)
        .scalar_subquery()
    )


class SqlHistory(SqlPart):
    """History methods of the store."""

    def _windows(self, site_id: str, size: int, *extra: Any, where: tuple[Any, ...] = ()) -> Iterator[list[Row[Any]]]:
        """Addresses of a site in order, `size` at a time, with extra columns."""
        after: tuple[str, int] | None = None
        while True:
            query = select(address.c.id, address.c.url, *extra).where(address.c.site_id == site_id, *where)
            if after is not None:
                same = and_(url_prefix == after[0], address.c.id > after[1])
                query = query.where(url_prefix >= after[0], or_(url_prefix > after[0], same))
            with self.db.read() as connection:
                rows = list(connection.execute(query.order_by(url_prefix, address.c.id).limit(size)))
            if rows:
                yield rows
            if len(rows) < size:
                return
            after = (rows[-1].url[:URL_PREFIX], rows[-1].id)

    def page(self, site_id: str, url: str, as_of: datetime) -> Page | None:
        """Latest capture of an address, by requested or final URL, with its reading and links."""
        key = key_of(site_id, url)
        query = (
            select(*_PAGE, reading.c.document, reading.c.links)
            .select_from(_FROM)
            .where(visit.c.as_of <= as_of)
            .order_by(visit.c.as_of.desc(), visit.c.run_no.desc(), visit.c.rendered.desc())
            .limit(1)
        )
        with self.db.read() as connection:
            direct = connection.execute(query.where(visit.c.address_id == key)).first()
            moved = connection.execute(query.where(visit.c.final_id == key)).first()
        if moved and (not direct or (moved.as_of, moved.run_no) > (direct.as_of, direct.run_no)):
            return page_of(moved)
        return page_of(direct) if direct else None

    def pages(
        self, site_id: str, as_of: datetime, kinds: Collection[PageKind] = (), run_id: str = ""
    ) -> Iterator[Page]:
        """Latest capture of every address, in address order; readings without links."""
        query = select(*_PAGE, reading.c.document)
        if kinds:
            query = query.where(reading.c.kind.in_([kind.value for kind in kinds]))
        for rows in self._latest_windows(site_id, as_of, query, run_id):
            yield from (page_of(row) for row in rows)

    def _latest_windows(
        self, site_id: str, as_of: datetime, query: Select[Any], run_id: str = ""
    ) -> Iterator[list[Row[Any]]]:
        """`query` over the latest visit of every address, in address order, one window at a time."""
        where: tuple[Any, ...] = ()
        if run_id:
            with self.db.read() as connection:
                captured = select(visit.c.address_id).where(visit.c.run_no == self._run_no(connection, run_id))
            where = (address.c.id.in_(captured.where(visit.c.site_id == site_id)),)
        latest = _latest(visit.c.as_of <= as_of).label("visit_id")
        for rows in self._windows(site_id, WINDOW, latest, where=where):
            ids = [row.visit_id for row in rows if row.visit_id is not None]
            with self.db.read() as connection:
                found = self._by_id(connection, query.add_columns(visit.c.id.label("visit_id")), ids)
            yield found  # outside the transaction: the reader may take its time

    def _by_id(self, connection: Connection, query: Select[Any], ids: list[int]) -> list[Row[Any]]:
        """The rows of some visits, in the order given."""
        found = connection.execute(query.select_from(_FROM).where(visit.c.id.in_(ids)))
        by_id = {row.visit_id: row for row in found}
        return [by_id[each] for each in ids if each in by_id]

    def visited(self, run_id: str, site_id: str) -> Iterator[tuple[str, int]]:
        """(address, status) of everything captured in a run."""
        after = None
        while True:
            with self.db.read() as connection:
                query = (
                    select(visit.c.address_id, address.c.url, visit.c.status)
                    .join_from(visit, address, address.c.id == visit.c.address_id)
                    .where(visit.c.run_no == self._run_no(connection, run_id), visit.c.site_id == site_id)
                    .order_by(visit.c.address_id, visit.c.rendered)
                )
                if after is not None:
                    query = query.where(visit.c.address_id > after)
                rows = list(connection.execute(query.limit(WINDOW * 10 + 1)))
            last = len(rows) <= WINDOW * 10
            if not last:  # never cut between the raw and the rendered capture of one address
                tail = rows[-1].address_id
                rows = [row for row in rows if row.address_id != tail]
            for key, url, status in rows:
                if key != after:
                    yield url, status
                after = key
            if last:
                return

    def last_changes(self, site_id: str, urls: Collection[str], before: datetime) -> Mapping[str, tuple[datetime, datetime]]:  # fmt: skip
        """As of which runs an address last showed something new, and was last looked at."""
        by_id = {address_row(site_id, url)["id"]: url for url in urls}
        ids, found = list(by_id), dict[str, tuple[datetime, datetime]]()
        is_new = and_(visit.c.unchanged.is_(False), visit.c.reading_id.is_not(None))
        query = (
            select(
                visit.c.address_id,
                func.max(visit.c.as_of).filter(is_new),
                func.min(visit.c.as_of),
                func.max(visit.c.as_of),
            )
            .where(visit.c.as_of < before)
            .group_by(visit.c.address_id)
        )
        for start in range(0, len(ids), WINDOW):
            with self.db.read() as connection:
                rows = connection.execute(query.where(visit.c.address_id.in_(ids[start : start + WINDOW]))).all()
            found |= {by_id[key]: (new, last) for key, new, first, last in rows if new is not None and new > first}
        return found

    def oldest_page(self, site_id: str, as_of: datetime) -> datetime | None:
        """Of the pages that could be read, when the one looked at longest ago was looked at last."""
        last = visit.join(address, visit.c.id == _latest(visit.c.as_of <= as_of))
        query = select(func.min(visit.c.as_of)).select_from(last)
        query = query.where(address.c.site_id == site_id, visit.c.status < FAULTY, visit.c.reading_id.is_not(None))
        with self.db.read() as connection:
            return cast("datetime | None", connection.scalar(query))

    def known(self, site_id: str, before: datetime) -> Iterator[Known]:
        """The latest capture of every address in runs with as_of < `before`.

        What servers are asked about is the raw body; kind and date come from the rendered one where there is one.
        """
        earlier = visit.c.as_of < before
        raw, best = _latest(earlier, raw_first=True).label("raw_id"), _latest(earlier).label("best_id")
        query = select(
            address.c.url,
            visit.c.id.label("visit_id"),
            *(visit.c[name] for name in ("etag", "last_modified", "body_hash", "parser_version", "status", "rendered")),
            visit.c.fetched_at,
            reading.c.kind,
            reading.c.published_on,
            frontier.c.priority,
            frontier.c.depth,
        )
        for rows in self._windows(site_id, WINDOW, raw, best):
            ids = [key for row in rows for key in {row.raw_id, row.best_id} if key is not None]
            with self.db.read() as connection:
                found = {
                    row.visit_id: row
                    for row in connection.execute(query.select_from(_ASKED).where(visit.c.id.in_(ids)))
                }
            for row in rows:
                if row.raw_id is not None:
                    yield _known(site_id, found[row.raw_id], found[row.best_id])


def _known(site_id: str, raw: Any, best: Any) -> Known:
    return Known(
        site_id=site_id,
        url=raw.url,
        etag=raw.etag,
        last_modified=raw.last_modified,
        body_hash=raw.body_hash,
        parser_version=raw.parser_version,
        status=raw.status,
        kind=kind_of(best.kind),
        published_on=best.published_on,
        visited_at=raw.fetched_at,
        priority=DEFAULT_PRIORITY if raw.priority is None else raw.priority,
        depth=raw.depth or 0,
        rendered=best.rendered,
    )
