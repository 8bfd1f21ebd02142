"""Lists in parts: how many, and from where on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import Field

from web.operation import EXACT, Word

MOST = 200
Limit = Annotated[int, Field(ge=1, le=MOST)]
Place = Annotated[int, Field(ge=0, le=10_000_000)]
T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Window:
    """So many of a list, from a place on."""

    __pydantic_config__ = EXACT
    limit: Limit = 50
    at: Place = 0


def window(items: Sequence[T], wanted: Window, shown: Callable[[T], D]) -> tuple[list[D], int | None]:
    """(those of a window, where the following one begins)."""
    end = wanted.at + wanted.limit
    return [shown(item) for item in items[wanted.at : end]], end if end < len(items) else None


@dataclass(frozen=True, slots=True)
class OfUnit(Window):
    """The same of one unit."""

    unit: Word = ""
