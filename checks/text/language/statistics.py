"""What was learnt of the language: counts of character sequences, memory-mapped, with a version.

A folder holds `about.json`, `chars.npy`, `unigrams.npy`, `bigrams.npy` and `order3.npy` to `order5.npy`. The bigrams
are one dense matrix over the frequent characters: seven bits of log-count (8 steps a unit), one bit for a two-character
word of the lexicon.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import Codes
from checks.text.language.counts import ORDERS, Counter, Counts
from checks.text.language.hash_tables import STEPS, Table, to_logs
from checks.text.language.lexicon import load_lexicon
from domain.errors import ConfigError

FORMAT = 1
CHARS = 6000  # characters with a row in the bigram matrix; id 0 is "any other"
WORD_BIT = 128
BIGRAM_STEPS = 8.0
Ids = NDArray[np.uint16]


@dataclass(frozen=True)
class Statistics:
    """Learnt counts. `version` changes with every build; logs are ln(1 + count)."""

    version: str
    characters: int
    paragraphs: int
    chars: Codes
    unigrams: NDArray[np.float32]  # ln(1 + count) by id
    bigrams: NDArray[np.uint8]
    tables: Mapping[int, Table]
    about: Mapping[str, object]

    @cached_property
    def ids(self) -> Ids:
        """Code -> id."""
        return id_table(self.chars)

    @cached_property
    def total_log(self) -> float:
        """Natural logarithm of the number of characters learnt."""
        return float(np.log1p(self.characters))

    def log_of(self, order: int, sums: NDArray[np.uint64]) -> NDArray[np.float32]:
        """ln(1 + count) of unshifted hashes of an order from 3 to 5."""
        return self.tables[order].look(sums).astype(np.float32) / np.float32(STEPS)


def build_statistics(
    counter: Counter, version: str, least: Mapping[int, int] | None = None, about: Mapping[str, object] | None = None
) -> Statistics:
    """Statistics of what was counted. `least` is the fewest distinct paragraphs per order (default 2)."""
    floor = dict.fromkeys(ORDERS, 2) | dict(least or {})
    frequent = np.argsort(-counter.characters, kind="stable")[:CHARS]
    frequent = frequent[(counter.characters[frequent] >= 2) & (frequent != 0x0A)]
    chars = frequent.astype(np.uint16)
    unigrams = np.concatenate(([0.0], np.log1p(counter.characters[frequent]))).astype(np.float32)
    tables = {}
    for order in ORDERS[1:]:
        keys, counts = counter.pruned(order, floor[order])
        tables[order] = Table.build(keys, to_logs(counts))
    return Statistics(
        version, counter.total, counter.paragraphs, chars, unigrams,
        _bigram_matrix(chars, counter.pruned(2, floor[2])), tables, dict(about or {}),
    )  # fmt: skip


def _bigram_matrix(chars: Codes, known: Counts) -> NDArray[np.uint8]:
    """Log-counts by pair of ids; two-character words of the lexicon carry WORD_BIT."""
    keys, counts = known
    ids = id_table(chars)
    matrix = np.zeros((len(chars) + 1, len(chars) + 1), dtype=np.uint8)
    firsts, seconds = ids[(keys >> np.uint64(16)).astype(np.int64)], ids[(keys & np.uint64(0xFFFF)).astype(np.int64)]
    matrix[firsts, seconds] = np.clip(np.rint(np.log1p(counts) * BIGRAM_STEPS), 1, 127)
    mark_words(matrix, ids)
    return matrix


def id_table(chars: Codes) -> Ids:
    """Code -> id; 0 for characters without one."""
    table = np.zeros(0x10000, dtype=np.uint16)
    table[chars] = np.arange(1, len(chars) + 1, dtype=np.uint16)
    return table


def mark_words(matrix: NDArray[np.uint8], ids: Ids) -> None:
    """Set WORD_BIT for the two-character words of the lexicon; the row and column of id 0 stay empty."""
    pairs = ids[load_lexicon().pairs]
    matrix[pairs[:, 0], pairs[:, 1]] |= WORD_BIT
    matrix[0, :] = matrix[:, 0] = 0


def save_statistics(statistics: Statistics, folder: Path) -> None:
    """Write the files of a folder; it must be empty or new."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "chars.npy", statistics.chars)
    np.save(folder / "unigrams.npy", statistics.unigrams)
    np.save(folder / "bigrams.npy", statistics.bigrams)
    sizes = {}
    for order, table in statistics.tables.items():
        np.save(folder / f"order{order}.npy", table.words)
        sizes[str(order)] = table.size
    about = dict(statistics.about) | {
        "format": FORMAT, "version": statistics.version, "characters": statistics.characters,
        "paragraphs": statistics.paragraphs, "sizes": sizes,
    }  # fmt: skip
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")


def load_statistics(folder: Path) -> Statistics:
    """Memory-map a folder; ConfigError says what is wrong with it."""
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ConfigError(
                f"语言统计 {folder} 的格式是 {about['format']}，本程序需要 {FORMAT}；请重新运行 xunjian learn。"
            )
        maps = {name: map_array(folder / f"{name}.npy") for name in ("chars", "unigrams", "bigrams")}
        tables = {
            int(order): Table(map_array(folder / f"order{order}.npy"), int(size))
            for order, size in about["sizes"].items()
        }
    except (OSError, EOFError, ValueError, KeyError, TypeError) as fault:
        raise ConfigError(f"语言统计 {folder} 无法读取({fault});请重新运行 xunjian learn。") from fault
    return Statistics(
        str(about["version"]), int(about["characters"]), int(about["paragraphs"]),
        np.asarray(maps["chars"]), np.asarray(maps["unigrams"]), maps["bigrams"], tables, about,
    )  # fmt: skip


def map_array(path: Path) -> NDArray[Any]:
    """A memory-mapped array as a plain one: indexing the subclass is slow."""
    return np.asarray(np.load(path, mmap_mode="r"))
