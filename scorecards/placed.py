"""YAML or JSON read strictly, with the place of every value, for files a person wrote by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from domain.errors import ConfigError, cause

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
_OPENING = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


@dataclass(slots=True)
class Placed:
    """A document and the line of each of its values (`findings[2].count` -> 7; JSON carries no lines)."""

    name: str
    value: Any
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, path: str) -> str:
        """How to call a value's place in an error sentence."""
        return f"第{self.lines[path]}行 {path}" if path in self.lines else path


class _Faulty(Exception):
    """Why a document cannot be read."""


def load_placed(path: Path) -> Placed:
    """Read a file; ConfigError says what is wrong with it and where."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ConfigError(f"{path}：文件有 {size} 字节，超过 {MAX_BYTES} 字节的上限，请确认是否选错了文件。")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}：无法读取（{cause(error)}），请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}：不是 UTF-8 文本，请另存为 UTF-8 编码后重试。") from error
    try:
        if path.suffix.lower() == ".json":
            return Placed(path.name, json.loads(text, object_pairs_hook=_unique))
        return _load_yaml(path.name, text)
    except json.JSONDecodeError as error:
        raise ConfigError(
            f"{path}：第{error.lineno}行第{error.colno}列 JSON 格式有误（{error.msg}），请改正。"
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}：第{line}行 YAML 格式有误（{error.problem}），请改正。") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}：含有 YAML 不允许的字符，请另存为纯文本后重试。") from error
    except _Faulty as error:
        raise ConfigError(f"{path}:{error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}：内容嵌套过深，无法读取。") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise _Faulty(f"键“{key}”重复，请只保留一个。")
    return dict(pairs)


def _load_yaml(name: str, text: str) -> Placed:
    loader = yaml.SafeLoader(text)
    try:
        _refuse_tricks(text)
        node = loader.get_single_node()
        lines: dict[str, int] = {}
        return Placed(name, None if node is None else _build(loader, node, "", lines), lines)
    finally:
        loader.dispose()


def _refuse_tricks(text: str) -> None:
    # Aliases can blow a small file up to gigabytes, deep nesting makes the scanner quadratic.
    depth = 0
    for token in yaml.scan(text):
        if isinstance(token, yaml.AliasToken):
            raise _Faulty(f"第{token.start_mark.line + 1}行：不支持 YAML 引用（*{token.value}），请直接写出内容。")
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > MAX_DEPTH:
            raise _Faulty(f"第{token.start_mark.line + 1}行：内容嵌套过深，无法读取。")


def _build(loader: yaml.SafeLoader, node: yaml.Node, path: str, lines: dict[str, int]) -> Any:
    line = lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, f"{path}[{number}]", lines) for number, item in enumerate(node.value, 1)]
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in built:
                raise _Faulty(f"第{key_node.start_mark.line + 1}行：键“{key}”重复，请只保留一个。")
            built[key] = _build(loader, value_node, f"{path}.{key}".lstrip("."), lines)
        return built
    try:
        return loader.construct_object(node)
    except ValueError as error:
        raise _Faulty(f"第{line}行：“{node.value}”不是有效的值，请改正。") from error
