"""Tables with a row of names above a row of values: which line stands under which name."""

import re

from crawler.parsing.html.lines import Line
from crawler.parsing.html.tree import Tree

_NAME = re.compile(r"[^\d]{2,10}")
_TIME = re.compile(r"日\s?期|时\s?间")


def column_heads(tree: Tree, lines: list[Line]) -> dict[int, str]:
    """Number of a line -> the name above its cell; only in tables where one of the names is a date's."""
    cells: dict[range, str] = {}
    if "tr" not in tree.tags:
        return {}
    for row, tag in enumerate(tree.tags):
        if tag != "tr":
            continue
        below = tree.ends[row]
        if below >= len(tree.tags) or tree.tags[below] != "tr":
            continue
        names, values = ([c for c in tree.children(r) if tree.tags[c] in ("td", "th")] for r in (row, below))
        texts = [tree.text_of(cell) for cell in names]
        if 1 < len(names) == len(values) and all(map(_NAME.fullmatch, texts)) and any(map(_TIME.search, texts)):
            left = ["", *(tree.text_of(cell) for cell in values[:-1])]  # 报名时间 | 4月20日 under 环节 | 日期
            pairs = zip(values, texts, left, strict=True)
            cells |= {range(cell, tree.ends[cell]): text for cell, text, said in pairs if not _TIME.search(said)}
    return {
        number: text
        for number, line in enumerate(lines if cells else ())
        for cell, text in cells.items()
        if line.start in cell
    }
