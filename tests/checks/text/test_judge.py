"""Whole documents judged, and what is remembered of their paragraphs."""

from checks.text.hits import Hit
from checks.text.judge import TextJudge
from checks.text.language.starter import load_starter
from checks.text.memory import Recent
from checks.text.typos.analyser import Analyser
from checks.text_typo import Typos

ANALYSER = Analyser(load_starter())
WRONG = "各部门要认真布署下一步工作。"
RIGHT = "各部门要认真部署下一步工作。"


class Noted(dict[str, list[Hit]]):
    """A memory that notes what it was taught."""


def test_a_paragraph_is_analysed_once() -> None:
    memory = Noted()
    judge = TextJudge(ANALYSER, memory=memory)
    first = judge.typos([WRONG, RIGHT, WRONG])
    assert [len(hits) for hits in first] == [1, 0, 1]
    assert len(memory) == 2
    memory.update({key: [] for key in memory})  # what is remembered is believed
    assert judge.typos([WRONG, RIGHT]) == [[], []]


def test_the_memory_forgets_the_oldest() -> None:
    recent: Recent[list[Hit]] = Recent()
    for number in range(70_000):
        recent[str(number)] = []
    assert "0" not in recent
    assert "69999" in recent
    assert len(recent) < 70_000


def test_a_document_is_judged_by_all_checks_in_the_order_of_the_text() -> None:
    text = "王某某（身份证号210102199003072316）来电咨询。各部门要认真布署下一步工作。。"
    (hits,) = TextJudge(ANALYSER).judge([text])
    assert {"text.privacy", "text.typo", "text.format"} <= {hit.check for hit in hits}
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)


def test_a_misstatement_hides_a_typo_at_its_place() -> None:
    paragraphs = ["台湾总统蔡某某发表讲话。", "各级各部门要增强四个意志、坚定四个自信。"]
    for hits in TextJudge(ANALYSER).judge(paragraphs):
        serious = [hit for hit in hits if hit.check == "text.misstatement"]
        typos = [hit for hit in hits if hit.check == "text.typo"]
        assert not [1 for left in serious for right in typos if left.start < right.end and right.start < left.end]


def test_kept_results_depend_on_the_lists_behind_them() -> None:
    assert Typos().basis == Typos(confirmed=()).basis
    assert Typos().basis != Typos(confirmed=("布属 部署",)).basis
