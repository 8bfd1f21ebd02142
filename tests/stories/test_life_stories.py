"""What is known of each fault on each night: the office accuses nobody who mended, and nobody it did not look at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import FAULTS, Fault
from town import Watch, built, watched

from checks.rules.rulebook import load_rules
from domain.findings import Closing, FindingRecord, Why
from domain.runs import RunKind
from domain.scores import Verdict
from inspection.runs.recheck import recheck_run
from inspection.runs.recheck_findings import recheck_findings

PAGES = tuple(fault for fault in FAULTS if fault.page)
OWN = tuple(fault for fault in PAGES if fault.key.partition(" ")[0] not in {"link.hidden"})


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    town = built()
    for fault in FAULTS:
        fault.plant(town)
    with watched(tmp_path, town) as watch:
        yield watch


def told(record: FindingRecord) -> str:
    """`new`, `fixed:gone`, `persisting?robots` (open, and not looked at because of robots.txt)..."""
    closed = f":{record.closed}" if record.closed else ""
    return f"{record.state.value}{closed}{f'?{record.unread.value}' if record.unread is not None else ''}"


def night(watch: Watch, number: int, kind: RunKind = RunKind.NIGHTLY, **settings: object) -> dict[str, str]:
    """Inspect, judge the run again from the store, and compare: the same states, and no question asked twice."""
    outcome = watch.inspect(number, kind, **settings)
    records = watch.records(outcome)
    again = watch.records(recheck_run(watch.store, outcome.run.id, load_rules()))
    states = {key: told(record) for key, record in records.items()}
    assert {key: told(record) for key, record in again.items()} == states
    (judged,) = outcome.judged.values()
    asked = {(item.check, item.ref.url) for item in judged.unjudged}
    unread = {(r.finding.check, r.finding.ref.url) for r in records.values() if r.unread is not None}
    assert not asked & unread
    return states


def mend(watch: Watch, faults: tuple[Fault, ...] = FAULTS) -> None:
    for fault in faults:
        fault.mend(watch.town)


def expected(word: str | Callable[[Fault], str], faults: tuple[Fault, ...] = FAULTS) -> dict[str, str]:
    return {fault.key: word(fault) if callable(word) else word for fault in faults}


def mended(fault: Fault) -> str:
    return "fixed:unlinked" if fault.key.startswith("link.dead") else "fixed"


def only(states: dict[str, str], faults: tuple[Fault, ...] = FAULTS) -> dict[str, str]:
    return {fault.key: states.get(fault.key, "-") for fault in faults}


def test_kept_mended_and_put_back(watch: Watch) -> None:
    assert night(watch, 0) == expected("new")
    assert night(watch, 1) == expected("persisting")
    mend(watch)
    assert night(watch, 2) == expected(mended)
    for fault in FAULTS:
        fault.plant(watch.town)
    assert night(watch, 3) == expected("reopened")
    assert night(watch, 4) == expected("persisting")


def test_an_audit_sees_what_was_mended(watch: Watch) -> None:
    assert night(watch, 0) == expected("new")
    mend(watch)
    assert night(watch, 0, RunKind.AUDIT, hours=10) == expected(mended)


def test_an_audit_in_no_time_at_all_looks_at_the_places_of_findings_first(watch: Watch) -> None:
    night(watch, 0)
    mend(watch)
    states = night(watch, 40, RunKind.AUDIT, audit_minutes=0.05)
    assert only(states) == expected(mended)


@pytest.mark.parametrize(
    ("trouble", "word"),
    [("down", "new?no_answer"), ("robots", "new?robots")],
)
def test_mended_while_nobody_could_look(watch: Watch, trouble: str, word: str) -> None:
    assert night(watch, 0) == expected("new")
    mend(watch)
    watch.town.is_down = trouble == "down"
    watch.town.robots = "User-agent: *\nDisallow: /" if trouble == "robots" else ""
    assert only(night(watch, 1)) == expected(word)
    watch.town.is_down, watch.town.robots = False, ""
    assert only(night(watch, 2)) == expected(mended)


def test_mended_while_out_of_budget(watch: Watch) -> None:
    assert night(watch, 0) == expected("new")
    mend(watch)
    states = night(watch, 1, page_budget=1)
    home = tuple(fault for fault in FAULTS if fault.key == "mark.missing /")
    assert only(states, home) == expected("fixed", home)
    rest = tuple(fault for fault in FAULTS if fault not in home and not fault.key.startswith("link."))
    assert only(states, rest) == expected("new?budget", rest)
    assert only(night(watch, 2)) == expected(mended)


def test_pages_that_were_taken_off(watch: Watch) -> None:
    night(watch, 0)
    for fault in PAGES:
        watch.town.pages.pop(fault.page, None)
        watch.town.nav.pop(fault.page, None)
    watch.town.__dict__["old_rows"].clear()
    assert only(night(watch, 1), PAGES) == expected("fixed:gone", PAGES)
    states = night(watch, 2)
    assert only(states, PAGES) == expected("fixed:gone", PAGES)
    assert not [key for key, word in states.items() if key.startswith("link.") and word.partition("?")[0] == "new"]


def test_pages_that_moved(watch: Watch) -> None:
    night(watch, 0)
    for fault in OWN:
        watch.town.pages[f"/neu{fault.page}"] = watch.town.pages.pop(fault.page)
        watch.town.moved[fault.page] = f"/neu{fault.page}"
    states = night(watch, 1)
    assert {only(states, OWN)[fault.key].partition(":")[0] for fault in OWN} == {"fixed"}


def test_a_new_template_changes_nothing(watch: Watch) -> None:
    night(watch, 0)
    plain = watch.town.page

    def newer(title: str, body: str, *, kind: str = "", meta: str = "") -> str:
        return plain(title, f'<div class="wrapper-2024"><section>{body}</section></div>', kind=kind, meta=meta)

    watch.town.page = newer  # type: ignore[method-assign]
    assert only(night(watch, 1)) == expected("persisting")


def test_a_link_that_answers_again_while_it_is_still_there(watch: Watch) -> None:
    night(watch, 0)
    watch.town.article("/hall.html", "办事大厅", watch.town.today, "欢迎办事。" * 30)
    assert night(watch, 1)["link.dead /hall.html"] == "fixed:answers"


def test_a_link_gone_from_the_home_page_and_left_on_an_old_article(watch: Watch) -> None:
    watch.town.pages["/xw/3.html"] = watch.town.pages["/xw/3.html"].replace(
        "</p>", '</p><p><a href="/hall.html">办事大厅</a></p>'
    )
    assert night(watch, 0)["link.dead /hall.html"] == "new"
    next(fault for fault in FAULTS if fault.key.startswith("link.dead")).mend(watch.town)
    assert night(watch, 1)["link.dead /hall.html"] == "persisting"  # the article was read again for it
    watch.town.pages["/xw/3.html"] = watch.town.pages["/xw/3.html"].replace("办事大厅", "").replace("/hall.html", "/")
    assert night(watch, 2)["link.dead /hall.html"] == "fixed:unlinked"


def test_a_column_taken_out_of_the_navigation_is_accused_of_nothing(watch: Watch) -> None:
    states = night(watch, 0)
    assert states["column.stale /zc/"] == "new"
    watch.town.nav.pop("/zc/")  # the page still answers, and old articles of the store still carry its link
    assert night(watch, 1)["column.stale /zc/"].startswith(("fixed", "new?"))
    states = night(watch, 2)
    assert states["column.stale /zc/"] == "fixed:gone"
    watch.town.pages.pop("/zc/")
    states = night(watch, 3)
    assert states["column.stale /zc/"] == "fixed:gone"
    assert "link.dead /zc/" not in states


def test_half_mended_is_counted(watch: Watch) -> None:
    outcome = watch.inspect(0)
    before = watch.records(outcome)["meta.missing /xw/1.html"].finding.facts["missing"]
    for number in range(1, 7):
        path = f"/xw/{number}.html"
        watch.town.article(path, f"第{number}次工作例会召开", watch.town.today, "会议研究了下一步工作。" * 9)
    (record,) = [r for key, r in watch.records(watch.inspect(1)).items() if key.startswith("meta.missing")]
    assert record.state.is_open
    assert 0 < int(record.finding.facts["missing"] or 0) < int(before or 0)


def test_a_finding_that_was_not_looked_at_says_so(watch: Watch) -> None:
    night(watch, 0)
    watch.town.robots = "User-agent: *\nDisallow: /"
    (judged,) = watch.inspect(1).judged.values()
    unread = [record for record in judged.records if record.unread is not None]
    assert {record.finding.check for record in unread} == {fault.key.partition(" ")[0] for fault in FAULTS}
    assert {record.unread for record in unread} == {Why.ROBOTS}
    assert judged.card.unread == len([record for record in unread if record.counts])
    assert Closing.GONE not in {record.closed for record in judged.records}


def test_a_home_page_that_fails_changes_no_points_and_passes_nobody(watch: Watch) -> None:
    (before,) = watch.inspect(0).judged.values()
    watch.town.statuses["/"] = 500
    outcome = watch.inspect(1)
    (after,) = outcome.judged.values()
    assert {record.fingerprint for record in after.records if record.counts} == {
        record.fingerprint for record in before.records if record.counts
    }
    assert [(item.indicator, item.points) for item in after.card.deductions] == [
        (item.indicator, item.points) for item in before.card.deductions
    ]
    assert not after.card.complete
    for fault in FAULTS:
        if not fault.key.startswith("mark."):
            fault.mend(watch.town)
    (mended_,) = watch.inspect(2).judged.values()  # only the mark is left, and nobody could look at it
    assert mended_.card.verdict is Verdict.UNKNOWN
    assert "home.stale" in {item.check for item in mended_.unjudged}


def test_a_dead_link_that_becomes_a_page_saying_so_is_charged_once(watch: Watch) -> None:
    night(watch, 0)
    gone = "<html><head><title>页面不存在</title></head><body><h1>404 页面不存在</h1><p>您访问的页面不存在或已删除</p></body></html>"
    watch.town.pages["/hall.html"] = gone
    states = night(watch, 1)
    assert states.get("link.soft404 /hall.html") == "new"
    assert states["link.dead /hall.html"] == "fixed:changed"
    watch.town.pages.pop("/hall.html")
    states = night(watch, 2)
    assert states["link.dead /hall.html"] == "reopened"
    assert states["link.soft404 /hall.html"] == "fixed:changed"


@pytest.mark.parametrize("still", [True, False])
def test_looking_again_follows_a_page_that_moved(watch: Watch, still: bool) -> None:
    outcome = watch.inspect(0)
    key = watch.records(outcome)["text.typo /xw/t1.html"]
    town = watch.town
    town.pages["/new/t1.html"] = town.pages.pop("/xw/t1.html")
    town.moved["/xw/t1.html"] = "/new/t1.html"
    if not still:
        town.pages["/new/t1.html"] = town.pages["/new/t1.html"].replace("布署", "部署")
    order = watch.order(1, RunKind.AUDIT)
    _, (found,) = recheck_findings(watch.store, order, [key])
    assert found.examined
    assert found.words.startswith("仍存在" if still else "已整改")
    town.pages.pop("/new/t1.html")  # and where a unit says it stands now
    town.moved.clear()
    town.pages["/more/t1.html"] = "ARTICLE|旧闻||<h1>旧闻一则</h1><p>各部门要认真布署下一步工作。</p>"
    address = f"http://127.0.0.1:{town.port}/more/t1.html"
    if still:
        _, (again,) = recheck_findings(watch.store, watch.order(2, RunKind.AUDIT), [found.record], [address])
        assert again.words.startswith("仍存在")
