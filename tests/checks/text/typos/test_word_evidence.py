"""What the words say of a change: the best way through them, and columns beside those of the counts."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from small_trigrams import written
from test_word_trigrams import LOGS, likelihoods, numbers

from checks.text.language.alphabet import BOUNDARY, encode
from checks.text.language.starter import load_starter
from checks.text.language.word_trigrams import WordTrigrams, find_word_trigrams, load_word_trigrams
from checks.text.typos.analyser import Analyser
from checks.text.typos.ranker import WORDS, load_ranker
from checks.text.typos.word_evidence import NAMES, Voice, best_ways


@pytest.fixture
def words(tmp_path: Path) -> WordTrigrams:
    path = tmp_path / "words.lm"
    path.write_bytes(written(LOGS))
    return load_word_trigrams(path)


def every_way(words: WordTrigrams, text: str) -> float:
    """The best of all ways to cut a text into known words and single characters."""
    best = -np.inf
    for cuts in product([False, True], repeat=len(text) - 1):
        parts, begin = [], 0
        for place, cut in enumerate([*cuts, True], 1):
            if cut:
                parts.append(text[begin:place])
                begin = place
        known = numbers(words, *(part for part in parts if len(part) <= 4))
        if all(len(part) == 1 or (len(part) <= 4 and number >= 0) for part, number in zip(parts, known, strict=False)):
            best = max(best, sum(likelihoods(words, parts)))
    return best


@pytest.mark.parametrize("text", ["我们的工作", "的工作的", "做工作", "天的我们", "工做"])
def test_the_best_way_is_the_best_of_all(words: WordTrigrams, text: str) -> None:
    if all(len(part) <= 4 for part in [text]):
        assert float(best_ways(encode(text)[None, :], words)[0]) == pytest.approx(every_way(words, text), abs=1e-3)
    padded = np.concatenate((np.full(2, BOUNDARY, np.uint16), encode(text), np.full(3, BOUNDARY, np.uint16)))
    assert best_ways(padded[None, :], words)[0] == pytest.approx(best_ways(encode(text)[None, :], words)[0])


def test_the_shipped_ranker_knows_the_columns() -> None:
    assert load_ranker(WORDS).names == (*load_ranker().names, *NAMES)


def test_the_version_names_the_words(words: WordTrigrams) -> None:
    voice = Voice(words, load_ranker(WORDS))
    with_words, without = Analyser(load_starter(), voice=voice), Analyser(load_starter())
    assert words.version in with_words.version
    assert with_words.version != without.version


def test_general_chinese_tells_more_than_the_laws_alone() -> None:
    path = find_word_trigrams()
    if path is None:
        pytest.skip("libime-data-language-model is not installed")
    voice = Voice(load_word_trigrams(path), load_ranker(WORDS))
    text = ["医生建意病人多喝水，多休息。"]
    assert not any(hit.reported for hit in Analyser(load_starter()).analyse(text)[0])
    told = Analyser(load_starter(), voice=voice).analyse(text)[0]
    assert [(hit.text, hit.suggestion, hit.reported) for hit in told] == [("意", "议", True)]
