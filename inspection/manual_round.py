"""The manual round of a run: which accounts go to a person, and what the filled worksheet changes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.account_freshness import AccountState, freshness_of
from domain.accounts import Collected
from domain.captured import Post
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from domain.scores import Scorecard, Verdict
from domain.targets import Account, Registry
from domain.times import beijing_date
from inspection.account_judging import account_window, judge_accounts
from inspection.account_views import account_view, save_collected
from inspection.judging import Judged
from inspection.stored import chosen_run
from inspection.worksheet import WorksheetRow, read_worksheet, write_worksheet
from reports.words import platform

STALE = "account.stale"


@dataclass(frozen=True, slots=True)
class Entered:
    """A worksheet that was read: its usable rows, what is wrong with others, and what was judged from it."""

    run: Run
    entries: tuple[Collected, ...]
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


def export_worksheet(store: Store, run_id: str, path: Path) -> str:
    """Write the worksheet of a run (default: the latest nightly); returns what to tell the user."""
    run = chosen_run(store, run_id)
    rows = worksheet_rows(store, run, store.load_registry())
    if not rows:
        return f"批次 {run.id} 中没有未能判定的账号，不需要人工核查。"
    write_worksheet(path, rows)
    return f"已写出 {len(rows)} 个待人工核查的账号：{path}\n填写后运行 xunjian worksheet import {path} --apply 导入"


def enter_worksheet(store: Store, rulebook: RuleBook, run_id: str, path: Path, *, apply: bool) -> Entered:
    """Read a filled worksheet; with `apply` keep it with the run and judge its accounts again."""
    run = chosen_run(store, run_id)
    registry = store.load_registry()
    entries, problems = read_worksheet(path)
    known = {account.id: account for account in registry.accounts if account.id in set(run.targets)}
    strange = [
        f"账号 {item.account_id} 不在批次 {run.id} 中，未读入" for item in entries if item.account_id not in known
    ]
    usable = tuple(item for item in entries if item.account_id in known)
    judged: dict[str, Judged] = {}
    if apply and usable:
        save_collected(store, run, usable)
        accounts = [known[item.account_id] for item in usable]
        judged = judge_accounts(store, accounts, run, rulebook, registry)
    return Entered(run, usable, (*problems, *strange), judged)


def entered_lines(store: Store, rulebook: RuleBook, entered: Entered, *, apply: bool) -> list[str]:
    """What came of a worksheet, in Chinese."""
    accounts = {account.id: account for account in store.load_registry().accounts}
    lines = [f"{accounts[item.account_id].name}  {item.message}（{item.by}）" for item in entered.entries]
    lines += [f"未读入：{problem}" for problem in entered.problems]
    if not apply:
        return [
            *lines,
            f"共 {len(entered.entries)} 条可用；以上为预览，加 --apply 写入批次 {entered.run.id} 并重新判定。",
        ]
    left = _still_open(store, rulebook, entered, accounts)
    counts = Counter(card.verdict.label for card in _account_cards(store, entered.run))
    total = "，".join(f"{counts[verdict.label]} {verdict.label}" for verdict in Verdict if counts[verdict.label])
    return [*lines, *left, f"已写入 {len(entered.entries)} 条人工核查结果；批次 {entered.run.id} 的账号：{total}。"]


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
