"""What a person may have looked at now, from a page: targets as a whole, or the places of findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import UsageError
from domain.letters import Letter
from domain.operations import JobRun
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.times import beijing_date
from inspection.desk.scope import View
from inspection.operations.errands import AUDIT, TITLES, Errands, started_lately
from inspection.targets import find_targets

SHOWN = 10
NOWHERE = "这个控制台不能发起检查；请在安装了完整程序、登记了真实网站的控制台上发起"


@dataclass(frozen=True, slots=True)
class Started:
    """Something a person started, with the run it became."""

    job: JobRun
    title: str
    subject: str
    run: Run | None


def demanded(errands: Errands | None) -> Errands:
    """What starts inspections; UsageError where there is nothing."""
    if errands is None:
        raise UsageError(NOWHERE)
    return errands


def named_targets(view: View, names: Sequence[str], now: datetime) -> list[str]:
    """Ids of the targets that are inspected today, of units, sites and accounts by name or id."""
    wanted = [name for name in names if name]
    if not wanted:
        raise UsageError("请选择单位，或填写网站、账号的名称")
    sites, accounts = find_targets(view.registry.on(beijing_date(now)), wanted)
    return [*(site.id for site in sites), *(account.id for account in accounts)]


def of_letter(letter: Letter) -> tuple[list[str], list[str]]:
    """(findings, new addresses) of a letter that are still to be settled."""
    items = [item for item in letter.items if not item.state.is_over]
    return [item.fingerprint for item in items], [item.new_url for item in items if item.new_url]


def started(store: Store, view: View, now: datetime) -> list[Started]:
    """What was started lately, the latest first."""
    names: Mapping[str, str] = {target.id: target.name for target in view.targets}
    audits = [run for run in store.runs() if run.kind is RunKind.AUDIT]
    return [
        Started(item, TITLES[item.job], _subject(item, names), _run_of(item, audits))
        for item in started_lately(store, now)[:SHOWN]
    ]


def _subject(item: JobRun, names: Mapping[str, str]) -> str:
    ids = item.subject.split()
    if item.job != AUDIT:
        return f"{len(ids)} 个问题"
    known = [names.get(each, each) for each in ids]
    return "、".join(known[:3]) + (f" 等 {len(known)} 个" if len(known) > 3 else "")


def _run_of(item: JobRun, audits: Sequence[Run]) -> Run | None:
    begun = item.started or item.planned
    later = [run for run in audits if run.started_at >= begun and (item.ended is None or run.started_at <= item.ended)]
    return later[0] if later else None
