"""When an article was published: by its printed dates, meta tags and address together, with every candidate's verdict."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from crawler.parsing.articles.printed_dates import NO_DATE, WRITTEN, Seen
from crawler.parsing.articles.spots import Spot
from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.orders import settled
from crawler.parsing.dates.reader import Stamp
from domain.captured import DateCandidate, Dated, DateHow
from domain.times import beijing_date

_TAGS = ("PubDate", "article:published_time", "datePublished")  # ours, Open Graph, schema.org
_SURE = 3  # up to this rank a printed date outweighs what only programs see
_NIGHT = timedelta(days=1)  # clocks and time zones differ


_BY_PRINT = (DateHow.PRINTED, DateHow.RELATIVE)


@dataclass(frozen=True, slots=True)
class Decision:
    """The publish date, every candidate, where the printed one that won stands, and how many stand labelled above the text."""

    published: Dated
    candidates: tuple[DateCandidate, ...]
    won: Spot | None
    labelled: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says of its date, by place."""

    seen: list[Seen]
    printed: Seen | None  # the best printed one
    written: str  # the meta tag
    meta: Stamp | None
    address: date | None

    @property
    def broken(self) -> bool:
        """Whether a date stands where it belongs and cannot be read."""
        return bool(self.written and (self.meta is None or self.meta.value is None)) or any(
            found.stamp.value is None and found.rank < WRITTEN for found in self.seen
        )


def decide(
    seen: list[Seen], meta: dict[str, str], url: str, as_of: datetime, undated: Callable[[], bool] = lambda: True
) -> Decision:
    """The publish date and every candidate. `undated`: asked where none was found, whether there certainly is none.

    A date printed where publish dates stand wins, then meta, then other printed ones, then the address; a date of
    writing yields to the address. Where the address disagrees with a date nobody can place, nothing is said.
    """
    written = next((meta[name] for name in _TAGS if meta.get(name)), "")
    from_meta = dates.read(written, as_of) if written else None
    address = dates.from_address(url, as_of)
    told_days = {day for day in (from_meta.day if from_meta else None, address) if day}
    seen = [_settled(found, told_days, as_of) for found in seen]
    readable = [found for found in seen if found.rank < NO_DATE and found.stamp.value is not None]
    whole = (found for found in readable if found.stamp.shape != "month_day")
    printed = min(whole, key=lambda found: found.rank, default=None)
    told = _Told(seen, printed, written, from_meta, address)
    chosen = _choose(told, as_of)
    if chosen.day is None and readable and not told.broken:
        chosen = Dated(readable[0].stamp.value, DateHow.NO_YEAR)
    elif chosen.how is DateHow.ABSENT and not undated():
        chosen = Dated(None, DateHow.UNREADABLE)
    won = printed.spot if printed and chosen.how in _BY_PRINT else None
    labelled = sum(found.spot is Spot.LABELLED_ABOVE for found in seen)
    return Decision(_with_conflict(chosen, told), tuple(_candidates(told, chosen.how)), won, labelled)


def _settled(found: Seen, days: set[date], as_of: datetime) -> Seen:
    """A date whose figures have several meanings takes the one that meta tag or address tell."""
    return replace(found, stamp=settled(found.stamp, days, as_of)) if found.stamp.figures else found


def _choose(told: _Told, as_of: datetime) -> Dated:
    printed, meta = told.printed, told.meta if told.meta and told.meta.value is not None else None
    if printed and _outweighs(printed, meta, told.address):
        how = DateHow.RELATIVE if printed.stamp.shape == "relative" else DateHow.PRINTED
        return Dated(printed.stamp.value, how)
    if meta:
        return Dated(meta.value, DateHow.META)
    doubtful = [found for found in told.seen if _is_doubtful(found, as_of)]
    if told.address and not told.broken and _agrees(told.address, doubtful):
        return Dated(told.address, DateHow.ADDRESS)
    return Dated(None, DateHow.UNREADABLE if told.broken or doubtful else DateHow.ABSENT)


def _outweighs(printed: Seen, meta: Stamp | None, address: date | None) -> bool:
    """Whether the printed date is taken before what the meta tag and the address say."""
    if meta:
        return printed.rank <= _SURE and printed.stamp.day != meta.day
    return printed.rank < WRITTEN or address is None


def _agrees(address: date, doubtful: list[Seen]) -> bool:
    days = [found.stamp.day for found in doubtful if found.spot is Spot.UNPLACED and found.stamp.day]
    return not days or address in days


def _is_doubtful(seen: Seen, as_of: datetime) -> bool:
    """A date nobody can place: it may be the publish date, so that the page is not one without any."""
    day = seen.stamp.day
    return (
        day is not None and day < beijing_date(as_of) and not seen.listed and seen.spot in (Spot.SIGNED, Spot.UNPLACED)
    )


def _candidates(told: _Told, how: DateHow) -> Iterator[DateCandidate]:
    if told.written:
        verdict = "采用" if how is DateHow.META else "未采用：页面上显示的日期更可靠"
        if told.meta is None or told.meta.value is None:
            verdict = "读不出日期"
        yield DateCandidate(told.written, told.meta.value if told.meta else None, DateHow.META, verdict)
    for found in told.seen:
        won = told.printed is found and how in _BY_PRINT
        verdict = ("采用：" if won else "未采用：") + found.spot.value
        yield DateCandidate(found.stamp.text, found.stamp.value, DateHow.PRINTED, verdict)
    if told.address:
        verdict = "采用" if how is DateHow.ADDRESS else "未采用：有更可靠的日期"
        if how in (DateHow.UNREADABLE, DateHow.ABSENT):
            verdict = "未采用：页面上有别的日期，不能确定"
        yield DateCandidate(str(told.address), told.address, DateHow.ADDRESS, verdict)


def _with_conflict(chosen: Dated, told: _Told) -> Dated:
    """What speaks against the chosen date; a printed time of day completes a date without one."""
    if chosen.day is None:
        return chosen
    value, notes, printed = chosen.value, [], told.printed
    if chosen.how is DateHow.META and printed and printed.stamp.day == chosen.day:
        value = value if isinstance(value, datetime) else printed.stamp.value
    if chosen.how is not DateHow.META and told.meta and told.meta.day and told.meta.day != chosen.day:
        notes.append(f"meta 标签为{told.meta.day}")
    if chosen.how is DateHow.META and printed and printed.rank <= WRITTEN and printed.stamp.day != chosen.day:
        notes.append(f"页面显示{printed.stamp.day}")
    if told.address and abs(told.address - chosen.day) > _NIGHT:
        notes.append(f"地址中为{told.address}")
    return Dated(value, chosen.how, "，".join(notes))
