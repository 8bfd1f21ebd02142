"""Words offices use for kinds, platforms, states and deadlines, and what they mean here."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from domain.platforms import PLATFORMS as ROWS
from domain.targets import ColumnKind, Platform, SiteKind, TargetState, Unit, UnitKind
from domain.times import Window
from registry.text import CellError, clean, key

T = TypeVar("T")

# The first word of each row is the one exported.
PLATFORMS: Mapping[Platform, tuple[str, ...]] = {platform: row.words for platform, row in ROWS.items()}
# Known, but collected by hand only: registered as OTHER under their own name without a question.
OTHER_PLATFORMS = frozenset(
    map(
        key,
        (
            "百家号",
            "人民号",
            "新华号",
            "澎湃号",
            "南方号",
            "网易号",
            "搜狐号",
            "企鹅号",
            "知乎",
            "生活号",
            "支付宝生活号",
            "西瓜视频",
            "央视频",
            "学习强国",
        ),
    )
)
UNIT_KINDS: Mapping[UnitKind, tuple[str, ...]] = {
    UnitKind.CITY: ("市本级", "市级", "本级", "市政府", "市政府办公室"),
    UnitKind.DISTRICT: (
        "区县",
        "区县(市)",
        "区、县(市)",
        "区县市",
        "县区",
        "县(市、区)",
        "县(市)区",
        "区级",
        "县级",
        "区",
        "县",
        "开发区",
    ),
    UnitKind.DEPARTMENT: ("部门", "市直部门", "市政府部门", "政府部门", "市级部门", "组成部门", "委办局", "市直"),
    UnitKind.AFFILIATED: ("直属", "直属单位", "直属机构", "直属事业单位", "事业单位"),
    UnitKind.RESIDENT: ("驻外", "驻外机构", "驻外办事处", "驻外单位"),
}
SITE_KINDS: Mapping[SiteKind, tuple[str, ...]] = {
    SiteKind.CITY_PORTAL: ("市门户", "市级门户", "市门户网站", "市政府门户", "市政府门户网站"),
    SiteKind.DISTRICT_PORTAL: (
        "区县门户",
        "区门户",
        "县门户",
        "区级门户",
        "县级门户",
        "区县门户网站",
        "区县政府门户",
        "区县政府门户网站",
    ),
    SiteKind.DEPARTMENT: ("部门", "部门网站", "政府部门网站"),
}
PORTAL_WORDS = frozenset(map(key, ("门户", "门户网站", "政府门户", "政府门户网站")))
STATES: Mapping[TargetState, tuple[str, ...]] = {
    TargetState.NORMAL: ("正常", "正常运行", "运行中", "例行维护", "变更中", "申请整改", "正常运营", "启用"),
    TargetState.CLOSING: ("申请关停", "申请注销", "拟关停", "拟注销", "关停中", "注销中"),
    TargetState.CLOSED: ("已关停", "已注销", "注销", "关停", "已关闭", "关闭"),
    TargetState.MISSING: ("待确认关停",),
}
COLUMN_KINDS: Mapping[ColumnKind, tuple[str, ...]] = {
    ColumnKind.NEWS: ("动态要闻", "动态", "要闻", "新闻", "工作动态", "政务动态", "news"),
    ColumnKind.NOTICE: ("通知公告", "通知", "公告", "公示公告", "公告公示", "notice"),
    ColumnKind.POLICY: ("政策文件", "政策", "政策法规", "文件", "policy"),
    ColumnKind.EXPLAIN: ("政策解读", "解读", "explain"),
    ColumnKind.PERSONNEL: ("人事信息", "人事", "人事任免", "personnel"),
    ColumnKind.PLAN: ("规划计划", "规划", "计划", "计划总结", "plan"),
    ColumnKind.STATISTICS: ("统计数据", "统计", "数据", "统计信息", "statistics"),
    ColumnKind.INQUIRY: ("互动交流", "咨询", "信箱", "留言", "咨询投诉", "inquiry"),
    ColumnKind.TOPIC: ("专题", "专题专栏", "专栏", "topic"),
    ColumnKind.OTHER: ("其他", "其它", "other"),
}
_DIGITS = {"一": "1", "两": "2", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "十": "10"}


def word_of(table: Mapping[T, tuple[str, ...]], text: str, what: str) -> T:
    """The value a word stands for; CellError lists the official words."""
    found = _find(table, text)
    if found is None:
        accepted = "、".join(words[0] for words in table.values())
        raise CellError(f"“{clean(text)}”不是认识的{what}；请写{accepted}之一")
    return found


def _find(table: Mapping[T, tuple[str, ...]], text: str) -> T | None:
    word = key(text)
    return next((value for value, words in table.items() if word in map(key, words)), None)


def platform_of(text: str) -> tuple[Platform, str]:
    """The platform, and its own name where it is none of the known ones; CellError when several are named."""
    if not key(text):
        raise CellError("是空的；请写平台名称，例如微信、微博、抖音")
    for word in (text, re.sub(r"(官方)?(公众平台|平台|账号|帐号)$", "", key(text))):
        if known := _find(PLATFORMS, word):
            return known, ""
    parts = [part for part in re.split(r"[、,，;；/和及+]", clean(text)) if part]
    named: list[Platform | None] = [_find(PLATFORMS, part) for part in parts]
    if len(named) > 1 and all(named):
        raise CellError(f"“{clean(text)}”写了几个平台；请一行只写一个账号、一个平台")
    return Platform.OTHER, clean(text)


def guess_unit_kind(name: str) -> UnitKind:
    """The kind a unit's name suggests, for units that no sheet describes."""
    word = key(name)
    if re.search(r"(区|县|旗|市.{1,6}市)(人民政府|政府|管委会|管理委员会)", word):
        return UnitKind.DISTRICT
    if re.search(r"市(人民)?政府(办公室|办公厅)?$", word):
        return UnitKind.CITY
    return UnitKind.DEPARTMENT


def portal_kind(unit: Unit | None, site_name: str) -> SiteKind:
    """Which 门户 a site is, by its unit's kind, else by the names; CellError when neither tells."""
    by_unit = {UnitKind.CITY: SiteKind.CITY_PORTAL, UnitKind.DISTRICT: SiteKind.DISTRICT_PORTAL}
    if unit and unit.kind in by_unit:
        return by_unit[unit.kind]
    for name in (site_name, unit.name if unit else ""):
        guessed = guess_unit_kind(re.sub(r"(门户)?网站?$", "", key(name)))
        if guessed in by_unit:
            return by_unit[guessed]
    raise CellError("只写了“门户”，而主办单位不是市本级也不是区县；请写“市门户”或“区县门户”")


def deadline_of(text: str) -> str:
    """A 更新期限 as a Window text: `14d`, `6mo`; also 14天, 两周, 半年, 6个月. Empty stays empty."""
    word = key(text)
    if not word:
        return ""
    word = {
        "半年": "6mo",
        "半个月": "15d",
        "半月": "15d",
        "每日": "1d",
        "每周": "1w",
        "每月": "1mo",
        "每季度": "3mo",
        "每年": "1y",
    }.get(word, word)
    for chinese, digit in _DIGITS.items():
        word = re.sub(rf"^{chinese}(?=个|天|日|周|星期|月|季|年|工)", digit, word)
    match = re.fullmatch(r"(\d+)个?(天|日|周|星期|月|季度|年)(内|以内)?", word)
    if match:
        number = int(match[1]) * (3 if match[2] == "季度" else 1)
        word = f"{number}{ {'天': 'd', '日': 'd', '周': 'w', '星期': 'w', '年': 'y'}.get(match[2], 'mo') }"
    try:
        Window.parse(word)
    except ValueError as error:
        raise CellError(f"“{clean(text)}”看不懂；请写 14天、2周、6个月、1年 的样子") from error
    return word


def exported(table: Mapping[T, tuple[str, ...]], value: T) -> str:
    """The official word of a value."""
    return table[value][0]


def words_of(values: Iterable[str]) -> str:
    """At most five names, then how many more."""
    names = list(values)
    return "、".join(names[:5]) + (f" 等 {len(names)} 个" if len(names) > 5 else "")
