"""What passes between the account spider and the adapters: Fetch out, Answer in, Parsed back. All values, no Scrapy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.accounts import AccountFacts, CollectionStatus, Coverage
from domain.captured import Post
from domain.times import Window

FORTNIGHT = Window(days=14)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request a source needs. `{NAME}` in url, body and headers stands for an environment variable or a `private` value."""

    url: str
    method: str = "GET"
    step: str = "list"  # what the answer will be: list, profile, token, article, file...
    headers: tuple[tuple[str, str], ...] = ()
    headers_env: tuple[tuple[str, str], ...] = ()  # header -> name of the environment variable
    body: str = ""
    secrets: tuple[str, ...] = ()  # environment variables used in url and body
    private: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # values that must reach no log and no store
    render: bool = False  # open in a browser
    wait_for: str = ""  # CSS selector
    capture_xhr: str = ""  # glob of the page's own answers to keep, with `render`
    delay: float = 5.0  # seconds to wait before it

    def missing(self, environment: Mapping[str, str]) -> tuple[str, ...]:
        """Names of the environment variables that are not set."""
        names = (*self.secrets, *(name for _, name in self.headers_env))
        return tuple(name for name in names if not environment.get(name))

    def filled(self, text: str, environment: Mapping[str, str]) -> str:
        """`url` or `body` with its placeholders replaced; only for sending, never for storing."""
        for name in self.secrets:
            text = text.replace("{" + name + "}", environment.get(name, ""))
        for name, value in self.private:
            text = text.replace("{" + name + "}", value)
        return text


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `error` is "" or dns, refused, reset, timeout, tls, robots, private, missing_file, outside_file, large_file, other."""

    url: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)  # lower-case names
    body: bytes = b""
    fetched_at: datetime | None = None
    xhr: tuple[tuple[str, bytes], ...] = ()  # (url, body) of the page's own answers
    step: str = "list"
    error: str = ""
    page: int = 1  # how many answers of this source came before, plus one
    fetch: "Fetch | None" = None  # what was asked; its private values pass on to further pages


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to read. `window` is the account deadline; `max_source_age` is when a source's own date is too old."""

    window: Window = FORTNIGHT
    max_pages: int = 3
    max_source_age: timedelta = timedelta(hours=24)

    def start(self, as_of: datetime) -> date:
        """The first Beijing date inside the window."""
        return self.window.start(as_of)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one answer says. `next` is what to fetch further, one after the other."""

    status: CollectionStatus
    facts: AccountFacts = field(default_factory=AccountFacts)
    posts: tuple[Post, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    next: tuple[Fetch, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    message: str = ""
    shape: str = ""  # what `recognise` said: list, article, profile, account page...
