"""A small grammar that writes titles and bodies; the same seed always writes the same text."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import blake2b

from democity import phrases
from democity.names import CITY, Body, in_city

_SPOKEN = tuple("一二三四五六七八九十")
_EVENTS = {
    "training": ("培训", "学习"),
    "research": ("调研", "走访"),
    "check": ("检查", "督导"),
    "publicity": ("宣传", "志愿者"),
    "meeting": ("会议", "座谈", "交流会", "现场会", "部署", "听取", "研究"),
}
_NUMBERS = {"n": (21, 480), "n2": (1100, 9800), "n3": (11, 68), "s": (82, 98), "s3": (5, 19)}
TITLES: dict[str, Sequence[str]] = {
    "news": phrases.NEWS_TITLES,
    "notice": phrases.NOTICE_TITLES,
    "policy": phrases.POLICY_TITLES,
    "explain": phrases.EXPLAIN_TITLES,
    "personnel": phrases.PERSONNEL_TITLES,
    "plan": phrases.PLAN_TITLES,
    "statistics": phrases.STATISTICS_TITLES,
    "finance": phrases.FINANCE_TITLES,
    "topic": phrases.TOPIC_TITLES,
    "survey": phrases.SURVEY_TITLES,
    "inquiry": phrases.INQUIRY_TITLES,
}


def dice(*parts: object) -> random.Random:
    """A random source that depends on nothing but its arguments."""
    return random.Random(blake2b("/".join(map(str, parts)).encode(), digest_size=8).digest())


def territory(body: Body) -> str:
    """The name a body puts before its rules: 云川市, or 云川市云东区."""
    return in_city(body.name.removesuffix("人民政府")) if body.kind == "district" else CITY


class Writer:
    """Writes for one body on one day about one topic."""

    def __init__(self, body: Body, day: date, rng: random.Random, topic: str = "") -> None:
        self.body, self.day, self.rng = body, day, rng
        ahead = day + timedelta(days=rng.randint(20, 45))  # an event to come, never a publish date
        self.slots = {
            "t": topic or rng.choice(body.topics),
            "w": body.short,
            "c": territory(body),
            "y": str(day.year),
            "l": str(day.year - 1),
            "m": str((day.month - 2) % 12 + 1),
            "f": f"{ahead.year}年{ahead.month}月{ahead.day}日",
            "d": f"{day.month}月{max(1, day.day - rng.randint(0, 1))}日",
        }

    def line(self, pattern: str) -> str:
        """Fill one pattern; places and numbers are drawn anew for every line."""
        rng = self.rng
        slots = dict(self.slots, p=rng.choice(self.body.places))
        if "{n" in pattern or "{s" in pattern:
            slots.update((name, str(rng.randint(low, high))) for name, (low, high) in _NUMBERS.items())
        return pattern.format_map(slots)

    def title(self, kind: str) -> str:
        """A title of the kind of column."""
        return self.line(self.rng.choice(TITLES[kind]))

    def lines(self, stock: Sequence[str], count: int) -> list[str]:
        """Different lines of a stock, in random order."""
        return [self.line(pattern) for pattern in self.rng.sample(stock, min(count, len(stock)))]

    def paragraphs(self, kind: str, title: str = "") -> list[str]:
        """The body of an article; the words of its title decide what kind of event it reports."""
        if kind == "policy":
            return self._policy()
        if kind in ("notice", "finance", "survey"):
            return self._notice(phrases.NOTICE_LEADS, phrases.NOTICE_ITEMS)
        if kind == "personnel":
            return self._notice(phrases.PERSONNEL_LEADS, phrases.PERSONNEL_ITEMS)
        if kind == "plan":
            return self._notice(phrases.PLAN_LEADS, phrases.PLAN_ITEMS)
        if kind in ("explain", "statistics"):
            first, *others = phrases.EXPLAIN_ITEMS if kind == "explain" else phrases.STATISTICS_ITEMS
            return [self.line(first), *self.lines(others, self.rng.randint(3, 6))]
        return self._news(event_of(title))

    def _news(self, event: str) -> list[str]:
        rng = self.rng
        out = [self.line(rng.choice(phrases.LEADS[event])) + "".join(self.lines(phrases.POINTS[event], 2))]
        urges = self.lines(phrases.MEASURES, rng.randint(3, 6))
        out.append(self.line(phrases.URGES[event]) + "".join(urges[:3]))
        if urges[3:]:
            out.append("".join(urges[3:]))
        out.append("".join(self.lines(phrases.RESULTS, rng.randint(1, 3))))
        out.append(self.line(rng.choice(phrases.NEXT)))
        return out

    def _notice(self, leads: Sequence[str], items: Sequence[str]) -> list[str]:
        return [self.line(self.rng.choice(leads)), *numbered(self.lines(items, self.rng.randint(4, 7)))]

    def _policy(self) -> list[str]:
        first, *middle, last = phrases.POLICY_ITEMS
        chosen = sorted(self.rng.sample(range(len(middle)), self.rng.randint(6, 9)))
        lines = [self.line(pattern) for pattern in (first, *(middle[i] for i in chosen), last)]
        return [f"第{spoken(number)}条　{line}" for number, line in enumerate(lines, 1)]


def event_of(title: str) -> str:
    """Which event a news title reports."""
    found = (event for event, words in _EVENTS.items() if any(word in title for word in words))
    return next(found, "progress")


def spoken(number: int) -> str:
    """1..19 in Chinese numerals."""
    return _SPOKEN[number - 1] if number <= 10 else "十" + _SPOKEN[number - 11]


def numbered(lines: Iterable[str]) -> list[str]:
    """Paragraphs numbered 一、 二、 ..."""
    return [f"{spoken(number)}、{line}" for number, line in enumerate(lines, 1)]
