"""Letters and slips on their way: submitted, issued with a number and a due moment, signed for, deferred, withdrawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import UsageError, unwritable
from domain.letter_moves import LetterState, Move, PaperKind
from domain.letters import Deferral, Letter
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.times import BEIJING, beijing_date
from domain.trail import Act
from inspection.acting import demand, note
from inspection.letters.working_days import WorkingDays
from inspection.people.contacts import serving
from inspection.people.fill_in_sheets import Filling, write_fillings
from reports.letters.docx import Sender, moment, write_letter
from reports.letters.forms import FILL, TITLE, WIDTHS, form_rows, write_form
from reports.notice.settings import load_settings

DAYS = {PaperKind.LETTER: 5, PaperKind.SLIP: 3}
HOUR = time(17)
LONGEST_SLIP = 72  # hours


@contextmanager
def legal() -> Iterator[None]:
    """A move that is not possible is told to whoever wanted it."""
    try:
        yield
    except ValueError as error:
        raise UsageError(str(error)) from error


def found_letter(store: Store, kind: PaperKind, word: str) -> Letter:
    """A letter by its id, its number `2023-12` or its name; UsageError when there is none."""
    for letter in store.letters(kind):
        if word in {letter.id, letter.name} or (letter.number and word == f"{letter.year}-{letter.number}"):
            return letter
    raise UsageError(f"没有{kind.label} {word}；用 xunjian {kind.value}s list 查看")


def submit(store: Store, letter: Letter, actor: Actor, at: datetime) -> Letter:
    """草稿 → 待签发."""
    demand(store, actor, Action.DRAFT)
    with legal():
        after = letter.moved(Move.SUBMIT)
    return keep(store, letter, after, actor, at)


def due_moment(
    kind: PaperKind, calendar: WorkingDays, at: datetime, *, due: datetime | None, days: int, hours: int
) -> tuple[datetime, str]:
    """When an answer is wanted, and a warning about it; UsageError for a moment that is over."""
    if sum(map(bool, (due, days, hours))) > 1:
        raise UsageError("--due、--days、--hours 只能写一个")
    if hours and kind is PaperKind.LETTER:
        raise UsageError("整改通知单以工作日计期限；请用 --days 或 --due")
    if hours > LONGEST_SLIP:
        raise UsageError(f"提示单的期限不超过 {LONGEST_SLIP} 小时")
    if hours:
        return at + timedelta(hours=hours), ""
    if due is None:
        return calendar.due(at, days or DAYS[kind], HOUR)
    if due <= at:
        raise UsageError(f"期限 {moment(due)} 已经过去")
    rest = "" if calendar.is_worked(beijing_date(due)) else f"{beijing_date(due)} 不是工作日"
    return due, rest


def issue(store: Store, letter: Letter, actor: Actor, at: datetime, due: datetime) -> Letter:
    """待签发 → 已下发 with the next number of the year; who may issue may issue a draft."""
    demand(store, actor, Action.ISSUE)
    with legal():
        ready = letter.moved(Move.SUBMIT) if letter.state is LetterState.DRAFT else letter
        sent = ready.moved(Move.ISSUE)
    year = at.astimezone(BEIJING).year
    number = store.next_number(f"{letter.kind.value}/{year}")
    after = replace(sent, year=year, number=number, due=due, issued_by=actor.name, issued_at=at)
    return keep(store, letter, after, actor, at)


def sign(store: Store, letter: Letter, actor: Actor, at: datetime) -> Letter:
    """已下发 → 已签收 by somebody of the unit."""
    demand(store, actor, Action.REPLY, letter.unit_id)
    with legal():
        after = replace(letter.moved(Move.SIGN), signed_by=actor.name, signed_at=at)
    return keep(store, letter, after, actor, at)


def defer(store: Store, letter: Letter, actor: Actor, at: datetime, due: datetime, reason: str) -> Letter:
    """Another due moment, with a reason."""
    demand(store, actor, Action.ISSUE)
    if not reason.strip():
        raise UsageError("调整期限须写明理由（--reason）")
    if due <= at:
        raise UsageError(f"期限 {moment(due)} 已经过去")
    with legal():
        after = letter.moved(Move.DEFER)
    moved = Deferral(letter.due or at, reason.strip(), actor.name, at)
    after = replace(after, due=due, deferrals=(*after.deferrals, moved))
    return keep(store, letter, after, actor, at, f"期限改为 {moment(due)}（{reason.strip()}）")


def withdraw(store: Store, letter: Letter, actor: Actor, at: datetime, reason: str) -> Letter:
    """Any that is not over → 撤销, with a reason; its number stays taken."""
    demand(store, actor, Action.WITHDRAW)
    if not reason.strip():
        raise UsageError("撤销须写明理由（--reason）")
    with legal():
        after = replace(letter.moved(Move.WITHDRAW), withdrawn=reason.strip())
    return keep(store, letter, after, actor, at, f"{after.state.label}（{reason.strip()}）")


def keep(store: Store, before: Letter, after: Letter, actor: Actor, at: datetime, told: str = "") -> Letter:
    """Note what became of a letter and keep it."""
    note(store, actor, Act.LETTER, after.name, at, before.state.label, told or after.state.label)
    store.save_letters([after])
    return after


def sender_of(store: Store, data: Path, actor: Actor, at: datetime) -> Sender:
    """Who writes: the office of notice.yaml, and the contact of whoever issues."""
    own = data / "notice.yaml"
    office = load_settings(own if own.exists() else None).data["office"]
    unit = actor.person.unit_id if actor.person else ""
    mine = next((item for item in serving(store.contacts(), unit, at) if item.name == actor.name), None)
    contact = f"{mine.name} {mine.phone}".strip() if mine else actor.name
    return Sender(str(office["signature"] or office["issuer"]), str(office["basis"]), contact, str(office["due_form"]))


def rehearse(letter: Letter, sender: Sender, due: datetime, template: Path | None) -> None:
    """Write what would be issued into nowhere, so that a faulty template is told before a number is given."""
    with TemporaryDirectory() as folder:
        write_papers(replace(letter, due=due), sender, Path(folder), template)


def write_papers(letter: Letter, sender: Sender, folder: Path, template: Path | None = None) -> list[Path]:
    """The letter and its reply form as .docx and .xlsx; all of them or none."""
    names = (f"{letter.name}.docx", f"{letter.name}回执.docx", f"{letter.name}回执.xlsx")
    drafts = [folder / f".{name}.part" for name in names]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_letter(letter, sender, drafts[0], template)
        write_form(letter, drafts[1])
        write_fillings(drafts[2], (Filling(TITLE, WIDTHS, form_rows(letter), FILL),))
        paths = [draft.replace(folder / name) for draft, name in zip(drafts, names, strict=True)]
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return paths
