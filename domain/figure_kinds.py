"""What a figure may count: the kinds, their Chinese names and measure words. A facts file knows these and no others."""

from collections.abc import Mapping
from typing import NamedTuple


class Kind(NamedTuple):
    """How a kind is called, and its measure word."""

    label: str
    each: str


def _of_targets(name: str, each: str) -> dict[str, tuple[str, str]]:
    words = {
        "registered": "登记", "running": "正常运行", "opened": "新开设", "closed": "关停注销", "renamed": "更名",
        "to_close": "拟关停", "inspected": "检查", "sampled": "抽查", "passed": "合格", "basic": "基本合格",
        "failed": "不合格", "unknown": "未能判定", "clean": "无扣分点", "deducted": "有扣分点", "bonus": "进入加分项",
        "good": "达到优良分数线", "faulty": "存在问题", "unfiled": "未备案", "reopened": "关停后重新开设", "below": "下级自查",
        "stale": "超期未更新", "near_due": "临期更新",
    }  # fmt: skip
    return {
        f"{name}.{key}": (f"{word}的{'网站' if name == 'sites' else '新媒体'}", each) for key, word in words.items()
    }


_LEDGER = {
    "visits.sites": ("检查网站", "家次"), "visits.accounts": ("检查新媒体", "次"),
    "problems.open": ("未整改问题", "个"), "problems.mended": ("已整改问题", "个"),
    "messages.received": ("受理“找错”留言", "条"), "messages.true": ("属实留言", "条"), "messages.units": ("涉及单位", "个"),
    "messages.closed": ("办结留言", "条"), "messages.in_time": ("按期办结留言", "条"),
    "reports.sent": ("报送信息", "条"), "reports.used": ("采用信息", "条"), "reports.above": ("上级采用信息", "条"),
    "reminders.slips": ("提示单", "份"), "reminders.slips_closed": ("办结提示单", "份"), "reminders.columns": ("栏目临期提醒", "次"),
    "reminders.accounts": ("新媒体更新提醒", "次"), "reminders.alerts": ("预警", "次"), "reminders.reports": ("监测报告", "份"),
    "letters.received": ("网民来信", "件"), "letters.answered": ("答复来信", "件"), "letters.in_time": ("按期答复来信", "件"),
    "tests.asked": ("测试提问的网站", "家"), "tests.answered": ("一个工作日内答复的网站", "家"),
    "checks.full": ("全面检查", "次"), "checks.special": ("专项检查", "次"), "checks.spot": ("抽查", "次"),
    "tasks.repost": ("转载任务", "项"), "tasks.late": ("逾期任务", "项"),
    "rectified.asked": ("应整改问题", "个"), "rectified.done": ("完成整改", "个"), "rectified.silent": ("未反馈整改的单位", "个"),
    "columns.due": ("应更新栏目", "个"), "columns.units": ("承担栏目的单位", "个"), "items.published": ("发布信息", "条"),
    "items.original": ("原创信息", "条"), "items.wrong": ("错敏信息", "处"), "items.misstated": ("严重表述错误", "处"),
    "units.late": ("未按要求更新的单位", "个"), "units.repeated": ("连续被通报的单位", "个"), "units.full": ("合格率100%的地区", "个"),
    "staff.trained": ("参加培训", "人次"), "staff.reviewing": ("参加互查", "人"),
    "scores.mean": ("平均得分", "分"), "scores.max": ("最高得分", "分"), "scores.min": ("最低得分", "分"),
    "scores.band": ("得分段", "家"),
}  # fmt: skip
KINDS: Mapping[str, Kind] = {
    name: Kind(*words) for name, words in (_of_targets("sites", "家") | _of_targets("accounts", "个") | _LEDGER).items()
}
CHANGES = {"before": "较上期", "year": "较上年同期"}
FOUND = {"found": ("问题", "个"), "found_targets": ("涉及的网站和账号", "个"), "found_units": ("涉及的单位", "个")}


def kind_of(name: str) -> Kind | None:
    """A kind by its name: of the table, `found.<check>`, `streak.<check>`, or `<kind>.before` and `<kind>.year`."""
    if name in KINDS:
        return KINDS[name]
    head, _, rest = name.partition(".")
    if head in FOUND and rest:
        return Kind(f"{rest}{FOUND[head][0]}", FOUND[head][1])
    if head == "streak" and rest:
        return Kind(f"连续出现{rest}", "期")
    base, _, change = name.rpartition(".")
    if change in CHANGES and base in KINDS:
        return Kind(f"{KINDS[base].label}{CHANGES[change]}变化", "")
    return None
