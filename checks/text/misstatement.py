"""Candidates for 严重表述错误: near-misses of protected phrases, and wording that the style rules forbid.

Every hit is a candidate for a person; nothing here decides a veto. The phrases are data files an office can edit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import ahocorasick

from checks.text import DATA
from checks.text.hits import Hit, Level, sentence_at
from checks.text.language.statistics import Statistics
from checks.text.typos.candidates import confusion_kind
from checks.text.typos.dictionary import familiarity
from domain.errors import ConfigError

CHECK = "text.misstatement"
_QUOTED = re.compile("[“‘「『][^”’」』]*$")
_LONG = 12  # phrases from this length on may lack two characters
_OPEN = 7  # phrases from this length on: any one wrong character is a near-miss; shorter ones need a confusable one


@dataclass(frozen=True, slots=True)
class Phrase:
    """A protected phrase with its time of validity."""

    text: str
    kind: str
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A forbidden wording with what to write instead."""

    pattern: re.Pattern[str]
    advice: str
    unless: re.Pattern[str] | None
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True)
class Phrases:
    """The protected phrases, ready to search by their halves."""

    phrases: tuple[Phrase, ...]
    wordings: tuple[Wording, ...]
    halves: ahocorasick.Automaton

    def on(self, day: date | None) -> "Phrases":
        """What is valid on a day; None: everything."""
        if day is None:
            return self
        phrases = tuple(item for item in self.phrases if _valid(item.since, item.until, day))
        return _together(phrases, tuple(item for item in self.wordings if _valid(item.since, item.until, day)))


@cache
def _together(phrases: tuple[Phrase, ...], wordings: tuple[Wording, ...]) -> Phrases:
    """One object for all days on which the same things are valid."""
    return replace(build_phrases(phrases), wordings=wordings)


@cache
def load_phrases(protected: Path = DATA / "protected.tsv", wording: Path = DATA / "wording.tsv") -> Phrases:
    """The shipped files, or those of an office; ConfigError names the first faulty line."""
    rows = [
        Phrase(row[0], row[1], _day(row[2], place), _day(row[3], place), row[4]) for row, place in _rows(protected, 5)
    ]
    words = [
        Wording(_pattern(row[0], place), row[1], _pattern(row[2], place) if row[2] else None, _day(row[3], place), _day(row[4], place), row[5])
        for row, place in _rows(wording, 6)
    ]  # fmt: skip
    return replace(build_phrases(rows), wordings=tuple(words))


def build_phrases(rows: Sequence[Phrase]) -> Phrases:
    """Phrases with the automaton of their halves: one error leaves one half whole."""
    halves: dict[str, list[tuple[int, int]]] = {}
    for number, phrase in enumerate(rows):
        middle = len(phrase.text) // 2
        halves.setdefault(phrase.text[:middle], []).append((number, 0))
        halves.setdefault(phrase.text[middle:], []).append((number, middle))
    automaton = ahocorasick.Automaton()
    for half, owners in halves.items():
        if len(half) >= 1:
            automaton.add_word(half, (len(half), owners))
    if len(automaton):
        automaton.make_automaton()
    return Phrases(tuple(rows), (), automaton)


def check_statements(text: str, phrases: Phrases, statistics: Statistics) -> list[Hit]:
    """Candidates in one paragraph, in order of place."""
    hits = [*_near_misses(text, phrases, statistics), *_forbidden(text, phrases)]
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.start - hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


@dataclass(frozen=True, slots=True)
class Exact:
    """A phrase that stands in the text as it should."""

    start: int
    end: int
    phrase: Phrase

    def excuses(self, other: Phrase) -> bool:
        """Whether what overlaps it is no slip of another phrase; a part of that phrase is not enough (习近平总书计)."""
        return self.phrase.kind == "skip" or self.phrase is other or self.phrase.text not in other.text


def _near_misses(text: str, phrases: Phrases, statistics: Statistics) -> Iterator[Hit]:
    if not len(phrases.halves):
        return
    exact: list[Exact] | None = None
    seen: set[tuple[int, int]] = set()
    for last, (length, owners) in phrases.halves.iter(text):
        begin = last + 1 - length
        for number, offset in owners:
            phrase = phrases.phrases[number]
            for start, end in _spans(text, begin - offset, phrase.text, offset > 0, last + 1):
                wrong = text[start:end]
                if (start, end) in seen or not _is_near(wrong, phrase.text):
                    continue
                exact = _exact_spans(text, phrases) if exact is None else exact
                if any(span.start <= start and end <= span.end for span in exact):
                    continue
                if not _excused(text, start, end, wrong, phrase, statistics, exact):
                    seen.add((start, end))
                    yield _hit(text, start, end, phrase.text, 0.9 if len(phrase.text) >= _OPEN else 0.85, phrase.source)


def _exact_spans(text: str, phrases: Phrases) -> list[Exact]:
    spans = []
    for phrase in phrases.phrases:
        place = text.find(phrase.text)
        while place >= 0:
            spans.append(Exact(place, place + len(phrase.text), phrase))
            place = text.find(phrase.text, place + 1)
    return spans


def _spans(text: str, start: int, phrase: str, second: bool, stop: int) -> Iterator[tuple[int, int]]:
    """Where the phrase would stand with a character wrong, missing or too many in the other half; two missing in a long one."""
    size = len(phrase)
    for delta in (0, -1, 1, -2) if size >= _LONG else (0, -1, 1):
        low, high = (start - delta, stop) if second else (start, start + size + delta)
        if 0 <= low < high <= len(text):
            yield low, high


def _is_near(wrong: str, right: str) -> bool:
    """One character wrong (confusable in short phrases), missing, doubled, or two neighbours swapped."""
    if wrong == right:
        return False
    if len(wrong) == len(right):
        places = [place for place in range(len(right)) if wrong[place] != right[place]]
        if len(places) == 2 and places[1] == places[0] + 1:
            swapped = wrong[places[0]] == right[places[1]] and wrong[places[1]] == right[places[0]]
            sounding = len(right) > 5 and all(_confusable(wrong[place], right[place]) for place in places)
            return len(right) >= 4 and (swapped or sounding)
        furthest = 3 if places[-1] == len(right) - 1 and len(right) < _OPEN else 4  # at the end another word may begin
        known = len(places) == 1 and _confusable(wrong[places[0]], right[places[0]], furthest)
        return known or (len(places) == 1 and _open(wrong, right, places[0]))
    if len(wrong) == len(right) - 2:
        return any(wrong == right[:place] + right[place + 2 :] for place in range(2, len(right) - 3))
    if len(wrong) == len(right) - 1:
        return len(right) >= 5 and any(
            wrong == right[:place] + right[place + 1 :] for place in range(1, len(right) - 1)
        )
    return any(wrong == right[:place] + right[place - 1] + right[place:] for place in range(1, len(right)))


def _open(wrong: str, right: str, place: int) -> bool:
    """Any character inside a long phrase; at its end another word may begin (中国人民解放事业)."""
    return len(right) >= _OPEN and place < len(right) - 1 and "一" <= wrong[place] <= "龥"


def _confusable(wrong: str, right: str, furthest: int = 4) -> bool:
    """Whether one is taken for the other, by a confusion of kind 1 to `furthest`."""
    return ord(wrong) <= 0xFFFF and 0 < confusion_kind(ord(wrong), ord(right)) <= furthest


def _excused(
    text: str, start: int, end: int, wrong: str, phrase: Phrase, statistics: Statistics, exact: list[Exact]
) -> bool:
    """Another protected phrase overlaps, a body of another level is named so, or the string is usual in the learnt text."""
    if (
        phrase.kind == "skip"
        or _is_other_level(wrong, phrase.text)
        or any(start < span.end and span.start < end and span.excuses(phrase) for span in exact)
    ):
        return True
    if len(wrong) == len(phrase.text) - 2:
        return False
    place = next(
        (n for n, pair in enumerate(zip(wrong, phrase.text, strict=False)) if pair[0] != pair[1]), len(wrong) - 1
    )
    around = text[max(0, start + place - 2) : start + place + 2]
    window = text[max(0, start + place - 1) : start + place + 2]
    return min(familiarity(around, statistics), familiarity(window, statistics)) >= 1.38


_LEVELS = (frozenset("部厅局委办处科所院署司站"), frozenset("省市县区乡镇村州盟旗国"))


def _is_other_level(wrong: str, right: str) -> bool:
    """住房和城乡建设局 is the city's body, 乡人民政府 the township's: no slips for the ministry and the province."""
    if len(wrong) != len(right):
        return False
    places = [place for place in range(len(right)) if wrong[place] != right[place]]
    if len(places) != 1 or places[0] not in (0, len(right) - 1):
        return False
    return any({wrong[places[0]], right[places[0]]} <= names for names in _LEVELS)


def _forbidden(text: str, phrases: Phrases) -> Iterator[Hit]:
    for wording in phrases.wordings:
        for found in wording.pattern.finditer(text):
            around = text[max(0, found.start() - 8) : found.end() + 8]
            if _QUOTED.search(text[max(0, found.start() - 40) : found.start()]):
                continue
            if wording.unless and (wording.unless.search(around) or wording.unless.search(text[: found.start()][-20:])):
                continue
            advice = found.expand(wording.advice) if "\\" in wording.advice else wording.advice
            yield _hit(text, found.start(), found.end(), advice, 0.85, wording.source)


def _hit(text: str, start: int, end: int, right: str, confidence: float, source: str) -> Hit:
    return Hit(
        start, end, text[start:end], right, CHECK, "veto", confidence, Level.PROBABLE, source,
        sentence_at(text, start, end),
    )  # fmt: skip


def _rows(path: Path, width: int) -> Iterator[tuple[list[str], str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 2 or len(cells) > width or not cells[0]:
            raise ConfigError(f"词表 {path.name} 第 {number} 行应有 {width} 列（用制表符分隔），现为 {len(cells)} 列。")
        yield cells + [""] * (width - len(cells)), f"{path.name} 第 {number} 行"


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as fault:
        raise ConfigError(f"词表 {place} 的日期“{text}”应写成 2018-03-20。") from fault


def _pattern(text: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as fault:
        raise ConfigError(f"词表 {place} 的正则表达式“{text}”有误:{fault}。") from fault


def _valid(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)
