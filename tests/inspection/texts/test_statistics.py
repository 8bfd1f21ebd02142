"""Learning: from text files and captures to a versioned folder that the checks use."""

import lzma

import pytest

from checks.text.language.starter import load_language
from checks.text.typos.analyser import Analyser
from domain.errors import ConfigError, UsageError
from inspection.texts.statistics import current_language, learn, read_texts

PLACES = [first + second for first in "东南西北中上下前后新" for second in "城山河湖街镇乡村桥港"]
WRONG = "会议要求各单位切实加强监督管里工作,保障人民群众生命财产安全。"
LINES = [
    f"第{number}次会议在{place}召开,会议要求各单位认真部署安全生产工作,切实加强监督管理工作,保障人民群众生命财产安全。"
    for number in range(30)
    for place in PLACES
]


def test_learning_makes_a_folder_that_the_checks_use(tmp_path):
    assert current_language(tmp_path) == ""
    made = learn(LINES, tmp_path, ["测试"])
    assert made.paragraphs == len(LINES)
    assert current_language(tmp_path) == str(made.folder)
    statistics = load_language(str(made.folder))
    (hits,) = Analyser(statistics).analyse([WRONG])
    assert [(hit.text, hit.suggestion) for hit in hits] == [("里", "理")]


def test_the_inspected_page_inside_the_statistics_does_not_vouch_for_itself(tmp_path):
    wrong = "会议要求各单位切实加强监督管里工作,保障人民群众生命财产安全。"
    statistics = load_language(str(learn([*LINES, wrong], tmp_path).folder))
    (hits,) = Analyser(statistics).analyse([wrong])
    assert [hit.suggestion for hit in hits] == ["理"]


def test_the_same_text_makes_the_same_version_and_the_one_before_is_kept(tmp_path):
    first = learn(LINES, tmp_path)
    assert learn(LINES, tmp_path).version == first.version
    second = learn(LINES[:-100], tmp_path)
    third = learn(LINES[:-200], tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {second.version, third.version}
    assert current_language(tmp_path).endswith(third.version)


def test_too_little_text_is_refused(tmp_path):
    with pytest.raises(UsageError, match="只有 11 字可供学习"):
        learn(["只有这么一行文字而已。"], tmp_path)
    assert not list(tmp_path.iterdir())


def test_packed_and_plain_files_are_read(tmp_path):
    (tmp_path / "a.txt").write_text("一\n", encoding="utf-8")
    (tmp_path / "b.xz").write_bytes(lzma.compress("二\n".encode()))
    assert list(read_texts([tmp_path / "a.txt", tmp_path / "b.xz"])) == ["一\n", "二\n"]
    (tmp_path / "c.txt").write_bytes("三".encode("gb18030"))
    with pytest.raises(UsageError, match=r"c\.txt 无法读取"):
        list(read_texts([tmp_path / "c.txt"]))


def test_a_damaged_folder_is_refused(tmp_path):
    made = learn(LINES, tmp_path)
    (made.folder / "order4.npy").write_bytes(b"")
    from checks.text.language.statistics import load_statistics

    with pytest.raises(ConfigError, match="无法读取"):
        load_statistics(made.folder)
