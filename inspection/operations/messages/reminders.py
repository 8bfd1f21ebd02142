"""What is due: letters 3 and 1 working days before, on the day and after it; slips half-way and at their end; the office's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.letter_moves import PaperKind
from domain.letters import Letter
from domain.operations import Message
from domain.periods import PeriodState
from domain.ports import Store
from domain.runs import RunKind, RunState
from domain.times import BEIJING, beijing_date
from inspection.letters.working_days import WorkingDays

KIND = "reminder"
CLOSE_ON = (3, 8)  # working days of a month on which the month before should be closed by
FEW = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on the way to a due moment. `up`: the head of the office is told too."""

    name: str
    words: str
    up: bool = False


OVERDUE = Stage("overdue", "已逾期，请立即反馈", up=True)
TODAY = Stage("today", "今天到期，请按时反馈")
TOMORROW = Stage("one", "还有 1 个工作日到期，请按时反馈")
SOON = Stage("three", "还有 3 个工作日到期，请安排整改")
HALF = Stage("half", "期限已过半，请抓紧处理")
AT_DUE = Stage("due", "期限已到，请立即处理", up=True)


def letter_reminders(store: Store, days: WorkingDays, now: datetime) -> Iterator[Message]:
    """For each letter and slip that waits for its unit, the step it has reached."""
    for letter in store.letters():
        if letter.due is None or letter.issued_at is None or letter.state.is_over:
            continue
        if not any(item.state.is_with_unit for item in letter.items):
            continue
        if letter.kind is PaperKind.SLIP:
            stage = slip_stage(letter.issued_at, letter.due, now)
        else:
            stage = letter_stage(letter.issued_at, letter.due, days, now)
        if stage is not None:
            yield _message(letter, letter.due, stage, letter.unit_id)
            if stage.up:
                yield _message(letter, letter.due, stage, "")


def letter_stage(issued: datetime, due: datetime, days: WorkingDays, now: datetime) -> Stage | None:
    """The step a letter has reached; a day on which nothing was sent is made up by the next one."""
    today, last = beijing_date(now), beijing_date(due)
    if now > due:
        return OVERDUE
    if today == beijing_date(issued):
        return None  # it came today
    if today >= last:
        return TODAY
    left = worked_between(today, last, days)
    if left > 3:
        return None
    return SOON if left > 1 else TOMORROW if left == 1 else TODAY


def slip_stage(issued: datetime, due: datetime, now: datetime) -> Stage | None:
    """The step a slip has reached."""
    if now >= due:
        return AT_DUE
    return HALF if now >= issued + (due - issued) / 2 else None


def worked_between(today: date, last: date, days: WorkingDays) -> int:
    """Working days after today up to and with the last day."""
    return sum(days.is_worked(today + timedelta(days=number)) for number in range(1, (last - today).days + 1))


def _message(letter: Letter, at: datetime, stage: Stage, target: str) -> Message:
    waiting = [item for item in letter.items if item.state.is_with_unit]
    due = f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    key = f"{KIND}/{letter.id}/{due}/{stage.name}/{target or 'office'}"
    whose = "" if target else f"{letter.unit}："
    lines = [f"{whose}{letter.name}（期限 {due}）{stage.words}。", f"尚待反馈 {len(waiting)} 项："]
    lines += [f"{item.no}. {item.target}：{item.what}" for item in waiting[:FEW]]
    lines += [f"另有 {len(waiting) - FEW} 项"] if len(waiting) > FEW else []
    return Message(key, KIND, target, f"{whose}{letter.name}{stage.words}", "\n".join(lines))


def office_reminders(store: Store, days: WorkingDays, now: datetime) -> Iterator[Message]:
    """What the office itself has to do: close the month before, look at what a person has to decide."""
    today = beijing_date(now)
    worked = sum(days.is_worked(today.replace(day=number)) for number in range(1, today.day + 1))
    month = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    period = store.period(month)
    if (period is None or period.state is PeriodState.OPEN) and (reached := [day for day in CLOSE_ON if worked >= day]):
        what = "尚未建立" if period is None else "尚未关闭"
        text = f"{month} 的考核期{what}；请核对后运行 xunjian period close {month}，再生成通报。"
        if period is not None or _has_nights(store, month):
            yield Message(f"{KIND}/period/{month}/{reached[-1]}", KIND, "", f"{month} 考核期{what}", text)
    yield from _worksheet(store, days, today)


def _has_nights(store: Store, month: str) -> bool:
    nights = (run for run in store.runs() if run.kind is RunKind.NIGHTLY)
    return any(f"{run.as_of.astimezone(BEIJING):%Y-%m}" == month for run in nights)


def _worksheet(store: Store, days: WorkingDays, today: date) -> Iterator[Message]:
    """Once a week, from its first working day on."""
    nights = [run for run in store.runs() if run.kind is RunKind.NIGHTLY and run.state is RunState.COMPLETE]
    if not nights or not days.is_worked(today):
        return
    waiting = [(target, item) for target, item in store.unjudged(nights[-1].id) if not item.why.is_unread]
    if waiting:
        targets = len({target for target, _ in waiting})
        year, week, _ = today.isocalendar()
        text = f"最近一夜有 {targets} 个网站和账号的 {len(waiting)} 项需要人工核查；请运行 xunjian worksheet export 核查表.xlsx，填好后导入。"
        yield Message(f"{KIND}/worksheet/{year}-{week:02d}", KIND, "", "人工核查提醒", text)
