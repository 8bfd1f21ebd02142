"""Answers with values of the wrong type, missing keys and cut bodies: a state, never an exception."""

import copy
import json
import random
from typing import Any

import pytest
from test_platform_shapes import LISTS

JUNK: list[Any] = [None, "", "x", 0, -1, 10**30, 1.5, True, [], {}, [None], ["x"], {"x": 1}, "1682000000", "昨天"]


def spots(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    pairs = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    return [spot for key, value in pairs for spot in [(node, key), *spots(value)]]


@pytest.mark.parametrize("payload", [row[1] for row in LISTS], ids=[row[0] for row in LISTS])
def test_any_value_may_be_anything(answer, payload) -> None:
    dice = random.Random(7)
    for _ in range(60):
        mangled = copy.deepcopy(payload)
        for _ in range(dice.randint(1, 3)):
            container, key = dice.choice(spots(mangled))
            container[key] = copy.deepcopy(dice.choice(JUNK))
        parsed = answer(json.dumps(mangled))
        assert parsed.status
        assert parsed.posts or parsed.message or parsed.facts


@pytest.mark.parametrize("payload", [row[1] for row in LISTS], ids=[row[0] for row in LISTS])
def test_cut_bodies(answer, payload) -> None:
    body = json.dumps(payload, ensure_ascii=False).encode()
    for part in range(0, len(body), max(1, len(body) // 12)):
        assert not answer(body[:part]).posts


def test_mangled_samples(answer, sample) -> None:
    dice = random.Random(11)
    for name in ("weibo/weibo_ak_list_1.json", "bilibili/bilibili-new.json", "weibo/weibo_ak_profile.json"):
        payload = json.loads(sample(name))
        for _ in range(25):
            mangled = copy.deepcopy(payload)
            places = spots(mangled)
            for container, key in dice.sample(places, min(40, len(places))):
                container[key] = copy.deepcopy(dice.choice(JUNK))
            assert answer(json.dumps(mangled)).status


def test_cut_wechat_pages(answer, sample) -> None:
    body = sample("wechat/article-1.html")
    for part in (1000, 100_000, len(body) // 2, len(body) - 100_000):
        assert answer(body[:part], "wechat_article https://mp.weixin.qq.com/s/x").status
