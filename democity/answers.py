"""The answer sheet: what a perfect inspection finds. Written from the plan, never read by the program under test."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from democity.plan import ColumnPlan
from democity.site import CitySite
from democity.story import Fault
from democity.templates import FAMILIES
from democity.templates.family import GONE, files_of

# The official windows (国办秘函〔2019〕19号 and the census explanation), as first day still inside.
_DAYS = {"news": 14}
_MONTHS = {"notice": 6, "policy": 6, "explain": 6, "personnel": 12, "plan": 12}


def window_start(kind: str, day: date) -> date | None:
    """The first date that still counts as updated; None when the kind has no official window."""
    if kind in _DAYS:
        return day - timedelta(days=_DAYS[kind])
    if kind not in _MONTHS:
        return None
    year, month0 = divmod(day.year * 12 + day.month - 1 - _MONTHS[kind], 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month0 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def column_answer(site: CitySite, plan: ColumnPlan, at: datetime) -> dict[str, Any]:
    """One column: newest date, number of items and status."""
    family = FAMILIES[site.family]
    dated = [article for child in _leaves(site, plan) for article in site.articles(child, at)]
    newest = max((article.day for article in dated), default=None)
    start = window_start(plan.kind, at.date())
    judgeable = bool(start) and not plan.archived and (bool(dated) or plan.blank)
    status = "none"
    if plan.archived:
        status = "archived"
    elif plan.blank:
        status = "blank"
    elif plan.dateless:
        judgeable, status = False, "undated"
    elif judgeable and start and newest:
        status = _status(newest, start, at.date())
    return {
        "name": plan.name,
        "key": plan.key,
        "url": site.home_url.rstrip("/") + family.column_url(plan),
        "kind": plan.kind,
        "parent": plan.parent,
        "is_parent": plan.style == "parent",
        "newest": newest.isoformat() if newest else None,
        "items": len(dated),
        "judgeable": judgeable,
        "status": status,
    }


def _leaves(site: CitySite, plan: ColumnPlan) -> Sequence[ColumnPlan]:
    return site.children(plan.key) if plan.style == "parent" else (plan,)


def _status(newest: date, start: date, day: date) -> str:
    if newest < start:
        return "stale"
    near = (day - newest).days >= -(-(day - start).days * 7 // 10)
    return "near_due" if near else "fresh"


def site_answer(site: CitySite, at: datetime) -> dict[str, Any]:
    """One site: its columns, what is overdue, and the verdict."""
    columns = [column_answer(site, plan, at) for plan in site.columns]
    overdue = [column for column in columns if column["status"] == "stale"]
    blank = [column for column in columns if column["status"] == "blank"]
    return {
        "id": site.code,
        "name": site.name,
        "short": site.body.short,
        "url": site.home_url,
        "family": site.family,
        "columns": columns,
        "overdue": overdue,
        "near_due": [column for column in columns if column["status"] == "near_due"],
        "blank": blank,
        "faults": [fault_answer(site, fault, at) for fault in site.faults],
        "verdict": _verdict(site, overdue, blank),
        "deducted": bool(overdue or blank or site.faults),
    }


def _verdict(site: CitySite, overdue: list[dict[str, Any]], blank: list[dict[str, Any]]) -> str:
    """合格 unless a veto of the columns or of the answers to messages is reached, or nobody could look."""
    if site.faults_of("unreachable") or site.faults_of("down"):
        return "未能判定"
    main = [column for column in overdue if column["kind"] in ("news", "notice", "policy")]
    vetoed = len(main) >= 5 or len(overdue) >= 10 or len(blank) >= 5 or bool(site.faults_of("unanswered"))
    return "不合格" if vetoed else "合格"


def fault_answer(site: CitySite, fault: Fault, at: datetime) -> dict[str, Any]:
    """A planted fault: where the trouble is and the pages that lead to it."""
    family, root = FAMILIES[site.family], site.home_url.rstrip("/")
    out: dict[str, Any] = {"kind": fault.kind, "where": fault.where, "url": "", "found_on": []}
    if fault.kind in GONE:
        out["url"] = root + GONE[fault.kind]
    plan = site.column(fault.where.partition(":")[0] or "gzdt")
    if fault.kind in ("dead_home", "dead_footer"):
        out["found_on"] = [site.home_url]
    elif fault.kind in GONE and plan:
        out["found_on"] = [root + family.article_url(plan, item) for item in site.articles(plan, at) if item.seq == 0]
    elif fault.kind == "dead_attachment" and plan:
        holders = [item for item in site.articles(plan, at) if files_of(plan, item)]
        out["found_on"] = [root + family.article_url(plan, item) for item in holders]
        out["urls"] = [
            root + family.attachment_url(plan, item, suffix) for item in holders for suffix, _ in files_of(plan, item)
        ]
    elif fault.kind in ("stale", "blank", "undated") and plan:
        out["url"] = root + family.column_url(plan)
    return out


def answer_sheet(sites: Sequence[CitySite], at: datetime) -> dict[str, Any]:
    """The whole city."""
    answers = [site_answer(site, at) for site in sites]
    return {
        "as_of": at.isoformat(),
        "sites": {answer["id"]: answer for answer in answers},
        "notice": {
            "sites": len(answers),
            "passed": sum(answer["verdict"] == "合格" for answer in answers),
            "without_deduction": sum(not answer["deducted"] for answer in answers),
            "overdue_units": [answer["short"] for answer in answers if answer["overdue"]],
        },
    }
