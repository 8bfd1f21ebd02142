"""Which platform and shape an answer has, told from the answer alone."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crawler.platforms import (
    bilibili,
    bytedance,
    feed,
    kuaishou,
    wechat_article,
    wechat_lists,
    weibo,
    weibo_wap,
    xiaohongshu,
)
from crawler.platforms.payload import Payload, walk
from crawler.platforms.shapes import Node, Profile, Shape
from domain.targets import Platform

SHAPES: tuple[Shape, ...] = (
    weibo.LIST,
    weibo.LONG_TEXT,
    *bilibili.SHAPES,
    bytedance.DOUYIN,
    kuaishou.LIST,
    *wechat_lists.SHAPES,
    xiaohongshu.LIST,
    bytedance.TOUTIAO,
)
PROFILES: tuple[Profile, ...] = (
    weibo.PROFILE,
    bytedance.DOUYIN_PROFILE,
    xiaohongshu.PROFILE,
    bilibili.PROFILE,
    bytedance.TOUTIAO_PROFILE,
    kuaishou.PROFILE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The items of the most frequent shape in one JSON document."""

    shape: Shape
    value: Any
    items: tuple[Node, ...]
    others: int = 0  # items of other shapes of the platform in the same document: they were not read


def find_items(values: tuple[Any, ...], platform: Platform | None = None) -> Found | None:
    """The shape with the most items in any of the documents; `platform` restricts the search."""
    shapes = [shape for shape in SHAPES if platform in (None, shape.platform)]
    best: Found | None = None
    for value in values:
        matched: dict[int, Shape] = {}

        def wanted(node: Node, matched: dict[int, Shape] = matched) -> bool:
            for shape in shapes:
                if shape.item(node):
                    matched[id(node)] = shape
                    return True
            return False

        items = list(walk(value, wanted))
        if items:
            name = Counter(SHAPES.index(matched[id(item)]) for item in items).most_common(1)[0][0]
            own = tuple(item for item in items if matched[id(item)] is SHAPES[name])
            if best is None or len(own) > len(best.items):
                best = Found(SHAPES[name], value, own, len(items) - len(own))
    return best


def find_profile(values: tuple[Any, ...], platform: Platform | None = None) -> tuple[Profile, Node] | None:
    """The first account description in any of the documents."""
    for profile in PROFILES:
        if platform in (None, profile.platform):
            for value in values:
                node = next(walk(value, profile.node), None)
                if node is not None:
                    return profile, node
    return None


def _is_item_or(listed: set[int], told: Callable[[Node], bool], node: Node) -> bool:
    return id(node) in listed or told(node)


def find_profile_beside(value: Any, items: Sequence[Node], platform: Platform) -> tuple[Profile, Node] | None:
    """The account that a document describes apart from its items and their authors."""
    listed = {id(item) for item in items}
    for profile in PROFILES:
        if profile.platform is platform:
            found = walk(value, partial(_is_item_or, listed, profile.node))
            node = next((node for node in found if id(node) not in listed), None)
            if node is not None:
                return profile, node
    return None


def recognise(payload: Payload) -> tuple[Platform, str] | None:
    """(platform, shape) of an answer: list, article, profile or account; None when it is none we know."""
    if feed.is_feed(payload):
        return Platform.FEED, "list"
    found = find_items(payload.values)
    if found:
        return found.shape.platform, found.shape.name
    if weibo_wap.is_wap_page(payload):
        return Platform.WEIBO, "list"
    if wechat_article.is_wechat_page(payload):
        return Platform.WECHAT, wechat_article.shape_of(payload)
    profile = find_profile(payload.values)
    return (profile[0].platform, "profile") if profile else None
