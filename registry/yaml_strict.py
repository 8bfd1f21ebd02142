"""YAML registries: every scalar stays text (ids keep their zeros), duplicate keys are refused with their line."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from domain.errors import RegistryError
from registry.headers import TITLE, header_key

Lines = list[tuple[int, list[str]]]


def read_yaml(text: str, path: Path) -> list[tuple[str, Lines]]:
    """Sheets of a YAML file: name and (line number, cells), a header line first.

    The file is a mapping of sheet name to a list of mappings (header name: value), or one such list.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        raise RegistryError(f"{path.name} {where}不是正确的 YAML；请检查缩进、冒号和引号") from error
    except RecursionError as error:
        raise RegistryError(f"{path.name} 嵌套过深，不是名录；请按 docs/how-to/registry.md 的样子写") from error
    if root is None:
        raise RegistryError(f"{path.name} 是空的；请按 docs/how-to/registry.md 的样子写")
    problems: list[str] = []
    if isinstance(root, yaml.SequenceNode):
        sheets = [(path.stem, _sheet(root, problems))]
    elif isinstance(root, yaml.MappingNode):
        pairs = _pairs(root, problems)
        sheets = [(TITLE.get(name, name), _sheet(node, problems)) for name, node in pairs]
    else:
        problems.append(f"第 {root.start_mark.line + 1} 行：须是“表名: 列表”")
    if problems:
        raise RegistryError(f"{path.name} 写法有误，共 {len(problems)} 处；请逐条改正", tuple(problems))
    return sheets


def _sheet(node: yaml.Node, problems: list[str]) -> Lines:
    if not isinstance(node, yaml.SequenceNode):
        if not _is_empty(node):
            problems.append(f"第 {node.start_mark.line + 1} 行：表名下面须是列表，每行以“- ”开头")
        return []
    records = [(item.start_mark.line + 1, _record(item, problems)) for item in node.value]
    names = list(dict.fromkeys(name for _, record in records for name in record))
    rows = [(line, [record.get(name, "") for name in names]) for line, record in records]
    return [(node.start_mark.line + 1, names), *rows]


def _record(node: yaml.Node, problems: list[str]) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        problems.append(f"第 {node.start_mark.line + 1} 行：每一项须写成“列名: 内容”")
        return {}
    return {name: _cell(value, problems) for name, value in _pairs(node, problems)}


def _pairs(node: yaml.MappingNode, problems: list[str]) -> Sequence[tuple[str, yaml.Node]]:
    seen: dict[str, int] = {}
    for name, _ in node.value:
        line = name.start_mark.line + 1
        word = header_key(name.value) if isinstance(name, yaml.ScalarNode) else ""
        if not word:
            problems.append(f"第 {line} 行：列名须是文字")
        elif word in seen:
            problems.append(f"第 {line} 行：“{name.value}”与第 {seen[word]} 行重复；请删去一个")
        seen.setdefault(word, line)
    return [(str(name.value), value) for name, value in node.value if isinstance(name, yaml.ScalarNode)]


def _cell(node: yaml.Node, problems: list[str]) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "" if _is_empty(node) else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return "\n".join(item.value for item in node.value)
    problems.append(f"第 {node.start_mark.line + 1} 行：这里须是一段文字或一列文字")
    return ""


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
