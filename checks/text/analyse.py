"""Typos in paragraphs: the exact layer, the counts with their ranker, the guards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from checks.text import guards
from checks.text.candidates import propose
from checks.text.dictionary import Dictionary, Match, fold, load_dictionary
from checks.text.features import Rows, describe
from checks.text.guards import AllowList
from checks.text.hits import Hit, Level, sentence_at
from checks.text.passage import Passage, read_passage
from checks.text.ranker import Ranker, load_ranker
from checks.text.statistics import Statistics

RULES = 1  # bump when the judgement changes: paragraphs are then analysed again
CHECK = "text.typo"
_BATCH = 300_000  # characters analysed at a time


@dataclass(frozen=True)
class Flag:
    """A change the layers propose, before the guards; offsets in its paragraph."""

    start: int
    end: int
    right: str
    layer: str
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Analyser:
    """Everything an analysis depends on. `probable` and `suspected` are least confidences of the ranker."""

    statistics: Statistics
    ranker: Ranker = field(default_factory=load_ranker)
    dictionary: Dictionary = field(default_factory=load_dictionary)
    allowed: AllowList = field(default_factory=AllowList)
    probable: float = 0.95
    suspected: float = 0.7

    @property
    def version(self) -> str:
        """Changes whenever a paragraph might be judged differently."""
        return f"{RULES}:{self.statistics.version}:{self.ranker.version}:{self.probable}:{self.suspected}"

    def analyse(self, paragraphs: Sequence[str]) -> list[list[Hit]]:
        """The hits of each paragraph, in order of place."""
        results: list[list[Hit]] = []
        batch: list[str] = []
        size = 0
        for paragraph in paragraphs:
            batch.append(paragraph)
            size += len(paragraph)
            if size >= _BATCH:
                results += self._analyse(batch)
                batch, size = [], 0
        return results + (self._analyse(batch) if batch else [])

    def _analyse(self, paragraphs: list[str]) -> list[list[Hit]]:
        passage = read_passage(paragraphs, self.statistics)
        flags: list[list[Flag]] = [[] for _ in paragraphs]
        for match in self.dictionary.search(passage, fold(passage), self.statistics):
            _file(flags, passage, match.start, _from_match(match))
        rows = describe(passage, self.statistics, propose(passage, self.statistics))
        for place, flag in self._ranked(rows):
            _file(flags, passage, place, flag)
        return [self._judge(text, found) for text, found in zip(paragraphs, flags, strict=True)]

    def _ranked(self, rows: Rows) -> list[tuple[int, Flag]]:
        odds = self.ranker.score(rows.values, rows.names)
        names = {name: column for column, name in enumerate(rows.names)}
        best: dict[int, int] = {}
        for row in np.flatnonzero(odds >= self.suspected).tolist():
            place = int(rows.places[row])
            if place not in best or odds[row] > odds[best[place]]:
                best[place] = row
        found = []
        for place, row in best.items():
            evidence = {name: round(float(rows.values[row, names[name]]), 2) for name in _EVIDENCE}
            flag = Flag(place, place + 1, chr(rows.codes[row]), "statistics", float(odds[row]), evidence)
            found.append((place, flag))
        return found

    def _judge(self, text: str, flags: list[Flag]) -> list[Hit]:
        if not flags or guards.not_modern(text):
            return []
        hits: list[Hit] = []
        for flag in sorted(flags, key=lambda flag: (flag.layer == "statistics", -flag.confidence)):
            if any(flag.start < hit.end and hit.start < flag.end for hit in hits):
                continue
            level = self._level(text, flag)
            if level:
                hits.append(_to_hit(text, flag, level))
        if guards.too_dense(hits, len(text)):
            return []
        return sorted(hits, key=lambda hit: hit.start)

    def _level(self, text: str, flag: Flag) -> Level | None:
        span = flag.start, flag.end
        if self.allowed.covers(text, *span) or guards.is_classical(text, *span):
            return None
        if flag.layer != "statistics":
            return Level.SUSPECTED if guards.in_title(text, *span) else Level.CERTAIN
        if guards.in_foreign_name(text, *span) or guards.in_list(text, *span) or _is_familiar(flag.evidence):
            return None
        doubts = guards.in_person_name(text, *span) or guards.in_title(text, *span)
        doubts = doubts or guards.in_short_quotes(text, *span) or not _has_quorum(flag.evidence)
        return Level.SUSPECTED if doubts or flag.confidence < self.probable else Level.PROBABLE


_EVIDENCE = (
    "old20", "old21", "new20", "new21", "old30", "old31", "old32", "new30", "new31", "new32", "gain", "margin",
    "path_gain", "word_old2", "word_new2", "word_new3", "word_new4", "known_left", "known_right",
)  # fmt: skip


def _is_familiar(evidence: Mapping[str, float]) -> bool:
    """The original stands in three distinct paragraphs, and the candidate is not 50 times as frequent."""
    old = max(evidence[name] for name in ("old30", "old31", "old32"))
    new = max(evidence[name] for name in ("new30", "new31", "new32"))
    return old >= 1.38 and new - old < 3.9


def _has_quorum(evidence: Mapping[str, float]) -> bool:
    """In familiar surroundings the ranker is enough; elsewhere the candidate must make a word."""
    if evidence["known_left"] + evidence["known_right"] >= 0.8:
        return True
    return evidence["path_gain"] >= 2 or evidence["word_new3"] + evidence["word_new4"] > 0


def _from_match(match: Match) -> Flag:
    wrong, right = match.counts
    return Flag(match.start, match.end, match.right, match.layer, 0.99, {"wrong": round(wrong, 2), "right": round(right, 2)})


def _file(flags: list[list[Flag]], passage: Passage, place: int, flag: Flag) -> None:
    owner = int(np.searchsorted(passage.starts, place, side="right")) - 1
    first = int(passage.starts[owner])
    flags[owner].append(
        Flag(flag.start - first, flag.end - first, flag.right, flag.layer, flag.confidence, flag.evidence)
    )


def _to_hit(text: str, flag: Flag, level: Level) -> Hit:
    return Hit(
        flag.start, flag.end, text[flag.start : flag.end], flag.right, CHECK, "problem", round(flag.confidence, 3),
        level, flag.layer, sentence_at(text, flag.start, flag.end), flag.evidence,
    )  # fmt: skip
