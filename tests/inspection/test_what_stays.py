"""What pruning must leave alone for ever, and what is refused once it has forgotten."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from faults import FAULTS
from stored_files import date_back, spoil
from test_pruning import ME, forget, lived
from town import FIRST, SITE_ID, Watch, built, watched

from checks.rules.rulebook import load_rules
from domain.errors import BodyLost, UsageError
from domain.findings import FindingState
from domain.issued import IssuedNotice
from domain.letter_moves import PaperKind
from domain.letters import Letter, LetterItem, Reply
from domain.periods import PeriodState
from domain.ports import Store
from inspection.operations.settings import Retention
from inspection.periods.closing import close_period, open_period, reopen_period
from inspection.runs.recheck import recheck_run
from scorecards.figures import FigureRules


def kept_body(watch: Watch, text: str) -> str:
    """A body that was written long ago."""
    digest = watch.store.put_body(text.encode())
    date_back(watch.folder, FIRST)
    return digest


def stored(store: Store) -> set[str]:
    return {digest for digest, _, _ in store.stored_bodies()}


def test_replies_and_issued_notices_never_go(tmp_path: Path) -> None:
    with lived(tmp_path, nights=1) as watch:
        scan, notice, loose = (kept_body(watch, text) for text in ("扫描件", "通报", "无人需要"))
        item = LetterItem(1, "f1", SITE_ID, "网站", "column.stale", "栏目", "没有更新", "http://town.example/")
        reply = Reply(FIRST, "李红", "回执.pdf", scan, 9, is_form=False)
        watch.store.save_letters(
            [Letter("l1", PaperKind.LETTER, "u", "局", (item,), "王敏", FIRST, replies=(reply,), closed_at=FIRST)]
        )
        watch.store.save_issued_notice(IssuedNotice("2023-04", 1, 1, "通报.docx", notice, 9, "王敏", FIRST))
        private = replace(watch.store.findings()[0], state=FindingState.FIXED)
        reference = replace(private.finding.ref, capture=scan)  # the unit sent the very page that was complained of
        watch.store.save_findings(
            [replace(private, finding=replace(private.finding, check="text.privacy", ref=reference))]
        )
        forget(watch, night=2000)
        assert {scan, notice} <= stored(watch.store)
        assert loose not in stored(watch.store)


def test_what_a_closed_period_shows_never_goes_although_its_findings_moved_on(tmp_path: Path) -> None:
    with lived(tmp_path) as watch:
        store = watch.store
        open_period(store, "2023-04", ME, FIRST + timedelta(days=40))
        closing = close_period(store, load_rules(), FigureRules(), "2023-04", ME, FIRST + timedelta(days=40))
        items = [item for each in closing.sums.standings for item in each.items if item.check != "text.privacy"]
        shown = {item.capture for item in items} - {""}
        assert any(item.mended for item in items)
        for record in store.findings():
            moved = replace(record.finding, ref=replace(record.finding.ref, capture=""))
            store.save_findings([replace(record, state=FindingState.FIXED, finding=moved)])
        assert forget(watch, night=2000).bodies
        assert shown <= stored(store)


def test_what_is_forgotten_is_not_judged_or_counted_again(tmp_path: Path) -> None:
    with lived(tmp_path) as watch:
        first, last = watch.store.runs()[0], watch.store.runs()[-1]
        end = FIRST + timedelta(days=40)
        open_period(watch.store, "2023-04", ME, end)
        close_period(watch.store, load_rules(), FigureRules(), "2023-04", ME, end)
        forget(watch)
        before = watch.store.scorecards(first.id)
        with pytest.raises(UsageError, match=f"批次 {first.id} 不能重新判定"):
            recheck_run(watch.store, first.id, load_rules())
        with pytest.raises(UsageError, match="不能重新打开；已关闭的数字不变"):
            reopen_period(watch.store, "2023-04", ME, "更正", end)
        with pytest.raises(UsageError, match="不能再建立2023年3月"):
            open_period(watch.store, "2023-03", ME, end)
        assert watch.store.scorecards(first.id) == before
        assert [item.state for item in watch.store.periods()] == [PeriodState.CLOSED]
        assert recheck_run(watch.store, last.id, load_rules()).judged


def test_a_dry_run_forgets_nothing_and_the_border_never_moves_back(tmp_path: Path) -> None:
    with lived(tmp_path, nights=3) as watch:
        first = watch.store.runs()[0].id
        forget(watch, dry_run=True)
        recheck_run(watch.store, first, load_rules())
        forget(watch)
        forget(watch, Retention(visits=300))
        with pytest.raises(UsageError, match="保存期限"):
            recheck_run(watch.store, first, load_rules())


def test_a_capture_that_was_lost_is_noted_until_nothing_needs_it(tmp_path: Path) -> None:
    with lived(tmp_path, nights=2) as watch:
        store = watch.store
        loose, needed = kept_body(watch, "无人需要"), store.used_bodies(FIRST + timedelta(days=1))
        wanted = sorted(needed & stored(store))[0]
        for digest in (loose, wanted):
            spoil(tmp_path, digest)
            with pytest.raises(BodyLost):
                store.body(digest)
        assert store.lost_bodies() == {loose, wanted}
        forget(watch)
        assert store.lost_bodies() == {wanted}
        assert not (tmp_path / "blobs" / "damaged" / loose).exists()  # what it showed may be private


def test_private_data_leaves_bodies_and_texts_a_month_after_it_was_mended(tmp_path: Path) -> None:
    number, place = "11010519491231002X", "/xw/p1.html"
    fault = next(each for each in FAULTS if each.key == f"text.privacy {place}")
    town = built()
    with watched(tmp_path, town) as watch:
        fault.plant(town)
        for night in range(2):
            watch.inspect(night)
        fault.mend(town)
        records = watch.records(watch.inspect(2))
        assert records[fault.key].state is FindingState.FIXED
        cards = {run.id: watch.store.scorecards(run.id) for run in watch.store.runs()}
        assert number in told_of(watch)
        assert forget(watch, Retention(), night=20).texts == 0
        told = forget(watch, Retention(), night=40, dry_run=True)
        assert number in told_of(watch)
        done = forget(watch, Retention(), night=40)
        assert (done.private, done.texts) == (told.private, told.texts) == (1, 1)
        assert number not in told_of(watch)
        assert forget(watch, Retention(), night=40).nothing
        last = watch.store.runs()[-1]
        recheck_run(watch.store, last.id, load_rules())
        assert {run.id: watch.store.scorecards(run.id) for run in watch.store.runs()} == cards
        assert watch.records(watch.inspect(3))[fault.key].state is FindingState.FIXED
        fault.plant(town)
        assert watch.records(watch.inspect(4))[fault.key].state is FindingState.REOPENED
        assert number in told_of(watch)


def told_of(watch: Watch) -> str:
    """Everything that bodies and readings of all nights say."""
    pages = [page for run in watch.store.runs() for page in watch.store.pages(SITE_ID, run.as_of)]
    bodies = [watch.store.body(digest).decode(errors="replace") for digest in sorted(stored(watch.store))]
    return "\n".join([*bodies, *(str(page.reading) for page in pages)])
