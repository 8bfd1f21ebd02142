"""Every schema since the first change over nights is kept filled; each is brought up to date and judged the same."""

import lzma
from pathlib import Path

import pytest

from checks.rules.rulebook import load_rules
from domain.runs import RunKind
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
        again = recheck_run(store, runs[-1].id, load_rules())
        assert {record.fingerprint: record.state for record in store.findings()} == before
        for target, judged in again.judged.items():
            assert judged.card.verdict is cards[target].verdict
            assert judged.card.score == cards[target].score
    finally:
        store.close()
