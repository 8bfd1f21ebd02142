"""Jobs, messages and switches."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import and_, select

from domain.operations import JobRun, Message, MessageState
from storage.documents import from_document, to_document, to_text
from storage.sql_part import SqlPart
from storage.tables import job_run, message, switch

START = datetime(1970, 1, 1, tzinfo=UTC)


class SqlOperations(SqlPart):
    """Methods of the `Operations` port."""

    def job_runs(self, since: datetime | None = None) -> list[JobRun]:
        """Planned starts of all jobs, oldest first."""
        query = select(job_run.c.document).order_by(job_run.c.planned, job_run.c.job)
        with self.db.read() as connection:
            texts = connection.scalars(query.where(job_run.c.planned >= since) if since else query).all()
        return [from_document(JobRun, json.loads(text)) for text in texts]

    def save_job_run(self, item: JobRun) -> None:
        """Insert or update by job and planned moment."""
        row = {"job": item.job, "planned": item.planned, "state": item.state.value, "document": _text(item)}
        with self.db.write() as connection:
            connection.execute(self.db.replace(job_run), [row])

    def claim_message(self, item: Message, most: int) -> bool:
        """Whether it is ours to send; one statement decides, whoever else asks."""
        mine = replace(item, state=MessageState.SENDING, tries=item.tries + 1)
        row = {"key": mine.key, "at": mine.at or START, "state": mine.state.value, "tries": 1, "document": _text(mine)}
        insert = self.db.insert(message)
        failed = and_(message.c.state == MessageState.FAILED.value, message.c.tries < most)
        new = {"at": insert.excluded.at, "state": insert.excluded.state, "document": insert.excluded.document}
        new |= {"tries": message.c.tries + 1}
        claim = insert.values(row).on_conflict_do_update(index_elements=["key"], set_=new, where=failed)
        with self.db.write() as connection:
            return connection.execute(claim.returning(message.c.key)).first() is not None

    def end_message(self, item: Message) -> None:
        """Say how sending a claimed message ended."""
        values = {"state": item.state.value, "at": item.at or START, "document": _text(item)}
        with self.db.write() as connection:
            connection.execute(message.update().where(message.c.key == item.key).values(values))

    def messages(self, since: datetime | None = None) -> list[Message]:
        """Messages, oldest first."""
        query = select(message.c.document, message.c.tries).order_by(message.c.at, message.c.key)
        with self.db.read() as connection:
            rows = connection.execute(query.where(message.c.at >= since) if since else query).all()
        return [replace(from_document(Message, json.loads(row.document)), tries=row.tries) for row in rows]

    def switches(self) -> Mapping[str, str]:
        """What persons switched on or off, by name."""
        with self.db.read() as connection:
            return {row.name: row.value for row in connection.execute(select(switch).order_by(switch.c.name))}

    def save_switch(self, name: str, value: str) -> None:
        """Keep a switch."""
        with self.db.write() as connection:
            connection.execute(self.db.replace(switch), [{"name": name, "value": value}])


def _text(value: object) -> str:
    return to_text(to_document(value))
