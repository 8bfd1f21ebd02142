"""The ranker: boosted trees as arrays, walked in numpy; short first stages sort out most rows."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from domain.errors import ConfigError

_FEW = 400  # rows up to which all trees are walked at once


CHARACTERS, PAIRS, WORDS = (DATA / f"{name}ranker.npz" for name in ("", "pair_", "word_"))


@dataclass(frozen=True)
class Ranker:
    """Trees of equal width: inner nodes by number, leaves as negative numbers (-1 is leaf 0)."""

    names: tuple[str, ...]
    feature: NDArray[np.int16]  # (trees, nodes)
    limit: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]  # (trees, leaves)
    stages: NDArray[np.int64]  # trees after which hopeless rows are given up
    floors: NDArray[np.float32]  # raw score below which a row is hopeless then
    version: str = ""

    def score(self, values: NDArray[np.float32], names: tuple[str, ...]) -> NDArray[np.float32]:
        """Probability that a candidate is right; 0 for rows given up early."""
        if names != self.names:
            raise ConfigError("错别字排序模型与程序的特征不一致；请用 training/ranker.py 重新训练。")
        raw = np.zeros(len(values), dtype=np.float32)
        rows, done = np.arange(len(values)), 0
        for stop, floor in zip(
            [*self.stages.tolist(), len(self.feature)], [*self.floors.tolist(), -np.inf], strict=True
        ):
            raw[rows] += self._walk(values[rows], done, stop)
            done = stop
            rows = rows[raw[rows] > floor]
        odds = np.zeros(len(values), dtype=np.float32)
        odds[rows] = 1 / (1 + np.exp(-raw[rows]))
        return odds

    def _walk(self, values: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
        if len(values) <= _FEW:
            return self._step(values, start, stop)
        total = np.zeros(len(values), dtype=np.float32)
        columns = np.ascontiguousarray(values.T)
        for tree in range(start, stop):
            total += self._tree(columns, tree)
        return total

    def _tree(self, columns: NDArray[np.float32], tree: int) -> NDArray[np.float32]:
        """One tree for many rows: they are parted at every node (`take` and `compress` cost half of indexing)."""
        feature, limit, left, right = self.feature[tree], self.limit[tree], self.left[tree], self.right[tree]
        result = np.zeros(columns.shape[1], dtype=np.float32)
        low = columns[feature[0]] <= limit[0]
        stack = [(int(left[0]), np.flatnonzero(low)), (int(right[0]), np.flatnonzero(~low))]
        while stack:
            node, rows = stack.pop()
            if node < 0:
                result[rows] = self.value[tree, -node - 1]
            elif len(rows):
                low = columns[feature[node]].take(rows) <= limit[node]
                stack += [(int(left[node]), rows.compress(low)), (int(right[node]), rows.compress(~low))]
        return result

    def _step(self, values: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
        """All trees at once for few rows: every round moves each (row, tree) one node down to its leaf."""
        rows, trees, width = len(values), stop - start, self.feature.shape[1]
        base = np.tile(np.arange(start, stop, dtype=np.int32) * width, rows)
        line = np.repeat(np.arange(rows, dtype=np.int32) * values.shape[1], trees)
        leaf = np.zeros(rows * trees, dtype=np.int32)
        live = np.arange(rows * trees, dtype=np.int32)
        spot = base.copy()
        flat = np.ascontiguousarray(values).reshape(-1)
        feature, limit = self.feature.reshape(-1), self.limit.reshape(-1)
        left, right = self.left.reshape(-1), self.right.reshape(-1)
        while len(live):
            low = flat[line[live] + feature[spot]] <= limit[spot]
            after = np.where(low, left[spot], right[spot]).astype(np.int32)
            ended = after < 0
            leaf[live[ended]] = -after[ended] - 1
            live = live[~ended]
            spot = base[live] + after[~ended]
        sums: NDArray[np.float32] = self.value.reshape(-1)[base + leaf].reshape(rows, trees).sum(axis=1)
        return sums


@cache
def load_ranker(path: Path = CHARACTERS) -> Ranker:
    """The shipped weights."""
    with np.load(path) as arrays:
        return Ranker(
            tuple(str(name) for name in arrays["names"]),
            arrays["feature"], arrays["limit"], arrays["left"], arrays["right"], arrays["value"],
            arrays["stages"], arrays["floors"], str(arrays["version"]),
        )  # fmt: skip
