"""Which columns a site has: names, kinds, rhythms. Small sites have fewer columns and articles."""

from dataclasses import dataclass, replace
from typing import Literal

from democity.calendar import Rhythm
from democity.names import Body
from democity.text import dice

Size = Literal["demo", "small"]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """栏目. `kind` is a kind of the JSON contract (its deadline), `style` what is written there (a title stock, or a page style)."""

    number: int
    key: str
    name: str
    kind: str
    style: str  # news, notice, ..., guide, inquiry, leaders, functions, parent
    parent: str = ""
    rhythm: Rhythm | None = None
    dated: bool = True  # the list shows dates
    pinned: bool = False  # an old entry stays on top
    sidebar: bool = False  # 最新信息 beside the list, from fresher columns
    archived: bool = False
    blank: bool = False
    dateless: bool = False  # not even the articles have dates

    @property
    def path(self) -> str:
        """Folder below the root, such as zwgk/zcwj."""
        return f"{self.parent}/{self.key}" if self.parent else self.key


# key | parent | names to choose from | names of districts | kind | style | demo count | small count | low | high | highest lag
_TABLE = """
zwdt||要闻动态 动态要闻 新闻中心|动态要闻 政务要闻|news|parent|1|1|||
gzdt|zwdt|工作动态 部门动态 政务动态|政务动态 本地要闻|news|news|40|4|1|3|3
jcdt|zwdt|基层动态 县区动态 行业动态|镇街动态 部门动态|news|news|30|2|2|5|5
tzgg||通知公告 公告公示 通知公示|通知公告 公告公示|notice|notice|24|2|4|12|20
zwgk||政务公开 信息公开|政务公开|other|parent|1|1|||
zcwj|zwgk|政策文件 规范性文件|政策文件 政府文件|policy|policy|18|2|8|25|40
zcjd|zwgk|政策解读|政策解读|explain|explain|10|2|15|40|60
rsxx|zwgk|人事信息 人事任免|人事信息 人事任免|personnel|personnel|8|0|30|60|80
ghjh|zwgk|规划计划 发展规划|规划计划 发展规划|plan|plan|6|2|60|110|120
tjxx|zwgk|统计信息 统计数据|统计信息 数据发布|statistics|statistics|10|0|22|30|20
czxx|zwgk|财政信息 财政预决算|财政信息 财政预决算|other|finance|5|0|60|100|80
ldzc|zwgk|领导之窗|领导之窗|other|leaders|1|0|||
jgzn|zwgk|机构职能|机构职能|other|functions|1|1|||
bsfw||办事服务 办事指南|办事服务|other|guide|8|2|||
hdjl||互动交流|互动交流|other|parent|1|1|||
zxly|hdjl|局长信箱 咨询建言|区长信箱 咨询建言|inquiry|inquiry|12|2|5|10|4
yjzj|hdjl|意见征集|意见征集|other|survey|4|0|30|50|20
ztzl||专题专栏|专题专栏|topic|parent|1|0|||
dqzt|ztzl|重点工作|重点工作|topic|topic|5|0|8|18|6
lszt|ztzl|历史专题|历史专题|topic|topic|6|0|8|20|
"""
_HISTORY = 900  # days an archived topic has been closed


def plan_columns(body: Body, size: Size, order: int) -> tuple[ColumnPlan, ...]:
    """The columns of one site in navigation order."""
    rng = dice("plan", body.label)
    rows = [line.split("|") for line in _TABLE.strip().splitlines()]
    plans = []
    for number, row in enumerate(rows, 1):
        plan = _column(row, body, size, rng.random(), 100 + order * 40 + number)
        if plan:
            plans.append(plan)
    return tuple(plans)


def _column(row: list[str], body: Body, size: Size, luck: float, number: int) -> ColumnPlan | None:
    key, parent, names, district_names, kind, style, demo, small, low, high, lag = row
    count = int(demo if size == "demo" else small)
    if not count:
        return None
    choice = (district_names if body.kind != "department" else names).split()
    name = choice[int(luck * len(choice))]
    if body.kind == "portal":
        name = name.replace("镇街动态", "县区动态").replace("区长信箱", "市长信箱")
    if body.kind == "district" and not body.name.startswith(tuple("云临柳石望东青枫河")):
        name = name.replace("区长信箱", "县长信箱")
    rhythm = Rhythm(count, int(low), int(high), 1 + int(luck * int(lag or 1))) if low else None
    if style == "guide":
        rhythm = Rhythm(count, 10, 60, 200)
    plan = ColumnPlan(number, key, name, kind, style, parent, rhythm)
    if key == "lszt" and rhythm:
        return replace(plan, rhythm=replace(rhythm, lag=_HISTORY), archived=True)
    return plan
