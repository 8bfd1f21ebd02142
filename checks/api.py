"""The public surface of a check: what third parties implement and register under the entry points of `discovery`.

A check is a frozen dataclass. Its constructor fields are its parameters in rules.yaml. It gets a view and nothing else:
no clock, no network, no settings. What it cannot judge it yields as `Unjudged`, with the reason in Chinese.
"""

from collections.abc import Iterator
from typing import ClassVar, Protocol

from domain.accounts import AccountView
from domain.captured import Page
from domain.findings import Result
from domain.views import SiteView


class Check(Protocol):
    """What all checks share: an id (noun.state) and a version, bumped by hand when its judgement changes.

    A class may also name `reads: ClassVar[tuple[str, ...]]`, sections of rules.yaml that shape its result beside its
    parameters (`columns`; they enter the version of its rule), `kinds: ClassVar[tuple[str, ...]]`, all values
    of `Finding.kind` it can yield, so that a misspelt `where: {kind: ...}` is found at the start, `place:
    ClassVar[Place]`, what has to be looked at again before one of its findings is closed (a page check: its page, a
    site check: the home page, an account check: the account), `topic: ClassVar[str]`, what it
    claims of an address where another check claims the same in other words, so that a person's decision holds for both,
    `severity_in_accounts: ClassVar[Severity]`, how grave its findings are at most where they are an account's (a key of
    the same name in rules.yaml says otherwise),
    and `yields: ClassVar[tuple[str, ...]]`, other checks in whose name it speaks as well; what their rows in rules.yaml
    say holds.
    """

    id: ClassVar[str]
    version: ClassVar[int]


class SiteCheck(Check, Protocol):
    """Judges one site as of a moment."""

    def __call__(self, view: SiteView, /) -> Iterator[Result]:
        """Yield what is wrong and what could not be judged."""
        ...


class PageCheck(Check, Protocol):
    """Judges one page by itself; its results may be kept by the page's content.

    A class may also have `prepare(pages)`, called once before a window of pages is judged one by one, and a property
    `basis` that names what its results depend on beside its parameters (learnt statistics).
    """

    def __call__(self, page: Page, /) -> Iterator[Result]:
        """Yield what is wrong and what could not be judged; `page.reading` is present."""
        ...


class AccountCheck(Check, Protocol):
    """Judges one new-media account as of a moment."""

    def __call__(self, view: AccountView, /) -> Iterator[Result]:
        """Yield what is wrong and what could not be judged."""
        ...
