"""What a list is called, and where its 更多 link leads."""

import re
from itertools import takewhile

from crawler.parsing.html.tree import Tree

MORE = re.compile(r"^[\W_]*(?:查看|浏览|点击)?(?:更多|more|全部)(?:信息|内容|文章|动态)?[\W_]*$|^[>＞»›+]{1,3}$", re.I)
_BULLET = "·•■◆●▪>＞»|-—　 \n\t"
_TRAIL = re.compile(r"^(?:网站)?首页\W*$|位置\s*[:：]|(?:当前|所在)位置|^下一?页$|^共\s*\d")
_CLOCK = re.compile(r"今天是|星期[一二三四五六日天]|天气|(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{0,60}[\s℃]")
_STRUCTURE = re.compile(r"位置|首页\s*[>＞»-]")


def heading(tree: Tree, container: int, first: int, targets: dict[int, str]) -> tuple[str, str]:
    """The nearest short text before a list whose first item is `first`, and its 更多 link; both may be empty."""
    for child in reversed([child for child in tree.children(container) if child < first][-3:]):
        name, more = _name_in(tree, child, targets)
        if name:
            return name, more
    node, more = container, ""
    for _ in range(4):
        parent = tree.parents[node]
        if parent < tree.body:
            break
        before = [child for child in tree.children(parent) if child < node][-3:]
        for child in reversed(before):
            name, found = _name_in(tree, child, targets)
            more = more or found
            if name:
                return name, more or _more_after(tree, node, targets)
            if _is_trail(tree, child):
                return "", more
            if tree.ends[child] - child > 12:
                return "", ""
        node = parent
    return "", ""


def _is_trail(tree: Tree, child: int) -> bool:
    """Breadcrumbs: what stands under them is the page's own."""
    if not 2 < tree.ends[child] - child < 30:
        return False
    text = tree.text_of(child)
    return len(text) < 80 and _STRUCTURE.search(text) is not None


def _name_in(tree: Tree, child: int, targets: dict[int, str]) -> tuple[str, str]:
    stop = tree.ends[child]
    if stop - child > 40:
        return "", ""
    if sum(index in targets and len(tree.text_of(index)) > 8 for index in range(child, stop)) > 1:
        return "", ""  # a list of its own, no heading
    more, named = "", ""
    words: list[str] = []
    for index in range(child, stop):
        if index in targets and MORE.match(
            tree.text_of(index) or tree.attrs[index].get("title") or tree.attrs[index].get("class") or ""
        ):
            more = targets[index]
        elif index in targets:
            named = named or targets[index]
        text = tree.texts[index].strip(_BULLET)
        if text and not MORE.match(text):
            words.append(" ".join(text.split()))
    words = [word for word in words if not _CLOCK.search(word)]
    words = list(takewhile(lambda word: not _TRAIL.search(word), words))
    if not words or (_STRUCTURE.search("".join(words)[:40]) and len(words[0]) > 20):
        return "", more
    name = next((word for word in words if 2 <= len(word) <= 20 and not _STRUCTURE.search(word)), "")
    return name, more or named


def _more_after(tree: Tree, node: int, targets: dict[int, str]) -> str:
    """更多 under the list instead of in its heading."""
    for child in tree.children(tree.parents[node]):
        if child > node and tree.ends[child] - child <= 6:
            for index in range(child, tree.ends[child]):
                if index in targets and MORE.match(tree.text_of(index)):
                    return targets[index]
    return ""
