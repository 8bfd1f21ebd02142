"""Typos in paragraphs: the exact layer, the counts with their ranker, the guards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checks.text.hits import Hit, Level, sentence_at
from checks.text.language.passage import Passage, read_passage
from checks.text.language.statistics import Statistics
from checks.text.typos import guards
from checks.text.typos.candidates import propose
from checks.text.typos.confused_words import confusions
from checks.text.typos.dictionary import Dictionary, fold, load_dictionary
from checks.text.typos.features import Rows, describe
from checks.text.typos.flags import Flag, evidence_of, from_confusion, from_length, from_match, from_slip, rank
from checks.text.typos.guards import AllowList
from checks.text.typos.idioms import find_slips
from checks.text.typos.lengths import find_lengths
from checks.text.typos.levels import Proposal, decide
from checks.text.typos.pairs import PairRows, describe_pairs
from checks.text.typos.ranker import PAIRS, Ranker, load_ranker
from checks.text.typos.second_vote import Scorer
from checks.text.typos.word_evidence import DOUBTED, Voice

RULES = 3  # bump when the judgement changes: paragraphs are then analysed again
CHECK = "text.typo"
PROBABLE, SUSPECTED = 0.96, 0.7
_BATCH = 300_000  # characters analysed at a time


@dataclass(frozen=True)
class Analyser:
    """Everything an analysis depends on. `probable` and `suspected` are least confidences of the ranker."""

    statistics: Statistics
    ranker: Ranker = field(default_factory=load_ranker)
    pair_ranker: Ranker = field(default_factory=lambda: load_ranker(PAIRS))
    dictionary: Dictionary = field(default_factory=load_dictionary)
    allowed: AllowList = field(default_factory=AllowList)
    voice: Voice | None = None  # the words of general Chinese, heard on what the counts doubt
    scorer: Scorer | None = None  # a second vote on what the counts say
    probable: float = PROBABLE
    suspected: float = SUSPECTED

    @cached_property
    def version(self) -> str:
        """Changes whenever a paragraph might be judged differently."""
        rankers = f"{self.ranker.version}.{self.pair_ranker.version}.{self.voice.version if self.voice else ''}"
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
            _file(flags, passage, match.start, from_match(match))
        for owner, start, end, right in confusions().search(passage, paragraphs):
            flags[owner].append(from_confusion(start, end, right))
        for slip in find_slips(passage, self.statistics):
            _file(flags, passage, slip.place, from_slip(slip))
        for length in find_lengths(passage, self.statistics):
            _file(flags, passage, length.start, from_length(length))
        rows = describe(passage, self.statistics, propose(passage, self.statistics))
        for flag in [*self._ranked(passage, rows), *self._paired(describe_pairs(passage, self.statistics))]:
            _file(flags, passage, flag.start, flag)
        return [self._judge(text, found) for text, found in zip(paragraphs, flags, strict=True)]

    def _ranked(self, passage: Passage, rows: Rows) -> list[Flag]:
        odds = self.ranker.score(rows.values, rows.names)
        if self.voice:
            rows, odds = self.voice.hear(passage, rows, np.flatnonzero(odds >= DOUBTED))
        return [
            Flag(place, place + 1, chr(rows.codes[row]), "statistics", float(odds[row]), evidence_of(rows, row))
            for place, row in _best(rows.places, odds, self.suspected).items()
        ]

    def _paired(self, rows: PairRows) -> list[Flag]:
        odds = self.pair_ranker.score(rows.values, rows.names)
        return [
            Flag(
                place, place + 2, "".join(map(chr, rows.codes[row])), "words", float(odds[row]), evidence_of(rows, row)
            )
            for place, row in _best(rows.places, odds, self.suspected).items()
        ]

    def _judge(self, text: str, flags: list[Flag]) -> list[Hit]:
        if not flags or guards.not_modern(text):
            return []
        hits: list[Hit] = []
        for flag in sorted(flags, key=rank):
            if any(flag.start < hit.end and hit.start < flag.end for hit in hits):
                continue
            rule = decide(Proposal(text, flag, self.allowed, self.probable, self.scorer))
            if rule.level:
                hits.append(_to_hit(text, flag, rule.level))
        if guards.too_dense(hits, len(text)):
            return []
        return sorted(hits, key=lambda hit: hit.start)


def _best(places: NDArray[np.int64], odds: NDArray[np.float32], least: float) -> dict[int, int]:
    """The row of the best candidate of each place."""
    best: dict[int, int] = {}
    for row in np.flatnonzero(odds >= least).tolist():
        place = int(places[row])
        if place not in best or odds[row] > odds[best[place]]:
            best[place] = row
    return best


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
