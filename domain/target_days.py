"""How a target stood on a day, and the sign it gets: what overviews, trends and the console read.

One row a target and day, made of the card that counts on that day: the latest complete one, else the latest. It is
renewed with the card, so a decision of a person shows at once, and it stays when old cards are forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.runs import RunKind, RunState
from domain.scores import NOTHING, Counts, Scorecard, Verdict
from domain.times import beijing_date

KINDS = frozenset({RunKind.NIGHTLY, RunKind.AUDIT})  # whose cards speak of a day; a gate never touches one
LONG_AGO = timedelta(days=31)  # behind the newest judgement of all: what is older is no news of today


class Sign(StrEnum):
    """How a target stands, with a sign and a word beside the colour."""

    CLEAN = "clean"
    CHARGED = "charged"
    FAILED = "failed"
    UNKNOWN = "unknown"
    UNSEEN = "unseen"

    @property
    def symbol(self) -> str:
        """Something that needs no colour."""
        return {"clean": "✓", "charged": "!", "failed": "✗", "unknown": "?", "unseen": "○"}[self.value]

    @property
    def label(self) -> str:
        """In Chinese."""
        words = {"clean": "合格", "charged": "合格，有问题", "failed": "不合格", "unknown": "未能判定"}
        return {**words, "unseen": "未检查"}[self.value]


def sign_of(verdict: Verdict, lost: float, counts: Counts) -> Sign:
    """The one rule: who passed is charged when points were lost or something is named; a notice (提示) is no problem."""
    if verdict is Verdict.PASS:
        return Sign.CHARGED if lost or counts.named else Sign.CLEAN
    return Sign.FAILED if verdict is Verdict.FAIL else Sign.UNKNOWN


@dataclass(frozen=True, slots=True)
class TargetDay:
    """One target on one Beijing day."""

    target_id: str
    day: date
    run_id: str  # whose card it was made of
    as_of: datetime
    verdict: Verdict
    score: float | None = None  # None for vetoed sites and for accounts
    lost: float = 0.0  # points
    complete: bool = True
    counts: Counts = NOTHING
    judged: int = 0  # checks that came to a judgement
    unjudged: int = 0  # checks that could not judge everything
    oldest: datetime | None = None  # of a site: when the page looked at longest ago was looked at
    why: str = ""  # titles of what failed it, or of what could not be judged

    @property
    def sign(self) -> Sign:
        """As overviews show it."""
        return sign_of(self.verdict, self.lost, self.counts)

    @property
    def coverage(self) -> float | None:
        """Share of the checks that came to a judgement; None where none ran."""
        checks = self.judged + self.unjudged
        return self.judged / checks if checks else None

    @property
    def age(self) -> int | None:
        """Days between the day and the oldest thing it rests on; None for accounts, and where no page was read."""
        return (self.day - beijing_date(self.oldest)).days if self.oldest else None


def seen_in(state: RunState, card: Scorecard) -> Scorecard:
    """A card of a run: incomplete when our own network was down."""
    return replace(card, complete=False) if state is RunState.UNKNOWN else card


def day_of(cards: Iterable[Scorecard]) -> TargetDay | None:
    """The row of a target and day, from its cards of that day in the order of their runs; None without any."""
    best = max(enumerate(cards), key=lambda each: (each[1].complete, each[1].as_of, each[0]), default=None)
    if best is None:
        return None
    card = best[1]
    titles = card.vetoes if card.verdict is Verdict.FAIL else card.blocked
    return TargetDay(
        card.target_id, beijing_date(card.as_of), card.run_id, card.as_of, card.verdict, card.score,
        lost=card.lost, complete=card.complete, counts=card.counts, judged=card.judged, unjudged=card.unjudged,
        oldest=card.oldest, why="、".join(dict.fromkeys(row.title for row in titles)),
    )  # fmt: skip


def standing_days(latest: Iterable[TargetDay]) -> Mapping[str, TargetDay]:
    """Of each target the day it stands by: the latest complete one unless that is long ago, else the latest one."""
    found: dict[str, TargetDay] = {}
    for item in sorted(latest, key=lambda each: each.day):
        old = found.get(item.target_id)
        if old is None or item.complete or not old.complete or item.day - old.day > LONG_AGO:
            found[item.target_id] = item
    return found
