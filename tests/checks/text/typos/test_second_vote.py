"""A second vote: a tiny masked model built here, and a scorer without any model."""

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from checks.text.hits import Level
from checks.text.language.starter import load_starter
from checks.text.typos.analyser import Analyser
from checks.text.typos.second_vote import MODEL, VOCABULARY, load_model, require_model
from domain.errors import ConfigError

SURE = "会议要求各单位切实加强监督管里工作，保障人民群众生命财产安全。"
NEEDED = pytest.mark.skipif(
    find_spec("onnx") is None or find_spec("onnxruntime") is None, reason="onnx and onnxruntime are not installed"
)
TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"管里理监督工作城"]


@dataclass(frozen=True)
class Opinion:
    """A scorer that always says the same."""

    answer: bool
    version: str = "1"

    def agrees(self, text: str, start: int, end: int, right: str) -> bool:
        """The answer."""
        return self.answer


def test_the_vote_decides_what_the_counts_suspect():
    analyser = Analyser(load_starter())
    for answer, level in ((True, Level.PROBABLE), (False, Level.SUSPECTED)):
        (hits,) = replace(analyser, scorer=Opinion(answer)).analyse([SURE])
        assert [(hit.text, hit.suggestion, hit.level) for hit in hits] == [("里", "理", level)]
    assert replace(analyser, scorer=Opinion(True)).version != analyser.version


def test_the_vote_does_not_touch_the_dictionary():
    (hits,) = Analyser(load_starter(), scorer=Opinion(False)).analyse(["各部门要认真布署下一步工作。"])
    assert [hit.level for hit in hits] == [Level.CERTAIN]


def build_model(folder: Path, logits: dict[str, float], *, inputs: tuple[str, ...] = ("input_ids",)) -> Path:
    """A model that wants the same tokens everywhere: each token adds its row of a table of logits."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    size = len(TOKENS)
    wanted = np.zeros((size, size), dtype=np.float32)
    for token, logit in logits.items():
        wanted[:, TOKENS.index(token)] = logit
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"])],
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, None]) for name in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, None, size])],
        [numpy_helper.from_array(wanted, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    folder.mkdir(exist_ok=True)
    onnx.save(model, str(folder / MODEL))
    (folder / VOCABULARY).write_text("\n".join(TOKENS) + "\n", encoding="utf-8")
    return folder


@NEEDED
def test_a_masked_model_votes(tmp_path):
    model = load_model(build_model(tmp_path, {"理": 5.0, "里": 1.0}))
    assert model.agrees("监督管里工作", 3, 4, "理")
    assert not model.agrees("监督管理工作", 3, 4, "里")
    assert not model.agrees("监督管里工作", 3, 4, "城")  # no better than what stands there
    assert not model.agrees("监督管里工作", 3, 4, "礼")  # not in the vocabulary
    assert not model.agrees("监督管里工作", 2, 4, "理")  # another length
    (hits,) = Analyser(load_starter(), scorer=model).analyse([SURE])
    assert [hit.level for hit in hits] == [Level.PROBABLE]


@NEEDED
def test_a_model_with_masks_and_types_is_given_them(tmp_path):
    folder = build_model(tmp_path, {"理": 5.0}, inputs=("input_ids", "attention_mask", "token_type_ids"))
    assert load_model(folder).agrees("管里", 1, 2, "理")


@NEEDED
def test_what_is_no_such_model_is_refused(tmp_path):
    folder = build_model(tmp_path, {}, inputs=("input_ids", "pixels"))
    with pytest.raises(ConfigError, match="需要 input_ids"):
        load_model(folder)
    (folder / MODEL).write_bytes(b"no model")
    with pytest.raises(ConfigError, match="无法读取"):
        load_model(folder)
    (folder / VOCABULARY).write_text("管\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"缺少 \[CLS\]"):
        load_model(folder)
    (folder / VOCABULARY).unlink()
    with pytest.raises(ConfigError, match=r"没有 vocab\.txt"):
        load_model(folder)


def test_what_is_missing_is_said_in_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match=r"没有安装 onnxruntime|没有 model\.onnx"):
        require_model(tmp_path)
