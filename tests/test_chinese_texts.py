"""Our own Chinese texts pass our own checks: sentences of rules.yaml, help, messages in the code, reports, documents."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml

from cli import build_app
from commands.examples import EXAMPLES
from inspection.texts.proof import read_proof

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([ROOT / "README.zh-CN.md", *(ROOT / "docs" / "how-to" / "zh").glob("*.md")])
ROOMS = (
    "commands",
    "inspection",
    "web",
    "registry",
    "reports",
    "scorecards",
    "crawler/platforms",
    "domain",
    "checks/rules",
)
CHECKED = {"text.typo", "text.format"}
MEANT = ("布署",)  # what examples show as wrong
HAN = re.compile("[一-龥]")
SLOT = "甲"  # stands for what is filled in


def faults(text: str) -> list[str]:
    """What the checks report of a text, and quotation marks that do not nest."""
    found = read_proof(text)
    hits = [hit for hit in found.hits if hit.reported and hit.check in CHECKED and hit.text not in MEANT]
    return [f"{found.note_of(hit)}：{hit.sentence}" for hit in hits] + [
        f"引号没有正确嵌套：{line}" for line in text.split("\n") if not nests(line)
    ]


def nests(line: str) -> bool:
    """Double marks outside, single ones inside, each closed; a mark that is only spoken of stands alone in code."""
    open_marks: list[str] = []
    for mark in re.findall("[“”‘’]", re.sub("`[^`]*`", "", line)):
        if mark in "“‘":
            if (open_marks[-1:] == ["“"]) != (mark == "‘"):
                return False
            open_marks.append(mark)
        elif not open_marks or open_marks.pop() != {"”": "“", "’": "‘"}[mark]:
            return False
    return not open_marks


def without_code(text: str) -> str:
    """A page without its code, tables as lines."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return re.sub(r"\]\([^)]*\)|[\[|*]", "", re.sub(r"`[^`\n]*`", SLOT, text))


def sentences(path: Path) -> Iterator[str]:
    """The Chinese strings of a source file, what is filled in shown as one character; not its regular expressions."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    parts_of = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if id(node) in parts_of:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else SLOT for part in node.values)
            text = "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if len(HAN.findall(text)) > 7 and not re.search(r"\||\(\?|\\|\[一", text):
            yield text


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda path: path.name)
def test_chinese_documents(page: Path) -> None:
    assert faults(without_code(page.read_text(encoding="utf-8"))) == []


def test_sentences_of_the_rules() -> None:
    rules = yaml.safe_load((ROOT / "rules.yaml").read_text(encoding="utf-8"))
    rows = [row[key] for row in rules["checks"].values() for key in ("title", "message", "fix")]
    rows += [str(row[key]) for row in rules["indicators"].values() for key in ("title", "window") if row.get(key)]
    text = "\n".join(re.sub(r"\[\[|\]\]", "", re.sub(r"\{\w+\}", SLOT, row)) for row in rows)
    assert faults(text) == []


def test_help_texts() -> None:
    app = build_app()
    told: list[str] = []
    todo = [typer.main.get_command(app)]
    while todo:
        command = todo.pop()
        todo += getattr(command, "commands", {}).values()
        told += [command.help or "", *(getattr(param, "help", "") or "" for param in command.params)]
    assert len(told) > len(EXAMPLES) * 4
    assert faults("\n".join(told)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_sentences_in_the_code(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {fault}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for text in sentences(path)
        for fault in faults(text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("他说：“你好。”", True),
        ("他说：“这是‘一网通办’窗口。”", True),
        ("他说：“这是“一网通办”窗口。”", False),
        ("他说：‘你好。’", False),
        ("他说：“你好。", False),
        ("把 `“` 改为英文引号", True),
    ],
)
def test_nesting(line: str, right: bool) -> None:
    assert nests(line) is right


def test_a_fault_would_be_seen() -> None:
    assert faults("请认真布署工作，既使下雨也不停工。") != []
    assert faults("各单位要加强领导，、明确责任。") != []
