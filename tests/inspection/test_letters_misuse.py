"""Letters wrongly used: replies of another letter, of last year, twice, too big, a bomb; one sentence, nothing half-applied."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from paper import bomb
from reply_forms import fill_excel, fill_word, rekeyed, texts_of
from staff import AT, PERSONS, STALE, actor, contents, office

import cli
from checks.rules.rulebook import load_rules
from domain.errors import ConfigError, UsageError, XunjianError
from domain.findings import FindingState
from domain.letter_moves import ItemState, LetterState, PaperKind
from domain.letters import Letter
from domain.persons import Role
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.times import BEIJING
from inspection.letters.closing import close_item, decide_objection, review_letter
from inspection.letters.drafting import draft
from inspection.letters.issuing import defer, due_moment, found_letter, issue, sender_of, sign, withdraw, write_papers
from inspection.letters.lines import detail_lines, list_lines
from inspection.letters.replies import answer
from inspection.letters.working_days import WorkingDays, load_working_days

I, L, U = actor(Role.INSPECTOR), actor(Role.LEADER), actor(Role.LIAISON)  # noqa: E741
LETTER, SLIP = PaperKind.LETTER, PaperKind.SLIP
DUE = AT + timedelta(days=7)
MENDED = {1: ("已整改", "", "已更新")}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return office(tmp_path)


def issued(store: Store, number: int = 0, at: datetime = AT) -> Letter:
    """Drafts for all units, and one of them issued."""
    letters = store.letters(LETTER) or draft(store, load_rules(), LETTER, I, at)
    return issue(store, letters[number], L, at, DUE)


def papers(store: Store, letter: Letter, folder: Path) -> tuple[Path, Path, Path]:
    one, two, three = write_papers(letter, sender_of(store, folder, I, AT), folder)
    return one, two, three


def test_a_letter_says_all_a_unit_needs(store: Store, tmp_path: Path) -> None:
    letter = issued(store)
    text = texts_of(papers(store, letter, tmp_path)[0])
    for words in ("整改通知单〔2023〕1号", "第1局：", "工作动态", "http://s1.example.gov.cn/gzdt/", "D1.", STALE[0].fingerprint[:8],
                  "校验值 0000", "2023年6月2日9时 前", "有异议", I.name, "2023年5月26日", "（印章）", "建议"):  # fmt: skip
        assert words in text, words
    assert "{{" not in text


def test_numbers_count_by_year_and_kind_and_a_withdrawn_one_stays_taken(store: Store) -> None:
    first, second = issued(store), issued(store, 1)
    withdraw(store, second, L, AT, "写错单位")
    third = issued(store, 2)
    assert [item.number for item in (first, second, third)] == [1, 2, 3]
    (again,) = draft(store, load_rules(), LETTER, I, AT, units=["第2局"])
    later = issue(store, again, L, AT + timedelta(days=300), AT + timedelta(days=310))
    assert (later.year, later.number) == (2024, 1)
    assert found_letter(store, LETTER, "2024-1") == found_letter(store, LETTER, again.id) == later
    with pytest.raises(UsageError, match="不能撤销"):
        withdraw(store, found_letter(store, LETTER, second.id), L, AT, "再次")


def test_nothing_is_asked_for_twice_while_it_is_open(store: Store) -> None:
    assert [letter.unit for letter in draft(store, load_rules(), LETTER, I, AT)] == ["第1局", "第2局", "第3局"]
    with pytest.raises(UsageError, match="未办结"):
        draft(store, load_rules(), LETTER, I, AT)
    with pytest.raises(UsageError, match="没有需要"):
        draft(store, load_rules(), SLIP, I, AT)
    with pytest.raises(UsageError, match="尚未关闭"):
        draft(store, load_rules(), LETTER, I, AT, period="2023-05")
    assert all(item.check == "column.stale" for letter in store.letters() for item in letter.items)  # no candidate


REFUSED: dict[str, tuple[Callable[[Store, Path], object], str]] = {}


def refused(said: str) -> Callable[[Callable[[Store, Path], object]], Callable[[Store, Path], object]]:
    def keep(case: Callable[[Store, Path], object]) -> Callable[[Store, Path], object]:
        REFUSED[case.__name__] = (case, said)
        return case

    return keep


@refused("是整改通知单〔2023〕1号（第1局）的回执，不是 2023-2 的")
def of_another_letter(store: Store, folder: Path) -> object:
    form = fill_word(papers(store, issued(store), folder)[1], MENDED)
    issued(store, 1)
    return lambda: answer(store, LETTER, form, I, AT, "2023-2")


@refused("〔2022〕1号复核通过（销号），不再接收反馈")
def of_last_year(store: Store, folder: Path) -> object:
    old = issued(store, at=AT - timedelta(days=300))
    form = fill_excel(papers(store, old, folder)[2], MENDED)
    close_item(store, old, 1, I, AT, "现场看过")
    return lambda: answer(store, LETTER, form, I, AT)


@refused("没有重复登记")
def twice(store: Store, folder: Path) -> object:
    form = fill_word(papers(store, issued(store), folder)[1], MENDED)
    answer(store, LETTER, form, U, AT)
    return lambda: answer(store, LETTER, form, U, AT)


@refused("不是这里下发的任何一份")
def of_nobody(store: Store, folder: Path) -> object:
    letter = issued(store)
    form = rekeyed(fill_excel(papers(store, letter, folder)[2], MENDED), letter.code, "0" * 12, "x.xlsx")
    return lambda: answer(store, LETTER, form, U, AT)


@refused("第 99 项不在")
def of_an_item_that_is_none(store: Store, folder: Path) -> object:
    form = rekeyed(fill_excel(papers(store, issued(store), folder)[2], MENDED), "-1", "-99", "x.xlsx")
    return lambda: answer(store, LETTER, form, U, AT)


@refused("有 1 处问题，没有登记")
def without_its_key(store: Store, folder: Path) -> object:
    letter = issued(store)
    form = rekeyed(fill_excel(papers(store, letter, folder)[2], MENDED), f"{letter.code}-1", "", "x.xlsx")
    return lambda: answer(store, LETTER, form, U, AT)


@refused("有 1 处问题，没有登记")
def an_objection_without_a_reason(store: Store, folder: Path) -> object:
    form = fill_word(papers(store, issued(store), folder)[1], {1: ("有异议", "", "")})
    return lambda: answer(store, LETTER, form, U, AT)


@refused("有 1 处问题，没有登记")
def an_address_that_is_none(store: Store, folder: Path) -> object:
    form = fill_word(papers(store, issued(store), folder)[1], {1: ("已整改", "javascript:alert(1)", "")})
    return lambda: answer(store, LETTER, form, U, AT)


@refused("还没有填写")
def empty(store: Store, folder: Path) -> object:
    form = papers(store, issued(store), folder)[1]
    return lambda: answer(store, LETTER, form, U, AT)


@refused("slips answer|letters answer")
def as_a_slip(store: Store, folder: Path) -> object:
    form = fill_word(papers(store, issued(store), folder)[1], MENDED)
    return lambda: answer(store, SLIP, form, U, AT)


@refused("展开后有 60 MB")
def a_bomb(store: Store, folder: Path) -> object:
    issued(store)
    (folder / "b.docx").write_bytes(bomb())
    return lambda: answer(store, LETTER, folder / "b.docx", U, AT)


@refused("不是完好的")
def no_document(store: Store, folder: Path) -> object:
    issued(store)
    (folder / "b.docx").write_bytes(b"%PDF-1.4")
    return lambda: answer(store, LETTER, folder / "b.docx", U, AT)


@refused("没有回执表")
def the_letter_itself(store: Store, folder: Path) -> object:
    paper = papers(store, issued(store), folder)[0]
    return lambda: answer(store, LETTER, paper, U, AT)


@refused("超过 50 MB")
def a_scan_of_200_megabytes(store: Store, folder: Path) -> object:
    letter = issued(store)
    with (folder / "s.pdf").open("wb") as file:
        file.truncate(200_000_000)
    return lambda: answer(store, LETTER, folder / "s.pdf", U, AT, letter.id)


@refused("须写明是哪一份")
def a_scan_of_nothing(store: Store, folder: Path) -> object:
    issued(store)
    (folder / "s.pdf").write_bytes(b"%PDF-1.4")
    return lambda: answer(store, LETTER, folder / "s.pdf", U, AT)


@refused("不能作为反馈")
def a_program(store: Store, folder: Path) -> object:
    issued(store)
    (folder / "s.exe").write_bytes(b"MZ")
    return lambda: answer(store, LETTER, folder / "s.exe", U, AT)


@refused("无权签收、反馈、提出异议（第2局）")
def of_a_unit_that_is_not_ones_own(store: Store, folder: Path) -> object:
    form = fill_word(papers(store, issued(store, 0), folder)[1], MENDED)
    issued(store, 1)
    other = fill_word(papers(store, store.letters()[1], folder)[1], MENDED)
    assert form != other
    return lambda: answer(store, LETTER, other, U, AT)


@refused("须写明理由")
def closed_by_a_person_without_a_reason(store: Store, folder: Path) -> object:
    letter = issued(store)
    return lambda: close_item(store, letter, 1, I, AT, " ")


@refused("无权签发、核销")
def closed_by_the_unit(store: Store, folder: Path) -> object:
    letter = issued(store)
    return lambda: close_item(store, letter, 1, U, AT, "改好了")


@refused("待整改，不能认定异议成立")
def an_objection_nobody_made(store: Store, folder: Path) -> object:
    letter = issued(store)
    return lambda: decide_objection(store, folder, letter, 1, I, AT, "理由", upheld=True)


@refused("已经过去")
def deferred_into_the_past(store: Store, folder: Path) -> object:
    letter = issued(store)
    return lambda: defer(store, letter, I, DUE, AT, "节假日")


@refused("不能签收")
def signed_before_it_was_issued(store: Store, folder: Path) -> object:
    letter = draft(store, load_rules(), LETTER, I, AT)[0]
    return lambda: sign(store, letter, U, AT)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_one_sentence_and_changes_nothing(store: Store, tmp_path: Path, name: str) -> None:
    case, said = REFUSED[name]
    tried = case(store, tmp_path)
    before = contents(tmp_path)
    with pytest.raises(XunjianError, match=said.replace("（", r"\（").replace("）", r"\）")) as caught:
        tried()  # type: ignore[operator]
    assert "\n" not in str(caught.value)
    if isinstance(caught.value, ConfigError):
        assert len(caught.value.problems) == 1
    assert contents(tmp_path) == before


def looked(store: Store, letter: Letter, started: datetime, **settings: object) -> None:
    """A look at exactly the findings of a letter."""
    keys = [item.fingerprint for item in letter.items]
    chosen = {"only_places": True, "findings": keys, "moved_to": [], **settings}
    run = Run(f"a{started:%d%H}", RunKind.AUDIT, started, started, RunState.COMPLETE, targets=("S1",), settings=chosen)
    store.save_run(run)


def fixed(store: Store, state: FindingState = FindingState.FIXED, run: str = "n") -> None:
    store.save_findings([replace(STALE[0], state=state, last_run=run)])


def test_only_a_look_at_exactly_this_finding_after_the_reply_closes_it(store: Store, tmp_path: Path) -> None:
    letter = issued(store)
    looked(store, letter, AT + timedelta(hours=1))  # before the reply
    fixed(store)
    assert "1 项已消失，待反馈" in "\n".join(list_lines(store, [letter], AT))
    form = fill_word(papers(store, letter, tmp_path)[1], {1: ("已整改", "http://s1.example.gov.cn/new/", "")})
    letter, _ = answer(store, LETTER, form, U, AT + timedelta(days=1))
    assert (letter.state, letter.signed_by) == (LetterState.ANSWERED, U.name)
    assert "已消失" not in "\n".join(list_lines(store, [letter], AT))
    done = review_letter(store, letter, I, AT + timedelta(days=2))
    assert (done.changed, len(done.waiting)) == ((), 1)
    assert done.commands == [f"xunjian audit --findings {STALE[0].fingerprint[:8]} --at http://s1.example.gov.cn/new/"]
    looked(store, letter, AT + timedelta(days=3))  # not where the unit says it stands now
    assert review_letter(store, letter, I, AT + timedelta(days=3)).changed == ()
    looked(store, letter, AT + timedelta(days=4), moved_to=["http://s1.example.gov.cn/new/"], findings=["ffff"])
    assert review_letter(store, letter, I, AT + timedelta(days=4)).changed == ()
    looked(store, letter, AT + timedelta(days=5), moved_to=["http://s1.example.gov.cn/new/"])
    done = review_letter(store, letter, I, AT + timedelta(days=5))
    assert (done.letter.state, done.changed[0].state) == (LetterState.CLOSED, ItemState.PASSED)


def test_what_is_still_there_goes_back_and_may_be_answered_again_in_time_or_late(store: Store, tmp_path: Path) -> None:
    letter = issued(store)
    letter, _ = answer(store, LETTER, fill_word(papers(store, letter, tmp_path)[1], MENDED), U, AT)
    looked(store, letter, AT + timedelta(days=1))
    fixed(store, FindingState.PERSISTING, "a27" + f"{AT + timedelta(days=1):%H}")
    letter = review_letter(store, letter, I, AT + timedelta(days=1)).letter
    assert (letter.state, letter.items[0].times_returned) == (LetterState.RETURNED, 1)
    assert letter.is_overdue(DUE + timedelta(days=1))
    letter, lines = answer(
        store,
        LETTER,
        fill_excel(papers(store, letter, tmp_path)[2], {1: ("部分整改", "", "下周完成")}),
        U,
        DUE + timedelta(days=1),
    )
    assert "逾期反馈" in lines[0]
    told = "\n".join(detail_lines(store, letter, DUE))
    assert all(words in told for words in ("反馈 2 次", "逾期反馈 1 次", "单位反馈：部分整改（下周完成）"))
    letter = close_item(store, letter, 1, L, DUE + timedelta(days=2), "现场看过，已更新")
    assert letter.state is LetterState.CLOSED


def test_an_upheld_objection_is_a_false_alarm_and_a_dismissed_one_goes_back(store: Store, tmp_path: Path) -> None:
    letter = issued(store)
    form = fill_word(papers(store, letter, tmp_path)[1], {1: ("有异议", "", "该栏目已归档")})
    letter, _ = answer(store, LETTER, form, U, AT)
    assert letter.state is LetterState.DISPUTED
    with pytest.raises(UsageError, match="无权"):
        decide_objection(store, tmp_path, letter, 1, L, AT, "属实", upheld=True)
    assert decide_objection(store, tmp_path, letter, 1, L, AT, "未归档", upheld=False).state is LetterState.RETURNED
    store.save_letters([letter])
    assert decide_objection(store, tmp_path, letter, 1, I, AT, "已归档", upheld=True).state is LetterState.CLOSED
    record = next(item for item in store.findings() if item.fingerprint == STALE[0].fingerprint)
    assert (record.state, "异议成立" in record.review.reason) == (FindingState.REJECTED, True)


def test_a_scan_is_kept_by_its_hash_with_who_and_when(store: Store, tmp_path: Path) -> None:
    letter = issued(store)
    (tmp_path / "盖章.pdf").write_bytes(b"%PDF-1.4 seal")
    letter, _ = answer(store, LETTER, tmp_path / "盖章.pdf", U, AT, letter.id)
    (reply,) = letter.replies
    assert (reply.by, reply.at, reply.is_form, reply.size) == (U.name, AT, False, 13)
    assert store.body(reply.sha256) == b"%PDF-1.4 seal"
    assert letter.state is LetterState.ISSUED  # a scan alone answers nothing


@pytest.mark.parametrize(
    ("start", "days", "due", "warned"),
    [
        (datetime(2023, 5, 4, 9, tzinfo=BEIJING), 5, "2023-05-10 17:00", False),  # 05-06 was worked
        (datetime(2026, 12, 30, 9, tzinfo=BEIJING), 5, "2027-01-06 17:00", True),
        (datetime(2023, 9, 28, 9, tzinfo=BEIJING), 1, "2023-10-07 17:00", False),
    ],
)
def test_due_moments_count_working_days(start: datetime, days: int, due: str, warned: bool) -> None:
    moment, warning = due_moment(LETTER, WorkingDays(), start, due=None, days=days, hours=0)
    assert f"{moment:%Y-%m-%d %H:%M}" == due
    assert bool(warning) == warned


def test_the_office_may_write_days_over_the_calendar(tmp_path: Path) -> None:
    (tmp_path / "calendar.yaml").write_text("work: [2027-01-02]\nrest: [2027-01-01]\n", encoding="utf-8")
    days = load_working_days(tmp_path)
    start = datetime(2026, 12, 31, 9, tzinfo=BEIJING)
    assert days.due(start, 1, DUE.timetz().replace(tzinfo=None)) == (
        datetime.combine(date(2027, 1, 2), DUE.timetz().replace(tzinfo=None), BEIJING), "",
    )  # fmt: skip
    for wrong in ("work: [x]", "holidays: []", "[1"):
        (tmp_path / "calendar.yaml").write_text(wrong, encoding="utf-8")
        with pytest.raises(ConfigError, match=r"calendar\.yaml") as caught:
            load_working_days(tmp_path)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        (LETTER, {"hours": 24}, "以工作日计"),
        (SLIP, {"hours": 100}, "不超过 72 小时"),
        (SLIP, {"hours": 24, "days": 1}, "只能写一个"),
        (SLIP, {"due": AT}, "已经过去"),
    ],
)
def test_a_due_moment_that_cannot_be_is_refused(kind: PaperKind, options: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        due_moment(kind, WorkingDays(), AT, **({"due": None, "days": 0, "hours": 0} | options))  # type: ignore[arg-type]


COMMANDS: dict[str, set[Role]] = {
    "letters draft --by": {Role.INSPECTOR},
    "letters submit L1 --by": {Role.INSPECTOR},
    "letters issue L1 -o {folder}/out --by": {Role.INSPECTOR, Role.LEADER},
    "letters withdraw L1 --reason x --by": {Role.INSPECTOR, Role.LEADER},
    "letters sign L2 --by": {Role.INSPECTOR, Role.SUPERVISOR, Role.LIAISON},
    "letters answer {folder}/form.docx --by": {Role.INSPECTOR, Role.SUPERVISOR, Role.LIAISON},
    "letters answer {folder}/s.pdf --letter L2 --by": {Role.INSPECTOR, Role.SUPERVISOR, Role.LIAISON},
    "letters close L2 --by": {Role.INSPECTOR, Role.LEADER},
    "letters close L2 --item 1 --reason x --by": {Role.INSPECTOR, Role.LEADER},
    "letters due L2 2099-01-01 --reason x --by": {Role.INSPECTOR, Role.LEADER},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_obeys_the_table_of_rights(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, role: Role
) -> None:
    if "draft" not in command:
        others = draft(store, load_rules(), LETTER, I, AT, units=["第3局"])
        first = draft(store, load_rules(), LETTER, I, AT, units=["第1局"])
        second = replace(first[0], id="L2" if others[0].id == "L1" else "L1")
        store.save_letters([replace(others[0], id="L1"), second])
        letter = issue(store, second, L, AT, datetime(2099, 1, 1, tzinfo=BEIJING))
        fill_word(papers(store, letter, tmp_path)[1], MENDED, "form.docx")
        (tmp_path / "s.pdf").write_bytes(b"%PDF")
    before = contents(tmp_path)
    words = command.format(folder=tmp_path).split()
    code = cli.run([*words, PERSONS[role].id, "--data", str(tmp_path)])
    err = capsys.readouterr().err
    assert code == (0 if role in COMMANDS[command] else 2), err
    if code:
        assert "无权" in err
        assert contents(tmp_path) == before
        assert not any((tmp_path / "out").glob("*"))


def test_a_faulty_template_costs_no_number(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import docx

    draft(store, load_rules(), LETTER, I, AT)
    document = docx.Document()
    document.add_paragraph("{{ nosuch }}")
    document.save(str(tmp_path / "own.docx"))
    words = [
        "letters",
        "issue",
        "L1",
        "--by",
        PERSONS[Role.LEADER].id,
        "-o",
        str(tmp_path / "out"),
        "--data",
        str(tmp_path),
    ]
    assert cli.run([*words, "--template", str(tmp_path / "own.docx")]) == 2
    assert "nosuch" in capsys.readouterr().err
    assert store.letters()[0].number == 0
    assert cli.run(words) == 0
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".docx", ".docx", ".xlsx"]
    assert cli.run(words) == 0  # written again, no new number
    assert store.letters()[0].number == 1
