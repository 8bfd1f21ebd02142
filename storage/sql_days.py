"""How targets stood by day: renewed with every card, in its transaction, from the cards of that day."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Row, Select, or_, select, union_all

from domain.scores import Counts, Scorecard, Verdict
from domain.target_days import KINDS, TargetDay, day_of
from domain.times import BEIJING, beijing_date
from storage.documents import from_document
from storage.mapping import Values
from storage.sql_part import SqlPart
from storage.tables import account, run, scorecard, site, target_day

FEW_TARGETS = 100  # more are told apart after reading


class SqlDays(SqlPart):
    """Day methods of the store."""

    def latest_days(self, target_ids: Collection[str] = ()) -> list[TargetDay]:
        """Of each target its latest day and its latest complete one; two index steps a target."""
        wanted = set(target_ids)
        known = union_all(select(site.c.id), select(account.c.id)).subquery()
        inner = target_day.alias()
        last = (
            select(inner.c.day).where(inner.c.target_id == known.c.id).order_by(inner.c.day.desc()).limit(1)
        )  # an index is walked from its end; max() would not stop at the first complete one
        days = [each.scalar_subquery() for each in (last, last.where(inner.c.complete.is_(True)))]
        query = select(target_day).join_from(known, target_day, target_day.c.target_id == known.c.id)
        query = query.where(or_(*(target_day.c.day == each for each in days)))
        if 0 < len(wanted) <= FEW_TARGETS:
            query = query.where(known.c.id.in_(wanted))
        return [item for item in self._days(query) if not wanted or item.target_id in wanted]

    def days(self, since: date, until: date, target_id: str = "") -> list[TargetDay]:
        """How targets stood from one day to another, both included, or one of them."""
        query = select(target_day).where(target_day.c.day.between(since, until))
        return self._days(query.where(target_day.c.target_id == target_id) if target_id else query)

    def _days(self, query: Select[tuple[object, ...]]) -> list[TargetDay]:
        with self.db.read() as connection:
            rows = connection.execute(query.order_by(target_day.c.target_id, target_day.c.day)).all()
        return [_day(row) for row in rows]

    def _renew_days(self, connection: Connection, cards: Iterable[Scorecard]) -> None:
        """Make the rows again of which one of these cards may be the source."""
        touched: dict[date, set[str]] = defaultdict(set)
        for card in cards:
            touched[beijing_date(card.as_of)].add(card.target_id)
        rows = [row for day, targets in touched.items() for row in _rows(connection, day, targets)]
        if rows:
            connection.execute(self.db.replace(target_day), rows)


def _rows(connection: Connection, day: date, targets: Collection[str]) -> Iterable[Values]:
    begin = datetime.combine(day, time(), BEIJING)
    query = (
        select(scorecard.c.target_id, scorecard.c.document)
        .join_from(run, scorecard, scorecard.c.run_id == run.c.id)
        .where(run.c.as_of >= begin, run.c.as_of < begin + timedelta(days=1))
        .where(run.c.kind.in_([kind.value for kind in KINDS]))
        .order_by(run.c.as_of, run.c.no)
    )
    if len(targets) <= FEW_TARGETS:
        query = query.where(scorecard.c.target_id.in_(targets))
    found: dict[str, list[Scorecard]] = defaultdict(list)
    for target_id, text in connection.execute(query):
        if target_id in targets:
            found[target_id].append(from_document(Scorecard, json.loads(text)))
    return [_values(item) for cards in found.values() if (item := day_of(cards))]


def _values(item: TargetDay) -> Values:
    counts = item.counts
    plain = ("target_id", "day", "run_id", "as_of", "score", "lost", "complete", "judged", "unjudged", "oldest", "why")
    by_severity = {name: getattr(counts, name) for name in ("veto", "deduct", "problem", "notice")}
    return {name: getattr(item, name) for name in plain} | {"verdict": item.verdict.value} | by_severity


def _day(row: Row[tuple[object, ...]]) -> TargetDay:
    values = dict(row._mapping)
    counts = Counts(*(values.pop(name) for name in ("veto", "deduct", "problem", "notice")))
    return TargetDay(**values | {"verdict": Verdict(row.verdict), "counts": counts})
