"""The sections that live from ledgers: 找错, 信息报送, and whatever else was counted."""

from collections.abc import Iterator

from domain.figure_kinds import KINDS
from domain.figures import CITY, Figure
from reports.notice.material import Material
from reports.notice.model import Piece, Sentence

HEADS = (
    "visits",
    "reminders",
    "letters",
    "tests",
    "checks",
    "tasks",
    "rectified",
    "columns",
    "items",
    "units",
    "staff",
)
MORE = (
    "opened", "closed", "renamed", "to_close", "unfiled", "reopened", "bonus", "good", "faulty", "stale", "near_due", "below",
    "sampled", "running",
)  # fmt: skip


def messages(at: Material) -> Iterator[Sentence]:
    """“我为政府网站找错”: received, true, units, closed; zero is said only where somebody counted zero."""
    facts = at.facts
    received, true, closed = (facts.n(f"messages.{kind}") for kind in ("received", "true", "closed"))
    if received is None:
        return
    if not received:
        yield at.say("messages.none", messages=at.number(facts.figures["messages.received", CITY]))
        return
    yield at.say("messages.received")
    if true is not None:
        yield at.say("messages.true_units" if facts.figure("messages.units") else "messages.true")
    if closed is not None:
        done = closed >= (true if true is not None else received)
        yield at.say("messages.all_closed" if done and true is not None else "messages.closed")
    in_time = facts.figure("messages.in_time")
    if in_time and in_time.rate:
        yield at.say("messages.in_time")


def reports(at: Material) -> Iterator[Sentence]:
    """信息报送."""
    sent, used = at.facts.figure("reports.sent"), at.facts.figure("reports.used")
    if sent or used:
        yield at.say("reports.sent" if sent and used else "reports.sent_only" if sent else "reports.used_only")
    if at.facts.figure("reports.above"):
        yield at.say("reports.above")


def counted(at: Material) -> Iterator[Sentence]:
    """Everything else somebody counted for the whole city, in one sentence a kind."""
    wanted = [figure for figure in at.facts.figures.values() if figure.scope == CITY and _is_left(at, figure)]
    for figure in wanted:
        kind = KINDS[figure.kind]
        pieces = [Piece(kind.label), at.number(figure), Piece(kind.each)]
        if figure.rate and figure.of:
            pieces += [Piece("，占"), at.number(figure, f"{figure.rate}%")]
        yield Sentence(f"ledger.{figure.kind}", (*pieces, Piece("。")))


def _is_left(at: Material, figure: Figure) -> bool:
    head, _, rest = figure.kind.partition(".")
    if figure.key in at.used or not figure.n or not (head in HEADS or (head in {"sites", "accounts"} and rest in MORE)):
        return False
    # What the program counts by itself stands in the sections above or in the attachments.
    return not at.facts.standings or any(source.startswith(("facts:", "letter:")) for source in figure.source)
