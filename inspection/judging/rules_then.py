"""The rules a run was judged by, kept with it: the merged whole, by its hash, so that it can be judged by them again."""

import json
from pathlib import Path

from checks.rules.rulebook import build_rules, completed, read_rules
from checks.rules.strict_yaml import parse
from domain.errors import BodyLost, RulesError, UsageError
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run

KEY = "rules_body"  # among the settings of a run


def keep_rules(store: Store, rulebook: RuleBook) -> dict[str, str]:
    """Keep the text of the rules as a body; the setting of the run that names it, or nothing where no file holds them."""
    path = Path(rulebook.source)
    if not rulebook.source or not path.is_file():
        return {}
    merged = completed(parse(read_rules(path), path.name), str(path)).data
    text = json.dumps(merged, ensure_ascii=False, sort_keys=False, default=str)  # JSON is YAML
    return {KEY: store.put_body(text.encode())}


def rules_of(store: Store, run: Run) -> RuleBook:
    """The rules a run began with; UsageError when they were not kept, or today's checks cannot use them."""
    body = str(run.settings.get(KEY, ""))
    if not body:
        raise UsageError(f"批次 {run.id} 没有保存当时的规则（由旧版程序完成）；不加 --as-then 按现在的规则判定")
    try:
        return build_rules(store.body(body).decode(), f"批次 {run.id} 的规则")
    except BodyLost as error:
        raise UsageError(f"批次 {run.id} 当时的规则已损坏或缺失；不加 --as-then 按现在的规则判定") from error
    except RulesError as error:
        raise UsageError(
            f"批次 {run.id} 当时的规则现在的程序不能全部执行（{error.problems[0] if error.problems else error}）"
        ) from error
