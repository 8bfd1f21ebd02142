"""A small invented city: one clean portal, a department with overdue columns, a site that did not load, hostile text."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.captured import SiteRun
from domain.findings import Finding, FindingRecord, FindingState, Ref, Review, Severity, Unjudged, Waiver, fingerprint
from domain.rules import CheckRule, Count, Indicator, RuleBook
from domain.runs import Run, RunKind, RunState
from domain.scores import Blocked, Deduction, Rollup, Scorecard, Tally, Verdict, Veto
from domain.targets import Account, ColumnKind, Platform, Registry, Site, SiteKind, Unit, UnitKind
from domain.times import BEIJING, Window
from domain.views import Column
from reports.model import Report

AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)
EVIL = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example")'
CAPTURE = "ab" * 32

CHECKS = {
    "column.stale": CheckRule("column.stale", "栏目超期未更新", "栏目“{label}”已 {age} 天未更新，更新期限为 {limit} 天", "请尽快更新栏目内容，并明确栏目责任人。", Severity.DEDUCT),
    "column.near_due": CheckRule("column.near_due", "栏目临期", "栏目“{label}”将于 {deadline} 到期", "请在到期前更新。", Severity.NOTICE),
    "link.dead": CheckRule("link.dead", "错链、断链", "链接“{label}”无法打开（HTTP {status}）", "请改正或删除该链接。", Severity.DEDUCT),
    "mark.missing": CheckRule("mark.missing", "页脚标识缺失", "首页未找到{label}", "请在页脚补充。", Severity.DEDUCT),
    "text.misstatement": CheckRule("text.misstatement", "严重表述错误", "“{wrong}”疑为“{suggestion}”", "请核实后更正。", Severity.VETO),
    "site.unreachable": CheckRule("site.unreachable", "站点无法访问", "一周内访问失败率 {ratio}", "请排查服务器。", Severity.VETO),
    "account.stale": CheckRule("account.stale", "账号内容不更新", "账号已 {age} 天未更新", "请立即更新，无力维护的及时注销。", Severity.VETO),
    "account.near_due": CheckRule("account.near_due", "账号临期更新", "账号已 {age} 天未更新，{days_left} 天后到期", "请尽快更新。", Severity.PROBLEM),
    "text.typo": CheckRule("text.typo", "错别字", "“{wrong}”应为“{suggestion}”", "请更正。", Severity.PROBLEM),
}  # fmt: skip
RULES = RuleBook(
    CHECKS,
    (
        Indicator("W-V1.1", "严重表述错误", (Count("text.misstatement"),), "单项否决", veto_at=1, confidence="V"),
        Indicator("D1.5", "政策文件", (Count("column.stale", {"kind": ("policy",)}),), "发布解读", points=5, cap=5, window="6 个月", source="国办秘函〔2019〕19号", confidence="W", precedence=20),
        Indicator("D1.8", "其他栏目", (Count("column.stale"),), "发布解读", points=1, cap=3, source="国办秘函〔2019〕19号", confidence="M", precedence=10),
        Indicator("D4.3", "可用性（首页链接）", (Count("link.dead"),), "功能设计", points=1, cap=6, source="国办秘函〔2019〕19号", confidence="M"),
        Indicator("A-V2.1", "内容不更新", (Count("account.stale"),), "单项否决", veto_at=1, confidence="V", applies_to=("account",), window="2 周"),
    ),
    (),
    hash="4f2a9c01d3e85b77",
)  # fmt: skip


class Sentences:
    def title(self, check):
        return CHECKS[check].title if check in CHECKS else check

    def message(self, finding):
        facts = {"label": finding.ref.label} | dict(finding.facts)
        return CHECKS[finding.check].message.format_map(facts)

    def fix(self, finding):
        return CHECKS[finding.check].fix


def record(target, check, url, label, *, nights=1, state=FindingState.NEW, severity=None, review=None, waiver=None, **fields):  # fmt: skip
    finding = Finding(check, Ref(url, label, fields.pop("capture", "")), url, **fields)
    first = AS_OF - timedelta(days=nights - 1)
    return FindingRecord(
        fingerprint(check, target, url), target, finding, state,
        severity or CHECKS[check].severity, "1:ab", first, AS_OF, "r0", "r1", nights,
        review or Review(), waiver,
    )  # fmt: skip


UNITS = (
    Unit("u0", "云川市人民政府办公室", "市政府办公室", UnitKind.CITY, 1),
    Unit("u1", "临江区人民政府", "临江区政府", UnitKind.DISTRICT, 2),
    Unit("u2", "云川市民政局", "市民政局", UnitKind.DEPARTMENT, 3),
    Unit("u3", "云川市统计局", "市统计局", UnitKind.DEPARTMENT, 4),
    Unit("u4", f"云川市气象局{EVIL}", "", UnitKind.AFFILIATED, 5),
)
SITES = (
    Site("5399000001", "云川市人民政府门户网站", "http://www.yunchuan.gov.cn/", "u0", SiteKind.CITY_PORTAL),
    Site("5399020001", "临江区人民政府门户网站", "http://www.linjiang.gov.cn/", "u1", SiteKind.DISTRICT_PORTAL),
    Site("5399000012", "云川市民政局网站", "http://mzj.yunchuan.gov.cn/", "u2"),
    Site("5399000019", "云川市统计局网站", "http://tjj.yunchuan.gov.cn/", "u3"),
    Site("5399000031", f"云川市气象局网站{EVIL}", "javascript:alert(1)", "u4"),
)
ACCOUNTS = (
    Account("wechat:yunchuanfabu", "云川发布", Platform.WECHAT, "u0", url="https://mp.example.cn/yunchuan"),
    Account("douyin:linjiang", "临江政务服务", Platform.DOUYIN, "u1", url="https://douyin.example.cn/linjiang"),
    Account("weibo:minzheng", FORMULA, Platform.WEIBO, "u2"),
)
MZJ = "http://mzj.yunchuan.gov.cn"
RECORDS = {
    "5399000012": (
        record("5399000012", "column.stale", f"{MZJ}/zwgk/zcwj/", "政策文件", nights=3, state=FindingState.PERSISTING, kind="policy", capture=CAPTURE,
               facts={"label": "政策文件", "age": 201, "limit": 182, "newest": "2022-10-07", "deadline": "2023-04-07", "items": 36}),
        record("5399000012", "column.stale", f"{MZJ}/zwgk/ghjh/", "规划计划", kind="plan", capture=CAPTURE,
               facts={"label": "规划计划", "age": 402, "limit": 365, "newest": "2022-03-20", "deadline": "2023-03-20", "items": 8}),
        record("5399000012", "link.dead", "http://old.example.gov.cn/fw/bszn.html", "办事指南（旧）", nights=2, state=FindingState.REOPENED, count=61, home=True,
               found_on=(f"{MZJ}/", f"{MZJ}/zwgk/", f"{MZJ}/fuwu/t20230401_11.html"), facts={"status": 404}),
        record("5399000012", "text.misstatement", f"{MZJ}/xw/t20230402_2.html", "关于开展慰问活动的通知", candidate=True, capture=CAPTURE,
               found_on=(f"{MZJ}/xw/t20230402_2.html",), facts={"wrong": "领导小姐", "suggestion": "领导小组", "sentence": "成立工作领导小姐，统筹推进各项任务。"}),
        record("5399000012", "mark.missing", f"{MZJ}/", "公安机关备案标识", state=FindingState.FIXED),
        record("5399000012", "link.dead", f"{MZJ}/x.pdf", "附件", state=FindingState.WAIVED, facts={"status": 410},
               waiver=Waiver("原单位已撤销，链接保留备查", "李四", AS_OF, date(2023, 12, 31))),
    ),
    "5399000019": (
        record("5399000019", "column.near_due", "http://tjj.yunchuan.gov.cn/xw/", "统计动态", kind="news",
               facts={"label": "统计动态", "age": 11, "limit": 14, "newest": "2023-04-15", "deadline": "2023-04-29"}),
    ),
    "5399000031": (
        record("5399000031", "column.stale", "javascript:alert(2)", f"{EVIL}动态", kind="news",
               facts={"age": 20, "limit": 14, "newest": "2023-04-06", "deadline": "2023-04-20"}),
    ),
    "douyin:linjiang": (
        record("douyin:linjiang", "account.near_due", "https://douyin.example.cn/linjiang", "临江政务服务",
               facts={"age": 12, "days_left": 2, "newest": "2023-04-14"}),
    ),
    "weibo:minzheng": (
        record("weibo:minzheng", "account.stale", "https://weibo.example.cn/minzheng", FORMULA,
               facts={"age": 30, "newest": "2023-03-27"}),
    ),
}  # fmt: skip
UNJUDGED = {
    "5399000012": (
        Unjudged("site.unreachable", Ref(f"{MZJ}/"), "一周内仅访问 3 次，不足 140 次，暂不判定"),
        *(Unjudged("link.dead", Ref(f"https://www.example.com/{n}"), "对方网站拦截程序访问（HTTP 403），请人工打开核实") for n in range(24)),
        Unjudged("column.stale", Ref(f"{MZJ}/tzgg/", "通知公告"), "栏目信息的发布日期无法识别，需人工核查"),
    ),
    "5399020001": (Unjudged("column.stale", Ref("http://www.linjiang.gov.cn/"), "首页未能打开（连接超时），本次未读取任何页面"),),
}  # fmt: skip


def column(name, path, kind, newest=None, window=None, **more):
    return Column(name, f"{MZJ}{path}", kind, Window.parse(window) if window else None, newest=newest, **more)


COLUMNS = {
    "5399000012": (
        column("民政要闻", "/xw/", ColumnKind.NEWS, date(2023, 4, 24), "14d", items=120),
        column("部门动态", "/dt/", ColumnKind.NEWS, date(2023, 4, 13), "14d", items=40),
        column("通知公告", "/tzgg/", ColumnKind.NOTICE, None, "6mo", items=12, undated="unreadable"),
        column("政策文件", "/zwgk/zcwj/", ColumnKind.POLICY, date(2022, 10, 7), "6mo", items=36),
        column("规划计划", "/zwgk/ghjh/", ColumnKind.PLAN, date(2022, 3, 20), "1y", items=8),
        column("防汛专题（2021）", "/zt/fx/", ColumnKind.TOPIC, date(2021, 9, 1), "14d", items=9, archived=True),
        column("网上调查", "/hd/dc/", ColumnKind.OTHER, None, undated="blank"),
        column("下载中心", "/xz/", ColumnKind.OTHER, None, "6mo", undated="absent", items=5),
        column("办事公开", "/bs/", ColumnKind.OTHER, date(2020, 1, 1), items=5),
    ),
}


def card(site, kind, verdict=Verdict.PASS, score=100.0, **more):
    return Scorecard(
        site.id, site.name, kind, site.unit_id, "r1", AS_OF, verdict, score, judged=6, rules_hash=RULES.hash, **more
    )


def cards():
    prints = [item.fingerprint for item in RECORDS["5399000012"]]
    made = [
        card(SITES[0], "portal"),
        replace(
            card(SITES[1], "portal", Verdict.UNKNOWN, None, unjudged=1, complete=False),
            blocked=(Blocked("W-V3", "首页不更新", "首页未能打开（连接超时）"),),
        ),
        card(
            SITES[2], "department", score=93.0, problems=3, unjudged=3,
            deductions=(
                Deduction("D1.5", "政策文件", 5.0, 1, (prints[0],)),
                Deduction("D1.8", "其他栏目", 1.0, 1, (prints[1],), pending=True),
                Deduction("D4.3", "可用性（首页链接）", 1.0, 1, (prints[2],), pending=True),
            ),
        ),
        card(SITES[3], "department", problems=1),
        card(SITES[4], "department", score=99.0, problems=1, deductions=(Deduction("D1.8", "其他栏目", 1.0, 1, pending=True),)),
        card(ACCOUNTS[0], "account", score=None),
        card(ACCOUNTS[1], "account", score=None, problems=1),
        card(
            ACCOUNTS[2], "account", Verdict.FAIL, None, problems=1,
            vetoes=(Veto("A-V2.1", "内容不更新", 1, 1, (RECORDS["weibo:minzheng"][0].fingerprint,)),),
        ),
    ]  # fmt: skip
    return {item.target_id: item for item in made}


def tally(total, passed, failed=0, unknown=0, clean=0, rate="", share=""):
    return Tally(total, passed, failed, unknown, clean, rate, share)


@pytest.fixture
def report():
    run = Run(
        "20230426-0900-nightly",
        RunKind.NIGHTLY,
        AS_OF,
        datetime(2026, 11, 22, 8, 0, tzinfo=BEIJING),
        RunState.COMPLETE,
        datetime(2026, 11, 22, 8, 3, 20, tzinfo=BEIJING),
        rules_hash=RULES.hash,
    )
    return Report(
        run,
        Registry(UNITS, SITES, ACCOUNTS),
        cards(),
        RECORDS,
        UNJUDGED,
        RULES,
        Sentences(),
        COLUMNS,
        {
            "5399000012": SiteRun("r1", "5399000012", "complete", 412, {"超出页面上限": 31, "robots.txt 不允许": 2}),
            "5399020001": SiteRun("r1", "5399020001", "partial", 0, {}, "首页未能打开：连接超时"),
            "5399000001": SiteRun("r1", "5399000001", "complete", 1250),
        },
        Rollup("city", "云川市", tally(5, 4, 0, 1, 2, "100", "40"), tally(3, 2, 1, 0, 2, "66.6", "67"), 6, 4, 93.0),
        (
            Rollup("市本级", "市本级", tally(1, 1, clean=1, rate="100", share="100"), tally(1, 1, rate="100"), 0, 0, 100.0),
            Rollup("区县", "区县", tally(1, 0, 0, 1, 0, "", "0"), tally(1, 1, rate="100"), 1, 1),
            Rollup("部门", "部门", tally(2, 2, clean=1, rate="100", share="50"), tally(1, 0, 1, rate="0"), 4, 3, 93.0),
            Rollup("直属", "直属", tally(1, 1, rate="100", share="0"), problems=1, lowest_score=99.0),
        ),
        tuple(Rollup(unit.id, unit.name) for unit in UNITS),
        capture=lambda key: "<p>政策文件</p><script>alert(3)</script>".encode() if key == CAPTURE else None,
        city_name="云川市",
        version="0.1.0",
    )  # fmt: skip


@pytest.fixture
def empty_report(report):
    """Nothing registered, nothing found."""
    return replace(
        report, registry=Registry(), cards={}, records={}, unjudged={}, columns={}, site_runs={}, city=None, kinds=(), units=(), capture=None
    )  # fmt: skip
