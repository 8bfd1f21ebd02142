"""What is true of the accounts, and the worksheet a person fills for those nobody could collect."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from democity.accounts.posts import posts_of
from democity.accounts.roster import AccountPlan
from domain.targets import Account, Platform

_STATUS = {
    "werss_stale": "stale_source",
    "captcha": "challenge",
    "quota": "rate_limited",
    "auth": "auth_expired",
    "down": "source_down",
    "login": "auth_required",
    "manual": "manual_pending",
}


def account_id(plan: AccountPlan) -> str:
    """`platform:platform_id`."""
    return f"{plan.platform}:{plan.id}"


def account_of(plan: AccountPlan, unit_id: str) -> Account:
    """The account as the registry holds it."""
    urls = {"weibo": f"https://weibo.com/u/{plan.id}", "bilibili": f"https://space.bilibili.com/{plan.id}"}
    return Account(
        account_id(plan),
        plan.name,
        Platform(plan.platform),
        unit_id,
        plan.id,
        urls.get(plan.platform, ""),
        plan.owner.name,
        (plan.source,),
    )


def _status(plan: AccountPlan) -> str:
    # Visitors of weibo, and readers of a page, never know that the list is complete: fresh posts are enough.
    return "partial" if plan.platform == "weibo" or plan.source.adapter == "page" else "ok"


def account_answers(plans: Sequence[AccountPlan], at: datetime) -> dict[str, Any]:
    """Per account the truth; and what the notice says before and after the manual round."""
    accounts = {}
    for plan in plans:
        posts = [] if plan.platform in ("app", "miniprogram") else posts_of(plan, at)
        age = (at.date() - posts[0].moment.date()).days if posts else None
        typos = [{"seq": post.seq, "wrong": post.typo, "title": post.title} for post in posts if post.typo]
        accounts[account_id(plan)] = {
            "name": plan.name,
            "unit": plan.owner.short,
            "platform": plan.platform,
            "newest": posts[0].moment.isoformat() if posts else None,
            "posts": len(posts),
            "age": age,
            "near_due": age is not None and age >= 10 and not plan.failing,
            "collected": not plan.failing,
            "status": _STATUS.get(plan.failing) or _status(plan),
            "verdict": "未能判定" if plan.failing else "合格",
            "typos": [] if plan.failing else typos,
        }
    order = dict.fromkeys(plan.owner.short for plan in plans)
    unknown = [id for id, answer in accounts.items() if not answer["collected"]]
    return {
        "accounts": accounts,
        "total": len(accounts),
        "passed": len(accounts) - len(unknown),
        "unknown": unknown,
        "near_due": [id for id, answer in accounts.items() if answer["near_due"]],
        "typo_units": [name for name in order if any(a["unit"] == name and a["typos"] for a in accounts.values())],
    }


def manual_answers(plans: Sequence[AccountPlan], at: datetime, checked_at: datetime) -> list[dict[str, str]]:
    """The filled worksheet: one row, by its headers, for every account that could not be collected."""
    rows = []
    for plan in plans:
        if not plan.failing:
            continue
        used = plan.platform in ("app", "miniprogram")
        rows.append(
            {
                "编号（勿改）": account_id(plan),
                "账号名称": plan.name,
                "平台": plan.platform,
                "主办单位": plan.owner.name,
                "核查结果": "可以使用" if used else "正常更新",
                "最后更新日期": "" if used else f"{posts_of(plan, at)[0].moment:%Y-%m-%d}",
                "核查人": "王敏",
                "核查时间": f"{checked_at:%Y-%m-%d %H:%M}",
                "互动功能": "有",
                "备注": "手机端查看",
            }
        )
    return rows
