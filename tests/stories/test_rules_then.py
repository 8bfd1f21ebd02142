"""A night is judged again by the rules of then, whatever the rules say today."""

from dataclasses import replace
from pathlib import Path

import pytest
from town import SITE_ID, built, item, refresh, watched

from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from inspection.judging.rules_then import KEY, rules_of
from inspection.runs.recheck import recheck_run
from inspection.runs.run import run_inspection


def test_a_night_is_judged_by_the_rules_of_then(tmp_path: Path) -> None:
    town = built()
    day = town.today.replace(day=1)
    town.column("/gg/", "通知公告", item(day, "/gg/1.html", "关于开展春季检查工作的通知"))
    office = tmp_path / "rules.yaml"
    office.write_text(
        "extends: builtin\nversion: 1\nchecks:\n  home.stale: {severity: problem, params: {window: 3d}}\n",
        encoding="utf-8",
    )
    (tmp_path / "w").mkdir()
    with watched(tmp_path / "w", town) as watch:
        order = watch.order(0)
        own = replace(order, rulebook=load_rules(office))
        refresh(town, town.today)
        outcome = run_inspection(own, watch.store)
        office.write_text("extends: builtin\nversion: 1\nchecks:\n  text.typo: {enabled: false}\n", encoding="utf-8")
        run = watch.store.run(outcome.run.id)
        assert run is not None
        then = rules_of(watch.store, run)
        assert then.hash == own.rulebook.hash
        assert then.checks["home.stale"].params["window"].days == 3
        again = recheck_run(watch.store, run.id, then)
        assert again.judged[SITE_ID].card == outcome.judged[SITE_ID].card
        assert recheck_run(watch.store, run.id, load_rules(office)).judged[SITE_ID].card.rules_hash == run.rules_hash


def test_what_was_not_kept_is_said(tmp_path: Path) -> None:
    town = built()
    with watched(tmp_path, town) as watch:
        run = watch.inspect(0).run
        bare = replace(run, settings={})
        with pytest.raises(UsageError, match="没有保存当时的规则"):
            rules_of(watch.store, bare)
        lost = replace(run, settings={KEY: "0" * 64})
        with pytest.raises(UsageError, match="损坏或缺失"):
            rules_of(watch.store, lost)
