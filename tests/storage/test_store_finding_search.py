"""Lists of findings over the three stores: windows forwards and backwards, and how much is read for them."""

from dataclasses import replace

from sqlalchemy import text
from store_values import DAY

from domain.finding_search import FindingSearch, Stage, mark_of, stage_of
from domain.findings import Finding, FindingRecord, FindingState, Ref, Review, Severity
from domain.ports import Store
from storage.sql import SqlStore
from storage.sql_finding_search import _stretches

STATES = (*FindingState, FindingState.NEW, FindingState.NEW)


def record(number: int) -> FindingRecord:
    check = ("text.typo", "link.dead", "column.stale")[number % 3]
    candidate = number % 3 == 0
    finding = Finding(check, Ref(f"http://a/{number}"), str(number), candidate=candidate)
    review = Review("confirmed", "王敏", DAY) if number % 8 == 0 else Review()
    state, severity = STATES[number % len(STATES)], list(Severity)[number % 5 % 4]
    key = f"{number * 7919 % 100_003:016x}"
    return FindingRecord(
        key, f"S{number % 60}", finding, state, severity, "1", DAY, DAY, "r1", "r1", review=review
    )  # fmt: skip


RECORDS = [record(number) for number in range(300)]
SEARCHES = (
    FindingSearch(),
    FindingSearch((Stage.WAITING,)),
    FindingSearch(tuple(Stage), severity=Severity.VETO),
    FindingSearch(check="text.typo"),
    FindingSearch(tuple(Stage), targets=("S3", "S14", "S15")),
    FindingSearch(tuple(Stage), targets=tuple(f"S{number}" for number in range(1, 50))),
    FindingSearch(targets=()),
)


def test_windows_follow_each_other_without_gaps_forwards_and_backwards(store: Store) -> None:
    store.save_findings(RECORDS)
    for search in SEARCHES:
        wanted = sorted((item for item in RECORDS if search.takes(item)), key=mark_of)
        found: list[FindingRecord] = []
        while window := store.search_findings(replace(search, limit=7, after=mark_of(found[-1]) if found else None)):
            found += window
        assert found == wanted
        if len(wanted) > 9:
            back = store.search_findings(replace(search, limit=7, after=mark_of(wanted[9]), backwards=True))
            assert back == wanted[2:9]
        assert store.count_findings(replace(search, limit=20)) == min(20, len(wanted))


def test_a_decision_moves_a_finding_to_another_list(store: Store) -> None:
    waiting = next(item for item in RECORDS if stage_of(item) is Stage.WAITING)
    store.save_findings([waiting])
    assert store.finding(waiting.fingerprint) == waiting
    decided = replace(waiting, review=Review("confirmed", "王敏", DAY))
    store.save_findings([decided])
    assert store.search_findings(FindingSearch((Stage.WAITING,))) == []
    assert store.search_findings(FindingSearch((Stage.OPEN,))) == [decided]
    assert store.finding("0" * 16) is None


def test_every_window_is_a_stretch_of_an_index(store: Store) -> None:
    """No sorting and no reading of what is not shown."""
    if not isinstance(store, SqlStore) or store.db.engine.dialect.name != "sqlite":
        return
    store.save_findings(RECORDS)
    for search in (*SEARCHES[:2], *SEARCHES[3:5]):
        for query in _stretches(replace(search, after=(1, "5"))):
            words = str(query.compile(store.db.engine, compile_kwargs={"literal_binds": True}))
            with store.db.read() as connection:
                plan = " ".join(str(row) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {words}")))
            assert "USING INDEX ix_finding_" in plan
            assert "TEMP B-TREE" not in plan
