"""What a family gives: pages with their truth. `make(seed)` is deterministic."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page and what a careful reader would say of it. `date`: the article's publish date or a list's newest."""

    family: str
    kind: str  # list or article
    url: str
    body: bytes
    date: date | None
    items: int | None = None
    content_type: str = "text/html"
    marks: dict[str, object] = field(default_factory=dict)
    render: bool = False  # only a browser shows the list: the right answer is to say so
    note: str = ""


Writer = Callable[[random.Random], Labelled]


def newest_past(days: list[date]) -> date:
    return max(day for day in days if day <= AS_OF.date())


def newest_day(r: random.Random) -> date:
    """Fresh, old or very old."""
    return date.fromordinal(
        AS_OF.date().toordinal() - r.choice([0, 1, 3, 12, 40, 150, 400, 900, 2000]) - r.randint(0, 5)
    )
