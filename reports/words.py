"""The official words for states, severities and moments, and the order things are shown in."""

from datetime import date, datetime

from domain.captured import SiteRun
from domain.findings import FindingRecord
from domain.platforms import name_of
from domain.scores import Tally
from domain.targets import Account, ColumnKind, Site, SiteKind
from domain.times import BEIJING, beijing_date

COLUMN_KIND = {
    ColumnKind.NEWS: "动态要闻",
    ColumnKind.NOTICE: "通知公告",
    ColumnKind.POLICY: "政策文件",
    ColumnKind.EXPLAIN: "政策解读",
    ColumnKind.PERSONNEL: "人事信息",
    ColumnKind.PLAN: "规划计划",
    ColumnKind.STATISTICS: "统计数据",
    ColumnKind.INQUIRY: "咨询留言",
    ColumnKind.TOPIC: "专题",
    ColumnKind.OTHER: "其他",
}
COLUMN_STATUS = {
    "fresh": "正常",
    "near_due": "临期",
    "stale": "超期未更新",
    "blank": "空白",
    "undated": "未注明日期",
    "archived": "历史专题",
    "unjudged": "未能判定",
}
SITE_KIND = {
    SiteKind.CITY_PORTAL: "市政府门户网站",
    SiteKind.DISTRICT_PORTAL: "区县政府门户网站",
    SiteKind.DEPARTMENT: "部门网站",
}
CONFIDENCE = {
    "V": "已核对原文",
    "W": "已由实例验证",
    "S": "见于二手资料",
    "G": "原文残缺",
    "M": "待核",
}


def still_open(tally: Tally, each: str) -> str:
    """What of the veto rows is open among those that pass: （其中 56 家“站点无法访问”尚未判定）; empty when nothing is."""
    parts = "、".join(f"{count} {each}“{title}”" for title, count in tally.open_vetoes)
    return f"（其中 {parts}尚未判定）" if parts else ""


def not_looked_at(record: FindingRecord) -> str:
    """That this run did not look at the place of an open finding again; empty when it did."""
    if record.unread is None:
        return ""
    said = record.unread_note or record.unread.label
    why = f"（{said}）" if said else ""
    return f"本次未复核{why}，最近确认于 {beijing_date(record.last_seen)}"


_ENDED = {
    "own_network": "没有任何应答，可能是本机网络故障",
    "storm": "连续出错，已停止采集",
    "rate_limited": "对方限制访问频率，已停止采集",
    "page_budget": "达到页面数上限",
    "time_budget": "达到时间上限",
    "audit_time": "专项检查的时间用完，本次未安排",
    "next_nights": "与其他网站共用地址，按计划留待以后各夜",
}
_LEFT_OUT = {
    **_ENDED,
    "endless": "疑似无限生成的网址（日历、循环参数、路径中的会话编号等），已看的各页内容相同",
    "url_too_long": "网址过长",
    "too_deep": "层级过深",
    "no_browser": "需要浏览器才能显示，本机没有可用的浏览器",
    "render_budget": "需要浏览器才能显示，超出本次上限",
    "render_failed": "浏览器未能打开",
    "body_lost": "以前保存的页面快照损坏或缺失，已重新采集",
    "unwritable": "内容异常，无法保存",
    "crashed": "页面异常，程序未能读取",
    "file_format": "附件格式不能读取（doc、xls、wps、ofd 等）",
    "file_too_large": "附件过大",
    "file_budget": "附件数超出本次上限，留待以后各次",
}


def day(value: date | datetime | str | None) -> str:
    """2023-04-26 in Beijing time; `—` when there is none."""
    if isinstance(value, datetime):
        value = value.astimezone(BEIJING).date()
    return str(value) if value else "—"


def moment(value: datetime | None) -> str:
    """2023-04-26 09:00 in Beijing time; `—` when there is none."""
    return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if value else "—"


def long_moment(value: datetime) -> str:
    """2023年4月26日 09:00 in Beijing time, as official documents write it."""
    local = value.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def points(value: float | None) -> str:
    """A score or points without trailing zeros: 98, 97.3; `—` when there is none."""
    return "—" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def address(target: Site | Account) -> str:
    """The address of a target; empty for accounts without one."""
    return target.home_url if isinstance(target, Site) else target.url


def platform(account: Account) -> str:
    """The platform's own name where it is none of the known ones."""
    return account.platform_label or name_of(account.platform)


def ended(site_run: SiteRun | None) -> str:
    """Why a target was not examined completely; empty when nothing is known."""
    return _ENDED.get(site_run.reason, site_run.reason) if site_run else ""


def left_out(reason: str) -> str:
    """Why addresses of a site were not read."""
    return _LEFT_OUT.get(reason, reason)


def site_kind(site: Site) -> str:
    """市政府门户网站， 区县政府门户网站 or 部门网站."""
    return SITE_KIND[site.kind]
