"""Breadcrumbs (当前位置)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.parsing.html.tree import Tree

_LABEL = re.compile(
    r"(?:您|你)?(?:当前|现在|目前|所在)?的?(?:位置|所在位置|所在栏目)(?:是|为)?\s*[:：>＞]|(?:当前|现在|所在|所处)(?:的)?位置|^Location",
    re.I,
)
_HINT = re.compile(
    r"crumb|bread|location|position|dqwz|(?:^|[\s_-])(?:path|wz|mbx|mianbao|weizhi|place|currmenu|nowpos|addr)(?:$|[\s_-])",
    re.I,
)
_ARROW = re.compile(r"(?<!\s)\s*+(?:(?<!-)-++>+|(?<!=)=++>|[>＞»›→]+|/|::|\|)\s*+")
_ARROWS = re.compile(r"[首主]页\s*(?:-*[>＞»›→/]|::)")
_END = ("正文", "详情", "内容", "文章内容", "列表", "文章正文", "信息内容", "")


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps (name, address; empty for a step without link) from the home page down, and the element that holds them."""

    steps: tuple[tuple[str, str], ...] = ()
    node: int = -1


def read_trail(tree: Tree, targets: dict[int, str]) -> Trail:
    """The breadcrumbs of a page; without steps when there are none."""
    for index in _starts(tree):
        steps = _steps(tree, targets, index)
        if len(steps) == 1 and tree.tags[index] == "li":  # each step has the telling name, not what holds them
            index = tree.parents[index]
            steps = _steps(tree, targets, index)
        if len(steps) >= 2 or (steps and steps[0][0].endswith("首页")):
            return Trail(tuple(steps), index)
    return Trail()


@lru_cache(maxsize=4096)
def _is_hinted(hint: str) -> bool:
    return bool(hint.strip()) and _HINT.search(hint) is not None


def _starts(tree: Tree) -> list[int]:
    labelled, hinted = [], []
    parents = tree.parents
    for index, text in enumerate(tree.texts):
        if "位置" in text and _LABEL.search(text.strip()):
            node = parents[index]
            labelled += [node, parents[node]] if parents[node] > tree.body else [node]
    for index, hint in enumerate(tree.hints):
        if hint and _is_hinted(hint) and index >= tree.body and tree.ends[index] - index < 60:
            hinted.append(index)
    found = [node for node in (*labelled, *hinted) if tree.ends[node] - node < 80]
    return found + _unnamed(tree)


def _unnamed(tree: Tree) -> list[int]:
    """A link to the home page followed by arrows and a few short steps, whatever its element is called."""
    found = []
    for link in tree.links:
        if tree.ends[link] - link > 4 or not tree.text_of(link).endswith(("首页", "主页")):
            continue
        node = tree.parents[link]
        if tree.ends[node] - node < 24 and _ARROWS.search(tree.text_of(node)):
            found.append(node)
    return found


def _steps(tree: Tree, targets: dict[int, str], index: int) -> list[tuple[str, str]]:
    steps: list[tuple[str, str]] = []
    position, stop = index, tree.ends[index]
    while position < stop:
        if position in targets:
            if name := tree.text_of(position).strip(" >＞»›"):
                steps.append((name, targets[position]))
            position = tree.ends[position]
            continue
        if text := tree.texts[position].strip():
            text = _LABEL.sub("", text)
            steps += [
                (part, "")
                for part in _ARROW.split(text)
                if len(part) <= 30 and part not in _END and re.search(r"[一-鿿A-Za-z]", part)
            ]
        position += 1
    return steps if len(steps) <= 10 else []
