"""Days and moments of a form, within the years an office writes about."""

from datetime import date, datetime

from domain.errors import UsageError
from domain.times import BEIJING

YEARS = range(2000, 2100)


def day_in(word: str) -> date | None:
    """A day; None where nothing was filled in."""
    if not word:
        return None
    try:
        found = date.fromisoformat(word)
    except ValueError as error:
        raise UsageError(f"“{word[:20]}”不是日期") from error
    return _usual(found, word)


def moment_in(word: str) -> datetime | None:
    """A moment in Beijing; None where nothing was filled in."""
    if not word:
        return None
    try:
        found = datetime.fromisoformat(word)
    except ValueError as error:
        raise UsageError(f"“{word[:30]}”不是时间") from error
    _usual(found, word)
    return found.replace(tzinfo=BEIJING)


def _usual(found: date, word: str) -> date:
    if found.year not in YEARS:
        raise UsageError(f"“{word[:30]}”的年份不对；请填 {YEARS.start} 年以后的日期")
    return found


def moment_of(moment: datetime) -> datetime:
    """A moment a program names, in Beijing; UsageError outside the years an office writes about."""
    _usual(moment, moment.isoformat())
    return moment.astimezone(BEIJING)
