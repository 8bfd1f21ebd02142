"""A program at the interface: what it sends, and the token it shows."""

from dataclasses import dataclass
from typing import Any

from desk import Desk
from httpx import Response
from staff import PERSONS, actor

from domain.log_in import EVERY_SCOPE
from domain.persons import Person, Role
from inspection.entrance.tokens import add_token


@dataclass
class Program:
    """Asks with the rights of one person."""

    client: Any
    secret: str

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(f"/api/v1/{path}", headers=self._shown(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        return self.client.post(f"/api/v1/{path}", json=body, headers=self._shown(headers))

    def _shown(self, headers: dict[str, str]) -> dict[str, str]:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"authorization": f"Bearer {self.secret}", **told}


def program(desk: Desk, who: Role | Person, *scopes: str) -> Program:
    """A new program of a person, of all scopes where none are named."""
    person = PERSONS[who] if isinstance(who, Role) else who
    secret = add_token(
        desk.store, actor(Role.ADMIN), "督办系统", person.id, scopes or [*EVERY_SCOPE], 30, desk.clock.now
    )[1]
    return Program(desk.visitor().client, secret)
