"""How likely words follow each other in general Chinese: a word trigram in the binary form of kenlm, read into arrays.

The file is the one that Debian's package `libime-data-language-model` installs (LGPL-2.1+); it is read, never shipped.
Read is what that package holds: format version 5, order 3, a quantised trie with compressed pointers. The layout is the
one kenlm documents in its sources: header, sorted hashes of the words, tables of the quantisation, one-word entries,
two-word entries, three-word entries, and the words themselves in the order of their numbers.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

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
class WordTrigrams:
    """Log-probabilities (base 10) of words after up to two others. A pair's key is word * size + the word before it,
    a triple's is the pair's place * size + the word before that.
    """

    keys: NDArray[np.uint64]  # words of up to four characters, packed, in order
    numbers: Numbers  # of those words
    single: Floats
    single_backoff: Floats
    pairs: Numbers
    pair: Floats
    pair_backoff: Floats
    triples: Numbers
    triple: Floats
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
        log = np.where(triple >= 0, self.triple[triple], backoff + np.where(pair >= 0, self.pair[pair], alone))
        return log, np.where(pair >= 0, self.pair_backoff[pair], np.float32(0))


def pack(codes: Codes) -> NDArray[np.uint64]:
    """The keys of rows of up to four character codes."""
    key = np.zeros(len(codes), dtype=np.uint64)
    for place in range(codes.shape[1]):
        key |= codes[:, place].astype(np.uint64) << np.uint64(16 * place)
    return key


def load_word_trigrams(path: Path) -> WordTrigrams:
    """Read a file. Raises ConfigError with a Chinese sentence where it is missing, damaged or of another form."""
    try:
        data = path.read_bytes()
        return _read(data)
    except OSError as error:
        raise ConfigError(f"词语语言模型 {path} 无法读取（{error.strerror}）；请检查路径，或删去这项设置。") from error
    except (ValueError, IndexError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"词语语言模型 {path} 不是可用的文件：需要 kenlm 二进制格式的三元词模型（trie，量化），"
            "即 Debian 软件包 libime-data-language-model 中的 zh_CN.lm。"
        ) from error


def find_word_trigrams(below: Path = USUAL) -> Path | None:
    """The file of the Debian package, where it is installed."""
    return next(iter(sorted(below.glob("*/libime/zh_CN.lm"))), None)


def _read(data: bytes) -> WordTrigrams:
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
    following = np.searchsorted(heads, np.arange(pairs + 1), side="right") - 1 << inline | two[3]
    three = reader.fields(triples, (width, 8))
    firsts: Numbers = ones["next"][: words + 1].astype(np.int64)
    owner = np.repeat(np.arange(words), np.diff(firsts))
    pair_keys = owner * words + two[0][:pairs]
    triple_keys = np.repeat(np.arange(pairs), np.diff(following)) * words + three[0][:triples]
    if np.any(np.diff(pair_keys) <= 0) or np.any(np.diff(triple_keys) <= 0):
        raise ValueError("out of order")
    keys, numbers = _words(reader.rest(), words)
    return WordTrigrams(
        keys, numbers, -np.abs(ones["log"][:words]), ones["backoff"][:words].copy(),
        pair_keys, pair_log[two[2][:pairs]], pair_back[two[1][:pairs]],
        triple_keys, triple_log[three[1][:triples]], sha256(data).hexdigest()[:12],
    )  # fmt: skip


def _header(data: bytes) -> tuple[int, int, int]:
    if not data.startswith(_MAGIC):
        raise ValueError("no kenlm file")
    order = data[88]
    kind, has_words = np.frombuffer(data[96:104], "<u4").tolist()
    if (order, kind, has_words & 1) != (3, _TRIE, 1):
        raise ValueError("another kind of model")
    words, pairs, triples = np.frombuffer(data[108:132], "<u8").tolist()
    return words, pairs, triples


def _words(text: bytes, count: int) -> tuple[NDArray[np.uint64], Numbers]:
    words = text.decode("utf-8").split("\0")[:count]
    if len(words) != count or words[UNKNOWN] != "<unk>":
        raise ValueError("no words")
    short = [(number, word) for number, word in enumerate(words) if len(word) <= LONGEST and max(word) <= "\uffff"]
    codes = "".join(word.ljust(LONGEST, "\0") for _, word in short).encode("utf-16-le")
    packed = pack(np.frombuffer(codes, "<u2").reshape(-1, LONGEST))
    order = np.argsort(packed)
    return packed[order], np.array([number for number, _ in short], dtype=np.int64)[order]


def _find(keys: NDArray[np.generic], wanted: NDArray[np.generic]) -> Numbers:
    spots = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Numbers = np.where(keys[spots] == wanted, spots, NONE)
    return found
