"""Trees walked at once, tree by tree, and given up in stages all say the same."""

import numpy as np
import pytest

from checks.text.typos import ranker as module
from checks.text.typos.ranker import PAIRS, load_ranker
from domain.errors import ConfigError


@pytest.mark.parametrize("ranker", [load_ranker(), load_ranker(PAIRS)], ids=["characters", "words"])
def test_both_walks_agree(ranker):
    values = np.random.default_rng(3).normal(2, 4, (50, len(ranker.names))).astype(np.float32)
    at_once = ranker._step(values, 0, len(ranker.feature))
    by_tree = sum(ranker._tree(np.ascontiguousarray(values.T), tree) for tree in range(len(ranker.feature)))
    assert np.allclose(at_once, by_tree, atol=1e-3)


def test_rows_given_up_score_nothing(monkeypatch):
    ranker = load_ranker()
    values = np.random.default_rng(4).normal(2, 4, (600, len(ranker.names))).astype(np.float32)
    many = ranker.score(values, ranker.names)
    monkeypatch.setattr(module, "_FEW", 10**9)
    assert np.allclose(many, ranker.score(values, ranker.names), atol=1e-4)
    assert ((many >= 0) & (many <= 1)).all()


def test_other_features_are_refused():
    with pytest.raises(ConfigError, match="特征不一致"):
        load_ranker().score(np.zeros((1, 2), dtype=np.float32), ("a", "b"))
