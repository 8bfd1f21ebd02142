"""Pages without content of their own that send their visitor on: by meta refresh or by a script."""

import re

from crawler.parsing.html.addresses import resolve
from crawler.parsing.html.scripted_jumps import Sent, sent_on
from crawler.parsing.html.tree import Tree
from domain.captured import Detail, Reading

_REFRESH = re.compile(r"^\s*(\d*)(?:\.[\d.]*)?(?:\s*[;,]\s*|\s+|\s*$)(?:url\s*=\s*)?([\"']?)(.*)$", re.I | re.S)
_LATER = 60  # seconds after which a page is meant to be read first
_MUCH = 200  # characters of content with which a page is one of its own
_LITTLE = 60


def refresh_target(content: str, base: str) -> str:
    """Where a refresh (of a meta tag or a head line) leads, read as WHATWG HTML says; empty for nowhere else."""
    match = _REFRESH.match(content)
    if not match or not (match[1] or content.lstrip()[:1] == ".") or int(match[1] or 0) > _LATER:
        return ""
    address = match[3].partition(match[2])[0] if match[2] else match[3]
    return (resolve(base, address.strip()) or "") if address.strip() else ""


def jump_target(tree: Tree, main: str, base: str) -> str:
    """Where the page sends its visitor; empty when it has content of its own or stays."""
    if len(main) >= _MUCH:
        return ""
    for attrs in tree.metas:
        if (attrs.get("http-equiv") or "").lower() == "refresh" and (
            target := refresh_target(attrs.get("content") or "", base)
        ):
            return target
    targets = _sent(tree, base).targets if len(main) < _LITTLE else []
    told = dict.fromkeys(address for target in targets if (address := resolve(base, target)))
    return next(iter(told)) if len(told) == 1 else ""  # of several, only a browser knows which


def is_sent_on_somewhere(tree: Tree, main: str, base: str) -> bool:
    """Whether a page without content leads on in a way that is not understood."""
    if main.strip() or tree.links:
        return False
    sent = _sent(tree, base)
    return sent.unclear or bool(sent.targets)


def _sent(tree: Tree, base: str) -> Sent:
    """What the page's scripts do by themselves."""
    scripts = [script for _, script in tree.scripts if script and ("location" in script or "open" in script)]
    events = [tree.attrs[tree.body].get("onload") or ""] if tree.tags else []
    events = [event for event in events if event]
    return sent_on(scripts, events, base) if scripts or events else Sent()


def onward(reading: Reading) -> str:
    """The address a page read as a jump leads to; empty for every other page."""
    return next((link.url for link in reading.links if link.tag == "meta"), "") if reading.detail is Detail.JUMP else ""
