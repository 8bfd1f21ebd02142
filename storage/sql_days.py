"""How targets stood by day: renewed with every card, in its transaction, from the cards of that day."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Row, Select, select, union_all

from domain.runs import RunState
from domain.scores import Counts, Scorecard, Verdict
from domain.target_days import KINDS, TargetDay, day_of, seen_in
from domain.times import BEIJING, beijing_date
from storage.documents import from_document
from storage.mapping import Values
from storage.sql_part import SqlPart
from storage.tables import account, run, scorecard, site, target_day

FEW_TARGETS = 100  # more are told apart after reading


class SqlDays(SqlPart):
    """Day methods of the store."""

    def latest_days(self, target_ids: Collection[str] = (), until: date | None = None) -> list[TargetDay]:
        """Of each target its latest day (not after `until`) and its latest complete one; two index steps a target."""
        wanted = set(target_ids)
        known = union_all(select(site.c.id), select(account.c.id)).subquery()
        inner = target_day.alias()
        last = (
            select(inner.c.day).where(inner.c.target_id == known.c.id).order_by(inner.c.day.desc()).limit(1)
        )  # an index is walked from its end; max() would not stop at the first complete one
        last = last if until is None else last.where(inner.c.day <= until)
        found: dict[tuple[str, date], TargetDay] = {}
        for chosen in (last, last.where(inner.c.complete.is_(True))):  # an OR of both would read all days of a target
            query = select(target_day).join_from(known, target_day, target_day.c.target_id == known.c.id)
            query = query.where(target_day.c.day == chosen.scalar_subquery())
            query = query.where(known.c.id.in_(wanted)) if 0 < len(wanted) <= FEW_TARGETS else query
            found |= {(each.target_id, each.day): each for each in self._days(query)}
        return [item for (target, _), item in sorted(found.items()) if not wanted or target in wanted]

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
        for day, targets in touched.items():
            self._renew_day(connection, day, targets)

    def _renew_day(self, connection: Connection, day: date, targets: Collection[str]) -> None:
        rows = _rows(connection, day, targets)
        if rows:
            connection.execute(self.db.replace(target_day), rows)


def _rows(connection: Connection, day: date, targets: Collection[str]) -> list[Values]:
    begin = datetime.combine(day, time(), BEIJING)
    query = (
        select(run.c.state, scorecard.c.target_id, scorecard.c.document)
        .join_from(run, scorecard, scorecard.c.run_id == run.c.id)
        .where(run.c.as_of >= begin, run.c.as_of < begin + timedelta(days=1))
        .where(run.c.kind.in_([kind.value for kind in KINDS]))
        .order_by(run.c.as_of, run.c.no)
    )
    if len(targets) <= FEW_TARGETS:
        query = query.where(scorecard.c.target_id.in_(targets))
    found: dict[str, list[Scorecard]] = defaultdict(list)
    for state, target_id, text in connection.execute(query):
        if target_id in targets:
            found[target_id].append(seen_in(RunState(state), from_document(Scorecard, json.loads(text))))
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
