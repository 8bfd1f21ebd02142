"""Quotation marks in what a sentence quotes are of the other sort, in every sentence of rules.yaml."""

import re

import pytest

from checks.messages import nested, placeholders, render
from checks.rules.rulebook import load_rules
from domain.findings import Finding, Ref

BOOK = load_rules()
QUOTED = "“我为政府网站找错”入口"
TEMPLATES = [(rule.id, text) for rule in BOOK.checks.values() for text in (rule.message, rule.fix)]


def depth(text: str) -> int:
    """The deepest nesting of double marks in double marks; -1 where they do not match."""
    deepest = open_ = 0
    for mark in re.findall("[“”]", text):
        open_ += 1 if mark == "“" else -1
        deepest = max(deepest, open_)
        if open_ < 0:
            return -1
    return deepest if open_ == 0 else -1


@pytest.mark.parametrize(("check", "template"), TEMPLATES)
def test_no_sentence_has_double_marks_within_double_marks(check: str, template: str) -> None:
    names = set().union(*placeholders(template))
    finding = Finding(check, Ref("http://a.cn/", QUOTED), "x", dict.fromkeys(names, QUOTED), found_on=("http://a.cn/",))
    text = render(template, finding)
    assert depth(text) in {0, 1}, text
    assert all(QUOTED.strip("“”")[:8] in text for _ in names), text


def test_what_is_wrong_with_a_mark_itself_is_shown_as_it_is() -> None:
    assert nested("“") == "“"
    assert nested("他说“‘甲’乙”") == "他说‘“甲”乙’"
    finding = Finding("text.format", Ref("http://a.cn/"), "x", {"wrong": "””", "place": "正文", "sentence": "甲””"})
    assert "“”””" in render("{place}中“{wrong}”", finding)
