"""Whether the words of general Chinese are asked: a setting, else the package, else nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from checks.rules.rulebook import load_rules
from domain.errors import ConfigError
from domain.rules import CheckRule, RuleBook
from inspection.texts import installation
from inspection.texts.installation import with_words


def typos(book: RuleBook) -> CheckRule:
    return with_words(book).checks["text.typo"]


def saying(words: str) -> RuleBook:
    book = load_rules(None)
    rule = book.checks["text.typo"]
    return replace(book, checks={**book.checks, rule.id: replace(rule, params={**rule.params, "words": words})})


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "zh_CN.lm"
    path.write_bytes(b"12345")
    monkeypatch.setattr(installation, "find_word_trigrams", lambda: path)
    return path


def test_the_package_is_used_where_it_is_installed(package: Path) -> None:
    rule = typos(load_rules(None))
    assert (rule.params["words"], rule.version.endswith("+w5")) == (str(package), True)


def test_without_it_the_rule_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "find_word_trigrams", lambda: None)
    book = load_rules(None)
    assert typos(book) == book.checks["text.typo"]


def test_an_office_may_do_without(package: Path) -> None:
    rule = typos(saying("off"))
    assert (rule.params["words"], "+w" in rule.version) == ("", False)


def test_an_office_may_name_its_own(package: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.lm"
    own.write_bytes(b"123456")
    assert typos(saying(str(own))).params["words"] == str(own)


def test_a_file_that_is_not_there_is_told_at_the_start() -> None:
    with pytest.raises(ConfigError, match=r"/nowhere/words\.lm"):
        typos(saying("/nowhere/words.lm"))
