"""How much of its context a reviewed typo keeps: enough not to strike or spare other text.

A confirmed typo becomes the longest lexicon word that holds it, or itself with two neighbours on each side. What was
rejected is allowed with one neighbour on each side, a string of several characters with two.
"""

import re

from checks.text.language.alphabet import encode
from checks.text.language.hash_tables import STEPS, window_sums
from checks.text.language.lexicon import load_lexicon

_RUN = re.compile("[一-龥〇A-Za-z0-9·]+")
_LONGEST = 5
_BESIDE = 2
_MUCH = 2.3  # ln 10: how much more frequent the right word must be


def confirmed_form(sentence: str, at: int, wrong: str, right: str) -> tuple[str, str]:
    """(wrong, right) as a dictionary should hold them; `at` is the place of `wrong` in the sentence."""
    if word := whole_word(sentence, at, wrong, right):
        return word
    start, end = _widened(sentence, at, at + len(wrong), _BESIDE)
    before, after = sentence[start:at], sentence[at + len(wrong) : end]
    return before + wrong + after, before + right + after


def whole_word(sentence: str, at: int, wrong: str, right: str) -> tuple[str, str] | None:
    """The longest lexicon word that the right characters make with their neighbours, as written and as meant."""
    low, high = _run(sentence, at, at + len(wrong))
    for length in range(_LONGEST, max(2, len(wrong)) - 1, -1):
        for start in range(max(low, at + len(wrong) - length), min(at, high - length) + 1):
            before, after = sentence[start:at], sentence[at + len(wrong) : start + length]
            if _word_log(before + right + after) - _word_log(before + wrong + after) >= _MUCH:
                return before + wrong + after, before + right + after
    return None


def allowed_phrase(sentence: str, at: int, wrong: str) -> str:
    """What is right as it stands wherever it stands."""
    start, end = _widened(sentence, at, at + len(wrong), 1 if len(wrong) == 1 else _BESIDE)
    return sentence[start:end]


def _widened(sentence: str, start: int, end: int, beside: int) -> tuple[int, int]:
    """The span with its neighbours in the same run of characters; where it stands alone, with whatever stands beside."""
    low, high = _run(sentence, start, end)
    if (low, high) == (start, end):
        low, high = 0, len(sentence)
    return max(low, start - beside), min(high, end + beside)


def _run(sentence: str, start: int, end: int) -> tuple[int, int]:
    for found in _RUN.finditer(sentence):
        if found.start() <= start and end <= found.end():
            return found.start(), found.end()
    return start, end


def _word_log(text: str) -> float:
    """Log-frequency in the lexicon, which knows some wrong forms too; a little for any word, 0 for none."""
    table = load_lexicon().tables.get(len(text))
    log = int(table.look(window_sums(encode(text), len(text))[:1])[0]) if table is not None else 0
    return _MUCH - 1.1 + log / STEPS if log else 0.0
