"""The installation's own language statistics and privacy key, put into the rules of its text checks."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from domain.captured import PageKind
from domain.ports import Store
from domain.rules import RuleBook
from inspection.learn import current_language

FOLDER, KEY = "language", "privacy.key"
LEARNING = ("text.typo", "text.misstatement")


def with_installation(rulebook: RuleBook, data: Path) -> RuleBook:
    """The rules with what this data folder has learnt; a version of the statistics is part of the rule's version."""
    checks = dict(rulebook.checks)
    if language := current_language(data / FOLDER):
        for name in (name for name in LEARNING if name in checks and not checks[name].params.get("language")):
            rule = checks[name]
            version = f"{rule.version}+{Path(language).name}"
            checks[name] = replace(rule, params={**rule.params, "language": language}, version=version)
    key = data / KEY
    if "text.privacy" in checks and key.is_file():
        rule = checks["text.privacy"]
        secret = key.read_text(encoding="ascii").strip()
        checks["text.privacy"] = replace(rule, params={**rule.params, "key": secret})
    return replace(rulebook, checks=checks)


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
