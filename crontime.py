"""Lines of a crontab as triggers, with cron's own meaning: 0 and 7 are Sunday, and a day of the month or of the week suffices.

APScheduler counts weekdays from Monday = 0 and wants both days to hold.
"""

import re
from collections.abc import Iterator

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(\*|[0-7]|[a-z]{3})(?:-([0-7]|[a-z]{3}))?(?:/([1-7]))?")


def cron_trigger(line: str, zone: str) -> BaseTrigger:
    """The trigger of `minute hour day month weekday`; ValueError says what is wrong."""
    fields = line.split()
    if len(fields) != 5:
        raise ValueError(f"应有 5 段，现有 {len(fields)} 段")
    minute, hour, day, month, weekday = fields
    weekdays = _weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*"):
        return CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=weekdays, timezone=zone)
    by_day = CronTrigger(minute=minute, hour=hour, day=day, month=month, timezone=zone)
    return OrTrigger([by_day, CronTrigger(minute=minute, hour=hour, month=month, day_of_week=weekdays, timezone=zone)])


def _weekdays(text: str) -> str:
    """The same days by their names, which mean one day only."""
    if text == "*":
        return "*"
    days = {day for part in text.lower().split(",") for day in _days(part)}
    return ",".join(_NAMES[day] for day in sorted(days))


def _days(part: str) -> Iterator[int]:
    match = _PART.fullmatch(part)
    if not match:
        raise ValueError(f"“{part}”不是星期：写 0 至 7（0 和 7 是星期日）或 sun 至 sat")
    first, last, step = match.groups()
    if first == "*":
        start, stop = 0, 6
    else:
        start = _number(first)
        stop = _number(last) if last else 6 if step else start
    stop += 7 if stop < start else 0  # 5-7 and fri-mon go over the week's end
    yield from (day % 7 for day in range(start, stop + 1, int(step or 1)))


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word not in _NAMES:
        raise ValueError(f"“{word}”不是星期：写 0 至 7（0 和 7 是星期日）或 sun 至 sat")
    return _NAMES.index(word)
