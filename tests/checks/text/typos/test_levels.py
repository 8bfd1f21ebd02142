"""Every rule of the ladder has a text that fires it and one that must not, and the decision page says what the rules say."""

from pathlib import Path
from typing import NamedTuple

import pytest

from checks.text.hits import Level
from checks.text.typos.flags import Flag
from checks.text.typos.guards import AllowList
from checks.text.typos.levels import LADDER, Proposal, decide
from tools.decision_pages import levels_page

KNOWN = {
    "old2": 0.0, "new2": 3.0, "old3": 0.0, "new3": 3.0, "old4": 0.0, "new4": 2.0, "known_left": 1.0, "known_right": 1.0,
    "path_gain": 4.0, "gain": 4.0, "kind": 1.0, "word": 1.0, "word_old": 0.0,
}  # fmt: skip
SURE = {"right": 5.0, "sure": 1.0, "path_gain": 3.0}
MODERN = "会议要求各单位认真做好今年的防汛工做，确保安全。"


class Example(NamedTuple):
    """A paragraph whose `wrong` is proposed to be changed by a layer, with its counts."""

    text: str = MODERN
    wrong: str = "做，"[0]
    layer: str = "statistics"
    confidence: float = 0.995
    more: tuple[tuple[str, float], ...] = ()
    allowed: str = ""


def proposal(example: Example) -> Proposal:
    start = example.text.rindex(example.wrong)
    base = KNOWN if example.layer in {"statistics", "words"} else SURE
    flag = Flag(
        start, start + len(example.wrong), "作", example.layer, example.confidence, {**base, **dict(example.more)}
    )
    allowed = AllowList(frozenset({example.allowed} if example.allowed else ()))
    return Proposal(example.text, flag, allowed, 0.96)


QUOTED = "县里推出“好做法”行动，居民都说好。"
OLD = "市政道路照明设施更新改造项目施工标段城南工程监理"
EXAMPLES: dict[str, tuple[Example, Example]] = {  # rule -> (fires it, must not fire it)
    "allowed": (Example(allowed="防汛工做"), Example(allowed="防汛工作")),
    "classical": (Example("吾尝终日而思矣，不如须臾之所学也。", "思"), Example()),
    "verse": (
        Example("白日依山尽，黄河入海留。", "留", more=(("known_left", 0.2), ("known_right", 0.2))),
        Example("白日依山尽，黄河入海留。", "留"),
    ),
    "rare_variant": (
        Example("岁次甲辰仲春诸公会于城南别业饮酒赋诗", "春", "variant", more=(("right", 0.0),)),
        Example(MODERN, "做", "variant", more=(("right", 0.0),)),
    ),
    "weighed_doubtful": (Example(layer="idiom", more=(("sure", 0.0),)), Example(layer="idiom")),
    "weighed": (Example(layer="doubled"), Example(layer="doubled", more=(("sure", 0.0),))),
    "exact_in_title": (
        Example("请认真学习《防汛工做手册》的内容。", "做", "list"),
        Example("请认真学习《防汛工做手册》的内容。", "做", "own"),
    ),
    "exact": (Example(layer="list"), Example("请认真学习《防汛工做手册》的内容。", "做", "list")),
    "foreign_name": (Example("总统罗纳德·里根的讲话。", "根"), Example()),
    "list_of_names": (Example("王一 李二 张三三 赵四 钱五 孙六 周七", "赵四"), Example()),
    "familiar": (Example(more=(("old3", 4.0), ("new3", 5.0))), Example(more=(("old3", 4.0), ("new3", 8.5)))),
    "amount": (Example("共计壹拾贰万元的资金。", "贰"), Example("共计壹，第贰项的资金。", "贰")),
    "strange_old": (
        Example(OLD, "城", more=(("known_left", 0.1), ("known_right", 0.1))),
        Example(more=(("known_left", 0.1), ("known_right", 0.1))),
    ),
    "person_name": (Example("市教育局局长王做介绍了情况的进展。", "做"), Example()),
    "place_name": (Example("督查组到鹭洲镇做实工作。", "鹭"), Example("督查组到鹭洲镇做实工作。", "做")),
    "short_quotes": (Example(QUOTED, "做"), Example(QUOTED.replace("“", "").replace("”", ""), "做")),
    "short_form": (
        Example("已取得环认委的认可。", "委"),
        Example("这项制度委群众办实事。", "委"),
    ),
    "couplet": (
        Example("他说“绿水青山带笑颜，金山银山做满天”的话很好。", "做", more=(("known_left", 1.0),)),
        Example(),
    ),
    "unsure_in_title": (
        Example("请认真学习《防汛工做手册》的内容。", "做", confidence=0.97),
        Example("请认真学习《防汛工做手册》的内容。", "做", confidence=0.99),
    ),
    "recurs": (
        Example("防汛工做很好，大家说的工做很好。", "做", confidence=0.97),
        Example("防汛工做很好，大家说的工做很好。", "做", confidence=0.99),
    ),
    "strange_without_word": (
        Example(more=(("known_left", 0.4), ("known_right", 0.4), ("path_gain", 1.0), ("word", 0.0))),
        Example(more=(("known_left", 0.4), ("known_right", 0.4))),
    ),
    "no_support": (
        Example(more=(("word", 0.0), ("new4", 0.0))),
        Example(more=(("word", 0.0), ("new4", 2.0))),
    ),
    "agreed": (Example(), Example(confidence=0.9)),
    "rest": (Example(confidence=0.9), Example()),
}  # fmt: skip


def test_every_rule_has_its_examples() -> None:
    assert [rule.name for rule in LADDER] == list(EXAMPLES)


WORDS_SPEAK = [  # what the counts say, and what the words must gain to change it
    ((("old3", 4.0), ("new3", 5.0)), 3.0, "familiar", "agreed"),
    ((("known_left", 0.4), ("known_right", 0.4), ("path_gain", 2.0), ("word", 0.0), ("new4", 0.0)), 2.0, "no_support", "agreed"),
    ((("known_left", 0.4), ("known_right", 0.4), ("path_gain", 1.0), ("word", 0.0)), 3.0, "strange_without_word", "agreed"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "gain", "before", "after"), WORDS_SPEAK)
def test_the_words_of_general_chinese_speak_up(
    more: tuple[tuple[str, float], ...], gain: float, before: str, after: str
) -> None:
    little, enough = (("words_gain", gain - 0.1),), (("words_gain", gain),)
    assert decide(proposal(Example(more=(*more, *little)))).name == before
    assert decide(proposal(Example(more=(*more, *enough)))).name == after


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_a_rule_fires_where_it_should_and_only_there(name: str) -> None:
    fires, spares = EXAMPLES[name]
    assert decide(proposal(fires)).name == name
    assert decide(proposal(spares)).name != name


def test_only_what_is_probable_or_certain_is_reported() -> None:
    reported = [rule.name for rule in LADDER if rule.level in {Level.CERTAIN, Level.PROBABLE}]
    assert reported == ["weighed", "exact", "agreed"]


def test_the_decision_page_says_what_the_rules_say() -> None:
    told = (Path(__file__).parents[4] / "docs/decisions/typo-levels.md").read_text(encoding="utf-8")
    assert told == levels_page(), "run `make docs`"
