"""The installation's own language statistics, word lists and privacy key, put into the rules of its text checks."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from checks.text.language.word_trigrams import find_word_trigrams
from checks.text.typos.second_vote import require_model
from domain.captured import PageKind
from domain.errors import ConfigError
from domain.ports import Store
from domain.rules import CheckRule, RuleBook
from inspection.people.lessons import STATEMENT, TYPO
from inspection.people.word_lists import read_words
from inspection.texts.statistics import current_language

FOLDER, KEY = "language", "privacy.key"
WITHOUT_WORDS = "off"  # what an office writes to do without the words of general Chinese
LEARNING = ("text.typo", "text.misstatement")


def with_installation(rulebook: RuleBook, data: Path) -> RuleBook:
    """The rules with what this data folder has learnt; a version of the statistics is part of the rule's version."""
    checks = dict(with_words(rulebook).checks)
    if language := current_language(data / FOLDER):
        for name in (name for name in LEARNING if name in checks and not checks[name].params.get("language")):
            rule = checks[name]
            version = f"{rule.version}+{Path(language).name}"
            checks[name] = replace(rule, params={**rule.params, "language": language}, version=version)
    if TYPO in checks and (model := checks[TYPO].params.get("model")):
        require_model(Path(str(model)))  # said at the start, not for every page
    words = read_words(data)
    for name, lists in (
        (TYPO, {"confirmed": words.confirmed, "allowed": words.allowed}),
        (STATEMENT, {"allowed": words.allowed}),
    ):
        if name in checks and any(lists.values()):
            checks[name] = _with_lists(checks[name], lists)
    key = data / KEY
    if "text.privacy" in checks and key.is_file():
        rule = checks["text.privacy"]
        secret = key.read_text(encoding="ascii").strip()
        checks["text.privacy"] = replace(rule, params={**rule.params, "key": secret})
    return replace(rulebook, checks=checks)


def with_words(rulebook: RuleBook) -> RuleBook:
    """The rules with the word trigram of general Chinese: that of the setting, else that of the Debian package.

    ConfigError when the file of the setting is not there. A model of another size is another version of the rule.
    """
    rule = rulebook.checks.get(TYPO)
    if rule is None:
        return rulebook
    said = str(rule.params.get("words", ""))
    path = None if said == WITHOUT_WORDS else Path(said) if said else find_word_trigrams()
    if said and path and not path.is_file():
        raise ConfigError(f"rules.yaml 为 text.typo 配置的词语语言模型 {said} 不存在；请改正 words，或留空以自动查找。")
    version = f"{rule.version}+w{path.stat().st_size}" if path else rule.version
    changed = replace(rule, params={**rule.params, "words": str(path or "")}, version=version)
    return replace(rulebook, checks={**rulebook.checks, TYPO: changed})


def _with_lists(rule: CheckRule, lists: Mapping[str, tuple[str, ...]]) -> CheckRule:
    params = {**rule.params, **{name: (*rule.params.get(name, ()), *rows) for name, rows in lists.items()}}
    version = hashlib.sha256(repr(sorted(lists.items())).encode()).hexdigest()[:6]
    return replace(rule, params=params, version=f"{rule.version}+{version}")


def create_key(data: Path) -> None:
    """A secret of this installation: it keys the hashes of private data. An existing one stays."""
    path = data / KEY
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(16), encoding="ascii")


def captured_paragraphs(store: Store, as_of: datetime) -> Iterator[str]:
    """The paragraphs and list titles of the latest captures of all registered sites."""
    for site in store.load_registry().sites:
        for page in store.pages(site.id, as_of):
            if page.reading is not None and page.reading.kind is not PageKind.FILE:  # tables and torn lines
                yield from page.reading.text.split("\n")
                yield from (entry.title for entry in page.reading.entries)
