"""Train the ranker of whole-word errors: words put in place of others that sound alike, in held-out text.

Run: python -m training.pairs OUT.npz NEWS.txt.xz LAWS.txt.xz
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
from checks.text.typos.pairs import PairRows, describe_pairs, load_sounds
from training.ranker import PARAMETERS, direction, export, scenes, stages

RATE = 0.02  # words replaced
ROUNDS = 250


def inject_words(codes: NDArray[np.uint16], seed: int) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Codes with words replaced by others of the same sound; returns the places of their first characters."""
    rng = np.random.default_rng(seed)
    sounds = load_sounds()
    group = np.repeat(np.arange(len(sounds.keys)), np.diff(sounds.starts))
    exact = sounds.words[:, 0].astype(np.uint32) << 16 | sounds.words[:, 1]
    order = np.argsort(exact)
    text = codes[:-1].astype(np.uint32) << 16 | codes[1:]
    spots = np.minimum(np.searchsorted(exact[order], text), len(exact) - 1)
    known = np.flatnonzero((exact[order][spots] == text) & (rng.random(len(text)) < RATE))
    known = known[np.concatenate(([True], np.diff(known) > 4))] if len(known) else known
    mine = group[order[spots[known]]]
    begin, size = sounds.starts[mine], sounds.starts[mine + 1] - sounds.starts[mine]
    # frequent words come first in a group and are typed by mistake more often
    other = sounds.words[begin + np.minimum((rng.random(len(mine)) ** 1.7 * size).astype(np.int64), size - 1)]
    both = (other[:, 0] != codes[known]) & (other[:, 1] != codes[known + 1])
    wrong = codes.copy()
    places = known[both]
    wrong[places], wrong[places + 1] = other[both, 0], other[both, 1]
    return wrong, places


def labelled(held: Sequence[str], statistics: Statistics, seed: int) -> tuple[PairRows, NDArray[np.int8]]:
    """Rows with 1 where the original word is proposed."""
    codes, starts = encode_all(held)
    wrong, places = inject_words(codes, seed)
    rows = describe_pairs(passage_of(wrong, starts, statistics), statistics)
    mine = rows.places - PAD
    is_error = np.zeros(len(codes) + 8, dtype=bool)
    is_error[places] = True
    right = (
        is_error[mine]
        & (rows.codes[:, 0] == codes[mine])
        & (rows.codes[:, 1] == codes[np.minimum(mine + 1, len(codes) - 1)])
    )
    print(f"  {len(places)} errors, {right.sum()} with the right word, {len(mine)} rows", flush=True)
    return rows, right.astype(np.int8)


def main(out: Path, news: Path, laws: Path) -> None:
    """Train and write."""
    parts = []
    for index, (name, statistics, held) in enumerate(scenes(news, laws)):
        print(name, flush=True)
        parts.append(labelled(held, statistics, index + 50))
    values = np.concatenate([rows.values for rows, _ in parts])
    labels = np.concatenate([label for _, label in parts])
    names = parts[0][0].names
    parameters = PARAMETERS | {"monotone_constraints": [direction(name) for name in names], "num_leaves": 31}
    model = lightgbm.train(parameters, lightgbm.Dataset(values, labels, feature_name=list(names)), ROUNDS)
    print(values.shape, labels.mean())
    arrays = export(model, names, "1", 31)
    np.savez_compressed(out, **arrays, **stages(model, values))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
