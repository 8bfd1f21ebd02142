"""Train the ranker by self-supervision: errors put into held-out text, scored with counts of the rest.

Half of the rows are scored with counts of another kind of text, so that unfamiliar surroundings teach caution.
Run: python -m training.ranker OUT.npz NEWS.txt.xz LAWS.txt.xz
"""

import lzma
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import encode_all
from checks.text.language.counts import Counter, distinct, merge
from checks.text.language.passage import PAD, passage_of
from checks.text.language.statistics import Statistics, build_statistics
from checks.text.typos.candidates import propose
from checks.text.typos.features import Rows, describe
from training.injection import RATE, inject

PARTS = 8  # texts are cut into so many parts by a hash of each paragraph
FOLDS = 2
STAGES = (12, 40, 120)
SAFE = 0.5  # no row that ends above this probability may be given up on the training rows
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 47, "min_data_in_leaf": 100, "lambda_l2": 5.0,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "num_threads": 1, "seed": 7, "verbose": -1,
    "max_bin": 127, "deterministic": True,
}  # fmt: skip
ROUNDS = 500


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a text file, packed with xz or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from file


def count(paragraphs: Sequence[str]) -> Counter:
    """Counts of paragraphs."""
    counter = Counter()
    counter.add(paragraphs)
    return counter


def together(left: Counter, right: Counter) -> Counter:
    """Two counts as one."""
    both = Counter({order: merge(left.orders[order], right.orders[order]) for order in left.orders})
    both.characters = left.characters + right.characters
    both.paragraphs, both.total = left.paragraphs + right.paragraphs, left.total + right.total
    return both


def labelled(held: Sequence[str], statistics: Statistics, seed: int) -> tuple[Rows, NDArray[np.int8]]:
    """Rows with 1 where the right character is proposed."""
    codes, starts = encode_all(held)
    wrong, places = inject(codes, seed, *((RATE, 4) if seed % 3 else (2 * RATE, 1)))
    passage = passage_of(wrong, starts, statistics)
    rows = describe(passage, statistics, propose(passage, statistics))
    mine = rows.places - PAD
    is_error = np.zeros(len(codes) + 8, dtype=bool)
    is_error[places] = True
    hit = is_error[mine]
    right = hit & (rows.codes == codes[mine])
    print(
        f"  {len(places)} errors, {hit.sum()} doubtful with a candidate, {right.sum()} with the right one, {len(mine)} rows"
    )
    return rows, right.astype(np.int8)


def scenes(news_path: Path, laws_path: Path) -> Iterator[tuple[str, Statistics, list[str]]]:
    """(name, statistics, text they have not seen): at home, with little text, and far from home."""
    news, laws = (list(distinct(read_lines(path))) for path in (news_path, laws_path))
    for fold in range(FOLDS):
        kept = count([*_without(news, fold), *_without(laws, fold)])
        home = build_statistics(kept, f"home {fold}")
        yield "news at home", home, _part(news, fold)
        yield "laws at home", home, _part(laws, fold)[::4]
    only_laws = count(laws)
    yield "news by laws", build_statistics(only_laws, "laws"), [*_part(news, 2), *_part(news, 1)]
    some = together(only_laws, count(_part(news, 3)[::3]))
    yield (
        "news by laws and some news",
        build_statistics(some, "some"),
        [*_part(news, 4), *_part(news, 5), *_part(news, 0)],
    )
    only_news = count(news)
    yield "laws by news", build_statistics(only_news, "news"), _part(laws, 6)
    little = count(_part(news, 6) + _part(laws, 6))
    yield "news by little", build_statistics(little, "little"), _part(news, 7) + _part(laws, 7)[::4]
    third = count([text for part in (1, 2, 3) for text in _part(news, part)] + _part(laws, 1))
    yield "news by a third", build_statistics(third, "third"), [*_part(news, 6), *_part(news, 5)]


def _part(texts: Sequence[str], number: int) -> list[str]:
    return [text for text in texts if zlib.crc32(text.encode()) % PARTS == number]


def _without(texts: Sequence[str], number: int) -> list[str]:
    return [text for text in texts if zlib.crc32(text.encode()) % PARTS != number]


def stages(model: lightgbm.Booster, values: np.ndarray) -> dict[str, np.ndarray]:
    """After how many trees to give up rows, and below which raw score."""
    final = model.predict(values)
    floors = []
    for count in STAGES:
        raw = model.predict(values, raw_score=True, num_iteration=count)
        floors.append(float(np.quantile(raw[final > SAFE], 0.0005)) - 0.05)
        print(f"  {count} trees keep {(raw > floors[-1]).mean():.3f}")
    return {"stages": np.array(STAGES), "floors": np.array(floors, dtype=np.float32)}


def direction(name: str) -> int:
    """More support for the candidate can only help it, more for the original only hurt it."""
    if name.startswith(("old", "word_old", "bond_old")):
        return -1
    return int(name.startswith(("new", "part", "gain", "margin", "pass_gain", "word_new", "bond_new", "path_gain")))


def export(model: lightgbm.Booster, names: Sequence[str], version: str, leaves: int) -> dict[str, np.ndarray]:
    """The trees as arrays of equal width."""
    trees = [info["tree_structure"] for info in model.dump_model()["tree_info"]]
    shape = (len(trees), leaves)
    arrays = {
        "feature": np.zeros(shape, np.int16), "limit": np.zeros(shape, np.float32), "left": np.zeros(shape, np.int16),
        "right": np.zeros(shape, np.int16), "value": np.zeros(shape, np.float32),
    }  # fmt: skip

    def number(node: dict) -> int:
        return node["split_index"] if "split_index" in node else -node.get("leaf_index", 0) - 1

    def fill(tree: int, node: dict) -> None:
        if "split_index" not in node:
            arrays["value"][tree, node.get("leaf_index", 0)] = node["leaf_value"]
            return
        spot = tree, node["split_index"]
        arrays["feature"][spot], arrays["limit"][spot] = node["split_feature"], node["threshold"]
        arrays["left"][spot], arrays["right"][spot] = number(node["left_child"]), number(node["right_child"])
        fill(tree, node["left_child"])
        fill(tree, node["right_child"])

    for index, tree in enumerate(trees):
        fill(index, tree)
    return arrays | {"names": np.array(names), "version": np.array(version)}


def main(out: Path, news: Path, laws: Path) -> None:
    """Train and write."""
    parts = []
    for index, (name, statistics, held) in enumerate(scenes(news, laws)):
        print(name, flush=True)
        parts.append(labelled(held, statistics, index))
    values = np.concatenate([rows.values for rows, _ in parts])
    labels = np.concatenate([label for _, label in parts])
    names = parts[0][0].names
    print(values.shape, labels.mean(), flush=True)
    PARAMETERS["monotone_constraints"] = [direction(name) for name in names]
    data = lightgbm.Dataset(values, labels, feature_name=list(names), free_raw_data=True)
    model = lightgbm.train(PARAMETERS, data, ROUNDS)
    arrays = export(model, names, "1", PARAMETERS["num_leaves"])
    np.savez_compressed(out, **arrays, **stages(model, values))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
