"""The line for the office every day: what the night found, and what it did not look at. Zero is said."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from domain.captured import SiteRun
from domain.findings import FindingState
from domain.operations import JobState, Message
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Registry
from domain.times import BEIJING, beijing_date
from inspection.operations.jobs import JOBS

KIND = "daily"
FEW = 5  # names that are listed
A_DAY = timedelta(hours=26)


def daily(store: Store, registry: Registry, now: datetime) -> Iterator[Message]:
    """One message for the last night, or that there was none."""
    nights = [run for run in store.runs() if run.kind is RunKind.NIGHTLY and run.state is not RunState.RUNNING]
    last = nights[-1] if nights else None
    if last is None or (last.finished_at or last.started_at) < now - A_DAY:
        day = beijing_date(now)
        text = f"截至 {now.astimezone(BEIJING):%m-%d %H:%M}，一天内没有结束的例行巡检；请运行 xunjian status 和 xunjian doctor 检查。"
        yield Message(f"{KIND}/none/{day}", KIND, "", f"{day} 巡检没有结果", text)
        return
    yield _of_night(store, registry, last, now)


def _of_night(store: Store, registry: Registry, run: Run, now: datetime) -> Message:
    wanted = {*run.targets}
    known = {site.id: site.name for site in registry.sites} | {item.id: item.name for item in registry.accounts}
    names = {target: name for target, name in known.items() if target in wanted}
    sites = sum(site.id in wanted for site in registry.sites)
    states = Counter(record.state for record in store.findings(run_id=run.id))
    ends = {RunState.COMPLETE: "完成", RunState.PARTIAL: "未完成", RunState.UNKNOWN: "未能判定（本机网络）"}
    lines = [
        f"{run.as_of.astimezone(BEIJING):%Y-%m-%d} 例行巡检{ends[run.state]}{'：' + run.reason if run.reason else ''}。",
        f"网站 {sites} 个，账号 {len(names) - sites} 个。新增 {states[FindingState.NEW]}，"
        f"反弹 {states[FindingState.REOPENED]}，已整改 {states[FindingState.FIXED]}，持续 {states[FindingState.PERSISTING]}。",
        *_not_looked_at(store, run, names),
        *_jobs(store, now),
    ]
    return Message(f"{KIND}/{run.id}", KIND, "", lines[0].rstrip("。"), "\n".join(lines))


def _not_looked_at(store: Store, run: Run, names: Mapping[str, str]) -> Iterator[str]:
    """What nobody may take for examined."""
    went = {item.site_id: item for item in store.site_runs(run.id)}
    judged = {card.target_id for card in store.scorecards(run.id)}
    part = [name for target, name in names.items() if target not in judged or _is_partial(went.get(target))]
    skipped = sum(count for item in went.values() for count in item.skipped.values())
    unread = [item for _, item in store.unjudged(run.id) if item.why.is_unread]
    asked = len(store.unjudged(run.id)) - len(unread)
    listed = f"（{'、'.join(part[:FEW])}{'等' if len(part) > FEW else ''}）" if part else ""
    yield (
        f"没有看到的：未采集完的网站和账号 {len(part)} 个{listed}，按计划或预算略过的网址 {skipped} 个，"
        f"未能复核的位置 {len(unread)} 处；待人工核查 {asked} 项。"
    )


def _is_partial(item: SiteRun | None) -> bool:
    return item is not None and item.state != "complete"


def _jobs(store: Store, now: datetime) -> Iterator[str]:
    """Jobs that came to grief since yesterday, and did not succeed after it."""
    bad = {JobState.FAILED, JobState.OVERDUE, JobState.LOST}
    last = {item.job: item for item in store.job_runs(now - A_DAY) if item.state is not JobState.SKIPPED}
    failed = [item for item in last.values() if item.state in bad]
    told = dict.fromkeys(
        f"{JOBS[item.job].title}（{item.reason or item.state.label}）" for item in failed if item.job in JOBS
    )
    if told:
        yield f"一天内未成功的任务：{'；'.join(told)}。"
