"""What a judgement depends on beside the captures: whether two processes, or two machines, would judge alike."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.parsing import PARSER_VERSION
from domain.errors import UsageError
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from inspection.judging.rules_then import keep_rules
from inspection.texts.kept_files import keep_files

KEY = "judged_by"  # among the settings of a run
PRIVACY = "text.privacy"


def kept_settings(store: Store, rulebook: RuleBook, data: Path | None) -> dict[str, Any]:
    """Rules, word lists and statistics kept with a run, and the mark of everything that judges it.

    `data` is None for what is judged by this process alone and thrown away.
    """
    rules = keep_rules(store, rulebook)
    if data is None:
        return dict(rules)
    return {**rules, **keep_files(store, data), KEY: mark_of(rulebook)}


def mark_of(rulebook: RuleBook) -> str:
    """The same for two rule books that judge alike: same rules, same versions of checks and statistics, same privacy key."""
    versions = sorted((name, rule.version) for name, rule in rulebook.checks.items())
    secret = str(rulebook.checks[PRIVACY].params.get("key", "")) if PRIVACY in rulebook.checks else ""
    proof = hashlib.sha256(f"xunjian privacy key {secret}".encode()).hexdigest() if secret else ""
    told = json.dumps([PARSER_VERSION, rulebook.hash, versions, proof], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def demand_same(run: Run, rulebook: RuleBook) -> None:
    """UsageError when this process would judge otherwise than the one that began the run."""
    mine, wanted = mark_of(rulebook), str(run.settings.get(KEY, ""))
    if mine != wanted:
        raise UsageError(
            f"本机的判定依据（{mine}）与批次 {run.id}（{wanted or '未记录'}）不一致：请核对程序版本、词语语言模型"
            "（xunjian doctor）和数据文件夹中的 privacy.key，各台机器须相同"
        )


def is_judged_alike(run: Run, settings: Mapping[str, Any]) -> bool:
    """Whether a run already names what these settings name."""
    return all(run.settings.get(name) == value for name, value in settings.items())
