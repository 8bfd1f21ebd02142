"""A night is judged again by the word lists and statistics of then; what was not kept is said."""

from dataclasses import replace
from pathlib import Path

import pytest
from town import FIRST, SITE_ID, Watch, built, refresh, watched

from domain.errors import UsageError
from domain.findings import FindingState
from domain.runs import Run
from inspection.judging.run import Outcome
from inspection.operations.needed import signed
from inspection.runs.as_then import export_then, kept_lines, rules_then
from inspection.runs.recheck import recheck_run
from inspection.runs.run import run_inspection
from inspection.texts.installation import with_installation
from inspection.texts.kept_files import KEY, kept_of
from inspection.texts.statistics import learn

WRONG = "words/wrong.tsv"


def list_words(folder: Path, *rows: str) -> None:
    (folder / "words").mkdir(exist_ok=True)
    (folder / WRONG).write_text("\n".join(rows) + "\n", encoding="utf-8")


def night(watch: Watch) -> Outcome:
    town = watch.town
    town.article("/xw/9.html", "关于办理证件的通知", town.today, "办里居住证的群众请携带户口簿。" * 4)
    refresh(town, town.today)
    order = watch.order(0)
    return run_inspection(replace(order, rulebook=with_installation(order.rulebook, watch.folder)), watch.store)


def typos(watch: Watch, run: Run) -> set[str]:
    return {
        str(record.finding.facts["wrong"])
        for record in watch.store.findings(run_id=run.id)
        if record.finding.check == "text.typo" and record.state is not FindingState.FIXED
    }


def test_a_night_is_judged_by_the_lists_and_statistics_of_then(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    with watched(tmp_path / "w", built()) as watch:
        list_words(watch.folder, "办里居\t办理居")
        learn(
            (f"第{n}条，请各单位按时办理居住证并报送材料。" for n in range(400)), watch.folder / "language", least=1000
        )
        outcome = night(watch)
        run = watch.store.run(outcome.run.id)
        assert run is not None
        assert "办里居" in typos(watch, run)
        kept = kept_of(run) or {}
        assert {WRONG, "language/current"} < kept.keys()
        list_words(watch.folder, "# 空")
        learn((f"第{n}款，关于印发工作方案的通知和附件。" for n in range(400)), watch.folder / "language", least=1000)
        with rules_then(watch.store, run, watch.folder) as (book, told):
            assert told == []
            again = recheck_run(watch.store, run.id, book)
        assert again.judged[SITE_ID].card == outcome.judged[SITE_ID].card
        assert "办里居" in typos(watch, run)
        recheck_run(watch.store, run.id, with_installation(watch.order(0).rulebook, watch.folder))
        assert "办里居" not in typos(watch, run)

        lines = export_then(watch.store, run, tmp_path / "out")
        assert (tmp_path / "out" / WRONG).read_text(encoding="utf-8") == "办里居\t办理居\n"
        assert [line.split()[0] for line in lines] == ["rules.yaml", *kept]
        with pytest.raises(UsageError, match="不是空文件夹"):
            export_then(watch.store, run, tmp_path / "out")
        assert set(kept.values()) <= signed(watch.store)


def test_the_same_files_are_kept_once(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        list_words(watch.folder, "办里\t办理")
        first, second = watch.inspect(0).run, watch.inspect(1).run
        assert kept_of(first) == kept_of(second) != {}


def test_what_was_lost_or_never_kept_is_said(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        list_words(watch.folder, "办里\t办理")
        run = night(watch).run
        old = replace(run, settings={key: value for key, value in run.settings.items() if key != KEY})
        with rules_then(watch.store, old, watch.folder) as (book, told):
            assert "没有保存当时的词表" in told[0]
            assert "办里\t办理" in book.checks["text.typo"].params["confirmed"]
        assert "没有保存" in kept_lines(old)[0]
        lost = replace(run, settings=run.settings | {KEY: {WRONG: "0" * 64, "language/current": "1" * 64}})
        with rules_then(watch.store, lost, watch.folder) as (book, told):
            assert told == [f"当时的 {path} 已损坏或缺失，判定时没有用它" for path in (WRONG, "language/current")]
            assert "办里\t办理" not in book.checks["text.typo"].params.get("confirmed", ())
        body = watch.store.put_body(b"x")
        strange = replace(run, settings=run.settings | {KEY: {"../etc/passwd": body}})
        with pytest.raises(UsageError, match="不在数据文件夹之内"):
            export_then(watch.store, strange, tmp_path / "out")
        assert not (tmp_path / "etc").exists()


def test_an_installation_without_files_of_its_own_names_none(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        run = watch.inspect(0).run
        assert kept_of(run) == {}
        assert kept_lines(run) == []
        assert run.as_of == FIRST
