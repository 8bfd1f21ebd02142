"""Windows of lists of findings: each stage and target is one stretch of an index, and the stretches are merged."""

import heapq
import json
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from domain.finding_search import FindingSearch, mark_of
from domain.findings import FindingRecord, Severity
from storage.documents import from_document
from storage.sql_part import SqlPart
from storage.tables import finding

MOST_TARGETS = 40  # more are asked for at once


class SqlFindingSearch(SqlPart):
    """Search methods of the store."""

    def finding(self, fingerprint: str) -> FindingRecord | None:
        """One kept finding as it is now."""
        with self.db.read() as connection:
            text = connection.scalar(select(finding.c.document).where(finding.c.fingerprint == fingerprint))
        return None if text is None else from_document(FindingRecord, json.loads(text))

    def search_findings(self, search: FindingSearch) -> list[FindingRecord]:
        """A window of a list of findings, the gravest first, then by fingerprint."""
        with self.db.read() as connection:
            stretches = [
                [from_document(FindingRecord, json.loads(text)) for text in connection.scalars(query)]
                for query in _stretches(search)
            ]
        merged = heapq.merge(*stretches, key=mark_of, reverse=search.backwards)
        found = list(islice(merged, search.limit))
        return found[::-1] if search.backwards else found

    def count_findings(self, search: FindingSearch) -> int:
        """How many a list holds, counted up to the limit of the search and no further."""
        total = 0
        with self.db.read() as connection:
            for query in _stretches(search):
                window = query.with_only_columns(finding.c.fingerprint).order_by(None).subquery()
                total += connection.scalar(select(func.count()).select_from(window)) or 0
        return min(total, search.limit)


def _stretches(search: FindingSearch) -> Iterator[Select[Any]]:
    targets = search.targets
    groups: list[tuple[str, ...]] = [()]
    if targets is not None:
        groups = [(each,) for each in targets] if len(targets) <= MOST_TARGETS else [targets]
    for stage, group in product(search.stages, groups):
        query = select(finding.c.document).where(finding.c.stage == stage.value)
        if len(group) == 1:
            query = query.where(finding.c.target_id == group[0])
        elif group:
            query = query.where(finding.c.target_id.in_(group))
        if search.severity:
            query = query.where(finding.c.place == Severity.VETO.rank - search.severity.rank)
        if search.check:
            query = query.where(finding.c.check == search.check)
        yield _window(query, search)


def _window(query: Select[Any], search: FindingSearch) -> Select[Any]:
    order = (finding.c.place, finding.c.fingerprint)
    if search.after is not None:
        here = tuple_(*order)
        query = query.where(here < search.after if search.backwards else here > search.after)
    turned = [column.desc() for column in order] if search.backwards else order
    return query.order_by(*turned).limit(search.limit)
