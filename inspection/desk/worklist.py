"""The worklist of a person: what waits for him, by kind, with the first few of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.finding_search import FindingSearch, Stage
from domain.findings import Severity
from domain.letter_moves import ItemState, LetterState
from domain.letters import Letter
from domain.persons import RequestKind
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.runs import Run, RunKind, RunState
from domain.times import beijing_date
from inspection.desk.scope import View, seen_letters
from inspection.desk.words import moment
from inspection.wording import RuleWording

MOST = 100  # counted; more is “99+”
READ = 1000  # of those that letters ask for already, to be passed over
SAMPLES = 5


class Task(StrEnum):
    """What waits."""

    WAITING = "waiting"
    REQUESTED = "requested"
    UNASKED = "unasked"
    UNJUDGED = "unjudged"
    DRAFTS = "drafts"
    TO_ISSUE = "to_issue"
    TO_SIGN = "to_sign"
    TO_MEND = "to_mend"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    TO_REVIEW = "to_review"
    DISPUTED = "disputed"
    RETURNED = "returned"
    UNFINISHED = "unfinished"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]


_LABELS = {
    Task.WAITING: "待确认",
    Task.REQUESTED: "待批准",
    Task.UNASKED: "未通知单位",
    Task.UNJUDGED: "未能判定",
    Task.DRAFTS: "草稿待送签",
    Task.TO_ISSUE: "待签发",
    Task.TO_SIGN: "待签收",
    Task.TO_MEND: "待反馈",
    Task.DUE_TODAY: "今日到期",
    Task.OVERDUE: "逾期",
    Task.TO_REVIEW: "待复核",
    Task.DISPUTED: "异议待定",
    Task.RETURNED: "被退回",
    Task.UNFINISHED: "昨夜未完成",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One of those that wait: the id of what it is, and a line."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a kind wait, and the first few."""

    task: Task
    count: int
    samples: tuple[Sample, ...] = ()

    @property
    def number(self) -> str:
        """As it is shown: nobody counts beyond a hundred."""
        return f"{MOST - 1}+" if self.count >= MOST else str(self.count)


def worklist(store: Store, rulebook: RuleBook, view: View, now: datetime) -> list[Waiting]:
    """Everything that waits for a person, in the order of the day; kinds that are none of his are left out."""
    night = _night(store) if view.is_whole else ()
    return [*night, *_findings(store, rulebook, view), *_letters(store, view, now)]


def _findings(store: Store, rulebook: RuleBook, view: View) -> Iterator[Waiting]:
    if view.may_at_all(Action.REVIEW):
        search = FindingSearch((Stage.WAITING,), targets=view.target_ids(), limit=MOST)
        wording = RuleWording(rulebook)
        first = store.search_findings(search)[:SAMPLES]
        samples = tuple(Sample(each.fingerprint, wording.message(each.finding)) for each in first)
        yield Waiting(Task.WAITING, store.count_findings(search), samples)
    granting = {
        RequestKind.WAIVE: view.may_at_all(Action.GRANT_WAIVER),
        RequestKind.CONFIRM: view.may_at_all(Action.SECOND_VOICE),
    }
    if any(granting.values()):
        asked = [item for item in store.requests() if not item.decided_by and granting[item.kind]]
        asked = [item for item in asked if item.person_id != view.person.id]
        lines = (Sample(item.fingerprint, f"{item.by}申请{item.kind.label}：{item.reason}") for item in asked[:SAMPLES])
        yield Waiting(Task.REQUESTED, len(asked), tuple(lines))
    if view.may_at_all(Action.DRAFT):
        yield _unasked(store, rulebook, view)
    if view.may_at_all(Action.ANSWER):
        yield Waiting(Task.UNJUDGED, _unjudged(store, view))


def _unasked(store: Store, rulebook: RuleBook, view: View) -> Waiting:
    """Open findings that the notice would name and that no letter or slip asks a unit to mend."""
    letters = [letter for letter in store.letters() if not letter.state.is_over]
    asked = {item.fingerprint for letter in letters for item in letter.items if not item.state.is_over}
    search = FindingSearch((Stage.OPEN,), targets=view.target_ids(), limit=MOST + min(len(asked), READ))
    found = [each for each in store.search_findings(search) if each.severity is not Severity.NOTICE]
    left = [each for each in found if each.fingerprint not in asked]
    wording = RuleWording(rulebook)
    samples = tuple(Sample(each.fingerprint, wording.message(each.finding)) for each in left[:SAMPLES])
    return Waiting(Task.UNASKED, min(len(left), MOST), samples)


def _unjudged(store: Store, view: View) -> int:
    run = latest_night(store)
    if run is None:
        return 0
    ids = view.target_ids()
    items = [item for item in store.unjudged(run.id) if ids is None or item[0] in ids]
    return len({(target, item.check, item.ref.url) for target, item in items})


def _letters(store: Store, view: View, now: datetime) -> Iterator[Waiting]:
    letters = seen_letters(store, view)
    for task, is_one in LETTERS.items():
        if _is_his(task, view):
            yield _of(task, [letter for letter in letters if is_one(letter, now)])


def _is_his(task: Task, view: View) -> bool:
    if task is Task.DRAFTS:
        return view.may_at_all(Action.DRAFT)
    if task in {Task.TO_ISSUE, Task.TO_REVIEW, Task.DISPUTED}:
        return view.may_at_all(Action.ISSUE)
    return not view.is_whole or task not in {Task.RETURNED, Task.TO_MEND}


def _of(task: Task, letters: list[Letter]) -> Waiting:
    samples = tuple(
        Sample(each.id, f"{each.name} {each.unit}{f'，期限 {moment(each.due)}' if each.due else ''}")
        for each in letters
    )
    return Waiting(task, len(letters), samples[:SAMPLES])


def _with_unit(letter: Letter) -> bool:
    return letter.number > 0 and not letter.state.is_over and any(item.state.is_with_unit for item in letter.items)


def _has(letter: Letter, state: ItemState) -> bool:
    return not letter.state.is_over and any(item.state is state for item in letter.items)


def _is_due_today(letter: Letter, now: datetime) -> bool:
    today = letter.due is not None and beijing_date(letter.due) == beijing_date(now)
    return today and _with_unit(letter) and not letter.is_overdue(now)


LETTERS: Mapping[Task, Callable[[Letter, datetime], bool]] = {
    Task.DRAFTS: lambda letter, _: letter.state is LetterState.DRAFT,
    Task.TO_ISSUE: lambda letter, _: letter.state is LetterState.AWAITING,
    Task.TO_SIGN: lambda letter, _: letter.state is LetterState.ISSUED,
    Task.RETURNED: lambda letter, _: letter.state is LetterState.RETURNED,
    Task.TO_MEND: lambda letter, _: _with_unit(letter),
    Task.DUE_TODAY: _is_due_today,
    Task.OVERDUE: lambda letter, now: letter.is_overdue(now),
    Task.TO_REVIEW: lambda letter, _: _has(letter, ItemState.REPORTED),
    Task.DISPUTED: lambda letter, _: _has(letter, ItemState.DISPUTED),
}


def _night(store: Store) -> Iterator[Waiting]:
    runs = [run for run in store.runs() if run.kind is RunKind.NIGHTLY]
    if not runs:
        return
    last = runs[-1]
    partial = [item for item in store.site_runs(last.id) if item.state != "complete"]
    bad = last.state is not RunState.COMPLETE
    text = f"{last.id}：{last.reason or '未完整结束'}" if bad else f"{last.id}：{len(partial)} 个网站未查完"
    yield Waiting(Task.UNFINISHED, len(partial) or int(bad), (Sample(last.id, text),) if partial or bad else ())


def latest_night(store: Store) -> Run | None:
    """The latest nightly run that came to its end."""
    ended = [run for run in store.runs() if run.kind is RunKind.NIGHTLY and run.state is not RunState.RUNNING]
    return ended[-1] if ended else None
