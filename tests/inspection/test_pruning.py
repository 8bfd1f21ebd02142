"""What is forgotten after its time, and that verdicts, rechecks and findings stay what they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from faults import FAULTS
from stored_files import date_back
from town import FIRST, SITE_ID, Watch, built, watched

import cli
from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from domain.findings import FindingState
from domain.persons import Actor
from domain.ports import Store
from inspection.locks import held
from inspection.operations.needed import private_bodies
from inspection.operations.pruning import Pruned, prune
from inspection.operations.settings import Retention
from inspection.people.registering import add_person
from inspection.runs.recheck import recheck_run

ME = Actor("王敏")
LATE = {"reading", "cache"}  # more of these can go once visits have gone
SHORT = Retention(bodies=1, visits=2, evidence=2)


@contextmanager
def lived(tmp_path: Path, nights: int = 6) -> Iterator[Watch]:
    """A site whose faults come and go over some nights."""
    town = built()
    with watched(tmp_path, town) as watch:
        for night in range(nights):
            for number, fault in enumerate(FAULTS):
                if night == number % 4:
                    fault.plant(town)
                elif night == 2 + number % 4:
                    fault.mend(town)
            watch.inspect(night)
        date_back(tmp_path, FIRST)
        yield watch


def state(store: Store) -> dict[str, Any]:
    last = store.runs()[-1]
    return {
        "findings": store.findings(),
        "last": store.findings(run_id=last.id),
        "open": store.unjudged(last.id),
        "cards": {card.target_id: (card.verdict, card.score, card.deductions) for card in store.scorecards(last.id)},
    }


def forget(watch: Watch, kept: Retention = SHORT, night: int = 9, **how: bool) -> Pruned:
    return prune(watch.store, watch.folder, kept, ME, FIRST + timedelta(days=night), **({"dry_run": False} | how))


def test_after_forgetting_the_newest_runs_judge_the_same(tmp_path: Path) -> None:
    with lived(tmp_path) as watch:
        before = state(watch.store)
        told = forget(watch, dry_run=True)
        assert state(watch.store) == before
        done = forget(watch)
        assert {name: n for name, n in done.rows.items() if name not in LATE} == {
            name: n for name, n in told.rows.items() if name not in LATE
        }
        assert done.rows["visit"] > 20
        assert done.rows["frontier"] > 20
        assert done.rows["finding_run"]
        assert done.bodies > 5
        assert state(watch.store) == before
        last = watch.store.runs()[-1]
        outcome = recheck_run(watch.store, last.id, load_rules())
        assert state(watch.store) == before
        assert {t: (j.card.verdict, j.card.score, j.card.deductions) for t, j in outcome.judged.items()} == before[
            "cards"
        ]
        assert forget(watch).nothing
        for entry in [record.finding.ref.capture for record in watch.store.findings() if record.state.is_open]:
            assert not entry or watch.store.body(entry)


def test_the_nights_after_it_are_as_without_it(tmp_path: Path) -> None:
    seen = []
    for pruned in (False, True):
        folder = tmp_path / str(pruned)
        folder.mkdir()
        with lived(folder) as watch:
            if pruned:
                forget(watch)
            for night in (6, 7):
                watch.town.statuses.pop("/gg/1.html", None)
                records = watch.records(watch.inspect(night))
                seen.append({key: (record.state, record.nights) for key, record in records.items()})
    assert seen[:2] == seen[2:]


def test_the_border_stays_before_the_last_night(tmp_path: Path) -> None:
    with lived(tmp_path, nights=2) as watch:
        last = watch.store.runs()[-1]
        assert forget(watch, night=900).before == last.as_of
        assert list(watch.store.visited(last.id, SITE_ID))


def test_private_data_goes_a_month_after_it_was_mended(tmp_path: Path) -> None:
    with lived(tmp_path, nights=2) as watch:
        store = watch.store
        digest = store.put_body("身份证号".encode())
        record = store.findings()[0]
        private = replace(record.finding, check="text.privacy", ref=replace(record.finding.ref, capture=digest))
        store.save_findings([replace(record, finding=private)])
        assert private_bodies(store, FIRST + timedelta(days=90)) == frozenset()
        store.save_findings([replace(record, finding=private, state=FindingState.FIXED)])
        assert digest in private_bodies(store, FIRST + timedelta(days=90))
        assert digest not in private_bodies(store, FIRST)
        done = forget(watch, Retention(), night=40)
        assert done.private >= 1
        assert digest not in {each for each, _, _ in store.stored_bodies()}
        assert store.findings()[0].finding.ref.capture == digest or digest in str(store.findings())  # the hash stays


def test_nothing_is_forgotten_while_a_night_runs_or_by_anybody(tmp_path: Path) -> None:
    with lived(tmp_path, nights=1) as watch:
        with held(tmp_path, "nightly", "x"), pytest.raises(UsageError, match="nightly"):
            forget(watch)
        admin = Actor("周宁", add_person(watch.store, Actor("周宁"), "周宁", "系统管理员", FIRST))
        inspector = Actor("王敏", add_person(watch.store, admin, "王敏", "监管员", FIRST))
        with pytest.raises(UsageError, match="无权"):
            prune(watch.store, tmp_path, SHORT, inspector, FIRST, dry_run=False)
        prune(watch.store, tmp_path, SHORT, admin, FIRST, dry_run=False)


def test_old_logs_and_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with lived(tmp_path, nights=1):
        pass
    logs = tmp_path / "logs"
    logs.mkdir(exist_ok=True)
    (logs / "2020-01-01.log").write_text("x" * 2**20)
    assert cli.run(["prune", "--dry-run", "--data", str(tmp_path)]) == 0
    assert "日志  1 个文件，1.0 MB" in capsys.readouterr().out
    assert cli.run(["prune", "--data", str(tmp_path), "--format", "json", "--by", "王敏"]) == 0
    assert '"logs": 1' in capsys.readouterr().out
    assert not (logs / "2020-01-01.log").exists()
    (tmp_path / "settings.yaml").write_text("retention: {bodies: 0, visit: 3}\nnotes: 1\n", encoding="utf-8")
    assert cli.run(["prune", "--data", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.strip().endswith("3 处错误")
    assert "retention.visit" in err
