"""A second vote on what the counts suspect: a masked language model that the office supplies, absent by default.

What the model must be: a folder with `model.onnx` and `vocab.txt`, as exports of BERT-like models for Chinese have them.
`vocab.txt` holds one token a line, its number is the line; [CLS], [SEP], [UNK] and [MASK] are among them, and every
Chinese character is a token. `model.onnx` takes `input_ids` (int64, 1 x tokens) and, where it asks for them,
`attention_mask` and `token_type_ids`; its first output are logits (1 x tokens x vocabulary).

The sentence is cut into single characters, [CLS] before and [SEP] behind; the characters in question become [MASK]. The
model agrees when it prefers the suggestion to what stands there by `margin` (natural logarithm, a character on average).
"""

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from domain.errors import ConfigError

MODEL, VOCABULARY = "model.onnx", "vocab.txt"
MARGIN = 3.0
_AROUND = 120  # characters on each side that the model sees
_SPECIAL = ("[CLS]", "[SEP]", "[UNK]", "[MASK]")


class Scorer(Protocol):
    """Something that can say whether a change suits its sentence."""

    @property
    def version(self) -> str:
        """Changes when the answers may."""
        ...

    def agrees(self, text: str, start: int, end: int, right: str) -> bool:
        """Whether `right` suits the text better than what stands from `start` to `end`."""
        ...


@dataclass(frozen=True)
class MaskedModel:
    """A masked language model read by onnxruntime."""

    session: Any
    tokens: dict[str, int]
    version: str
    margin: float = MARGIN
    extra: tuple[str, ...] = field(default=())  # inputs beside input_ids that the model asks for

    def agrees(self, text: str, start: int, end: int, right: str) -> bool:
        """See `Scorer`; a change of length, or a character the vocabulary lacks, has no vote."""
        wrong = text[start:end]
        if len(wrong) != len(right) or any(char not in self.tokens for char in right):
            return False
        first = max(0, start - _AROUND)
        ids = [self._id(char) for char in text[first : end + _AROUND]]
        for place in range(start - first, end - first):
            ids[place] = self.tokens["[MASK]"]
        logits = self._logits([self.tokens["[CLS]"], *ids, self.tokens["[SEP]"]])
        gains = [
            logits[start - first + 1 + place, self.tokens[new]] - logits[start - first + 1 + place, self._id(old)]
            for place, (old, new) in enumerate(zip(wrong, right, strict=True))
            if old != new
        ]
        return bool(gains) and sum(gains) / len(gains) >= self.margin

    def _id(self, char: str) -> int:
        return self.tokens.get(char, self.tokens.get(char.lower(), self.tokens["[UNK]"]))

    def _logits(self, ids: list[int]) -> NDArray[np.float32]:
        row = np.array([ids], dtype=np.int64)
        given = {"attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        (logits, *_) = self.session.run(None, {"input_ids": row, **{name: given[name] for name in self.extra}})
        found: NDArray[np.float32] = logits[0]
        return found


def require_model(folder: Path) -> None:
    """ConfigError unless onnxruntime is installed and the folder holds both files; cheap, for the start of a command."""
    if find_spec("onnxruntime") is None:
        raise ConfigError(
            "rules.yaml 为 text.typo 配置了 model，但没有安装 onnxruntime；请运行 pip install 'xunjian[onnx]'，或删去 model。"
        )
    for name in (MODEL, VOCABULARY):
        if not (folder / name).is_file():
            raise ConfigError(
                f"第二意见模型的文件夹 {folder} 中没有 {name}；请放入 {MODEL} 和 {VOCABULARY}，或删去 model。"
            )


def load_model(folder: Path, margin: float = MARGIN) -> MaskedModel:
    """The model of a folder; ConfigError says what is missing or does not fit."""
    require_model(folder)
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    lines = (folder / VOCABULARY).read_text(encoding="utf-8").splitlines()
    tokens = {token: number for number, token in enumerate(lines)}
    if lacking := [name for name in _SPECIAL if name not in tokens]:
        raise ConfigError(
            f"第二意见模型的词表 {folder / VOCABULARY} 缺少 {'、'.join(lacking)}；需要 BERT 类模型的词表。"
        )
    try:
        session = onnxruntime.InferenceSession(folder / MODEL, providers=["CPUExecutionProvider"])
    except (faults.Fail, faults.InvalidArgument, faults.InvalidGraph, faults.InvalidProtobuf) as fault:
        raise ConfigError(f"第二意见模型 {folder / MODEL} 无法读取（{fault}）；请换用完整的 ONNX 文件。") from fault
    return MaskedModel(session, tokens, _version(folder), margin, _extra_inputs(session, folder))


def _extra_inputs(session: Any, folder: Path) -> tuple[str, ...]:
    names = {item.name for item in session.get_inputs()}
    if "input_ids" not in names or names - {"input_ids", "attention_mask", "token_type_ids"}:
        raise ConfigError(
            f"第二意见模型 {folder / MODEL} 的输入是 {'、'.join(sorted(names))}；需要 input_ids（可另有 attention_mask、token_type_ids）。"
        )
    return tuple(sorted(names - {"input_ids"}))


def _version(folder: Path) -> str:
    about = (folder / MODEL).stat()
    return f"{about.st_size}.{int(about.st_mtime)}"
