"""Runs, and what became of each site in one."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select

from domain.captured import Probe, SiteRun
from domain.errors import StoreError
from domain.runs import Run, RunState
from domain.times import beijing_date
from storage.documents import from_document, to_document, to_text
from storage.mapping import FIXED_AS_OF, probe_of, site_run_of
from storage.sql_days import SqlDays
from storage.tables import frontier, probe, run, scorecard, site_run


@lru_cache(maxsize=4_096)
def _read(text: str) -> Run:
    """A kept run; judging asks for all of them several times a site."""
    return from_document(Run, json.loads(text))


class SqlRuns(SqlDays):
    """Run methods of the store."""

    def save_run(self, item: Run) -> None:
        """Insert or update a run; its as_of stays as first saved."""
        values = {
            "id": item.id,
            "kind": item.kind.value,
            "as_of": item.as_of,
            "started_at": item.started_at,
            "state": item.state.value,
            "document": to_text(to_document(item)),
        }
        with self.db.write() as connection:
            known = self._find_run(connection, item.id)
            if known is None:
                connection.execute(run.insert().values(values))
            elif known[1] != item.as_of:
                raise StoreError(FIXED_AS_OF.format(run_id=item.id, old=known[1], new=item.as_of))
            else:
                connection.execute(run.update().where(run.c.id == item.id).values(values))
                if item.state is RunState.UNKNOWN:  # its cards say nothing of the day
                    judged = connection.scalars(select(scorecard.c.target_id).where(scorecard.c.run_id == item.id))
                    self._renew_day(connection, beijing_date(item.as_of), set(judged))

    def run(self, run_id: str) -> Run | None:
        """One run."""
        with self.db.read() as connection:
            text = connection.scalar(select(run.c.document).where(run.c.id == run_id))
        return None if text is None else _read(text)

    def runs(self, after: datetime | None = None) -> list[Run]:
        """All runs, or those of a later as_of than `after`, oldest as_of first."""
        query = select(run.c.document).order_by(run.c.as_of, run.c.no)
        query = query if after is None else query.where(run.c.as_of > after)
        with self.db.read() as connection:
            texts = connection.scalars(query).all()
        return [_read(text) for text in texts]

    def site_runs(self, run_id: str, site_id: str = "") -> list[SiteRun]:
        """What became of each site of a run, or of one of them."""
        with self.db.read() as connection:
            run_no = self._run_no(connection, run_id)
            chosen = select(site_run).where(site_run.c.run_no == run_no)
            chosen = chosen.where(site_run.c.site_id == site_id) if site_id else chosen
            rows = {row.site_id: row for row in connection.execute(chosen)}
            query = (
                select(frontier.c.site_id, frontier.c.reason, func.count())
                .where(frontier.c.run_no == run_no, frontier.c.state == "skipped")
                .group_by(frontier.c.site_id, frontier.c.reason)
            )
            query = query.where(frontier.c.site_id == site_id) if site_id else query
            counted: dict[str, dict[str, int]] = {}
            for site, reason, count in connection.execute(query):
                counted.setdefault(site, {})[reason] = count
        sites = sorted(rows.keys() | counted.keys())
        return [site_run_of(run_id, site, rows.get(site), counted.get(site, {})) for site in sites]

    def probes(self, site_id: str, since: datetime, until: datetime) -> Iterator[Probe]:
        """Visits of a home page in a stretch of time."""
        query = (
            select(probe)
            .where(probe.c.site_id == site_id, probe.c.at >= since, probe.c.at <= until)
            .order_by(probe.c.at, probe.c.url)
        )
        with self.db.read() as connection:
            found = [probe_of(row) for row in connection.execute(query)]
        return iter(found)
