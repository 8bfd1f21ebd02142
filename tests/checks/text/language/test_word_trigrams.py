"""The reader of kenlm's binary form, against a writer of its own and against the package where it is installed."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from small_trigrams import written

from checks.text.language.alphabet import encode
from checks.text.language.word_trigrams import NONE, WordTrigrams, find_word_trigrams, load_word_trigrams, pack
from domain.errors import ConfigError

LOGS = {
    ("<unk>",): (-6.0, 0.0),
    ("我们",): (-2.0, -0.5), ("的",): (-1.0, -0.25), ("工作",): (-2.5, -0.125), ("做",): (-3.0, -0.0625),
    ("我们", "的"): (-0.5, -0.75), ("的", "工作"): (-0.25, -1.0), ("工作", "的"): (-1.5, 0.0), ("做", "工作"): (-2.0, -0.3125),
    ("我们", "的", "工作"): (-0.0625, 0.0), ("的", "工作", "的"): (-0.375, 0.0),
}  # fmt: skip


def model(tmp_path: Path, data: bytes | None = None) -> WordTrigrams:
    path = tmp_path / "words.lm"
    path.write_bytes(written(LOGS) if data is None else data)
    return load_word_trigrams(path)


def numbers(words: WordTrigrams, *texts: str) -> list[int]:
    """Numbers of words; NONE for those that are not in the file."""
    keys = [pack(np.pad(encode(text), (0, 4 - len(text)))[None, :]) for text in texts]
    return words.numbers_of(np.concatenate(keys)).tolist()


def likelihoods(words: WordTrigrams, sentence: list[str]) -> list[float]:
    """log10 of each word after those before it."""
    last, before, back = np.array([NONE]), np.array([NONE]), np.zeros(1, np.float32)
    found = []
    for number in numbers(words, *sentence):
        word = np.array([max(number, 0)])
        log, following = words.follow(word, last, before, back)
        found.append(round(float(log[0]), 4))
        last, before, back = word, last, following
    return found


def expected(sentence: list[str]) -> list[float]:
    """By the definition: the longest entry known, each shorter one at the price of a back-off."""

    def log(words: tuple[str, ...]) -> float:
        if words in LOGS:
            return LOGS[words][0]
        return LOGS.get(words[:-1], (0.0, 0.0))[1] + log(words[1:])

    known = [word if (word,) in LOGS else "<unk>" for word in sentence]
    return [round(log(tuple(known[max(0, at - 2) : at + 1])), 4) for at in range(len(known))]


@pytest.mark.parametrize("cut", [0, 1, 22])
def test_every_sentence_of_four_words_is_as_likely_as_its_entries_say(tmp_path: Path, cut: int) -> None:
    words = model(tmp_path, written(LOGS, cut=cut))
    for sentence in product(["我们", "的", "工作", "做", "天"], repeat=4):
        assert likelihoods(words, list(sentence)) == expected(list(sentence)), sentence


def test_words_that_are_not_in_the_file(tmp_path: Path) -> None:
    assert numbers(model(tmp_path), "天", "工作人") == [NONE, NONE]


@pytest.mark.parametrize(
    "data",
    [b"", b"x" * 5000, written(LOGS)[:700], written(LOGS, order=4), written(LOGS, kind=2), written(LOGS)[:-30]],
    ids=["empty", "other", "cut", "order", "kind", "no words"],
)
def test_another_file_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ConfigError, match="libime-data-language-model"):
        model(tmp_path, data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="无法读取"):
        load_word_trigrams(tmp_path / "none.lm")


def test_the_package_is_found_and_read(tmp_path: Path) -> None:
    place = tmp_path / "some-machine" / "libime" / "zh_CN.lm"
    assert find_word_trigrams(tmp_path) is None
    place.parent.mkdir(parents=True)
    place.write_bytes(written(LOGS))
    assert find_word_trigrams(tmp_path) == place


def test_the_words_of_the_package() -> None:
    path = find_word_trigrams()
    if path is None:
        pytest.skip("libime-data-language-model is not installed")
    words = load_word_trigrams(path)
    right, wrong = (sum(likelihoods(words, text.split())) for text in ("研究 部署 工作", "研究 不 署 工作"))
    assert right > wrong + 3
