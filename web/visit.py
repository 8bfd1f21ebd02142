"""One request as a value, and what a route declares: its address, the right it needs, and of whose things it speaks."""

from asyncio import Semaphore
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from starlette.responses import Response

from domain.errors import UsageError
from domain.log_in import Token
from domain.persons import Actor, Person
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from inspection.desk.scope import View, view_of
from inspection.entrance.secrets_of import form_token
from inspection.operations.errands import Errands
from web.operation import Operation
from web.turns import Turns

ORDINARY = 1_000_000  # bytes of a form
WITH_FILES = 52_000_000
AT_ONCE = 8


class Subject(StrEnum):
    """Of what a route speaks, and so whose business it is."""

    ANYBODY = "anybody"  # who is not logged in, too
    ONESELF = "oneself"
    LISTS = "lists"  # what is shown is cut to what the person may see
    CITY = "city"  # only who sees the whole city
    OFFICE = "office"  # something of the office, by the right alone
    FINDING = "finding"
    TARGET = "target"
    LETTER = "letter"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Rule:
    """The right a route needs."""

    action: Action
    subject: Subject


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody sent; its name is only shown, never used as a path."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Place:
    """Where the console works: its store, folder, rules and clock; one change at a time."""

    store: Store
    data: Path
    load_rules: Callable[[], RuleBook]
    clock: Callable[[], datetime]
    names: frozenset[str]  # host names it answers to
    rules: Path | None = None  # the file of the office, where it is not the one of the data folder
    errands: Errands | None = None  # what starts inspections, where that can be done
    changing: RLock = field(default_factory=RLock)
    turns: Turns = field(default_factory=Turns)
    receiving: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))  # of forms with files


NOTHING = Operation("", "", "", None)


@dataclass(frozen=True)
class Visit:
    """One request."""

    place: Place
    method: str
    path: str
    now: datetime
    params: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    person: Person | None = None
    secret: str = ""  # of the session, or of the log-in form
    address: str = ""
    agent: str = ""
    came_from: str = ""  # path of this console that led here
    is_fragment: bool = False  # asked by htmx
    known_tag: str = ""
    https: bool = False
    base: str = ""  # scheme and host this request was sent to
    is_led: bool = True  # from a page of ours, as far as the browser tells
    program: Token | None = None  # what a program has shown
    raw: bytes = b""  # what a program has sent, of which kind, on which condition, under which key
    kind: str = ""
    condition: str = ""
    key: str | None = None
    operation: Operation = NOTHING
    wanted: Any = None  # the parameters and the body, by the types of the operation
    given: Any = None

    @property
    def store(self) -> Store:
        """The store."""
        return self.place.store

    @cached_property
    def rules(self) -> RuleBook:
        """The rules of today."""
        return self.place.load_rules()

    @cached_property
    def view(self) -> View:
        """The registry as this person may see it."""
        if self.person is None:
            raise UsageError("请先登录")
        return view_of(self.store, self.person)

    @property
    def actor(self) -> Actor:
        """Who acts."""
        if self.person is None:
            raise UsageError("请先登录")
        way = f"接口 {self.program.name}（{self.program.id}）" if self.program else "控制台"
        return Actor(self.person.name, self.person, way)

    @property
    def token(self) -> str:
        """What the forms of this session carry."""
        return form_token(self.secret) if self.secret else ""

    def asked(self, name: str, default: str = "") -> str:
        """A value of the address."""
        return self.query[name][0].strip() if self.query.get(name) else default

    def text(self, name: str, default: str = "") -> str:
        """A value of the form."""
        return self.form[name][0].strip() if self.form.get(name) else default

    def texts(self, name: str) -> Sequence[str]:
        """All values of a name in the form."""
        return self.form.get(name, ())

    @property
    def told(self) -> str:
        """What the page before says was done; a link from elsewhere puts no words into our mouth."""
        return self.asked("told") if self.is_led else ""

    def number(self, name: str) -> int:
        """A whole number of the form, 0 where none is; UsageError for anything else."""
        word = self.text(name)
        if not word:
            return 0
        if not word.isascii() or not word.isdigit() or len(word) > 6:
            raise UsageError(f"“{word[:20]}”不是数字")
        return int(word)

    def file(self, name: str) -> Upload | None:
        """A file of the form; None where none was chosen."""
        return self.files[name][0] if self.files.get(name) else None


Handler = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One address; there is none without a rule."""

    method: str
    path: str
    rule: Rule
    handler: Handler
    largest: int = ORDINARY
    operation: Operation | None = None  # of the interface for programs


PUBLIC = Rule(Action.READ, Subject.ANYBODY)
OWN = Rule(Action.READ, Subject.ONESELF)


def reads(subject: Subject = Subject.LISTS) -> Rule:
    """The right to look at something."""
    return Rule(Action.READ, subject)
