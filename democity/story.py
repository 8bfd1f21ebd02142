"""The story of the notice, told by changing the plans of columns; and faults that tests may plant."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from democity.calendar import ANCHOR
from democity.names import Body
from democity.plan import ColumnPlan

RECTIFIED = date(2023, 5, 8)  # the notice asks for it by 10 May
# site label -> column key -> days since the last update at ANCHOR: over the window, far below a veto
OVERDUE = {
    "mzj": {"jcdt": 37, "zcjd": 243},
    "tjj": {"tzgg": 226, "ghjh": 427},
}
# near due: a notice, no points
NEAR = {"sjj": {"jcdt": 11}, "lyj": {"gzdt": 10}, "qxj": {"zcwj": 150}}


# lists without dates: the articles have them
UNDATED = frozenset(("yclq", "ycfl", "zjj", "slj", "wjw", "tyjr"))
# an old entry stays on top of 通知公告
PINNED = frozenset(("www", "ycyd", "ycdd", "fgw", "gaj", "rsj", "ybj", "tjj"))
# 最新信息 beside every list
SIDEBARS = frozenset(("ycsq", "ycqh", "czj", "swj", "lyj"))
# noise: label -> column key whose list is slow (seconds), or busy (503) once
SLOW = {"ycwh": ("zcwj", 1.2), "gxj": ("tzgg", 1.5), "jtj": ("gzdt", 1.2), "wlj": ("zcjd", 1.0), "dfz": ("jcdt", 1.8)}
BUSY = {"yclx": "tzgg", "ycal": "gzdt", "jyj": "zcjd", "sthj": "zcwj", "gzw": "jcdt", "rfb": "tzgg"}
FAULT_KINDS = {
    "dead_link": "a link to a 404 in the newest article of a column (where: column key, default gzdt)",
    "dead_home": "a link to a 404 on the home page",
    "dead_footer": "a link to a 404 in the footer of every page",
    "error_500": "a link to an address that answers 500, in an article",
    "soft_404": "a link to a 200 page that says the page does not exist, in an article",
    "dead_attachment": "the attachments of a column answer 404 (where: column key)",
    "blank": "a column that never held anything (where: column key)",
    "stale": "a column without updates (where: key:days)",
    "undated": "a column without dates in list and articles (where: column key)",
    "unreachable": "the site closes every connection",
    "down": "the site answers 503 to everything",
    "moved": "every address answers 301 to the same one at another host (where: that host)",
    "missing_mark": "a footer mark is missing (where: site_code, icp, police, party_gov, jiucuo, sponsor, contact, sitemap)",
    "missing_meta": "a meta tag is missing everywhere (where: its name)",
    "bad_guide": "guides show only three elements",
    "unanswered": "a message has waited 120 days",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault of FAULT_KINDS: kind, site label, and where (see there)."""

    kind: str
    site: str
    where: str = ""

    def __post_init__(self) -> None:
        if self.kind not in FAULT_KINDS:
            raise ValueError(f"“{self.kind}” is no planted fault; choose one of {', '.join(FAULT_KINDS)}")


def tell(body: Body, columns: tuple[ColumnPlan, ...], faults: tuple[Fault, ...] = ()) -> tuple[ColumnPlan, ...]:
    """The columns of a body with the story's delays and decorations, and with planted faults."""
    return tuple(_plant(_decorate(body, _delay(body, plan)), body, faults) for plan in columns)


def _delay(body: Body, plan: ColumnPlan) -> ColumnPlan:
    late = OVERDUE.get(body.label, {}).get(plan.key)
    near = NEAR.get(body.label, {}).get(plan.key)
    if plan.rhythm and late:
        return replace(plan, rhythm=replace(plan.rhythm, lag=late, resumes=RECTIFIED), sidebar=True)
    if plan.rhythm and near:
        return replace(plan, rhythm=replace(plan.rhythm, lag=near, resumes=ANCHOR + timedelta(days=2)))
    return plan


def _decorate(body: Body, plan: ColumnPlan) -> ColumnPlan:
    return replace(
        plan,
        dated=not (plan.key == "zcjd" and body.label in UNDATED),
        pinned=plan.key == "tzgg" and body.label in PINNED,
        sidebar=plan.sidebar or body.label in SIDEBARS,
    )


def _plant(plan: ColumnPlan, body: Body, faults: tuple[Fault, ...]) -> ColumnPlan:
    for fault in faults:
        key, _, days = fault.where.partition(":")
        if fault.site == body.label and fault.kind == "unanswered" and plan.rhythm and plan.style == "inquiry":
            plan = replace(plan, rhythm=replace(plan.rhythm, count=12, low=12, high=15))
        if fault.site != body.label or key != plan.key:
            continue
        if fault.kind == "blank":
            plan = replace(plan, blank=True)
        elif fault.kind == "undated":
            plan = replace(plan, dated=False, dateless=True)
        elif fault.kind == "stale" and plan.rhythm:
            plan = replace(plan, rhythm=replace(plan.rhythm, lag=int(days), resumes=RECTIFIED))
    return plan
