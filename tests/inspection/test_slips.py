"""Slips on the command line: what they name, hours instead of working days, no seal, and what the trail keeps of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reply_forms import fill_word, texts_of
from staff import PERSONS, SITES, office, record

import cli
from domain.letter_moves import LetterState, PaperKind
from domain.persons import Role
from domain.ports import Store
from domain.trail import Act, Deed

TYPO = record(SITES[0], "text.typo", "t1")
INSPECTOR, LIAISON = PERSONS[Role.INSPECTOR].id, PERSONS[Role.LIAISON].id


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = office(tmp_path)
    made.save_findings([TYPO])
    return made


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(*words: str) -> tuple[int, str]:
        code = cli.run([*words, "--data", str(tmp_path)])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def test_a_slip_goes_out_and_comes_back(store: Store, call: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "没有提示单" in call("slips", "list")[1]
    code, told = call("slips", "draft", "--by", INSPECTOR)
    assert (code, told.split()) == (0, ["S1", "第1局", "1", "项", "草稿"])
    assert "只用于提示单" not in call("letters", "draft", "--by", INSPECTOR)[1]
    assert call("letters", "issue", "L1", "--hours", "4", "--by", INSPECTOR)[0] == 2
    code, told = call("slips", "issue", "S1", "--hours", "4", "--by", INSPECTOR, "-o", str(out))
    assert code == 0
    (slip,) = store.letters(PaperKind.SLIP)
    assert slip.due is not None
    assert slip.issued_at is not None
    assert (slip.due - slip.issued_at).total_seconds() == 4 * 3600
    text = texts_of(out / f"{slip.name}.docx")
    assert "无须盖章" in text
    assert "印章" not in text
    form = fill_word(out / f"{slip.name}回执.docx", {1: ("已整改", "", "")})
    assert "slips answer" in call("letters", "answer", str(form), "--by", LIAISON)[1]
    assert call("slips", "answer", str(form), "--by", LIAISON)[0] == 0
    code, told = call("slips", "close", "S1", "--by", INSPECTOR)
    assert (code, f"xunjian audit --findings {TYPO.fingerprint[:8]}" in told) == (0, True)
    assert call("slips", "close", "S1", "--item", "1", "--reason", "已看过", "--by", INSPECTOR)[0] == 0
    assert store.letters(PaperKind.SLIP)[0].state is LetterState.CLOSED
    assert "办结 1/1 项" in call("slips", "list", "S1")[1]
    deeds = [Deed.read(entry.text) for entry in store.trail()]
    mine = [deed.now for deed in deeds if deed.act is Act.LETTER and deed.subject.startswith("提示单")]
    assert [text.partition("，")[0].partition("（")[0] for text in mine] == [
        "起草：第1局",
        "已下发",
        "反馈 1 项",
        "第 1 项销号",
    ]


def test_what_is_not_there_is_said(store: Store, call: Callable[..., tuple[int, str]]) -> None:
    for words in (("slips", "list", "S9"), ("slips", "sign", "S9", "--by", LIAISON), ("letters", "list", "2023-7")):
        code, told = call(*words)
        assert (code, told.count("\n")) == (2, 1), told
        assert "没有" in told
    assert call("slips", "draft", "--unit", "无此局", "--by", INSPECTOR)[0] == 2
    assert store.letters() == []
