"""Requests of programs that are done once."""

import json
from datetime import datetime

from sqlalchemy import delete, func, select

from domain.replays import Replay
from storage.documents import from_document, to_document, to_text
from storage.sql_part import SqlPart
from storage.tables import replay


class SqlReplays(SqlPart):
    """Methods of the `Replays` port."""

    def claim_replay(self, item: Replay, since: datetime) -> Replay | None:
        """None when it is ours to do; one statement decides, whoever else asks."""
        insert = self.db.insert(replay)
        new = {"at": insert.excluded.at, "document": insert.excluded.document}
        row = {"key": item.key, "at": item.at, "document": to_text(to_document(item))}
        claim = insert.values(row).on_conflict_do_update(index_elements=["key"], set_=new, where=replay.c.at < since)
        with self.db.write() as connection:
            if connection.execute(claim.returning(replay.c.key)).first() is not None:
                return None
            text = connection.scalar(select(replay.c.document).where(replay.c.key == item.key))
        return from_document(Replay, json.loads(text)) if text else item  # gone meanwhile: ask again

    def end_replay(self, item: Replay) -> None:
        """Keep what was answered."""
        values = {"at": item.at, "document": to_text(to_document(item))}
        with self.db.write() as connection:
            connection.execute(replay.update().where(replay.c.key == item.key).values(values))

    def free_replay(self, key: str) -> None:
        """Nothing was done: the key may be used again."""
        with self.db.write() as connection:
            connection.execute(delete(replay).where(replay.c.key == key))

    def drop_replays(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget those from before a moment, or count them."""
        if dry_run:
            with self.db.read() as connection:
                return connection.scalar(select(func.count()).select_from(replay).where(replay.c.at < before)) or 0
        with self.db.write() as connection:
            return connection.execute(delete(replay).where(replay.c.at < before)).rowcount
