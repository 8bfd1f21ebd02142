"""A decision teaches nothing that would hit other text: it is refused as a whole, with the sentences it would hit."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from offices import store_of

from checks.text.language.starter import load_starter
from cli import run
from domain.captured import Page, PageKind, Reading
from domain.errors import UsageError
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Registry, Site, Unit
from domain.times import BEIJING
from inspection.people.findings import Verdict, find, review_and_learn
from inspection.people.lessons import WRONG, Lesson, UnsafeLesson, lesson_of
from inspection.people.name_guards import Names
from inspection.people.word_lists import read_words
from inspection.texts.teaching import Rehearsal, demo_texts, learnt

AT = datetime(2023, 4, 26, 10, tzinfo=BEIJING)
HOME = "http://www.jia.gov.cn/"
SITE = Site("2101000001", "甲市政府", HOME)
RIGHT = "以公共服务服务群众，以优质环境服务企业。"
MISTAKEN = "我市继续做好服务服务工作。"
KEY = "ab" * 32


def typo(sentence: str, wrong: str, right: str, **more: object) -> Finding:
    facts = {"wrong": wrong, "suggestion": right, "sentence": sentence, "at": sentence.index(wrong), **more}
    return Finding("text.typo", Ref(f"{HOME}1.html", "通知"), wrong, facts)  # type: ignore[arg-type]


def saved(store: Store, finding: Finding, key: str = KEY) -> None:
    record = FindingRecord(key, SITE.id, finding, FindingState.NEW, Severity.PROBLEM, "1", AT, AT, "r1", "r1")
    store.save_findings([record])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = store_of(tmp_path, SITE)
    run = Run("r1", RunKind.NIGHTLY, AT, AT, state=RunState.COMPLETE, targets=(SITE.id,))
    store.save_run(run)
    texts = enumerate((MISTAKEN, RIGHT), 1)
    store.write(
        Page("r1", SITE.id, f"{HOME}{n}.html", f"{HOME}{n}.html", 200, AT, text, reading=Reading(PageKind.ARTICLE, "通知", text=text))
        for n, text in texts
    )  # fmt: skip
    saved(store, typo(MISTAKEN, "服务服务", "服务"))
    return store


def decide(store: Store, data: Path, verdict: str, context: str = "", *, only: bool = False, key: str = KEY) -> str:
    said = Verdict(verdict, Actor("王敏"), "核对", AT, context, only)
    return review_and_learn(store, data, key, said, Rehearsal(store, data, AT + timedelta(days=1)))


def test_what_right_text_writes_is_not_taught_and_nothing_is_half_applied(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnsafeLesson) as refusal:
        decide(store, tmp_path, "confirmed", "服务服务")
    assert RIGHT in str(refusal.value)
    assert f"{HOME}2.html" in str(refusal.value)
    assert "--context" in str(refusal.value)
    assert read_words(tmp_path).confirmed == ()
    assert find(store, KEY).review.verdict == "unreviewed"
    assert "做好服务服务工作 → 做好服务工作" in decide(store, tmp_path, "confirmed", "做好服务服务工作")
    assert find(store, KEY).review.verdict == "confirmed"


def test_a_verdict_on_one_finding_alone_teaches_nothing(store: Store, tmp_path: Path) -> None:
    decide(store, tmp_path, "confirmed", only=True)
    assert find(store, KEY).review.verdict == "confirmed"
    assert read_words(tmp_path).confirmed == ()


def test_a_context_that_is_not_of_the_sentence_is_refused(store: Store, tmp_path: Path) -> None:
    for context in ("公共服务服务群众", "做好"):
        with pytest.raises(UsageError, match="原句"):
            decide(store, tmp_path, "confirmed", context)


def test_what_was_confirmed_is_not_silenced_by_an_allowed_form(store: Store, tmp_path: Path) -> None:
    other = "cd" * 32
    saved(store, typo("各单位做好服务服务工。", "服务服务", "服务"), other)
    decide(store, tmp_path, "confirmed", only=True, key=other)
    with pytest.raises(UnsafeLesson, match="已确认"):
        decide(store, tmp_path, "rejected", "服务服务")
    assert read_words(tmp_path).allowed == ()
    assert "允许写法" in decide(store, tmp_path, "rejected", "我市继续做好服务服务")


def test_learnt_text_that_writes_so_refuses_a_lesson() -> None:
    assert learnt(Lesson(WRONG, ("人民政府", "人民正府"), ""), load_starter()) > 100
    assert learnt(Lesson(WRONG, ("人民正府", "人民政府"), ""), load_starter()) == 0
    lesson = lesson_of(typo("做好人民正府工作", "正府", "政府"), "confirmed")
    assert lesson is not None
    assert lesson.words[1].endswith("政府")


def test_the_demo_texts_are_looked_at(store: Store, tmp_path: Path) -> None:
    texts = tuple(demo_texts())
    assert len(texts) > 300
    sentence = max(texts, key=len)
    lesson = Lesson(WRONG, (sentence[2:8], "某某某某某某"), "别的句子")
    preview = Rehearsal(store, tmp_path, AT)([lesson])[lesson]
    assert preview.count >= 1
    assert preview.uses[0].where == "演示文本"


@pytest.mark.parametrize(
    ("sentence", "wrong", "right", "is_name"),
    [
        ("近日，市交通局召开会议。", "市", "事", True),
        ("本溪市召开会议。", "溪", "西", True),
        ("区财政局公布预算。", "区", "去", True),
        ("云川发布开展活动。", "川", "穿", True),
        ("办理市宜请到窗口。", "市", "事", False),
        ("认真布署下一步工作。", "布署", "部署", False),
        ("会议指出，要加强溪统建设。", "溪", "系", False),
    ],
)
def test_names_are_no_doubts(sentence: str, wrong: str, right: str, is_name: bool) -> None:
    registry = Registry(units=(Unit("u", "云川市教育局", "云川教育"),), sites=(Site("s", "云川发布", HOME),))
    assert Names(registry).hold(typo(sentence, wrong, right)) is is_name


def test_the_command_refuses_with_the_sentences_and_the_way_out(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "findings",
        "confirm",
        KEY[:8],
        "--by",
        "王敏",
        "--data",
        str(tmp_path),
        "--db",
        f"sqlite:///{tmp_path}/x.db",
    ]
    assert run([*words, "--context", "服务服务"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert RIGHT in said.err
    assert "--context" in said.err.splitlines()[-1]
    assert find(store, KEY).review.verdict == "unreviewed"
    assert not (tmp_path / "words").exists()
    assert run([*words, "--only"]) == 0
    assert find(store, KEY).review.verdict == "confirmed"
    assert not (tmp_path / "words").exists()
