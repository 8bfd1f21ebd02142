"""The manual round of a run: which accounts go to a person, and what the filled worksheet changes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from domain.account_freshness import AccountState, freshness_of
from domain.accounts import Collected
from domain.answers import Answer
from domain.captured import Post
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.runs import Run
from domain.scores import Scorecard, Verdict
from domain.targets import Account, Registry
from domain.times import beijing_date
from domain.trail import Act
from inspection.acting import demand, note
from inspection.judging.account_views import account_view, save_collected
from inspection.judging.accounts import account_window, judge_accounts
from inspection.judging.sites import Judged, judge_site
from inspection.people.fill_in_sheets import write_fillings
from inspection.people.question_sheet import question_filling, questions, read_answers
from inspection.people.worksheet import WorksheetRow, account_filling, read_worksheet
from inspection.targets import chosen_run
from reports.words import platform

STALE = "account.stale"


@dataclass(frozen=True, slots=True)
class Entered:
    """A worksheet that was read: its usable rows, what is wrong with others, and what was judged from it."""

    run: Run
    entries: tuple[Collected, ...]
    answers: tuple[Answer, ...]
    problems: tuple[str, ...]
    judged: dict[str, Judged]  # empty for a preview


def worksheet_rows(store: Store, run: Run, registry: Registry) -> list[WorksheetRow]:
    """The accounts of a run whose verdict is open, in registry order, with the reason and the last known update."""
    unknown = {card.target_id for card in store.scorecards(run.id) if card.verdict is Verdict.UNKNOWN}
    reasons = {target: item.reason for target, item in reversed(store.unjudged(run.id)) if item.check == STALE}
    return [
        WorksheetRow(
            account,
            platform(account),
            unit.label if (unit := registry.unit_of(account)) else "",
            reasons.get(account.id, "未能判定"),
            _last_known(store, account, run),
        )
        for account in registry.accounts
        if account.id in unknown
    ]


def export_worksheet(store: Store, rulebook: RuleBook, run_id: str, path: Path) -> str:
    """Write the worksheet of a run (default: the latest nightly); returns what to tell the user."""
    run, registry = chosen_run(store, run_id), store.load_registry()
    rows = worksheet_rows(store, run, registry)
    listed = {row.account.id for row in rows}
    asked = [
        item
        for item in questions(store, run, registry, rulebook)
        if not (item.target_id in listed and item.item.check == STALE)
    ]
    if not rows and not asked:
        return f"批次 {run.id} 中没有未能判定的账号和事项，不需要人工核查。"
    write_fillings(path, (account_filling(rows), question_filling(asked)))
    parts = ([f"{len(rows)} 个待人工核查的账号"] if rows else []) + ([f"{len(asked)} 个待核事项"] if asked else [])
    return f"已写出 {'、'.join(parts)}：{path}\n填写后运行 xunjian worksheet import {path} --apply 导入"


def enter_worksheet(
    store: Store, rulebook: RuleBook, run_id: str, path: Path, actor: Actor, at: datetime, *, apply: bool
) -> Entered:
    """Read a filled worksheet; with `apply` keep it with the run and judge its accounts again."""
    run = chosen_run(store, run_id)
    registry = store.load_registry()
    entries, problems = read_worksheet(path, at)
    known = {account.id: account for account in registry.accounts if account.id in set(run.targets)}
    strange = [
        f"账号 {item.account_id} 不在批次 {run.id} 中，未读入" for item in entries if item.account_id not in known
    ]
    usable = tuple(item for item in entries if item.account_id in known)
    answers, faulty = read_answers(path, tuple(questions(store, run, registry, rulebook)), run.as_of, at)
    _demand_answering(store, actor, registry, usable, answers)
    judged: dict[str, Judged] = {}
    if apply and (usable or answers):
        judged = keep_answers(store, rulebook, run, usable, answers, actor, at, path.name)
    return Entered(run, usable, answers, (*problems, *faulty, *strange), judged)


def _demand_answering(
    store: Store, actor: Actor, registry: Registry, entries: Sequence[Collected], answers: Sequence[Answer]
) -> None:
    owners = {site.id: site.unit_id for site in registry.sites}
    owners |= {account.id: account.unit_id for account in registry.accounts}
    told = (*(item.account_id for item in entries), *(item.target_id for item in answers))
    for unit_id in dict.fromkeys(owners[target_id] for target_id in told):
        demand(store, actor, Action.ANSWER, unit_id)


def keep_answers(
    store: Store, rulebook: RuleBook, run: Run, entries: Sequence[Collected], answers: Sequence[Answer], actor: Actor,
    at: datetime, source: str,
) -> dict[str, Judged]:  # fmt: skip
    """Keep what a person found with the run, and judge again what it is about."""
    note_answers(store, run, entries, answers, actor, at, source)
    return judge_answered(
        store, rulebook, run, {each.account_id for each in entries} | {each.target_id for each in answers}
    )


def note_answers(
    store: Store, run: Run, entries: Sequence[Collected], answers: Sequence[Answer], actor: Actor, at: datetime,
    source: str,
) -> None:  # fmt: skip
    """Keep what a person found with the run; it counts once its targets are judged again."""
    _demand_answering(store, actor, store.load_registry(), entries, answers)
    numbers = f"{len(entries)} 个账号，{len(answers)} 个待核事项"
    note(store, actor, Act.ANSWER, f"批次 {run.id}", at, now=f"{numbers}（{source}）{_pictures(entries, answers)}")
    save_collected(store, run, entries)
    store.save_answers(answers)


def judge_answered(store: Store, rulebook: RuleBook, run: Run, target_ids: set[str]) -> dict[str, Judged]:
    """Judge targets of a run again with what persons found."""
    registry, inspected = store.load_registry(), target_ids & set(run.targets)
    accounts = [account for account in registry.accounts if account.id in inspected]
    judged = judge_accounts(store, accounts, run, rulebook, registry)
    for site in registry.sites:
        if site.id in inspected:
            judged[site.id] = judge_site(store, site, run, rulebook, registry=registry)
    return judged


def _pictures(entries: Sequence[Collected], answers: Sequence[Answer]) -> str:
    """The pictures that prove it, by what the store keeps them under: what the trail names is never forgotten."""
    found = [item.picture for item in answers] + [each.sha256 for item in entries for each in item.evidence]
    named = "、".join(dict.fromkeys(filter(None, found)))
    return f"，证明图片 {named}" if named else ""


def entered_lines(store: Store, rulebook: RuleBook, entered: Entered, *, apply: bool) -> list[str]:
    """What came of a worksheet, in Chinese."""
    accounts = {account.id: account for account in store.load_registry().accounts}
    lines = [f"{accounts[item.account_id].name}  {item.message}（{item.by}）" for item in entered.entries]
    names = {site.id: site.name for site in store.load_registry().sites} | {id: a.name for id, a in accounts.items()}
    lines += [
        f"{names[item.target_id]}  {rulebook.checks[item.check].title}：{item.verdict.label}（{item.by}，有效期至 {item.until}）"
        for item in entered.answers
    ]
    lines += [f"未读入：{problem}" for problem in entered.problems]
    if not entered.entries and not entered.answers:
        unread = "没有可用的结果，请按上面的说明改正。" if entered.problems else "核查表还没有填写任何结果。"
        return [*lines, f"没有写入：{unread}"]
    if not apply:
        return [
            *lines,
            f"共 {len(entered.entries) + len(entered.answers)} 条可用；以上为预览，加 --apply 写入批次 {entered.run.id} 并重新判定。",
        ]
    left = _still_open(store, rulebook, entered, accounts)
    counts = Counter(card.verdict.label for card in _account_cards(store, entered.run))
    total = "，".join(f"{counts[verdict.label]} {verdict.label}" for verdict in Verdict if counts[verdict.label])
    return [
        *lines,
        *left,
        f"已写入 {len(entered.entries) + len(entered.answers)} 条人工核查结果；批次 {entered.run.id} 的账号：{total}。",
    ]


def _still_open(store: Store, rulebook: RuleBook, entered: Entered, accounts: dict[str, Account]) -> list[str]:
    lines = []
    for item in entered.entries:
        view = account_view(store, accounts[item.account_id], entered.run)
        verdict = freshness_of(view.account, view.collections, view.posts(), view.as_of, account_window(rulebook))
        if verdict.state is AccountState.UNKNOWN:
            lines.append(f"{view.account.name} 仍未能判定：{verdict.reason}")
    return lines


def _account_cards(store: Store, run: Run) -> list[Scorecard]:
    return [card for card in store.scorecards(run.id) if card.target_kind == "account"]


def _last_known(store: Store, account: Account, run: Run) -> date | None:
    days = (_day(post) for post in store.posts(account.id, None, run.as_of))
    return max((day for day in days if day and day <= beijing_date(run.as_of)), default=None)


def _day(post: Post) -> date | None:
    low = post.time_low or post.published_at
    return beijing_date(low) if low else None
