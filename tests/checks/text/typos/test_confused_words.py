"""Words confused by their meaning: every row of the table strikes its example and spares the other."""

from pathlib import Path

import pytest

from checks.text.language.passage import read_passage
from checks.text.language.starter import load_starter
from checks.text.typos.analyser import Analyser
from checks.text.typos.confused_words import Confusion, confusions, load_confusions
from domain.errors import ConfigError


@pytest.mark.parametrize("row", load_confusions(), ids=lambda row: f"{row.word}-{row.right}")
def test_a_row_strikes_its_example_and_spares_the_other(row: Confusion) -> None:
    (place,) = row.search(row.struck)
    assert row.struck[slice(*place)] == row.word
    assert not list(row.search(row.passed))
    mended = row.struck[: place[0]] + row.right + row.struck[place[1] :]
    texts = ["第一段。", mended, row.struck]
    found = list(confusions().search(read_passage(texts, load_starter()), texts))
    assert (2, *place, row.right) in found
    assert {paragraph for paragraph, *_ in found} == {2}


def test_they_are_certain_and_may_be_allowed() -> None:
    (hits,) = Analyser(load_starter()).analyse(["公示期满，请登陆市政府网站查询结果。"])
    assert [(hit.text, hit.suggestion, hit.layer, hit.reported) for hit in hits] == [("登陆", "登录", "meaning", True)]


@pytest.mark.parametrize("line", ["(甲乙)\t丙丁", "甲乙\t丙丁\t\t甲乙\t丙", "(甲乙\t丙丁\t\t甲乙\t丙"])
def test_a_faulty_row_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(f"# 说明\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="第 2 行"):
        load_confusions(path)
