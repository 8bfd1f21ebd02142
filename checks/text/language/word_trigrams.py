"""How likely words follow each other in general Chinese: a word trigram in the binary form of kenlm, read into arrays.

The file is the one that Debian's package `libime-data-language-model` installs (LGPL-2.1+); it is read, never shipped.
Read is what that package holds: format version 5, order 3, a quantised trie with compressed pointers. The layout is the
one kenlm documents in its sources: header, sorted hashes of the words, tables of the quantisation, one-word entries,
two-word entries, three-word entries, and the words themselves in the order of their numbers.
"""

from dataclasses import dataclass
from hashlib import sha256
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import Codes
from checks.text.language.packed_fields import Reader
from domain.errors import ConfigError

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
NONE = -1  # no word, no entry
UNKNOWN = 0  # the number of every word that is not in the file
LONGEST = 4  # characters of a word that are looked at; longer ones are put together
USUAL = Path("/usr/lib")  # below it, in the folder of the machine's kind, stands libime/zh_CN.lm
_MAGIC = b"mmap lm http://kheafield.com/code format version 5\n\0"
_TRIE = 5  # quantised, compressed pointers


@dataclass(frozen=True)
class Steps:
    """Values of which there are at most 256: the number of each one's step."""

    table: Floats
    numbers: NDArray[np.uint8]

    def at(self, places: Numbers) -> Floats:
        """The values at places."""
        values: Floats = self.table[self.numbers[places]]
        return values


@dataclass(frozen=True)
class WordTrigrams:
    """Log-probabilities (base 10) of words after up to two others. A pair's key is word * size + the word before it,
    a triple's is the pair's place * size + the word before that.
    """

    keys: NDArray[np.uint64]  # words of up to four characters, packed, in order
    numbers: Numbers  # of those words
    single: Floats
    single_backoff: Floats
    pairs: Numbers
    pair: Steps
    pair_backoff: Steps
    triples: Numbers
    triple: Steps
    version: str

    def numbers_of(self, keys: NDArray[np.uint64]) -> Numbers:
        """The numbers of packed words, NONE for those that are not in the file."""
        found: Numbers = np.where((spot := _find(self.keys, keys)) >= 0, self.numbers[spot], NONE)
        return found

    def follow(self, words: Numbers, last: Numbers, before: Numbers, backoff: Floats) -> tuple[Floats, Floats]:
        """log10 of each word after `before last` (NONE: nothing is known there), and the back-off of `last word`.

        `backoff` is that of `before last`, as an earlier call returned it.
        """
        size = len(self.single)
        pair = np.where(last >= 0, _find(self.pairs, words * size + last), NONE)
        triple = np.where((pair >= 0) & (before >= 0), _find(self.triples, pair * size + before), NONE)
        alone = self.single[words] + np.where(last >= 0, self.single_backoff[last], np.float32(0))
        log = np.where(triple >= 0, self.triple.at(triple), backoff + np.where(pair >= 0, self.pair.at(pair), alone))
        return log, np.where(pair >= 0, self.pair_backoff.at(pair), np.float32(0))


def pack(codes: Codes) -> NDArray[np.uint64]:
    """The keys of rows of up to four character codes."""
    key = np.zeros(len(codes), dtype=np.uint64)
    for place in range(codes.shape[1]):
        key |= codes[:, place].astype(np.uint64) << np.uint64(16 * place)
    return key


def load_word_trigrams(path: Path) -> WordTrigrams:
    """Read a file. Raises ConfigError with a Chinese sentence where it is missing, damaged or of another form."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return _read(data)
    except OSError as error:
        raise ConfigError(f"词语语言模型 {path} 无法读取（{error.strerror}）；请检查路径，或删去这项设置。") from error
    except (ValueError, IndexError) as error:
        raise ConfigError(
            f"词语语言模型 {path} 不是可用的文件：需要 kenlm 二进制格式的三元词模型（trie，量化），"
            "即 Debian 软件包 libime-data-language-model 中的 zh_CN.lm。"
        ) from error


def find_word_trigrams(below: Path = USUAL) -> Path | None:
    """The file of the Debian package, where it is installed."""
    return next(iter(sorted(below.glob("*/libime/zh_CN.lm"))), None)


def _read(data: mmap) -> WordTrigrams:
    sizes = _header(data)
    words, pairs, triples = sizes
    reader = Reader(data, 56 + 32 + 20 + 8 * len(sizes))
    reader.align()
    reader.skip(8 * (words + 1))  # the hashes: the words themselves are read below
    quantised = reader.take(np.uint8, 8)
    if tuple(quantised[:3]) != (2, 8, 8):
        raise ValueError("quantised otherwise")
    pair_log, pair_back, triple_log = (reader.take(np.float32, 256) for _ in range(3))
    ones = reader.take(np.dtype([("log", "<f4"), ("backoff", "<f4"), ("next", "<u8")]), words + 2)
    heads, inline = reader.pointers(pairs + 1, triples)
    width = words.bit_length()
    two = reader.fields(pairs, (width, 8, 8, inline))
    pair_keys = _keys(ones["next"][:words], two[0][:pairs], words)
    spans = np.append(heads, np.uint64(pairs + 1))
    following = np.repeat(np.arange(len(heads), dtype=np.uint32), (spans[1:] - spans[:-1]).astype(np.int64))
    following <<= inline
    following |= two.pop()
    three = reader.fields(triples, (width, 8))
    triple_keys = _keys(following[:pairs], three[0][:triples], words)
    keys, numbers = _words(reader.rest(), words)
    return WordTrigrams(
        keys, numbers, -np.abs(ones["log"][:words]), ones["backoff"][:words].copy(),
        pair_keys, Steps(pair_log, two[2][:pairs]), Steps(pair_back, two[1][:pairs]),
        triple_keys, Steps(triple_log, three[1][:triples]), sha256(data).hexdigest()[:12],
    )  # fmt: skip


def _header(data: mmap) -> tuple[int, int, int]:
    if data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("no kenlm file")
    order = data[88]
    kind, has_words = np.frombuffer(data[96:104], "<u4").tolist()
    if (order, kind, has_words & 1) != (3, _TRIE, 1):
        raise ValueError("another kind of model")
    words, pairs, triples = np.frombuffer(data[108:132], "<u8").tolist()
    return words, pairs, triples


def _keys(firsts: NDArray[Any], lasts: NDArray[np.uint32], size: int) -> Numbers:
    """The keys of entries: the number of the owner, whose entries begin at its place in `firsts`, and their own."""
    keys: Numbers = np.searchsorted(firsts, np.arange(len(lasts), dtype=firsts.dtype), side="right")
    keys -= 1
    keys *= size
    keys += lasts
    if np.any(keys[1:] <= keys[:-1]):
        raise ValueError("out of order")
    return keys


def _words(data: NDArray[np.uint8], count: int) -> tuple[NDArray[np.uint64], Numbers]:
    """Keys and numbers of the words of up to four Chinese characters, each three bytes of UTF-8."""
    ends = np.flatnonzero(data == 0)[:count]
    if len(ends) != count or data[: ends[0]].tobytes() != b"<unk>":
        raise ValueError("no words")
    starts = np.concatenate(([0], ends[:-1] + 1))
    found = [(np.zeros(0, np.uint64), np.zeros(0, np.int64))]
    for length in range(1, LONGEST + 1):
        numbers = np.flatnonzero(ends - starts == 3 * length)
        parts = data[starts[numbers][:, None] + np.arange(3 * length)].reshape(-1, length, 3).astype(np.uint16)
        codes = (parts[..., 0] & 0xF) << 12 | (parts[..., 1] & 0x3F) << 6 | parts[..., 2] & 0x3F
        plain = np.all((parts[..., 0] >> 4 == 0xE) & (parts[..., 1] >> 6 == 2) & (parts[..., 2] >> 6 == 2), axis=1)
        found.append((pack(codes[plain].astype(np.uint16)), numbers[plain]))
    keys, numbers = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(keys)
    return keys[order], numbers[order]


def _find(keys: NDArray[np.generic], wanted: NDArray[np.generic]) -> Numbers:
    spots = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Numbers = np.where(keys[spots] == wanted, spots, NONE)
    return found
