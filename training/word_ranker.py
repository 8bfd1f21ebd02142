"""Train the second ranker: it decides what the first one doubts, with a word trigram of general Chinese beside the counts.

The first ranker gates as it does in the program, on the same text with other errors put in than it was trained on.
Run: python -m training.word_ranker OUT.npz NEWS.txt.xz LAWS.txt.xz [WORDS.lm]
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import encode_all
from checks.text.language.passage import PAD, passage_of
from checks.text.language.statistics import Statistics
from checks.text.language.word_trigrams import WordTrigrams, find_word_trigrams, load_word_trigrams
from checks.text.typos.candidates import propose
from checks.text.typos.features import describe
from checks.text.typos.ranker import load_ranker
from checks.text.typos.word_evidence import DOUBTED, NAMES, describe_words
from training.injection import RATE, inject
from training.ranker import PARAMETERS, direction, export, scenes, stages

ROUNDS = 300
LEAVES = 31
SEED = 100  # added to that of the first ranker
SLICE = 20_000  # paragraphs at a time
Labelled = tuple[NDArray[np.float32], NDArray[np.int8]]


def labelled(held: Sequence[str], statistics: Statistics, words: WordTrigrams, seed: int) -> Labelled:
    """Doubted rows with 1 where the right character is proposed."""
    codes, starts = encode_all(held)
    wrong, places = inject(codes, seed, *((RATE, 4) if seed % 3 else (2 * RATE, 1)))
    passage = passage_of(wrong, starts, statistics)
    rows = describe(passage, statistics, propose(passage, statistics))
    odds = load_ranker().score(rows.values, rows.names)
    doubted = describe_words(passage, rows, np.flatnonzero(odds >= DOUBTED), words)
    mine = doubted.places - PAD
    is_error = np.zeros(len(codes) + 8, dtype=bool)
    is_error[places] = True
    right = is_error[mine] & (doubted.codes == codes[mine])
    print(f"  {len(codes)} characters, {len(places)} errors, {len(mine)} doubted rows, {right.sum()} right", flush=True)
    return doubted.values, right.astype(np.int8)


def constraint(name: str) -> int:
    """As for the first ranker; what the words gain by the change can only help it."""
    return {"words_gain": 1, "words_margin": 1, "words_old": 0, "words_rivals": 0}.get(name, direction(name))


def main(out: Path, news: Path, laws: Path, model: Path) -> None:
    """Train and write."""
    words = load_word_trigrams(model)
    parts: list[Labelled] = []
    for index, (name, statistics, held) in enumerate(scenes(news, laws)):
        print(name, flush=True)
        parts += (
            labelled(held[first : first + SLICE], statistics, words, SEED + index + first)
            for first in range(0, len(held), SLICE)
        )
    values = np.concatenate([part for part, _ in parts])
    labels = np.concatenate([label for _, label in parts])
    names = (*load_ranker().names, *NAMES)
    parameters = PARAMETERS | {"num_leaves": LEAVES, "monotone_constraints": [constraint(name) for name in names]}
    model_of_rows = lightgbm.train(parameters, lightgbm.Dataset(values, labels, feature_name=list(names)), ROUNDS)
    print(values.shape, labels.mean())
    np.savez_compressed(out, **export(model_of_rows, names, "1", LEAVES), **stages(model_of_rows, values))


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    found = paths[3] if len(paths) > 3 else find_word_trigrams()
    if not found:
        sys.exit("no word trigram: apt-get install libime-data-language-model")
    main(*paths[:3], found)
