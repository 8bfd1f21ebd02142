"""Pages without content of their own that send their visitor on: by meta refresh or by a script."""

import re

from crawler.parsing.addresses import resolve
from crawler.parsing.tree import Tree
from domain.captured import Reading

JUMP = "jump"
_REFRESH = re.compile(r"^\s*\d{1,2}\s*[;,]\s*url\s*=\s*[\"']?\s*([^\s\"'>]+)", re.I)
_SCRIPT = re.compile(
    r"location(?:\.href)?\s*=\s*[\"']([^\"'\s]+)[\"']|location\.(?:replace|assign)\(\s*[\"']([^\"'\s]+)"
)
_MUCH = 200  # characters of content with which a page is one of its own
_LITTLE = 60


def jump_target(tree: Tree, main: str, base: str) -> str:
    """Where the page sends its visitor; empty when it has content of its own or stays."""
    if len(main) >= _MUCH:
        return ""
    for attrs in tree.metas:
        if (attrs.get("http-equiv") or "").lower() == "refresh" and (
            match := _REFRESH.match(attrs.get("content") or "")
        ):
            return resolve(base, match[1]) or ""
    if len(main) >= _LITTLE:
        return ""
    told = {
        match[1] or match[2] for _, script in tree.scripts if len(script) < 2_000 for match in _SCRIPT.finditer(script)
    }
    return resolve(base, told.pop()) or "" if len(told) == 1 else ""  # of several, only a browser knows which


def onward(reading: Reading) -> str:
    """The address a page read as a jump leads to; empty for every other page."""
    return next((link.url for link in reading.links if link.tag == "meta"), "") if reading.detail == JUMP else ""
