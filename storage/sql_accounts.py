"""Posts of accounts, how collecting them went, and results kept by content."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from domain.captured import Post
from storage.documents import from_document, to_document, to_text
from storage.mapping import Values, moment_of
from storage.sql_part import SqlPart
from storage.tables import cache, collection, post, run

WINDOW = 500


class SqlAccounts(SqlPart):
    """Account and cache methods of the store."""

    def save_posts(self, run_id: str, posts: Sequence[Post]) -> None:
        """Insert or update posts by (account, id); what was collected last stays."""
        if not posts:
            return
        with self.db.write() as connection:
            run_no, as_of = self._known_run(connection, run_id)
            dated = [_post_row(item, run_no, as_of) for item in posts if moment_of(item)]
            undated = [_post_row(item, run_no, as_of) for item in posts if not moment_of(item)]
            if dated:
                connection.execute(self.db.replace(post, "run_no"), dated)
            if undated:  # their place in time is the run that first brought them
                connection.execute(self.db.replace(post, "run_no", "shown_at"), undated)

    def posts(self, account_id: str, since: datetime | None, until: datetime) -> Iterator[Post]:
        """Posts of an account in a stretch of time, oldest first."""
        after: tuple[datetime, str] | None = None
        while True:
            query = select(post).where(post.c.account_id == account_id, post.c.shown_at <= until)
            if since is not None:
                query = query.where(post.c.shown_at >= since)
            if after is not None:
                later = or_(post.c.shown_at > after[0], and_(post.c.shown_at == after[0], post.c.id > after[1]))
                query = query.where(post.c.shown_at >= after[0], later)
            with self.db.read() as connection:
                rows = connection.execute(query.order_by(post.c.shown_at, post.c.id).limit(WINDOW)).all()
            for row in rows:
                yield from_document(Post, json.loads(row.document))
            if len(rows) < WINDOW:
                return
            after = (rows[-1].shown_at, rows[-1].id)

    def save_collection(self, run_id: str, account_id: str, document: Mapping[str, Any]) -> None:
        """Keep how collecting an account went in a run, as JSON data."""
        with self.blobs.indexing() as connection:
            run_no, _ = self._known_run(connection, run_id)
            row = {"run_no": run_no, "account_id": account_id, "document": to_text(dict(document))}
            connection.execute(self.db.replace(collection), [row])

    def collections(self, account_id: str, as_of: datetime) -> list[tuple[str, Mapping[str, Any]]]:
        """(run id, document) of an account in runs with as_of <= `as_of`, oldest first."""
        query = (
            select(run.c.id, collection.c.document)
            .join_from(collection, run, run.c.no == collection.c.run_no)
            .where(collection.c.account_id == account_id, run.c.as_of <= as_of)
            .order_by(run.c.as_of, run.c.no)
        )
        with self.db.read() as connection:
            return [(row.id, json.loads(row.document)) for row in connection.execute(query)]

    def cached(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Results kept by their content, those that there are."""
        with self.db.read() as connection:
            rows = connection.execute(select(cache.c.key, cache.c.value).where(cache.c.key.in_(keys)))
            return {row.key: row.value for row in rows}

    def cache(self, items: Mapping[str, str]) -> None:
        """Keep results by their content."""
        if items:
            with self.db.write() as connection:
                rows = [{"key": key, "value": value} for key, value in sorted(items.items())]
                connection.execute(self.db.replace(cache), rows)


def _post_row(item: Post, run_no: int, as_of: datetime) -> Values:
    return {
        "account_id": item.account_id,
        "id": item.id,
        "run_no": run_no,
        "shown_at": moment_of(item) or as_of,
        "document": to_text(to_document(item)),
    }
