"""Our reader of the word trigram beside kenlm itself, where that is installed: random sentences, the same figures?"""

import random
from importlib.util import find_spec

import numpy as np

from checks.text.language.word_trigrams import LONGEST, NONE, WordTrigrams, find_word_trigrams

SENTENCES, WORDS = 5_000, 4


def compared(words: WordTrigrams) -> str:
    """What the comparison gave, as half a sentence."""
    if find_spec("kenlm") is None:
        return "not compared with kenlm, which is not installed"
    import kenlm

    peer, rng = kenlm.Model(str(find_word_trigrams())), random.Random(7)
    known = [_spelt(int(key)) for key in words.keys[:: max(1, len(words.keys) // 4000)]]
    worst = 0.0
    for _ in range(SENTENCES):
        sentence = [rng.choice(known) for _ in range(WORDS)]
        theirs = [score for score, *_ in peer.full_scores(" ".join(sentence), bos=False, eos=False)]
        worst = max(worst, *(abs(a - b) for a, b in zip(theirs, _ours(words, sentence), strict=True)))
    return f"greatest difference to kenlm over {SENTENCES} random sentences: {worst:.1e}"


def _spelt(key: int) -> str:
    return "".join(chr(key >> 16 * place & 0xFFFF) for place in range(LONGEST)).rstrip("\0")


def _ours(words: WordTrigrams, sentence: list[str]) -> list[float]:
    last, before, back = np.array([NONE]), np.array([NONE]), np.zeros(1, np.float32)
    found = []
    for text in sentence:
        key = sum(ord(char) << 16 * place for place, char in enumerate(text))
        word = np.maximum(words.numbers_of(np.array([key], dtype=np.uint64)), 0)
        log, following = words.follow(word, last, before, back)
        found.append(float(log[0]))
        last, before, back = word, last, following
    return found
