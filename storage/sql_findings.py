"""What was judged: findings across runs, what could not be judged, scorecards."""

import json
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, delete, func, select

from domain.answers import Answer
from domain.finding_search import Stage, order_of, stage_of
from domain.findings import Doubt, FindingRecord, Unjudged
from domain.scores import Scorecard
from storage.documents import from_document, to_document, to_text
from storage.mapping import Values, key_of
from storage.sql_days import SqlDays
from storage.tables import answer, doubt, finding, finding_run, mended, sample, scorecard, unjudged

FEW_TARGETS = 100  # more are told apart after reading
AT_ONCE = 40  # targets of which a database surely uses its index


class SqlFindings(SqlDays):
    """Finding methods of the store."""

    def findings(self, target_ids: Collection[str] = (), run_id: str = "") -> list[FindingRecord]:
        """Kept findings as they are now; with `run_id` those seen or closed in that run, as that run left them."""
        table = finding_run if run_id else finding
        query = select(table.c.document).order_by(table.c.target_id, table.c.fingerprint)
        if run_id:
            query = query.where(finding_run.c.run_id == run_id)
        return self._records(query, table, target_ids)

    def standing_findings(
        self, target_ids: Collection[str] = (), mended_in: Collection[str] = ()
    ) -> list[FindingRecord]:
        """Kept findings without those mended in other runs than `mended_in`: what a list, a score or a period needs."""
        query = select(finding.c.document).order_by(finding.c.target_id, finding.c.fingerprint)
        asked = [query.where(finding.c.stage.in_([stage.value for stage in Stage if stage is not Stage.FIXED]))]
        asked += [query.where(mended, finding.c.last_run.in_(mended_in))] if mended_in else []
        ids = sorted({*target_ids})
        found: list[FindingRecord] = []
        for start in range(0, len(ids) or 1, AT_ONCE):
            part = ids[start : start + AT_ONCE]
            found += [record for each in asked for record in self._records(each, finding, part)]
        return sorted(found, key=lambda record: (record.target_id, record.fingerprint)) if mended_in else found

    def mended_findings(self, run_ids: Collection[str]) -> list[FindingRecord]:
        """Kept findings that were mended in some runs."""
        query = select(finding.c.document).where(mended)
        each = [query.where(finding.c.last_run == run_id) for run_id in {*run_ids}]  # together they may look like most
        found = [record for asked in each for record in self._records(asked, finding, ())]
        return sorted(found, key=lambda record: (record.target_id, record.fingerprint))

    def noted(self, run_id: str, fingerprints: Collection[str]) -> list[FindingRecord]:
        """Some findings as a run left them, of those that it saw or closed, by fingerprint."""
        keys, query = sorted({*fingerprints}), select(finding_run.c.document).where(finding_run.c.run_id == run_id)
        parts = (keys[start : start + FEW_TARGETS] for start in range(0, len(keys), FEW_TARGETS))
        with self.db.read() as connection:
            asked = [query.where(finding_run.c.fingerprint.in_(part)) for part in parts]
            texts = [text for each in asked for text in connection.scalars(each.order_by(finding_run.c.fingerprint))]
        return [from_document(FindingRecord, json.loads(text)) for text in texts]

    def _records(self, query: Select[Any], table: Table, target_ids: Collection[str]) -> list[FindingRecord]:
        """What a query finds, of some targets or of all."""
        wanted = set(target_ids)
        if 0 < len(wanted) <= FEW_TARGETS:
            query = query.where(table.c.target_id.in_(wanted))
        with self.db.read() as connection:
            texts = connection.scalars(query).all()
        records = (from_document(FindingRecord, json.loads(text)) for text in texts)
        return [record for record in records if not wanted or record.target_id in wanted]

    def save_findings(self, records: Iterable[FindingRecord]) -> None:
        """Insert or update findings by fingerprint."""
        rows = [_finding_row(record) for record in records]
        if not rows:
            return
        nights = [
            {"run_id": row["last_run"]} | {name: row[name] for name in ("fingerprint", "target_id", "document")}
            for row in rows
        ]
        with self.db.write() as connection:
            connection.execute(self.db.replace(finding), rows)
            connection.execute(self.db.replace(finding_run), nights)

    def unjudged(self, run_id: str, target_id: str = "") -> list[tuple[str, Unjudged]]:
        """(target id, unjudged) of a run."""
        rows = self._noted(unjudged, run_id, target_id)
        return [(target, from_document(Unjudged, document)) for target, document in rows]

    def save_unjudged(self, run_id: str, target_id: str, items: Sequence[Unjudged]) -> None:
        """Replace what was unjudged for one target in one run."""
        self._note(unjudged, run_id, target_id, items)

    def doubts(self, run_id: str, target_id: str = "") -> list[tuple[str, Doubt]]:
        """(target id, doubt) of a run."""
        return [(target, from_document(Doubt, document)) for target, document in self._noted(doubt, run_id, target_id)]

    def save_doubts(self, run_id: str, target_id: str, items: Sequence[Doubt]) -> None:
        """Replace the doubts about one target in one run."""
        self._note(doubt, run_id, target_id, items)

    def _noted(self, table: Table, run_id: str, target_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Documents read one by one: thousands of doubts, each with its pages, would stand in memory twice."""
        query = select(table.c.target_id, table.c.document).where(table.c.run_id == run_id)
        if target_id:
            query = query.where(table.c.target_id == target_id)
        with self.db.read() as connection:
            rows = deque(connection.execute(query.order_by(table.c.target_id, table.c.position)))
        while rows:
            target, document = rows.popleft()
            yield target, json.loads(document)

    def _note(self, table: Table, run_id: str, target_id: str, items: Sequence[object]) -> None:
        place = {"run_id": run_id, "target_id": target_id}
        rows = [
            place | {"position": number, "document": to_text(to_document(item))} for number, item in enumerate(items)
        ]
        with self.db.write() as connection:
            connection.execute(delete(table).where(table.c.run_id == run_id, table.c.target_id == target_id))
            if rows:
                connection.execute(table.insert(), rows)

    def samples(self, target_id: str) -> Mapping[str, tuple[str, ...]]:
        """Name of a sample -> its addresses, of one target."""
        query = select(sample.c.name, sample.c.document).where(sample.c.target_id == target_id)
        with self.db.read() as connection:
            return {name: tuple(json.loads(text)) for name, text in connection.execute(query.order_by(sample.c.name))}

    def save_sample(self, target_id: str, name: str, urls: Sequence[str]) -> None:
        """Keep or replace a sample."""
        row = {"target_id": target_id, "name": name, "document": to_text(list(urls))}
        with self.db.write() as connection:
            connection.execute(self.db.replace(sample), [row])

    def answers(self, target_id: str) -> list[Answer]:
        """What persons answered about a target, the newest answer of each question."""
        query = select(answer.c.document).where(answer.c.target_id == target_id).order_by(answer.c.key)
        with self.db.read() as connection:
            return [from_document(Answer, json.loads(text)) for text in connection.scalars(query)]

    def save_answers(self, items: Iterable[Answer]) -> None:
        """Keep answers; a newer one of the same question replaces the older."""
        rows = {(row["target_id"], row["key"]): row for row in map(_answer_row, items)}
        with self.db.write() as connection:
            if rows:
                connection.execute(self.db.replace(answer), list(rows.values()))

    def save_scorecards(self, cards: Iterable[Scorecard]) -> None:
        """Insert or replace scorecards by (run, target); a replaced one keeps its place."""
        kept = list(cards)
        with self.db.write() as connection:
            latest = connection.scalar(select(func.max(scorecard.c.position)))
            first = 0 if latest is None else latest + 1
            rows = [_scorecard_row(card, first + number) for number, card in enumerate(kept)]
            if rows:
                connection.execute(self.db.replace(scorecard, "position"), rows)
                self._renew_days(connection, kept)

    def scorecards(self, run_id: str, target_ids: Collection[str] = ()) -> list[Scorecard]:
        """The scorecards of a run, in the order they were saved."""
        query = select(scorecard.c.document).where(scorecard.c.run_id == run_id).order_by(scorecard.c.position)
        query = query.where(scorecard.c.target_id.in_(target_ids)) if target_ids else query
        with self.db.read() as connection:
            texts = connection.scalars(query).all()
        return [from_document(Scorecard, json.loads(text)) for text in texts]


def _answer_row(item: Answer) -> Values:
    key = f"{key_of(item.check, item.url):x}"
    return {"target_id": item.target_id, "key": key, "document": to_text(to_document(item))}


def _finding_row(record: FindingRecord) -> Values:
    return {
        "fingerprint": record.fingerprint,
        "target_id": record.target_id,
        "check": record.finding.check,
        "state": record.state.value,
        "severity": record.severity.value,
        "last_run": record.last_run,
        "document": to_text(to_document(record)),
        "stage": stage_of(record).value,
        "place": order_of(record),
    }


def _scorecard_row(card: Scorecard, position: int) -> Values:
    return {
        "run_id": card.run_id,
        "target_id": card.target_id,
        "position": position,
        "verdict": card.verdict.value,
        "score": card.score,
        "document": to_text(to_document(card)),
    }
