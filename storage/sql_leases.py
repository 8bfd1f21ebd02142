"""Leases in the database, by its own clock."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, Update, and_, func, or_, select

from domain.leases import Lease, LeaseState
from storage.sql_part import SqlPart, clock
from storage.tables import lease


class SqlLeases(SqlPart):
    """Lease methods of the store."""

    def plan_leases(self, kind: str, run_id: str, target_ids: Sequence[str]) -> None:
        """Add work that waits, in this order; what is there already stays as it is."""
        with self.db.write() as connection:
            of_run = and_(lease.c.kind == kind, lease.c.run_id == run_id)
            first = (connection.scalar(select(func.max(lease.c.no)).where(of_run)) or 0) + 1
            rows = [
                {"kind": kind, "run_id": run_id, "target_id": target, "no": no, "state": LeaseState.WAITING.value}
                for no, target in enumerate(target_ids, first)
            ]
            if rows:
                connection.execute(self.db.keep(lease), rows)

    def take_lease(self, kind: str, run_id: str, owner: str, patience: float) -> Lease | None:
        """The first free piece of work, held by `owner` now; None when nothing is free."""
        with self.db.write() as connection:
            now = clock(connection)
            row = connection.execute(self._free(kind, run_id, now, patience)).first()
            if row is None:
                return None
            taken = {"state": LeaseState.HELD.value, "owner": owner, "heartbeat": now, "attempt": row.attempt + 1}
            connection.execute(lease.update().where(_of(row)).values(taken))
            return _lease_of({**row._mapping, **taken})

    def _free(self, kind: str, run_id: str, now: float, patience: float) -> Select[Any]:
        """The first free row; on PostgreSQL locked, those that others are just taking left out."""
        waits = and_(lease.c.state == LeaseState.WAITING.value, lease.c.not_before <= now)
        lost = and_(lease.c.state == LeaseState.HELD.value, lease.c.heartbeat < now - patience)
        return (
            select(lease)
            .where(lease.c.kind == kind, lease.c.run_id == run_id, or_(waits, lost))
            .order_by(lease.c.no)
            .limit(1)
            .with_for_update(skip_locked=True)
        )

    def show_life(self, item: Lease) -> bool:
        """Whether the lease is still its owner's, who is alive."""
        with self.db.write() as connection:
            return self._change(connection, item, heartbeat=clock(connection))

    def end_lease(self, item: Lease, state: LeaseState, result: str = "", pause: float = 0.0) -> bool:
        """Say how it ended; False when somebody else holds it by now."""
        with self.db.write() as connection:
            later = clock(connection) + pause if state is LeaseState.WAITING else 0.0
            return self._change(connection, item, state=state.value, result=result, not_before=later)

    def free_leases(self, kind: str, run_id: str, *, ended: bool = False) -> None:
        """Let all that is held wait again; `ended`: what is done or failed too."""
        held = and_(lease.c.kind == kind, lease.c.run_id == run_id)
        held = held if ended else and_(held, lease.c.state == LeaseState.HELD.value)
        with self.db.write() as connection:
            connection.execute(lease.update().where(held).values(state=LeaseState.WAITING.value, not_before=0.0))

    def leases(self, kind: str, run_id: str) -> list[Lease]:
        """All work of a kind in a run, in the order it was planned."""
        query = select(lease).where(lease.c.kind == kind, lease.c.run_id == run_id).order_by(lease.c.no)
        with self.db.read() as connection:
            return [_lease_of(row._mapping) for row in connection.execute(query)]

    def _change(self, connection: Connection, item: Lease, **values: Any) -> bool:
        mine: Update = lease.update().where(
            _of(item),
            lease.c.state == LeaseState.HELD.value,
            lease.c.owner == item.owner,
            lease.c.attempt == item.attempt,
        )
        return connection.execute(mine.values(values)).rowcount == 1


def _of(item: Any) -> Any:
    return and_(lease.c.kind == item.kind, lease.c.run_id == item.run_id, lease.c.target_id == item.target_id)


def _lease_of(row: Any) -> Lease:
    values = {name: value for name, value in row.items() if name != "no"}
    return Lease(**{**values, "state": LeaseState(values["state"])})
