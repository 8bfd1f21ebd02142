"""An import as plain text for the terminal."""

from collections import Counter

from registry.building import Import

_KINDS = {"unit": "单位", "site": "网站", "account": "账号", "column": "栏目"}
_ACTIONS = {"added": ("+", "新增"), "changed": ("~", "变更"), "missing": ("-", "缺失")}


def preview(result: Import) -> str:
    """What an import would change, line by line, or the problems that stop it."""
    lines = []
    if result.problems:
        lines.append(f"有 {len(result.problems)} 处问题，没有作任何改动；改正后请重新导入：")
        lines += [f"  ✗ {problem}" for problem in result.problems]
    elif not result.changes:
        lines.append("与已登记的内容一致，没有改动")
    counts = Counter((change.kind, change.action) for change in result.changes)
    for kind, title in _KINDS.items():
        told = [f"{word} {counts[kind, action]}" for action, (_, word) in _ACTIONS.items() if counts[kind, action]]
        if told:
            lines.append(f"{title}：{'，'.join(told)}")
        for change in result.changes:
            if change.kind == kind:
                details = f"：{'；'.join(change.details)}" if change.details else ""
                lines.append(f"  {_ACTIONS[change.action][0]} {change.name}（{change.id}）{details}")
    if result.warnings:
        lines.append(f"提醒 {len(result.warnings)} 条：")
        lines += [f"  ! {warning}" for warning in result.warnings]
    return "\n".join(lines)
