from datetime import datetime

import pytest

from domain.findings import Finding, FindingRecord, FindingState, Ref, Review, Severity
from domain.rules import Count, Indicator, RuleBook
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Platform, Site, SiteKind
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)
SITES = ("portal", "department")

ROWS = (
    Indicator("W-V1.1", "严重表述错误", (Count("text.misstatement"),), veto_at=1, confidence="V"),
    Indicator("W-V3", "首页不更新", (Count("home.stale"),), veto_at=1, confidence="V", when_unjudged="block"),
    Indicator(
        "W-V4.1",
        "动态、公告不更新",
        (Count("column.stale", {"kind": ("news", "notice", "policy")}),),
        veto_at=5,
        confidence="V",
        when_unjudged="block",
    ),
    Indicator("W-V4.3", "空白栏目", (Count("column.blank"),), veto_at=5, confidence="V", when_unjudged="block"),
    Indicator("W-V6.1", "未提供办事服务", (), veto_at=1, confidence="V", needs_service=True),
    Indicator("D1.4", "动态要闻", (Count("column.stale", {"kind": ("news",)}),), points=5, cap=5, precedence=10),
    Indicator(
        "D1.5",
        "政策文件",
        (Count("column.stale", {"kind": ("policy",)}),),
        points=5,
        cap=5,
        precedence=10,
        confidence="W",
    ),
    Indicator("D1.8", "其他栏目", (Count("column.stale"), Count("column.blank")), points=1, cap=3, precedence=1),
    Indicator("D2.1", "事项公开", (), points=5, cap=5, needs_service=True),
    Indicator(
        "D2.3",
        "办事统计",
        (Count("column.stale", {"kind": ("statistics",)}),),
        points=2,
        cap=2,
        precedence=10,
        needs_service=True,
    ),
    Indicator("D3.3", "留言公开", (), points=3, cap=5, once=True, confidence="W"),
    Indicator("D4.2", "网站标识", (Count("mark.missing"),), points=1, cap=3),
    Indicator("D4.3", "可用性（首页）", (Count("link.dead", {"home": ("true",)}),), points=1, cap=6, precedence=10),
    Indicator("D4.3b", "可用性（其他页面）", (Count("link.dead"),), points=0.1, shares_cap="D4.3", precedence=1),
    Indicator("LOCAL", "扣分项", (), points=30),
    Indicator(
        "A-V2.1",
        "内容不更新",
        (Count("account.stale"),),
        veto_at=1,
        confidence="V",
        applies_to=("account",),
        when_unjudged="block",
    ),
)


@pytest.fixture
def rules() -> RuleBook:
    return RuleBook({}, ROWS, (), hash="rules-1")


@pytest.fixture
def run() -> Run:
    return Run("r1", RunKind.NIGHTLY, AS_OF, AS_OF, RunState.COMPLETE)


@pytest.fixture
def portal() -> Site:
    return Site("2101000001", "甲市政府门户网站", "http://www.jia.gov.cn/", "u1", SiteKind.CITY_PORTAL)


@pytest.fixture
def department() -> Site:
    return Site("2101000002", "甲市民政局网站", "http://mzj.jia.gov.cn/", "u2")


@pytest.fixture
def account() -> Account:
    return Account("wechat:jia", "甲市发布", Platform.WECHAT, "u1", url="http://mp.example.cn/jia")


@pytest.fixture
def found():
    """Build records of one check: found("link.dead", 27, home=False)."""

    def build(
        check, number=1, *, target="2101000001", state=FindingState.NEW, review="unreviewed", severity=Severity.DEDUCT,
        start=0, **fields,
    ):  # fmt: skip
        return [
            FindingRecord(
                f"{check}-{fields.get('kind', '')}-{n}",
                target,
                Finding(check, Ref(f"http://www.jia.gov.cn/{n}"), str(n), **fields),
                state,
                severity,
                "1",
                AS_OF,
                AS_OF,
                "r1",
                "r1",
                review=Review(review),
            )
            for n in range(start, start + number)
        ]

    return build
