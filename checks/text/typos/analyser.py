"""Typos in paragraphs: the exact layer, the counts with their ranker, the guards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checks.text.hits import Hit, Level, sentence_at
from checks.text.language.passage import Passage, read_passage
from checks.text.language.statistics import Statistics
from checks.text.typos import guards
from checks.text.typos.candidates import propose
from checks.text.typos.dictionary import Dictionary, Match, fold, load_dictionary
from checks.text.typos.features import Rows, describe
from checks.text.typos.guards import AllowList
from checks.text.typos.idioms import Slip, find_slips
from checks.text.typos.lengths import Length, find_lengths
from checks.text.typos.pairs import PairRows, describe_pairs
from checks.text.typos.ranker import PAIRS, Ranker, load_ranker
from checks.text.typos.second_vote import Scorer

RULES = 2  # bump when the judgement changes: paragraphs are then analysed again
CHECK = "text.typo"
_LEARNT = {"statistics", "words"}
_WEIGHED = {"idiom", "doubled", "missing"}  # exact forms, vouched for by the words around or the learnt text
PROBABLE, SUSPECTED = 0.96, 0.7
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
    pair_ranker: Ranker = field(default_factory=lambda: load_ranker(PAIRS))
    dictionary: Dictionary = field(default_factory=load_dictionary)
    allowed: AllowList = field(default_factory=AllowList)
    scorer: Scorer | None = None  # a second vote on what the counts say
    probable: float = PROBABLE
    suspected: float = SUSPECTED

    @cached_property
    def version(self) -> str:
        """Changes whenever a paragraph might be judged differently."""
        rankers = f"{self.ranker.version}.{self.pair_ranker.version}"
        lists = f"{self.dictionary.version}.{self.allowed.version}.{self.scorer.version if self.scorer else ''}"
        return f"{RULES}:{self.statistics.version}:{rankers}:{lists}:{self.probable}:{self.suspected}"

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
        for slip in find_slips(passage, self.statistics):
            _file(flags, passage, slip.place, _from_slip(slip))
        for length in find_lengths(passage, self.statistics):
            _file(flags, passage, length.start, _from_length(length))
        rows = describe(passage, self.statistics, propose(passage, self.statistics))
        for flag in [*self._ranked(rows), *self._paired(describe_pairs(passage, self.statistics))]:
            _file(flags, passage, flag.start, flag)
        return [self._judge(text, found) for text, found in zip(paragraphs, flags, strict=True)]

    def _ranked(self, rows: Rows) -> list[Flag]:
        odds = self.ranker.score(rows.values, rows.names)
        return [
            Flag(place, place + 1, chr(rows.codes[row]), "statistics", float(odds[row]), _evidence(rows, row))
            for place, row in _best(rows.places, odds, self.suspected).items()
        ]

    def _paired(self, rows: PairRows) -> list[Flag]:
        odds = self.pair_ranker.score(rows.values, rows.names)
        return [
            Flag(place, place + 2, "".join(map(chr, rows.codes[row])), "words", float(odds[row]), _evidence(rows, row))
            for place, row in _best(rows.places, odds, self.suspected).items()
        ]

    def _judge(self, text: str, flags: list[Flag]) -> list[Hit]:
        if not flags or guards.not_modern(text):
            return []
        hits: list[Hit] = []
        for flag in sorted(flags, key=_rank):
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
        if guards.is_verse(text, *span) and not _is_usual(flag):
            return None
        if flag.layer == "variant" and not flag.evidence["right"] and guards.lacks_modern_words(text, *span, least=8):
            return None
        if flag.layer in _WEIGHED:
            doubts = not flag.evidence["sure"] or guards.in_title(text, *span) or guards.in_short_quotes(text, *span)
            return Level.SUSPECTED if doubts or guards.in_foreign_name(text, *span) else Level.PROBABLE
        if flag.layer not in _LEARNT:
            quoted = flag.layer != "own" and guards.in_title(text, *span)  # a person's word holds in titles too
            return Level.SUSPECTED if quoted else Level.CERTAIN
        if guards.in_foreign_name(text, *span) or guards.in_list(text, *span) or _is_familiar(flag.evidence):
            return None
        if guards.in_amount(text, *span):
            return None
        strange = _is_strange(flag.evidence)
        if strange and (flag.confidence < _SURE or _is_alien(flag.evidence)) and guards.lacks_modern_words(text, *span):
            return None
        doubts = guards.in_person_name(text, *span) or guards.in_short_quotes(text, *span)
        doubts = doubts or guards.in_couplet(text, *span)
        unsure = flag.confidence < _SURE
        doubts = doubts or (unsure and (guards.in_title(text, *span) or guards.recurs(text, *span)))
        doubts = doubts or (strange and not _makes_word(flag.evidence)) or not _has_support(flag)
        return Level.PROBABLE if not doubts and self._is_sure(text, flag) else Level.SUSPECTED

    def _is_sure(self, text: str, flag: Flag) -> bool:
        """By the second vote where there is one, else by the bar."""
        if self.scorer:
            return self.scorer.agrees(text, flag.start, flag.end, flag.right)
        return flag.confidence >= self._bar(flag)

    def _bar(self, flag: Flag) -> float:
        """Homophones are what input methods put in; other confusions, and words that replace words, need more."""
        return 1 - (1 - self.probable) * _SLACK[_class(flag)] * (_STRANGE if _is_unfamiliar(flag.evidence) else 1)


_PLAIN_PATH = 2.0
# How far the odds of being wrong may exceed those of `probable`, by class, measured on clean text and injected errors.
_SLACK = {"plain": 2.0, "homophone": 1.0, "other": 0.5, "word": 0.8, "no word": 0.9}
_STRANGE = 0.25  # the same where the surroundings are little known
_SURE = 0.98
_HEARD = 3.0  # ln(1 + 20)


def _best(places: NDArray[np.int64], odds: NDArray[np.float32], least: float) -> dict[int, int]:
    """The row of the best candidate of each place."""
    best: dict[int, int] = {}
    for row in np.flatnonzero(odds >= least).tolist():
        place = int(places[row])
        if place not in best or odds[row] > odds[best[place]]:
            best[place] = row
    return best


def _evidence(rows: Rows | PairRows, row: int) -> dict[str, float]:
    """The counts before and after, and what the guards ask for."""
    values = dict(zip(rows.names, rows.values[row].tolist(), strict=True))
    found = {name: round(values[name], 2) for name in ("gain", "path_gain", "known_left", "known_right")}
    for order in (2, 3, 4):
        for side in ("old", "new"):
            logs = [value for name, value in values.items() if name.startswith(f"{side}{order}")]
            found[f"{side}{order}"] = round(max(logs), 2)
    found["kind"] = values.get("kind", 0.0)
    found["word_old"] = round(max(values.get(name, 0.0) for name in ("word_old", "word_old2")), 2)
    found["word"] = round(max(values.get(name, 0.0) for name in ("word_new", "word_new3", "word_new4")), 2)
    return found


def _is_familiar(evidence: Mapping[str, float]) -> bool:
    """The original stands in a dozen distinct paragraphs, and the candidate is not 50 times as frequent."""
    return evidence["old3"] >= 2.56 and evidence["new3"] - evidence["old3"] < 3.9


def _is_strange(evidence: Mapping[str, float]) -> bool:
    """The surroundings are not those of the learnt text."""
    return evidence["known_left"] + evidence["known_right"] < 0.9


def _class(flag: Flag) -> str:
    if flag.layer == "words":
        return "word" if flag.evidence["word_old"] > 0 else "no word"
    if flag.evidence["path_gain"] < _PLAIN_PATH:
        return "plain"  # the words alone do not speak for the change: the counts do
    return "homophone" if flag.evidence["kind"] == 1 else "other"


def _is_unfamiliar(evidence: Mapping[str, float]) -> bool:
    return evidence["known_left"] + evidence["known_right"] < 1


def _is_alien(evidence: Mapping[str, float]) -> bool:
    """Little is known on either side."""
    return max(evidence["known_left"], evidence["known_right"]) < 0.4


def _is_usual(flag: Flag) -> bool:
    """The learnt text knows what stands around, or the right form: slogans go in sevens as verse does."""
    if flag.layer in _LEARNT:
        return not _is_unfamiliar(flag.evidence)
    return flag.evidence["right"] >= _HEARD


def _has_support(flag: Flag) -> bool:
    """The change makes a word, or a sequence of four that the learnt text knows; single pairs and triples are chance."""
    evidence = flag.evidence
    return flag.layer == "words" or evidence["word"] > 0 or evidence["new4"] >= 1.2 or _class(flag) == "plain"


def _makes_word(evidence: Mapping[str, float]) -> bool:
    return evidence["path_gain"] >= 2 or evidence["word"] > 0


def _from_match(match: Match) -> Flag:
    wrong, right = match.counts
    return Flag(
        match.start, match.end, match.right, match.layer, 0.99, {"wrong": round(wrong, 2), "right": round(right, 2)}
    )


def _from_length(length: Length) -> Flag:
    # what is left out is too often only shortened, and two names may meet in one word (滨河社区社区矫正)
    sure = length.layer == "doubled" and len(length.right) == 1
    evidence = {"right": round(length.known, 2), "path_gain": round(length.path_gain, 2), "sure": float(sure)}
    return Flag(length.start, length.end, length.right, length.layer, 0.97 if sure else 0.75, evidence)


def _rank(flag: Flag) -> tuple[int, float]:
    """Exact layers speak first, then the counts, then phrases that are only suspected."""
    if flag.layer in _LEARNT:
        return 1, -flag.confidence
    return (2 if flag.layer in _WEIGHED and not flag.evidence["sure"] else 0), -flag.confidence


def _from_slip(slip: Slip) -> Flag:
    evidence = {"right": round(slip.heard, 2), "path_gain": round(slip.path_gain, 2), "sure": float(slip.sure)}
    return Flag(slip.place, slip.place + 1, slip.right, "idiom", 0.98 if slip.sure else 0.8, evidence)


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
