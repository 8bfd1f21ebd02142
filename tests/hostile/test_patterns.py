"""No regular expression that meets foreign text may take more than its share of time: twice the text, at most thrice the time."""

import re
from itertools import islice

import pytest
from pattern_attacks import Used, attacks, growth, patterns_of

MOST = 3.0
PACKAGES = ("crawler", "checks", "registry")


def worst(used: Used) -> float:
    """The growth of the worst attack; a second measurement has to agree before it counts."""
    for make in attacks(used.pattern):
        for method in used.methods:
            if (first := growth(used.pattern, method, make)) > MOST and growth(used.pattern, method, make) > MOST:
                return first
    return 1.0


@pytest.mark.parametrize("package", PACKAGES)
def test_every_pattern_grows_with_the_text_and_no_faster(package: str) -> None:
    found = list(patterns_of(package))
    assert len(found) > 20
    slow = {f"{used.place}: {used.pattern.pattern!r}"[:200]: factor for used in found if (factor := worst(used)) > MOST}
    assert slow == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$", r"\s*x", r"<!--.*?-->", r"<a[^>]*>", r"x\s*\s*y", r"(?s)<pre>(.*?)</pre>", r"(?:ab)+c",
    ],
)  # fmt: skip
def test_the_attacks_find_what_they_are_made_for(pattern: str) -> None:
    used = Used("here", re.compile(pattern), frozenset({"search"}))
    assert any(worst(used) > MOST for _ in range(5))  # beside other work a single measurement may be off


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*+x", r"<a[^<>]*>", r"\d{1,4}年", r"<[^<]*<", r"(?<!b)(?:ab)++c"])
def test_and_nothing_else(pattern: str) -> None:
    assert worst(Used("here", re.compile(pattern), frozenset({"search"}))) <= MOST


def test_attacks_are_as_long_as_asked() -> None:
    for make in islice(attacks(re.compile(r"(?:ab|cd)+\s*=\s*x")), 5):
        assert 900 < len(make(1_000)) < 1_100
