"""What a person says of a typo is remembered: rejected text is left alone, confirmed errors are certain elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from offices import store_of

from checks.rules.rulebook import load_rules
from domain.captured import Page, PageKind, Reading
from domain.errors import ConfigError
from domain.findings import FindingRecord, FindingState
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Site
from domain.times import BEIJING
from inspection.judging.sites import judge_site
from inspection.people.findings import Verdict, review_and_learn
from inspection.people.word_lists import ALLOWED, FOLDER, WRONG, read_words
from inspection.texts.installation import with_installation
from inspection.texts.proof import judge_by, read_proof
from inspection.texts.teaching import Rehearsal

AT = datetime(2023, 4, 26, 10, tzinfo=BEIJING)
HOME = "http://www.jia.gov.cn/"
SITE = Site("2101000001", "甲市政府", HOME)
LEARNT = "会议要求各单位切实加强安全生产监督管里工作，保障人民群众生命财产安全。"
ELSEWHERE = "各区县要落实监督管里责任。"
BY = "王敏"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_of(tmp_path, SITE)


def night(store: Store, data: Path, number: int, texts: Sequence[str]) -> dict[str, FindingRecord]:
    """Capture one page a text and judge the site; the open typos by address."""
    run = Run(
        f"r{number}", RunKind.NIGHTLY, AT + timedelta(days=number), AT, state=RunState.COMPLETE, targets=(SITE.id,)
    )
    store.save_run(run)
    pages = [
        ("", PageKind.HOME, "首页"),
        *((f"{place}.html", PageKind.ARTICLE, text) for place, text in enumerate(texts)),
    ]
    store.write(
        Page(
            run.id,
            SITE.id,
            HOME + path,
            HOME + path,
            200,
            run.as_of,
            f"{path}{text}",
            reading=Reading(kind, "通知", text=text),
        )
        for path, kind, text in pages
    )
    judged = judge_site(store, SITE, run, with_installation(load_rules(), data))
    return {
        record.finding.ref.url.removeprefix(HOME): record
        for record in judged.records
        if record.finding.check == "text.typo" and record.state.is_open
    }


def decide(store: Store, data: Path, key: str, verdict: str, reason: str, context: str = "", only: bool = False) -> str:
    said = Verdict(verdict, Actor(BY), reason, AT, context, only)
    return review_and_learn(store, data, key, said, Rehearsal(store, data, AT + timedelta(days=30)))


def test_a_rejected_typo_is_silent_everywhere_and_comes_back(store: Store, tmp_path: Path) -> None:
    texts = [LEARNT, f"四月，{LEARNT}"]
    found = night(store, tmp_path, 1, texts)
    assert set(found) == {"0.html", "1.html"}
    key = found["0.html"].fingerprint
    said = decide(store, tmp_path, key, "rejected", "固定写法")
    assert "已记入允许写法：管里工" in said
    assert "另有 1 个相同的问题一并处理" in said
    assert f"管里工\t{key[:8]}\t{BY}" in (tmp_path / FOLDER / ALLOWED).read_text(encoding="utf-8")
    assert night(store, tmp_path, 2, [*texts, f"五月，{LEARNT}"]) == {}
    assert {record.state for record in store.findings() if record.finding.check == "text.typo"} == {
        FindingState.REJECTED
    }
    assert "已从" in decide(store, tmp_path, key, "unreviewed", "")
    assert set(night(store, tmp_path, 3, texts)) == {"0.html", "1.html"}  # nobody looked at the third page again


def test_a_confirmed_typo_is_certain_elsewhere(store: Store, tmp_path: Path) -> None:
    found = night(store, tmp_path, 1, [LEARNT])
    assert found["0.html"].finding.level == "probable"
    key = found["0.html"].fingerprint
    assert "监督管里 → 监督管理" in decide(store, tmp_path, key, "confirmed", "")
    again = night(store, tmp_path, 2, [LEARNT, ELSEWHERE])
    assert {record.finding.level for record in again.values()} == {"certain"}
    assert (again["0.html"].fingerprint, again["0.html"].nights) == (key, 2)
    assert again["0.html"].review.verdict == "confirmed"
    assert again["1.html"].finding.facts["suggestion"] == "监督管理"
    (hit,) = read_proof(ELSEWHERE, judge=judge_by(with_installation(load_rules(), tmp_path))).hits
    assert (hit.text, hit.layer) == ("监督管里", "own")


def test_the_lists_may_be_written_by_hand(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / WRONG).write_text("# 说明\n清姿泉\t清资泉\n", encoding="utf-8")
    (folder / ALLOWED).write_text("管里\n", encoding="utf-8")
    assert read_words(tmp_path).allowed == ("管里",)
    found = night(store, tmp_path, 1, [LEARNT, "清姿泉社区开展活动。"])
    assert [record.finding.facts["suggestion"] for record in found.values()] == ["清资泉"]


def test_a_faulty_row_is_named(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / WRONG).write_text("清姿泉\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"wrong\.tsv 第 1 行有误，现为“清姿泉”"):
        read_words(tmp_path)
