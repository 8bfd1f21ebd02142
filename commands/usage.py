"""What was wrong with a command line, in one Chinese sentence instead of typer's English ones."""

import re
from typing import Any

import typer

_COMMAND = re.compile(r"No such command '(.*?)'")
_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)$")
_VALUES = (
    (re.compile(r"valid integer"), "应为整数"),
    (re.compile(r"valid number|valid float"), "应为数字"),
    (re.compile(r"greater than or equal to (\S+)"), r"不能小于 \1"),
    (re.compile(r"less than or equal to (\S+)"), r"不能大于 \1"),
)


def usage_sentence(error: typer.TyperException) -> str:
    """What is wrong and where to look it up."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "xunjian"
    return f"{_what(error)}；用 {command} --help 查看用法"


def _what(error: Any) -> str:
    name, text = type(error).__name__, error.format_message()
    if name == "NoSuchOption":
        close = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"，是否指 {close}" if close else "")
    if name == "BadOptionUsage":
        return f"选项 {error.option_name} 缺少值"
    if name == "MissingParameter":
        return f"缺少{_parameter(error)}".rstrip()
    if name == "BadParameter":
        return f"{_parameter(error)}的值不正确（{_fault(text.rpartition(': ')[2])}）"
    if found := _COMMAND.search(text):
        return f"没有命令 {found[1]}"
    if found := _EXTRA.search(text):
        return f"多余的参数 {found[1]}"
    return f"命令有误（{text}）"


def _fault(text: str) -> str:
    found = ((pattern.search(text), words) for pattern, words in _VALUES)
    return next((match.expand(words) for match, words in found if match), text)


def _parameter(error: Any) -> str:
    param = error.param
    if param is None:
        return "参数"
    options = [name for name in param.opts if name.startswith("-")]
    return f"选项 {options[0]} " if options else f"参数 {param.metavar or param.name} "
