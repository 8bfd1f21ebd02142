"""The visible text of a page as lines: what stands in one block of the layout stands in one line."""

import re
from typing import NamedTuple

from crawler.parsing.html.tree import BLOCK, Tree

_SOURCE_BREAK = re.compile(
    r"(?<=[一-鿿，、])[ \t]*\r?\n\s*(?=[一-鿿])"
)  # the end of a line in the source is no blank between words


class Line(NamedTuple):  # a page has dozens, and a tuple is the cheapest value to make
    """One line with the elements it came from: [start, stop)."""

    text: str
    start: int
    stop: int
    linked: int  # characters inside links
    place: str = ""
    hidden: bool = False


def read_lines(tree: Tree, start: int, stop: int) -> list[Line]:  # noqa: C901 - one pass, on every page
    """The lines between two element indexes, blank ones left out."""
    lines: list[Line] = []
    tags, texts, ends = tree.tags, tree.texts, tree.ends
    parts: list[str] = []
    first = linked = 0
    link_end = 0
    closing: list[int] = []

    def flush(at: int) -> None:
        nonlocal linked
        text = "".join(parts)
        text = " ".join((_SOURCE_BREAK.sub("", text) if "\n" in text else text).split())
        if text:
            lines.append(Line(text, first, at, linked, tree.places[first], tree.hidden[first]))
        parts.clear()
        linked = 0

    for index, text in enumerate(texts[start:stop], start):
        while closing and closing[-1] <= index:
            closing.pop()
            if parts:
                flush(index)
        if text:
            if not parts:
                first = index
            elif parts[-1][-1].isalnum() and text[0].isdigit() and parts[-1][-1].isascii():
                parts.append(" ")
            parts.append(text)
            if index < link_end:
                linked += len(text.strip())
        elif tags[index] in BLOCK:
            if parts:
                flush(index)
            if ends[index] > index + 1:
                closing.append(ends[index])
        elif tags[index] == "a":
            link_end = ends[index]
    flush(stop)
    return lines
