"""One line of the doctor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Level(StrEnum):
    """正常, 注意, 有误."""

    GOOD = "good"
    NOTICE = "notice"
    BAD = "bad"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"good": "正常", "notice": "注意", "bad": "有误"}[self.value]


@dataclass(frozen=True, slots=True)
class Symptom:
    """What was looked at, how it is, and what to do. `mend` does it where that is safe, and says what it did."""

    name: str
    level: Level
    text: str
    fix: str = ""
    mend: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at."""

    data: Path
    url: str
    now: datetime
    allow_private: bool = False
    ask_network: bool = True
    every_body: bool = False


def good(name: str, text: str) -> Symptom:
    """A line without a remark."""
    return Symptom(name, Level.GOOD, text)


def notice(name: str, text: str, fix: str, mend: Callable[[], str] | None = None) -> Symptom:
    """Something to know of."""
    return Symptom(name, Level.NOTICE, text, fix, mend)


def bad(name: str, text: str, fix: str, mend: Callable[[], str] | None = None) -> Symptom:
    """Something that keeps the nights from being what they should."""
    return Symptom(name, Level.BAD, text, fix, mend)
