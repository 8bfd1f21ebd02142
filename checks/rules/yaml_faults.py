"""The usual slips of a YAML file that somebody edits by hand, each in one Chinese sentence.

A parser stops where it can go on no longer; the slip stands there or a few lines above.
"""

import re

_ABOVE = 3  # lines before the one the parser stops at
_KEY = re.compile(r"^\s*(?:- )?[\"']?([\w.\-]+)[\"']?\s*[:：]")
_WIDE_COLON = re.compile(r"^\s*(?:- )?[\w.\-]+：")
_NO_BLANK = re.compile(r"^\s*(?:- )?[A-Za-z_][\w.\-]*:[^\s:/]")
_VALUE = re.compile(r"^\s*(?:- )?[\w.\-]+:\s+(.*)$")
_SPECIAL = re.compile(r"^[@`%&*!?|>\[\]{},]|: | #")
_UNCLOSED = re.compile(r"unexpected end of stream|found unexpected document|expected ',' or")

TAB = "行首用了制表符（Tab），请改为空格"
WIDE_COLON = "键后面是全角冒号“：”，请改为英文冒号加一个空格"
NO_BLANK = "冒号后面缺少空格，请写成“键: 值”"
SPECIAL = "值以特殊字符开头，或其中有“: ”“ #”，请把整个值放在英文双引号里"
INDENTED = "缩进不对：同一层的键要对齐，下一层比上一层多两个空格"
UNCLOSED = "引号或括号没有成对，请补上缺少的一半"


def explained(text: str, line: int, problem: str) -> tuple[int, str, str]:
    """(line, key, sentence) of the slip behind a parser's complaint at `line` (from 1)."""
    lines = text.splitlines() or [""]
    stopped = min(max(line, 1), len(lines))
    for number in range(stopped, max(0, stopped - 1 - _ABOVE), -1):
        if slip := _slip(lines[number - 1]):
            return number, key_of(lines[number - 1]), slip
    if _UNCLOSED.search(problem):
        opened = next((n for n in range(stopped, 0, -1) if _is_open(lines[n - 1])), stopped)
        return opened, key_of(lines[opened - 1]), UNCLOSED
    if key := key_of(lines[stopped - 1]):
        return stopped, key, INDENTED
    return stopped, "", f"不是合法的 YAML（{problem}），请检查这一行的缩进、冒号和引号"


def key_of(line: str) -> str:
    """The key a line begins with."""
    found = _KEY.match(line)
    return found[1] if found else ""


def _is_open(line: str) -> bool:
    return line.count("[") + line.count("{") > line.count("]") + line.count("}") or line.count('"') % 2 == 1


def _slip(line: str) -> str:
    if line.lstrip().startswith("#"):
        return ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return TAB
    if _WIDE_COLON.match(line):
        return WIDE_COLON
    if _NO_BLANK.match(line):
        return NO_BLANK
    value = _VALUE.match(line)
    return SPECIAL if value and _is_special(value[1]) else ""


def _is_special(value: str) -> bool:
    bare = value.strip()
    if bare[:1] in ('"', "'", "#", "|", ">") or (bare[:1] in "[{" and bare[-1:] in "]}"):
        return False
    return bool(_SPECIAL.search(re.sub(r"\s#.*$", "", bare) if " #" in bare and ": " not in bare else bare))
