"""Words confused by their meaning (权利 and 权力, 登陆 and 登录): both are words, only what stands beside them tells.

The file is data an office can read: a regular expression whose group holds the wrong word, the right word, what excuses
it, an example that is struck and one that must not be. Only combinations that settle the question stand there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checks.text import DATA
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


@cache
def load_confusions(path: Path = FILE) -> tuple[Confusion, ...]:
    """The rows of a file; ConfigError names the first faulty line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        _row(path, number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")
    )


def find_confused(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, right word) of the confused words of a paragraph."""
    for confusion in load_confusions():
        yield from ((start, end, confusion.right) for start, end in confusion.search(text))


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
