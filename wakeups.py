"""Wake-ups for workers: the queue that Procrastinate keeps in PostgreSQL, in a schema of its own.

It wakes and distributes, and holds nothing of value: what is to be done and who does it stands in our leases. So it may be
emptied or made anew at any time, and a wake-up that is lost or comes twice does no harm.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from domain.errors import StoreError, UsageError
from storage import shown

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.types import JSONValue

SCHEMA = "xunjian_queue"
TASK = "woken"
_DRIVER = re.compile(r"^postgres(?:ql)?(?:\+psycopg)?://")


def connection_of(url: str) -> dict[str, Any]:
    """How to reach the queue of a database; UsageError for one that has none."""
    if not _DRIVER.match(url):
        raise UsageError("工作进程需要 PostgreSQL：请用 --db 或 XUNJIAN_DB 指定 postgresql+psycopg://用户@主机/库名")
    return {"conninfo": _DRIVER.sub("postgresql://", url), "kwargs": {"options": f"-c search_path={SCHEMA}"}}


def require_extra() -> None:
    """UsageError where the extra `province` is not installed."""
    if not all(find_spec(name) for name in ("procrastinate", "psycopg")):
        raise UsageError("缺少多机协作的组件；请安装 xunjian[province]（uv sync --extra province）")


@contextmanager
def app_of(url: str, *, is_worker: bool = False) -> "Iterator[App]":
    """Procrastinate on the queue of a database; StoreError when it cannot be reached."""
    place = connection_of(url)
    require_extra()
    from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
    from procrastinate.exceptions import ConnectorException

    try:
        if is_worker:
            yield App(connector=PsycopgConnector(**place))
            return
        with App(connector=SyncPsycopgConnector(**place)).open() as app:
            yield app
    except ConnectorException as error:
        raise StoreError(
            f"任务队列（数据库 {shown(url)}）不可用：{_first_line(error)}；请确认服务器已启动。"
        ) from error


def prepare(url: str) -> None:
    """Make the queue, or make it anew when it is of another version of Procrastinate; repeating it changes nothing."""
    place = connection_of(url)
    require_extra()
    import procrastinate
    import psycopg

    try:
        with psycopg.connect(place["conninfo"], connect_timeout=10) as connection:
            connection.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,)
            )  # two workers that start at once
            found = connection.execute(
                "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", (SCHEMA,)
            ).fetchone()
            if found is not None and found[0] == procrastinate.__version__:
                return
            connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
            connection.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{procrastinate.__version__}'")
            connection.execute(f"SET LOCAL search_path TO {SCHEMA}")
            connection.execute(procrastinate.schema.SchemaManager.get_schema().encode())
    except psycopg.Error as error:
        raise StoreError(f"任务队列（数据库 {shown(url)}）不能建立：{_first_line(error)}") from error


@dataclass(frozen=True, slots=True)
class QueueBell:
    """Wakes workers by the queue."""

    url: str

    def ring(self, kind: str, run_id: str, number: int) -> None:
        """See to it that `number` wake-ups for this kind of work of a run are waiting; more are not added."""
        with app_of(self.url) as app:
            waiting = app.job_manager.list_jobs(queue=kind, status="todo")
            missing = number - sum(job.task_kwargs.get("run_id") == run_id for job in waiting)
            if missing > 0:
                told: list[dict[str, JSONValue]] = [{"kind": kind, "run_id": run_id}] * missing
                app.configure_task(TASK, queue=kind, allow_unknown=True).batch_defer(*told)


def _first_line(error: Exception) -> str:
    cause = error.__cause__ or error
    return shown((str(cause).strip() or type(cause).__name__).splitlines()[0])
