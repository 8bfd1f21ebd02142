"""From April's notice to what June's may say: one unit mends, one objects, one is silent, one answers wrongly."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from faults import FAULTS, LATE
from reply_forms import fill_excel, fill_word
from town import FIRST, SITE_ID, Town, Watch, beijing_date, built, refresh, watched

from checks.rules.rulebook import load_rules
from domain.findings import FindingState
from domain.letter_moves import ItemState, LetterState, PaperKind
from domain.letters import Letter
from domain.persons import Actor, Person, Role
from domain.runs import RunKind
from domain.targets import Registry, Site, Unit
from domain.times import BEIJING
from domain.trail import verified
from inspection.letters.closing import decide_objection, review_letter
from inspection.letters.drafting import draft
from inspection.letters.issuing import due_moment, issue, sender_of, sign, write_papers
from inspection.letters.lines import list_lines
from inspection.letters.replies import answer
from inspection.letters.working_days import WorkingDays
from inspection.people.problem_sheet import find
from inspection.periods.closing import close_period, open_period
from inspection.periods.notices import load_settings_of, notice_of_period
from inspection.runs.recheck_findings import recheck_findings
from scorecards.figures import FigureRules

BOOK, RULES = load_rules(), FigureRules()
TYPO = next(fault for fault in FAULTS if fault.key.startswith("text.typo"))
NAMES = ("改", "辩", "默", "误")
BOSS = Person("P1", "王敏", Role.INSPECTOR)
OFFICE = Actor("王敏", BOSS)
LEADER = Actor("陈静", Person("P2", "陈静", Role.LEADER))
UNITS = {name: Actor(f"{name}编辑", Person(f"E{n}", f"{name}编辑", Role.LIAISON, name)) for n, name in enumerate(NAMES)}


def on(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2023, month, day, hour, tzinfo=BEIJING)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Watch, dict[str, Town]]]:
    """Four units with a site each, an office that watches them."""
    towns = {name: built() for name in NAMES}
    with ExitStack() as stack:
        watches = []
        for number, town in enumerate(towns.values()):
            (tmp_path / str(number)).mkdir()
            watches.append(stack.enter_context(watched(tmp_path / str(number), town)))
        store = watches[0].store
        sites = tuple(
            Site(f"{SITE_ID[:-1]}{n}", f"{name}局网站", f"http://127.0.0.1:{town.port}/", name)
            for n, (name, town) in enumerate(towns.items())
        )
        store.save_registry(Registry(tuple(Unit(name, f"云川市{name}局", f"{name}局") for name in NAMES), sites))
        store.save_persons([BOSS, *(each.person for each in (LEADER, *UNITS.values()) if each.person)])
        yield watches[0], towns


def night(watch: Watch, towns: dict[str, Town], number: int) -> None:
    for town in towns.values():
        refresh(town, beijing_date(watch.order(number).as_of))
    watch.inspect(number)


def look_again(watch: Watch, letter: Letter, number: int) -> None:
    """`audit --findings` of what the unit says is mended."""
    records = [find(watch.store, item.fingerprint) for item in letter.items if item.state is ItemState.REPORTED]
    recheck_findings(watch.store, watch.order(number, RunKind.AUDIT, 11), records)


def of_unit(watch: Watch, kind: PaperKind, unit: str) -> Letter:
    (found,) = [item for item in watch.store.letters(kind) if item.unit_id == unit and not item.withdrawn]
    return found


def forms(watch: Watch, letter: Letter) -> tuple[Path, Path]:
    _, word, excel = write_papers(letter, sender_of(watch.store, watch.folder, OFFICE, on(5, 4)), watch.folder)
    return word, excel


def test_what_became_of_it(place: tuple[Watch, dict[str, Town]]) -> None:
    watch, towns = place
    store = watch.store
    for town in towns.values():
        LATE[0](town)
        TYPO.plant(town)
    night(watch, towns, 0)
    open_period(store, "2023-04", OFFICE, on(4, 20), cutoff=FIRST)
    close_period(store, BOOK, RULES, "2023-04", OFFICE, on(5, 3))

    slips = draft(store, BOOK, PaperKind.SLIP, OFFICE, on(4, 21), units=["改局"])
    assert {item.check for item in slips[0].items} == {"text.typo"}
    slip = issue(
        store,
        slips[0],
        OFFICE,
        on(4, 21),
        due_moment(PaperKind.SLIP, WorkingDays(), on(4, 21), due=None, days=0, hours=24)[0],
    )
    assert slip.name == "提示单〔2023〕1号"

    drafts = draft(store, BOOK, PaperKind.LETTER, OFFICE, on(5, 4), period="2023-04")
    assert [(item.unit, len(item.items)) for item in drafts] == [(f"{name}局", 2) for name in NAMES]
    due, warning = due_moment(PaperKind.LETTER, WorkingDays(), on(5, 4), due=None, days=5, hours=0)
    assert (f"{due:%m-%d %H}", warning) == ("05-10 17", "")
    letters = {item.unit_id: issue(store, item, LEADER, on(5, 4), due) for item in drafts}

    # one mends everything, answers in Word, and its slip with it
    LATE[1](towns["改"])
    TYPO.mend(towns["改"])
    night(watch, towns, 16)
    assert "2 项已消失，待反馈" in "\n".join(list_lines(store, [letters["改"]], on(5, 6)))
    sign(store, letters["改"], UNITS["改"], on(5, 5))
    said = {1: ("已整改", "", ""), 2: ("已整改", "", "")}
    answer(store, PaperKind.LETTER, fill_word(forms(watch, letters["改"])[0], said), UNITS["改"], on(5, 8))
    answer(store, PaperKind.SLIP, fill_excel(forms(watch, slip)[1], said), UNITS["改"], on(5, 8))
    assert review_letter(
        store, of_unit(watch, PaperKind.LETTER, "改"), OFFICE, on(5, 8)
    ).waiting  # a night proves nothing
    look_again(watch, of_unit(watch, PaperKind.LETTER, "改"), 18)
    for kind in PaperKind:
        assert review_letter(store, of_unit(watch, kind, "改"), OFFICE, on(5, 9)).letter.state is LetterState.CLOSED

    # one objects to the column, and is right; the typo it mends late
    no = {item.check: item.no for item in letters["辩"].items}
    said = {no["column.stale"]: ("有异议", "", "该栏目已归档"), no["text.typo"]: ("部分整改", "", "下周改")}
    answer(store, PaperKind.LETTER, fill_excel(forms(watch, letters["辩"])[1], said), UNITS["辩"], on(5, 11))
    disputed = of_unit(watch, PaperKind.LETTER, "辩")
    assert (disputed.state, disputed.replies[0].late) == (LetterState.DISPUTED, True)
    decide_objection(store, watch.folder, disputed, no["column.stale"], OFFICE, on(5, 12), "栏目确已归档", upheld=True)
    (stale,) = [
        r for r in store.findings() if r.finding.check == "column.stale" and r.target_id == disputed.items[0].target_id
    ]
    assert stale.state is FindingState.REJECTED

    # one says it is mended, and it is not
    said = {item.no: ("已整改", "", "已改") for item in letters["误"].items}
    answer(store, PaperKind.LETTER, fill_word(forms(watch, letters["误"])[0], said), UNITS["误"], on(5, 9))
    look_again(watch, of_unit(watch, PaperKind.LETTER, "误"), 20)
    returned = review_letter(store, of_unit(watch, PaperKind.LETTER, "误"), OFFICE, on(5, 12)).letter
    assert (returned.state, {item.state for item in returned.items}) == (LetterState.RETURNED, {ItemState.RETURNED})

    # one says nothing
    states = {unit: of_unit(watch, PaperKind.LETTER, unit) for unit in NAMES}
    assert [unit for unit, item in states.items() if item.is_overdue(on(5, 13))] == ["默", "误"]
    assert "逾期 2 份" in "\n".join(list_lines(store, list(states.values()), on(5, 13)))

    # what the next notice may say
    night(watch, towns, 30)
    open_period(store, "2023-05", OFFICE, on(5, 20))
    sums = close_period(store, BOOK, RULES, "2023-05", OFFICE, on(6, 1)).sums
    told = {
        figure.kind: (figure.n, figure.of) for figure in sums.figures if figure.kind.partition(".")[0] == "rectified"
    }
    assert told == {"rectified.asked": (7, None), "rectified.done": (2, 7), "rectified.silent": (1, None)}
    notice = notice_of_period(store, BOOK, load_settings_of(watch.folder), "2023-05").notice
    text = "".join(sentence.text for _, sentence in notice.sentences())
    assert "应整改问题7个。完成整改2个，占28.57%。未反馈整改的单位1个。" in text
    assert notice.faults == ()
    assert verified(store.trail()).broken == ""
