"""A small grammar that writes titles and bodies; the same seed always writes the same text."""

import random
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b

from democity import phrases
from democity.names import CITY, Body

_SPOKEN = tuple("一二三四五六七八九十")
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
    return CITY + body.name.removesuffix("人民政府") if body.kind == "district" else CITY


class Writer:
    """Writes for one body on one day about one topic."""

    def __init__(self, body: Body, day: date, rng: random.Random, topic: str = "") -> None:
        self.body, self.day, self.rng = body, day, rng
        self.slots = {
            "t": topic or rng.choice(body.topics),
            "w": body.short,
            "c": territory(body),
            "y": str(day.year),
            "m": str((day.month - 2) % 12 + 1),
            "d": f"{day.month}月{max(1, day.day - rng.randint(0, 1))}日",
        }

    def line(self, pattern: str) -> str:
        """Fill one pattern; places and numbers are drawn anew for every line."""
        rng = self.rng
        return pattern.format(
            **self.slots,
            p=rng.choice(self.body.places),
            n=rng.randint(21, 480),
            n2=rng.randint(1100, 9800),
            n3=rng.randint(11, 68),
            s=rng.randint(82, 98),
            s3=rng.randint(5, 19),
        )

    def title(self, kind: str) -> str:
        """A title of the kind of column."""
        return self.line(self.rng.choice(TITLES[kind]))

    def lines(self, stock: Sequence[str], count: int) -> list[str]:
        """Different lines of a stock, in random order."""
        return [self.line(pattern) for pattern in self.rng.sample(stock, min(count, len(stock)))]

    def paragraphs(self, kind: str) -> list[str]:
        """The body of an article."""
        if kind in ("policy", "plan"):
            return self._policy()
        if kind in ("notice", "personnel", "finance", "survey"):
            return self._notice()
        if kind == "explain":
            return self.lines(phrases.EXPLAIN_ITEMS, self.rng.randint(4, 7))
        if kind == "statistics":
            return self.lines(phrases.STATISTICS_ITEMS, 5)
        return self._news()

    def _news(self) -> list[str]:
        rng = self.rng
        out = [self.line(rng.choice(phrases.MEETING)) + "".join(self.lines(phrases.POINTS, 2))]
        out += ["".join(self.lines(phrases.MEASURES, rng.randint(2, 4))) for _ in range(rng.randint(1, 2))]
        out.append("".join(self.lines(phrases.RESULTS, rng.randint(1, 3))))
        out.append(self.line(rng.choice(phrases.NEXT)))
        return out

    def _notice(self) -> list[str]:
        rng = self.rng
        out = [self.line(rng.choice(phrases.NOTICE_LEADS))]
        out += numbered(self.lines(phrases.NOTICE_ITEMS, rng.randint(4, 7)))
        return out

    def _policy(self) -> list[str]:
        first, *middle, last = phrases.POLICY_ITEMS
        chosen = sorted(self.rng.sample(range(len(middle)), self.rng.randint(6, 9)))
        lines = [self.line(pattern) for pattern in (first, *(middle[i] for i in chosen), last)]
        return [f"第{spoken(number)}条　{line}" for number, line in enumerate(lines, 1)]


def spoken(number: int) -> str:
    """1..19 in Chinese numerals."""
    return _SPOKEN[number - 1] if number <= 10 else "十" + _SPOKEN[number - 11]


def numbered(lines: Iterable[str]) -> list[str]:
    """Paragraphs numbered 一、 二、 ..."""
    return [f"{spoken(number)}、{line}" for number, line in enumerate(lines, 1)]
