"""Every schema since the first change over nights is kept filled; each is brought up to date and judged the same."""

import io
import lzma
from datetime import datetime
from pathlib import Path

import pytest

from checks.rules.rulebook import load_rules
from domain.persons import Actor
from domain.runs import RunKind
from domain.scores import counts_of
from domain.times import BEIJING
from inspection.operations.backup_file import BackupWriter, Header
from inspection.operations.restoring import restore_backup
from inspection.runs.recheck import recheck_run
from storage import HEAD, open_store, upgrade

KEPT = sorted((Path(__file__).parent / "databases").glob("*.sqlite.xz"))


def test_the_schema_of_today_is_kept() -> None:
    assert f"{HEAD}.sqlite.xz" in {path.name for path in KEPT}, "run tests/storage/databases/make.py"


@pytest.mark.parametrize("packed", KEPT, ids=lambda path: path.name.partition(".")[0])
def test_an_older_database_is_brought_up_to_date_and_judged_the_same(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "xunjian.db").write_bytes(lzma.decompress(packed.read_bytes()))
    url = f"sqlite:///{tmp_path}/xunjian.db"
    upgrade(url)
    store = open_store(url, tmp_path)
    try:
        runs = store.runs()
        assert [run.kind for run in runs] == [RunKind.NIGHTLY, RunKind.NIGHTLY, RunKind.AUDIT]
        before = {record.fingerprint: record.state for record in store.findings()}
        assert len(before) > 8
        cards = {card.target_id: card for card in store.scorecards(runs[-1].id)}
        days = store.latest_days()
        assert [(day.run_id, day.target_id) for day in days] == [(runs[-1].id, target) for target in cards]
        for day in days:
            told = counts_of(record for record in store.findings((day.target_id,)))
            assert day.counts == told == cards[day.target_id].counts
            assert sum((told.veto, told.deduct, told.problem, told.notice)) == cards[day.target_id].problems > 0
        again = recheck_run(store, runs[-1].id, load_rules())
        assert {record.fingerprint: record.state for record in store.findings()} == before
        for target, judged in again.judged.items():
            assert judged.card.verdict is cards[target].verdict
            assert judged.card.score == cards[target].score
        renewed = [(day.verdict, day.score, day.lost, day.counts) for day in store.latest_days()]
        assert renewed == [(day.verdict, day.score, day.lost, day.counts) for day in days]
    finally:
        store.close()


@pytest.mark.parametrize("packed", KEPT[:1], ids=lambda path: path.name.partition(".")[0])
def test_a_backup_of_an_older_program_is_restored_and_judged_the_same(packed: Path, tmp_path: Path) -> None:
    body = lzma.decompress(packed.read_bytes())
    with (tmp_path / "old.backup").open("wb") as out:
        writer = BackupWriter(out, Header(packed.name[:4], "0", "2023-04-20T23:00:00+08:00"), b"")
        writer.add("database/xunjian.db", io.BytesIO(body), len(body))
        writer.finish()
    data = tmp_path / "data"
    restore_backup(
        tmp_path / "old.backup", b"", data, "", lambda store: Actor("王敏"), datetime(2023, 5, 1, tzinfo=BEIJING)
    )
    store = open_store(f"sqlite:///{data}/xunjian.db", data)
    try:
        before = {record.fingerprint: record.state for record in store.findings()}
        recheck_run(store, store.runs()[-1].id, load_rules())
        assert {record.fingerprint: record.state for record in store.findings()} == before
        assert store.job_runs() == []
    finally:
        store.close()
