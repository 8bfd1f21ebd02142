"""Rule files beside each other: what an office changed, an old full copy as differences only."""

from pathlib import Path
from typing import Any

import yaml

from checks.rules.layers import BUILTIN, changes, difference
from checks.rules.rulebook import LAYERS, SHIPPED, build_rules, completed, shipped_layers
from checks.rules.strict_yaml import parse
from domain.errors import UsageError, cause

HEAD = f"""# 本单位的规则：只写与随程序提供的规则不同的地方，其余以程序自带的为准，升级时自动沿用。
# 写法与 xunjian rules 显示的相同；列表整个替换，写 null 表示删去。改完运行 xunjian rules 核对，xunjian rules diff builtin 本文件 查看差别。
extends: {BUILTIN}
"""
LONGEST = 60


def rules_diff(first: str, second: str) -> str:
    """What the second rule file says otherwise than the first; `builtin` stands for the rules of the program."""
    found = changes(_data(first), _data(second))
    if not found:
        return "两份规则相同。"
    lines = [f"{key}：{_shown(before)} → {_shown(after)}" for key, before, after in found]
    return "\n".join([*lines, f"共 {len(found)} 处不同。"])


def migrated(path: Path) -> str:
    """The text of a layered file that says the same as an old full copy; UsageError when it is layered already."""
    data = _raw(path)
    if "extends" in data:
        raise UsageError(f"{path} 已经只写不同之处，无需转换")
    text = layered_text(difference(_data(BUILTIN), data))
    if build_rules(text, path.name).hash != build_rules(_text(path), path.name).hash:
        raise UsageError(f"{path} 转换后与原来不等，未写入；请手工核对")
    return text


def office_rules() -> str:
    """The rule file of a new data folder: nothing but the settings of the crawl, which depend on the installation."""
    text = SHIPPED.read_text(encoding="utf-8")
    return f"{HEAD}version: 1\n\n# 采集设置：随网络和机器而定，列在这里便于修改。\n{text[text.index('crawl:') :]}"


def layered_text(differences: dict[str, Any]) -> str:
    """A rule file of an office."""
    rest = {key: value for key, value in differences.items() if key != "version"}
    body = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False, width=120) if rest else ""
    return HEAD + "version: 1\n" + body


def _data(name: str) -> dict[str, Any]:
    path = SHIPPED if name == BUILTIN else LAYERS / f"{name}.yaml" if name in shipped_layers() else Path(name)
    build_rules(_text(path), path.name, str(path))  # all its faults at once
    return dict(completed(parse(_text(path), path.name), str(path)).data)


def _raw(path: Path) -> dict[str, Any]:
    build_rules(_text(path), path.name, str(path))
    return dict(parse(_text(path), path.name).data)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"不能读取规则文件 {path}：{cause(error) if isinstance(error, OSError) else '不是 UTF-8 文本'}"
        ) from error


def _shown(value: Any) -> str:
    if value is None:
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    text = (
        str(value)
        if not isinstance(value, list | dict)
        else yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000).strip()
    )
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
