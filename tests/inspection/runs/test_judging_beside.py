"""Several processes of one machine judge a night as one does."""

import shutil
from datetime import date
from pathlib import Path

from crews import Province, judgements

from democity.city import build_city
from democity.server import served
from domain.leases import LeaseState
from domain.runs import RunState
from inspection.judging.turns import JUDGE
from inspection.runs.judges import end_of, start_judge
from storage import upgrade


def test_three_processes_judge_as_one(tmp_path: Path) -> None:
    city = build_city("small")
    one = tmp_path / "one"
    one.mkdir()
    upgrade(f"sqlite:///{one}/xunjian.db")
    with served(city, day=date(2023, 4, 25)) as port:
        alone = Province(f"sqlite:///{one}/xunjian.db", one, city, port)
        alone.crawl_only()
    three = shutil.copytree(one, tmp_path / "three")
    many = Province(f"sqlite:///{three}/xunjian.db", three, city, port)
    run = alone.last_run()
    assert alone.night(resume=run.id).run.state is RunState.COMPLETE
    assert many.night(resume=run.id, shards=3).run.state is RunState.COMPLETE
    with alone.store() as here, many.store() as there:
        assert judgements(here, run.id) == judgements(there, run.id)
        assert {lease.state for lease in there.leases(JUDGE, run.id)} == {LeaseState.DONE}
        assert len({lease.owner for lease in there.leases(JUDGE, run.id)}) > 1


def test_a_judge_of_an_unknown_run_says_so(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/xunjian.db")
    assert "没有批次 r9" in end_of(start_judge("r9", f"sqlite:///{tmp_path}/xunjian.db", str(tmp_path)))
