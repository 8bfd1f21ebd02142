"""Workers do what one machine does: the same captures, the same findings, whoever is killed meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from crews import Province, captures, differences, held, judgements, until
from postgres_away import Server

from democity.city import City, build_city
from democity.server import served
from domain.errors import StoreError
from domain.runs import RunState
from inspection.judging.run import Outcome
from inspection.judging.turns import JUDGE
from inspection.runs.crew import CRAWL
from inspection.runs.judges import end_of, start_judge
from wakeups import prepare

DatabaseOf = Callable[..., str]


@pytest.fixture(scope="module")
def city() -> City:
    return build_city("small")


@pytest.fixture(scope="module")
def port(city: City) -> Iterator[int]:
    with served(city, day=date(2023, 4, 25)) as found:
        yield found


@pytest.fixture(scope="module")
def alone(database_of: DatabaseOf, city: City, port: int, tmp_path_factory: pytest.TempPathFactory) -> Province:
    """A place whose night is done by one process; `crawled` is its database before it was judged."""
    province = Province(database_of(), tmp_path_factory.mktemp("alone"), city, port)
    province.crawl_only()
    return province


@pytest.fixture(scope="module")
def first(alone: Province, database_of: DatabaseOf) -> tuple[Province, Outcome]:
    """The same, judged by one process."""
    province = replace(alone, db=database_of(alone.db), workers=[])
    outcome = province.night(resume=province.last_run().id)
    assert outcome.run.state is RunState.COMPLETE
    return province, outcome


@pytest.fixture
def province(database_of: DatabaseOf, city: City, port: int, tmp_path: Path) -> Iterator[Province]:
    found = Province(database_of(), tmp_path, city, port)
    prepare(found.db)
    yield found
    found.stop_workers()


def assert_same(first: tuple[Province, Outcome], other: Province, outcome: Outcome) -> None:
    one, before = first
    assert outcome.run.state is RunState.COMPLETE, outcome.run.reason
    with one.store() as here, other.store() as there:
        assert not differences(captures(here, before.run.id, one.city), captures(there, outcome.run.id, one.city))
        assert judgements(here, before.run.id) == judgements(there, outcome.run.id)


def test_a_crew_crawls_and_judges_as_one_machine_does(province: Province, first: tuple[Province, Outcome]) -> None:
    province.start_workers(4)
    outcome = province.by_crew()
    assert_same(first, province, outcome)
    with province.store() as store:
        assert len({lease.owner for lease in store.leases(CRAWL, outcome.run.id)}) > 1
    assert province.stop_workers() == [0] * 4


@pytest.mark.slow
def test_killed_workers_leave_their_work_to_the_others(province: Province, first: tuple[Province, Outcome]) -> None:
    province.start_workers(3)
    with province.in_background() as night:
        until(lambda: held(province, CRAWL) > 1)
        province.kill_worker()
        until(lambda: held(province, JUDGE) > 0)
        province.kill_worker()
    assert_same(first, province, night.result())


@pytest.mark.slow
def test_a_database_away_for_a_while_delays_and_loses_nothing(
    province: Province, first: tuple[Province, Outcome], postgres: Server
) -> None:
    """The coordinator ends with a sentence; the workers wait, and do the rest when the run is resumed."""
    province.start_workers(2)
    with province.in_background() as night:
        until(lambda: held(province, CRAWL) > 0)
        postgres.stop()
        with pytest.raises(StoreError, match="数据库"):
            night.result(120)
    postgres.start()
    run = province.last_run()
    outcome = province.by_crew(resume=run.id)
    assert_same(first, province, outcome)
    assert province.stop_workers() == [0, 0]


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 4, 16])
def test_judged_by_any_number_the_judgements_are_the_same(
    alone: Province, first: tuple[Province, Outcome], database_of: DatabaseOf, number: int
) -> None:
    one, outcome = first
    copy = replace(alone, db=database_of(alone.db), workers=[])
    judges = [start_judge(outcome.run.id, copy.db, str(copy.folder)) for _ in range(number)]
    assert [end_of(judge) for judge in judges] == [""] * number
    with one.store() as before, copy.store() as store:
        assert judgements(before, outcome.run.id) == judgements(store, outcome.run.id)
        assert {lease.state.value for lease in store.leases(JUDGE, outcome.run.id)} == {"done"}


def test_who_would_judge_otherwise_refuses(alone: Province, database_of: DatabaseOf, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(alone.folder, tmp_path / "elsewhere")
    copy = replace(alone, db=database_of(alone.db), folder=elsewhere, workers=[])
    (elsewhere / "privacy.key").write_text("another key", encoding="ascii")
    told = end_of(start_judge(copy.last_run().id, copy.db, str(elsewhere)))
    assert "判定依据" in told
    assert "privacy.key" in told
