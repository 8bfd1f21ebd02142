"""Words confused by their meaning (权利 and 权力, 登陆 and 登录): both are words, only what stands beside them tells.

The file is data an office can read: a regular expression whose group holds the wrong word, the right word, what excuses
it, an example that is struck and one that must not be. Only combinations that settle the question stand there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from checks.text.language.alphabet import encode
from checks.text.language.passage import Passage
from checks.text.typos.dictionary import BUCKETS, buckets
from domain.errors import ConfigError

FILE = DATA / "confused_words.tsv"


@dataclass(frozen=True, slots=True)
class Confusion:
    """One row. `word` is the wrong word as it stands in the pattern: text without it needs no search."""

    word: str
    pattern: re.Pattern[str]
    right: str
    excused: re.Pattern[str] | None
    struck: str
    passed: str

    def search(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of the wrong word wherever its surroundings convict it."""
        if self.word not in text:
            return
        excuses = [found.span() for found in self.excused.finditer(text)] if self.excused else []
        for found in self.pattern.finditer(text):
            start, end = found.span(1)
            if not any(first < end and start < last for first, last in excuses):
                yield start, end


@dataclass(frozen=True)
class Confusions:
    """The rows by the first two characters of their words; `starts` tells by a hash of two codes where one may begin."""

    rows: Mapping[str, tuple[Confusion, ...]]
    starts: NDArray[np.bool_]

    def search(self, passage: Passage, paragraphs: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
        """(paragraph, start, end, right word) of the confused words; offsets in the paragraph."""
        places = np.flatnonzero(self.starts[buckets(passage.codes)])
        owners = np.searchsorted(passage.starts, places, side="right") - 1
        offsets = places - passage.starts[owners]
        seen = set()
        for owner, offset in zip(owners.tolist(), offsets.tolist(), strict=True):
            text = paragraphs[owner] if owner >= 0 else ""
            start = text[offset : offset + 2]
            if (owner, start) not in seen:
                seen.add((owner, start))
                for row in self.rows.get(start, ()):
                    yield from ((owner, *span, row.right) for span in row.search(text))


@cache
def confusions() -> Confusions:
    """The shipped rows, ready to search."""
    rows: dict[str, tuple[Confusion, ...]] = {}
    for row in load_confusions():
        rows[row.word[:2]] = (*rows.get(row.word[:2], ()), row)
    starts = np.zeros(BUCKETS, dtype=bool)
    starts[[int(buckets(encode(start))[0]) for start in rows]] = True
    return Confusions(rows, starts)


@cache
def load_confusions(path: Path = FILE) -> tuple[Confusion, ...]:
    """The rows of a file; ConfigError names the first faulty line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        _row(path, number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")
    )


def _row(path: Path, number: int, line: str) -> Confusion:
    cells = line.split("\t")
    try:
        pattern, right, excused, struck, passed = cells
        word = re.findall(r"\(([一-龥]{2,4})\)", pattern)[0]
        return Confusion(word, re.compile(pattern), right, re.compile(excused) if excused else None, struck, passed)
    except (ValueError, IndexError, re.error) as error:
        raise ConfigError(
            f"{path.name} 第 {number} 行有误（{error}）；应为 正则、正确写法、例外、错例、对例 五列。"
        ) from error
