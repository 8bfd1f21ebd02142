"""A console in this process and browsers of it: forms are filled as a person would, without script."""

import sqlite3
import warnings
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bs4 import BeautifulSoup, Tag
from httpx import Response
from staff import AT, PERSONS, SECOND, office

from checks.rules.rulebook import load_rules
from domain.persons import Person, Role
from domain.ports import Store
from inspection.entrance.passwords import set_password
from storage import upgrade
from web.app import build_app
from web.visit import Place

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for another client library; this one does
    from starlette.testclient import TestClient

WORD = "correct horse battery"
BASE = "http://127.0.0.1"
RULES = load_rules()
OURS = {"sec-fetch-site": "same-origin"}


@dataclass
class Clock:
    """The time of the console; tests turn it."""

    now: datetime = AT

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Visitor:
    """One browser."""

    client: TestClient
    page: BeautifulSoup = field(default_factory=lambda: BeautifulSoup("", "lxml"))
    answer: Response | None = None
    token: str = ""  # of a program that reads with the same rights

    def get(self, path: str, **more: Any) -> Response:
        return self._seen(self.client.get(path, **more))

    def post(self, path: str, data: Any = None, headers: dict[str, str] | None = None, **more: Any) -> Response:
        return self._seen(self.client.post(path, data=data or {}, headers=OURS if headers is None else headers, **more))

    def _seen(self, answer: Response) -> Response:
        self.answer = answer
        kind = answer.headers.get("content-type", "")
        self.page = BeautifulSoup(answer.text if kind.startswith("text/html") else "", "lxml")
        return answer

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    def form(self, action: str) -> Tag:
        """The form of this page that goes to an address ending so."""
        found = [form for form in self.page.find_all("form") if str(form.get("action", "")).endswith(action)]
        assert found, f"no form {action} on {self.answer.url if self.answer else ''}: {self.text[:300]}"
        return found[0]

    def fields(self, action: str) -> dict[str, list[str]]:
        """What the form would send as it stands."""
        form = self.form(action)
        controls = [*form.find_all(["input", "select", "textarea"])]
        if form.get("id"):
            controls += self.page.find_all(attrs={"form": form["id"]})
        sent: dict[str, list[str]] = {}
        for item in controls:
            name, kind = str(item.get("name", "")), item.get("type", "")
            if not name or kind == "file" or (kind in {"checkbox", "radio"} and not item.has_attr("checked")):
                continue
            value = str(item.get("value", ""))
            if item.has_attr("multiple"):
                continue
            if item.name == "select":
                chosen = item.find("option", selected=True) or item.find("option")
                value = str(chosen.get("value", "")) if chosen else ""
            sent.setdefault(name, []).append(item.get_text() if item.name == "textarea" else value)
        return sent

    def send(self, action: str, files: Any = None, **filled: Any) -> Response:
        """Fill a form of this page in and send it, with what it carries; double underscores stand for hyphens."""
        form = self.form(action)
        data = self.fields(action)
        for name, value in filled.items():
            data[name.replace("__", "-")] = value if isinstance(value, list) else [value]
        return self.post(str(form["action"]), data, files=files)


@dataclass
class Desk:
    """A console, its store and its clock."""

    folder: Path
    store: Store
    clock: Clock
    place: Place

    def visitor(self, **more: Any) -> Visitor:
        """A browser nobody is logged in with."""
        app = build_app(self.place)
        return Visitor(TestClient(app, base_url=more.pop("base_url", BASE), follow_redirects=True, **more))

    def log_in(self, who: Role | Person, **more: Any) -> Visitor:
        """A browser of somebody."""
        person = PERSONS[who] if isinstance(who, Role) else who
        made = self.visitor(**more)
        made.get("/login")
        answer = made.send("/login", who=person.id, password=WORD)
        assert answer.status_code == 200, made.text
        assert person.name in made.text
        return made


@cache
def migrated() -> bytes:
    """A database of today's schema with nothing in it: made once."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "xunjian.db"
        upgrade(f"sqlite:///{file}")
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return file.read_bytes()


def new_desk(folder: Path) -> Desk:
    """A console over a new office."""
    (folder / "xunjian.db").write_bytes(migrated())
    store, clock = office(folder), Clock()
    for person in (*PERSONS.values(), SECOND):
        set_password(store, person, WORD, AT)
    names = frozenset({"127.0.0.1", "console.example.gov.cn"})
    return Desk(folder, store, clock, Place(store, folder, lambda: RULES, clock, names))
