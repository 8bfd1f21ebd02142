"""Characters written twice or left out."""

import pytest

from checks.text.hits import Level
from checks.text.language.starter import load_starter
from checks.text.typos.analyser import Analyser

ANALYSER = Analyser(load_starter())


@pytest.mark.parametrize(
    ("text", "wrong", "right", "level"),
    [
        ("当事人对行政处罚罚决定不服的，可以依法申请行政复议。", "罚罚", "罚", Level.PROBABLE),
        ("县级以上地方人民政府政府应当加强对安全生产工作的领导。", "政府政府", "政府", Level.SUSPECTED),
        ("从调研情况看，滨河社区社区矫正工作基础扎实。", "社区社区", "社区", Level.SUSPECTED),  # lawful
    ],
)
def test_what_is_written_twice(text, wrong, right, level):
    (hits,) = ANALYSER.analyse([text])
    assert [(hit.text, hit.suggestion, hit.level, hit.layer) for hit in hits] == [(wrong, right, level, "doubled")]


@pytest.mark.parametrize(
    "text",
    [
        "人人有责，天天坚持，处处留心。",
        "大家讨论讨论，再研究研究，认认真真抓落实。",
        "要改进工作作风，加强人民民主，关心青年年轻干部。",
        "一届届领导班子、一代代建设者接续奋斗。",
        "家家户户张灯结彩，孩子们高高兴兴上学去。",
    ],
)
def test_lawful_doubling_passes(text):
    assert ANALYSER.analyse([text]) == [[]]


def test_what_is_left_out_is_only_suspected():
    (hits,) = ANALYSER.analyse(["当事人对行政处决定不服的，可以依法申请行政复议。"])
    assert all(hit.level is Level.SUSPECTED for hit in hits)
