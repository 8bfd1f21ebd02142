"""Rows to targets: synonyms, refusals, missing rows, closing, partial sheets."""

from datetime import date

import pytest

from domain.targets import ColumnKind, Platform, Registry, SiteKind, Source, TargetState, UnitKind, is_valid
from registry import build, preview, read_file
from registry.sources import source_line, sources_of

DAY = date(2023, 4, 26)
SITES = "网站标识码,网站名称,主办单位,首页网址,网站类型\n"
ACCOUNTS = "账号名称,平台,账号ID,主办单位\n"


@pytest.mark.parametrize(
    ("text", "platform", "label"),
    [
        ("微信公众号", Platform.WECHAT, ""),
        ("订阅号", Platform.WECHAT, ""),
        ("新浪微博", Platform.WEIBO, ""),
        ("抖音号", Platform.DOUYIN, ""),
        ("今日头条", Platform.TOUTIAO, ""),
        ("B站", Platform.BILIBILI, ""),
        ("ｂ站", Platform.BILIBILI, ""),
        ("微信视频号", Platform.CHANNELS, ""),
        ("移动客户端", Platform.APP, ""),
        ("支付宝小程序", Platform.MINIPROGRAM, ""),
        ("快手平台", Platform.KUAISHOU, ""),
        ("wechat", Platform.WECHAT, ""),
        ("百家号", Platform.OTHER, "百家号"),
    ],
)
def test_platform_words(load, text, platform, label):
    (account,) = load(f"{ACCOUNTS}甲,{text},x1,教育局\n").registry.accounts
    assert (account.platform, account.platform_label) == (platform, label)
    assert account.id == (f"other/{label}:x1" if label else f"{platform}:x1")


@pytest.mark.parametrize("number", ["1.2E+11", "1.23457E+11", "2101000001.0", "1.2e11"])
def test_ids_that_excel_made_numbers_are_refused(load, number):
    (problem,) = load(f"{ACCOUNTS}甲,微信,{number},教育局\n").problems
    assert problem.startswith("“in”第 2 行“账号ID”列")
    assert "文本" in problem
    (problem,) = load(f"{SITES}{number},甲,教育局,http://a.gov.cn,部门\n").problems
    assert "“网站标识码”列" in problem


@pytest.mark.parametrize("value", [1.2e11, 123456789012, 12.5])
def test_number_cells_that_excel_shows_shortened_are_refused(workbook, value):
    path = workbook({"账号": [["账号名称", "平台", "账号ID"], ["甲", "微博", value]]})
    (problem,) = build(read_file(path), Registry(), as_of=DAY).problems
    assert "第 2 行“账号ID”列" in problem


def test_short_number_cells_are_ids(workbook):
    path = workbook({"网站": [["网站标识码", "首页网址"], [2101000001, "http://a.gov.cn"]]})
    assert build(read_file(path), Registry(), as_of=DAY).registry.sites[0].id == "2101000001"


def test_portals_by_the_kind_of_their_unit(load):
    units = load("单位名称,类别\n市府办,市本级\n和平区,区县\n大数据局,部门\n").registry
    rows = "1000000001,甲,市府办,http://a.gov.cn,门户\n1000000002,乙,和平区,http://b.gov.cn,门户网站\n"
    result = load(f"{SITES}{rows}1000000003,丙,大数据局,http://c.gov.cn,区县门户\n", units)
    assert [site.kind for site in result.registry.sites] == [
        SiteKind.CITY_PORTAL,
        SiteKind.DISTRICT_PORTAL,
        SiteKind.DISTRICT_PORTAL,
    ]
    assert result.registry.units == units.units
    (problem,) = load(f"{SITES}1000000003,丙,大数据局,http://c.gov.cn,门户\n", units).problems
    assert "请写“市门户”或“区县门户”" in problem


def test_a_unit_only_a_row_names_is_created_with_a_warning(load):
    result = load(f"{SITES},甲,云川市和平区人民政府,http://a.gov.cn,门户\n")
    (unit,) = result.registry.units
    assert (unit.name, unit.kind) == ("云川市和平区人民政府", UnitKind.DISTRICT)
    assert any("已新建该单位" in warning for warning in result.warnings)


def test_units_are_found_by_short_name_and_whatever_the_width(load):
    units = load("单位名称,简称\n云川市教育局（市委教工委）,市教育局\n").registry
    rows = "甲,微信,a,市教育局\n乙,微信,b,云川市教育局(市委教工委)\n"
    result = load(ACCOUNTS + rows, units)
    assert {account.unit_id for account in result.registry.accounts} == {"云川市教育局（市委教工委）"}
    assert result.registry.units == units.units


def test_home_addresses(load):
    result = load(
        f"{SITES},甲,局,WWW.a.gov.cn,部门\nbm12345678,乙,局,http：//b.gov.cn:8080/x,部门\nX1,丙,局,https://c.gov.cn,部门\n"
    )
    assert [(site.id, site.home_url) for site in result.registry.sites] == [
        ("www.a.gov.cn", "http://www.a.gov.cn"),
        ("bm12345678", "http://b.gov.cn:8080/x"),
        ("X1", "https://c.gov.cn"),
    ]
    told = "\n".join(result.warnings)
    assert "第 2 行“首页网址”列：没有写 http" in told
    assert "“X1”不像网站标识码" in told


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.gov.cn",
        "http://",
        "见附件",
        "http://a.gov.cn http://b.gov.cn",
        "http://a.gov.cn:x/",
        "http://u@a.gov.cn",
        "12",
    ],
)
def test_no_home_address_is_refused(load, url):
    (problem,) = load(f"{SITES},甲,局,{url},部门\n").problems
    assert problem.startswith("“in”第 2 行“首页网址”列：")


def test_all_faults_are_told_at_once_and_nothing_is_applied(load):
    current = load(f"{SITES}1000000001,甲,局,http://a.gov.cn,部门\n").registry
    bad = load(
        "网站标识码,网站名称,主办单位,首页网址,网站类型,状态,robots,办事服务,维护时段,有效期起,有效期止\n"
        "1E+9,甲,局,x y,大门户,坏了,不遵守,也许,五月,昨天,2023-13-01\n"
        "1000000002,乙,局,http://b.gov.cn,部门,,,,,2023-05-01,2023-04-01\n",
        current,
    )
    assert bad.registry == current
    assert bad.changes == ()
    columns = [problem.split("“")[2].split("”")[0] for problem in bad.problems]
    assert set(columns[:-1]) == {
        "首页网址",
        "网站标识码",
        "状态",
        "有效期起",
        "有效期止",
        "网站类型",
        "robots",
        "办事服务",
        "维护时段",
    }
    assert bad.problems[-1].startswith("“in”第 3 行“有效期止”列：2023-04-01 早于有效期起")
    assert preview(bad).startswith("有 10 处问题，没有作任何改动")


def test_duplicates_are_refused_with_both_rows(load):
    rows = "1000000001,甲,局,http://a.gov.cn,部门\n1000000001,乙,局,http://b.gov.cn,部门\n1000000003,丙,局,https://a.gov.cn/,部门\n"
    first, second = load(SITES + rows).problems
    assert first.startswith("“in”第 3 行“网站标识码”列：与“in”第 2 行重复（1000000001）")
    assert second.startswith("“in”第 4 行“首页网址”列：与“in”第 2 行重复")
    (problem,) = load(f"{ACCOUNTS}甲,微信,,局\n甲,微信公众号,,局\n").problems
    assert "“账号名称”列：与“in”第 2 行重复" in problem
    (problem,) = load("单位名称\n甲局\n甲 局\n").problems
    assert "“单位名称”列：“甲 局”与“in”第 2 行重复" in problem
    assert load(f"{ACCOUNTS}甲,微信,,局\n甲,微博,,局\n甲,微信,,处\n").problems == ()


def test_sources_one_a_line(load):
    head = "账号名称,平台,账号ID,主办单位,采集来源\n"
    text = '甲,微博,1,局,"feed https://r.example/a naive_tz=Asia/Shanghai\nWeibo 123456；manual\n\n"\n'
    (account,) = load(head + text).registry.accounts
    assert account.sources == (
        Source("feed", "https://r.example/a", (("naive_tz", "Asia/Shanghai"),)),
        Source("weibo", "123456"),
        Source("manual"),
    )


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("微博：123456", Source("weibo", "123456")),
        ("新浪微博 https://weibo.com/u/1234567890", Source("weibo", "1234567890")),
        ("weibo http://10.1.2.3:8080/api/container/getIndex?value=1", Source("weibo", "http://10.1.2.3:8080/api/container/getIndex?value=1")),
        ("B站 https://space.bilibili.com/900412", Source("bilibili", "900412")),
        ("抖音 抖音作品.json", Source("douyin", "抖音作品.json")),
        ("抖音https://www.douyin.com/user/MS4wLjABAAAA", Source("page", "https://www.douyin.com/user/MS4wLjABAAAA")),
        ("快手 http://files.example/ks.json", Source("kuaishou", "http://files.example/ks.json")),
        ("今日头条 a.json", Source("toutiao", "a.json")),
        ("xhs notes.json", Source("xiaohongshu", "notes.json")),
        ("微信 https://mp.weixin.qq.com/s/abc", Source("wechat_article", "https://mp.weixin.qq.com/s/abc")),
        ("公众号 四月.xlsx as_of=2023-04-26", Source("import", "四月.xlsx", (("as_of", "2023-04-26"),))),
        ("微信 列表.json", Source("wechat", "列表.json")),
        ("公众号接口 token_env=TOKEN", Source("wechat_api", "", (("token_env", "TOKEN"),))),
        ("RSS https://rss.example/a", Source("feed", "https://rss.example/a")),
        ("https://rsshub.example/weibo/user/1", Source("feed", "https://rsshub.example/weibo/user/1")),
        ("https://rss.example/feeds/a.atom", Source("feed", "https://rss.example/feeds/a.atom")),
        ("上报/四月.csv", Source("import", "上报/四月.csv")),
        ("https://weibo.com/u/1234567890", Source("weibo", "1234567890")),
        ("https://www.xiaohongshu.com/user/profile/5ff0e641", Source("page", "https://www.xiaohongshu.com/user/profile/5ff0e641")),
        ("应用商店 https://apps.apple.com/cn/app/x/id123456789", Source("app", "123456789")),
        ("人工填报", Source("manual")),
    ],
)  # fmt: skip
def test_sources_in_the_words_offices_use(load, line, source):
    head = "账号名称,平台,账号ID,主办单位,采集来源\n"
    result = load(f'{head}甲,微博,1,局,"{line}"\n')
    assert result.problems == ()
    (account,) = result.registry.accounts
    assert account.sources == (source,)
    assert sources_of(source_line(source), has_id=True) == (source,)


@pytest.mark.parametrize(
    "source",
    [
        "抖音",
        "https://www.example.gov.cn/",
        "json",
        "telepathy x",
        "feed",
        "feed x",
        "page //a",
        "weibo abc",
        "weibo 1.2E+11",
        "weibo",
    ],
)
def test_a_faulty_source_is_a_problem(load, source):
    (problem,) = load(f"账号名称,平台,主办单位,采集来源\n甲,微博,局,{source}\n").problems
    assert problem.startswith("“in”第 2 行“采集来源”列")


def test_missing_rows_are_asked_about_and_never_deleted(load):
    current = load(f"{ACCOUNTS}甲,微信,a,局\n乙,微信,b,局\n").registry
    result = load(f"{ACCOUNTS}甲,微信,a,局\n丙,微信,c,局\n", current)
    assert [(a.name, a.state) for a in result.registry.accounts] == [
        ("甲", TargetState.NORMAL),
        ("丙", TargetState.NORMAL),
        ("乙", TargetState.MISSING),
    ]
    assert [(change.action, change.id) for change in result.changes] == [("added", "wechat:c"), ("missing", "wechat:b")]
    assert is_valid(result.registry.accounts[2], DAY)  # it stays under inspection until someone answers
    again = load(f"{ACCOUNTS}甲,微信,a,局\n丙,微信,c,局\n", result.registry)
    assert again.changes == ()
    back = load(f"{ACCOUNTS}乙,微信,b,局\n甲,微信,a,局\n丙,微信,c,局\n", result.registry)
    assert {a.state for a in back.registry.accounts} == {TargetState.NORMAL}


def test_a_small_list_over_a_large_registry_is_warned_of(load):
    current = load(ACCOUNTS + "".join(f"号{n},微信,a{n},局\n" for n in range(10))).registry
    result = load(f"{ACCOUNTS}号0,微信,a0,局\n", current)
    assert any("如果这只是部分名单" in warning for warning in result.warnings)


def test_closing_runs_from_application_to_closed_with_proof(load):
    head = "账号名称,平台,账号ID,主办单位,状态,有效期止,关停证明\n"
    start = load(f"{head}甲,微信,a,局,正常,,\n").registry
    applied = load(f"{head}甲,微信,a,局,申请关停,,\n", start)
    assert applied.changes[0].details == ("状态：正常 → 申请关停",)
    assert is_valid(applied.registry.accounts[0], DAY)
    closed = load(f"{head}甲,微信,a,局,注销,2023-05-01,甲-截图.png\n", applied.registry)
    (account,) = closed.registry.accounts
    assert (account.state, account.valid_to, account.proof_file) == (
        TargetState.CLOSED,
        date(2023, 5, 1),
        "甲-截图.png",
    )
    assert [is_valid(account, day) for day in (date(2023, 4, 30), date(2023, 5, 1))] == [True, False]
    assert not any("关停" in warning for warning in closed.warnings)
    later = load(f"{ACCOUNTS}乙,微信,b,局\n", closed.registry, as_of=date(2023, 6, 1))
    assert later.registry.accounts[1] == account  # closed ones are not asked about
    kept = load(f"{ACCOUNTS}甲,微信,a,局\n", closed.registry, as_of=date(2023, 6, 1))
    assert kept.registry.accounts == (account,)
    opened = load(f"{head}甲,微信,a,局,正常,2023-05-01,\n", closed.registry, as_of=date(2023, 6, 1))
    assert opened.registry.accounts[0].valid_to is None


def test_closing_at_once_without_date_or_proof_is_warned_of(load):
    start = load(f"{ACCOUNTS}甲,微信,a,局\n").registry
    result = load("账号名称,平台,账号ID,主办单位,状态\n甲,微信,a,局,已注销\n", start)
    assert result.registry.accounts[0].valid_to == DAY
    told = "\n".join(result.warnings)
    for words in ("按 2023-04-26 起不再计入", "没有经过“申请关停”", "没有写关停证明"):
        assert words in told


def test_columns_a_sheet_lacks_keep_what_is_registered(load):
    full = load(
        "网站标识码,网站名称,主办单位,首页网址,网站类型,办事服务,robots,维护时段,开通\n"
        "1000000001,甲,局,http://a.gov.cn,区县门户,否,经授权不遵守,2023-05-01至2023-05-03；2023-06-01,2019-01-01\n"
    ).registry
    (site,) = full.sites
    assert (site.service_function, site.obeys_robots, site.kind) == (False, False, SiteKind.DISTRICT_PORTAL)
    assert site.maintenance == ((date(2023, 5, 1), date(2023, 5, 3)), (date(2023, 6, 1), date(2023, 6, 1)))
    result = load("网站名称,首页网址\n甲网,http://a.gov.cn/\n", full)
    assert [change.details for change in result.changes] == [
        ("网站名称：甲 → 甲网", "首页网址：http://a.gov.cn → http://a.gov.cn/")
    ]
    assert result.registry.sites[0].maintenance == site.maintenance
    assert result.registry.sites[0].id == "1000000001"


def test_one_kind_leaves_the_others_alone(load):
    both = load(f"{ACCOUNTS}甲,微信,a,局\n", load(f"{SITES}1000000001,甲,局,http://a.gov.cn,部门\n").registry).registry
    result = load(f"{SITES}1000000002,乙,局,http://b.gov.cn,部门\n", both)
    assert result.registry.accounts == both.accounts
    assert {change.kind for change in result.changes} == {"site"}


def test_a_target_that_gets_its_code_stays_one_target(load):
    host = load(f"{SITES},甲,局,http://a.gov.cn,部门\n").registry
    result = load(f"{SITES}1000000001,甲,局,http://a.gov.cn/,部门\n", host)
    assert [site.id for site in result.registry.sites] == ["1000000001"]
    assert "编号：a.gov.cn → 1000000001" in result.changes[0].details
    named = load(f"{ACCOUNTS}甲,微信,,局\n").registry
    result = load(f"{ACCOUNTS}甲,微信,gh_1,局\n", named)
    assert [account.id for account in result.registry.accounts] == ["wechat:gh_1"]
    assert [change.action for change in result.changes] == ["changed"]
    forgotten = load(f"{ACCOUNTS}甲,微信,,局\n", result.registry)
    assert forgotten.changes == ()


def test_declared_columns(load):
    sites = load(f"{SITES}1000000001,甲网,局,http://a.gov.cn/,部门\n").registry
    head = "网站标识码,栏目名称,栏目网址,栏目类别,更新期限,历史专题,忽略\n"
    result = load(
        f"{head}1000000001,公告,/tzgg/,通知公告,两周,否,\n甲网,老专题,http://a.gov.cn/zt/,,半年,是,是\n", sites
    )
    first, second = result.registry.sites[0].columns
    assert (first.url, first.kind, first.deadline) == ("http://a.gov.cn/tzgg/", ColumnKind.NOTICE, "2w")
    assert (second.kind, second.deadline, second.archived, second.ignored) == (None, "6mo", True, True)
    fewer = load(f"{head}1000000001,公告,/tzgg/,政策,14天,,\n", result.registry)
    assert [(change.action, change.details[0]) for change in fewer.changes] == [
        ("changed", "栏目类别：通知公告 → 政策文件"),
        ("missing", "新表中没有，不再单独指定"),
    ]
    assert load(f"{SITES}1000000001,甲网,局,http://a.gov.cn/,部门\n", result.registry).changes == ()
    bad = load(f"{head}9,公告,/x/,通知,2w,,\n1000000001,乙,,怪,三光年,,\n", sites)
    assert [problem.split("“")[2].split("”")[0] for problem in bad.problems] == [
        "网站标识码",
        "栏目网址",
        "栏目类别",
        "更新期限",
    ]


def test_the_preview_reads_like_a_diff(load):
    current = load(f"{ACCOUNTS}甲,微信,a,局\n乙,微信,b,局\n").registry
    text = preview(load(f"{ACCOUNTS}甲号,微信,a,局\n丙,微信,c,局\n", current))
    assert text.splitlines()[:4] == [
        "账号：新增 1，变更 1，缺失 1",
        "  ~ 甲号（wechat:a）：账号名称：甲 → 甲号",
        "  + 丙（wechat:c）",
        "  - 乙（wechat:b）：状态：正常 → 待确认关停",
    ]
    assert preview(load(f"{ACCOUNTS}甲,微信,a,局\n乙,微信,b,局\n", current)).startswith("与已登记的内容一致")


def test_a_new_site_without_a_type_is_said_once(load):
    result = load("网站名称,首页网址,主办单位\n甲,http://a.gov.cn,局\n乙,http://b.gov.cn,局\n")
    assert [warning for warning in result.warnings if "网站类型" in warning] == [
        "有 2 个新网站没有写网站类型，按“部门”登记；门户网站请补写"
    ]
    again = load("网站名称,首页网址,主办单位\n甲,http://a.gov.cn,局\n乙,http://b.gov.cn,局\n", result.registry)
    assert (again.changes, again.warnings) == ((), ())


def test_an_unknown_platform_is_asked_about(load):
    assert any("“微信公重号”不是认识的平台" in w for w in load(f"{ACCOUNTS}甲,微信公重号,a,局\n").warnings)
    assert not any("平台" in w for w in load(f"{ACCOUNTS}甲,百家号,a,局\n").warnings)
    (problem,) = load(f"{ACCOUNTS}甲,微信、微博,a,局\n").problems
    assert "几个平台" in problem
    same = load(f"{ACCOUNTS}甲,百家号,,局\n甲,澎湃号,,局\n")
    assert len(same.registry.accounts) == 2
