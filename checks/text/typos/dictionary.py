"""The exact layer: curated wrong words and variant characters, each checked against what was learnt.

The files are data an office can edit: `wrong<TAB>right` a line. A match is dropped where the learnt text knows the
wrong form well, or where the words around read better with it (既使用又 holds no 既使).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from checks.text.language.alphabet import Codes, encode
from checks.text.language.hash_tables import STEPS, change, pair_sums, window_sums
from checks.text.language.lexicon import REACH, best_path, load_lexicon
from checks.text.language.passage import Passage
from checks.text.language.statistics import BIGRAM_STEPS, Statistics
from domain.errors import ConfigError

BUCKETS = 1 << 18
_KNOWN = 1.38  # ln(1 + 3): the wrong form stands in three distinct paragraphs
_FAR = 3.9  # ln 50: how much more frequent the right form must be then
_PATH_GAIN = 0.5  # what the best segmentation must gain by the change
_CROSSED_GAIN = 12.0  # the same where a common word crosses the edge of the wrong form
_COMMON = 5.0  # ln of the frequency of a common word


@dataclass(frozen=True, slots=True)
class Match:
    """A wrong form found in a passage; places are those of the passage."""

    start: int
    end: int
    right: str
    layer: str
    counts: tuple[float, float]  # ln(1 + count) of the wrong and the right form


def read_pairs(path: Path) -> dict[str, str]:
    """`wrong<TAB>right` lines of a file; ConfigError names the first faulty line."""
    pairs: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 2 or not cells[0] or not cells[1] or cells[0] == cells[1]:
            raise ConfigError(f"词表 {path.name} 第 {number} 行应为“错误写法<TAB>正确写法”，现为“{line}”。")
        pairs[cells[0]] = cells[1]
    return pairs


@dataclass(frozen=True, slots=True)
class Form:
    """A wrong form of two characters and more; `codes` is its folded text. `is_own`: a person of the office said so."""

    codes: str
    wrong: str
    right: str
    is_own: bool


@dataclass(frozen=True)
class Dictionary:
    """Wrong words and variant characters, ready to search."""

    forms: Mapping[str, Sequence[Form]]  # by their first two codes
    starts: NDArray[np.bool_]  # by a hash of two codes: whether a form begins so
    variants: Mapping[int, str]
    strange: NDArray[np.bool_]  # by code: whether it is a variant
    version: str = ""  # of the office's own pairs

    @classmethod
    def of(
        cls, pairs: Mapping[str, str], variants: Mapping[str, str], own: Mapping[str, str] | None = None
    ) -> "Dictionary":
        """Ready to search. `own` are pairs a person confirmed: what the learnt text knows does not excuse them."""
        known = {wrong: Form(_as_codes(wrong), wrong, right, False) for wrong, right in pairs.items()}
        known |= {wrong: Form(_as_codes(wrong), wrong, right, True) for wrong, right in (own or {}).items()}
        forms: dict[str, list[Form]] = {}
        for form in known.values():
            forms.setdefault(form.codes[:2], []).append(form)
        starts = np.zeros(BUCKETS, dtype=bool)
        starts[[int(buckets(encode(start))[0]) for start in forms]] = True
        plain = {ord(char): standard for char, standard in variants.items() if len(char) == 1}
        strange = np.zeros(0x10000, dtype=bool)
        strange[list(plain)] = True
        version = digest(f"{wrong}={right}" for wrong, right in sorted((own or {}).items()))
        return cls(forms, starts, plain, strange, version)

    def search(self, passage: Passage, folded: str, statistics: Statistics) -> list[Match]:
        """Matches that survive the check against what was learnt."""
        found = []
        for start in np.flatnonzero(self.starts[buckets(passage.codes)]).tolist():
            for form in self.forms.get(folded[start : start + 2], ()):
                if not folded.startswith(form.codes, start):
                    continue
                if len(form.wrong) == len(form.right):
                    match = _weighed(passage, start, form, statistics)
                else:
                    match = Match(start, start + len(form.wrong), form.right, _layer(form), (0.0, 0.0))
                if match:
                    found.append(match)
        return found + self._variants(passage, statistics)

    def _variants(self, passage: Passage, statistics: Statistics) -> list[Match]:
        """Variant characters whose standard form suits a neighbour; the counts are those of its trigrams."""
        found = []
        for place in np.flatnonzero(self.strange[passage.codes]).tolist():
            right = self.variants[int(passage.codes[place])]
            mine, left, after = (
                int(statistics.ids[code]) for code in (ord(right), *passage.codes[[place - 1, place + 1]])
            )
            suits = statistics.bigrams[left, mine] or statistics.bigrams[mine, after]
            if suits and passage.logs[1][place] <= _KNOWN + 2:
                found.append(
                    Match(place, place + 1, right, "variant", (0.0, _trigram(passage, place, right, statistics)))
                )
        return found


def _trigram(passage: Passage, place: int, char: str, statistics: Statistics) -> float:
    """The best ln(1 + count) of the trigrams over a place, were it `char`."""
    old, new = np.array([int(passage.codes[place])]), np.array([ord(char)])
    sums = [passage.sums[3][place - step : place - step + 1] + change(old, new, step) for step in range(3)]
    return float(statistics.log_of(3, np.concatenate(sums)).max())


def _weighed(passage: Passage, start: int, form: Form, statistics: Statistics) -> Match | None:
    wrong, right = form.wrong, form.right
    if wrong[1:2] == "的" and _ends_a_word(passage, start):
        return None  # 进取的良好精神 holds no 取得
    before, after = familiarity(wrong, statistics), familiarity(right, statistics)
    if before >= _KNOWN and after - before < _FAR and not form.is_own:
        return None
    window = passage.codes[start - REACH : start + len(wrong) + REACH].copy()
    changed = window.copy()
    changed[REACH : REACH + len(right)] = encode(right)
    paths = best_path(np.stack((window, changed)))
    least = _CROSSED_GAIN if len(wrong) == 2 and _is_crossed(passage, start) else _PATH_GAIN
    if len(wrong) <= 3 and paths[1] - paths[0] < least:
        return None
    return Match(start, start + len(wrong), right, _layer(form), (before, after))


def _layer(form: Form) -> str:
    return "own" if form.is_own else "dictionary"


def buckets(codes: Codes) -> NDArray[np.uint32]:
    """A hash of every pair of neighbours."""
    wide = codes.astype(np.uint32)
    pairs: NDArray[np.uint32] = (wide[:-1] * np.uint32(40503) ^ wide[1:] * np.uint32(60493)) & np.uint32(BUCKETS - 1)
    return pairs


def _ends_a_word(passage: Passage, place: int) -> bool:
    codes = passage.codes[place - 1 : place + 1]
    return int(load_lexicon().tables[2].look(pair_sums(codes[:1], codes[1:]))[0]) > 0


def _is_crossed(passage: Passage, start: int) -> bool:
    """Whether a common word of two begins or ends in the middle of two characters (既|使用)."""
    codes = passage.codes[[start - 1, start, start + 1, start + 2]]
    logs = load_lexicon().tables[2].look(pair_sums(codes[[0, 2]], codes[[1, 3]]))
    return int(logs.max()) / STEPS >= _COMMON


def familiarity(text: str, statistics: Statistics) -> float:
    """ln(1 + count) of a string of two characters and more, by its first five."""
    codes = encode(text[:5])
    if len(codes) < 2:
        return 0.0
    if len(codes) == 2:
        ids = statistics.ids[codes]
        return float(int(statistics.bigrams[ids[0], ids[1]]) & 127) / BIGRAM_STEPS
    return float(statistics.log_of(len(codes), window_sums(codes, len(codes))[:1])[0])


def own_pairs(rows: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """`wrong right` with blanks or a tab between, as rules and lists hold them; ConfigError names a faulty one."""
    pairs = []
    for row in rows:
        cells = row.split("\t" if "\t" in row else None)
        if len(cells) != 2 or cells[0] == cells[1] or len(cells[0]) < 2:
            raise ConfigError(f"自有错词应写成“错误写法 正确写法”（错误写法至少两个字），现为“{row}”。")
        pairs.append((cells[0], cells[1]))
    return tuple(pairs)


@cache
def load_dictionary(own: tuple[tuple[str, str], ...] = ()) -> Dictionary:
    """The shipped lists, and the pairs an office confirmed or added, which win."""
    pairs: dict[str, str] = {}
    for name in ("wrong_words_seed.tsv", "wrong_words.tsv"):
        pairs |= read_pairs(DATA / name)
    return Dictionary.of(pairs, read_pairs(DATA / "variants.tsv"), dict(own))


def digest(parts: Iterable[str]) -> str:
    """A short version of some strings, empty for none."""
    text = "\n".join(parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest() if text else ""


def _as_codes(text: str) -> str:
    return encode(text).tobytes().decode("utf-16-le", "replace")


def fold(passage: Passage) -> str:
    """The codes of a passage as text of the same length."""
    return passage.codes.tobytes().decode("utf-16-le", "replace")
