"""YAML read strictly: every value keeps its line, a key given twice is a fault, nothing is guessed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from checks.rules.yaml_faults import explained

Path = tuple[str | int, ...]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class RuleFile:
    """The parsed file: plain data, the line of every value, and the faults found so far."""

    source: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def fault(self, path: Path, sentence: str) -> None:
        """Note a fault at a key: `file:line: a.b.c: sentence`."""
        line = next((self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines), 1)
        place = ".".join(str(part) for part in path) or "（文件）"
        self.problems.append(f"{self.source}:{line}: {place}: {sentence}")


def parse(text: str, source: str) -> RuleFile:
    """Read YAML text; syntax faults and double keys end up in `problems`, never in an exception."""
    parsed = RuleFile(source)
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            parsed.data = _value(node, (), parsed, loader, ())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or error)
        line, key, sentence = explained(text, mark.line + 1 if mark else 1, problem)
        parsed.lines[()] = line
        parsed.problems.append(f"{source}:{line}: {key or '（文件）'}: {sentence}")
    finally:
        loader.dispose()
    return parsed


def _value(node: Any, path: Path, parsed: RuleFile, loader: Any, above: tuple[int, ...]) -> Any:
    parsed.lines.setdefault(path, node.start_mark.line + 1)
    if id(node) in above:
        parsed.fault(path, "引用了自身，请改为直接书写")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, parsed, loader, (*above, id(node)))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), parsed, loader, (*above, id(node))) for i, item in enumerate(node.value)]
    try:
        value = loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        parsed.fault(path, f"无法读取该值：{error}")
        return None
    return value.isoformat() if isinstance(value, date) else value


def _mapping(node: Any, path: Path, parsed: RuleFile, loader: Any, above: tuple[int, ...]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(getattr(key_node, "value", ""))
        below = (*path, key)
        line = key_node.start_mark.line + 1
        if key in result:
            parsed.problems.append(
                f"{parsed.source}:{line}: {'.'.join(map(str, below))}: 键“{key}”重复（第 {parsed.lines[below]} 行已有），请删去一个"
            )
            continue
        parsed.lines[below] = line
        result[key] = _value(value_node, below, parsed, loader, above)
    return result
