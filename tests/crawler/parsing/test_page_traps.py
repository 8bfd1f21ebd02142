"""Traps of list and article pages, one small page each."""

from datetime import date, datetime

import pytest

from crawler.parsing import read_links, read_page
from crawler.parsing.html.jumps import onward
from domain.captured import DateHow, PageKind, Reading
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)
SITE = "http://www.a.gov.cn"
LONG = "会议强调，各级各部门要切实提高站位，压实责任，确保各项任务落到实处。据统计，2023年1月15日以来全市共完成投资12.6亿元。"


def read(body: str, url: str = "/tzgg/", title: str = "通知公告_某某市人民政府", **more: object) -> Reading:
    html = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    return read_page(html.encode(), SITE + url, AS_OF, **more)  # type: ignore[arg-type]


def rows(
    days: list[str], form: str = '<li><a href="./{n}.html">关于开展第{n}号检查工作的通知</a><span>{day}</span></li>'
) -> str:
    return "<ul>" + "".join(form.format(n=n, day=day) for n, day in enumerate(days, 1)) + "</ul>"


def days_of(reading: Reading) -> list[date | None]:
    return [entry.published_on for entry in reading.entries]


@pytest.mark.parametrize(
    "form",
    [
        '<li><a href="./{n}.html">关于开展第{n}号检查工作的通知</a><span>{day}</span></li>',
        '<li><span>{day}</span><a href="./{n}.html">关于开展第{n}号检查工作的通知</a></li>',
        '<li><a href="./{n}.html">关于开展第{n}号检查工作的通知</a>[{day}]</li>',
        '<li><a href="./{n}.html">关于开展第{n}号检查工作的通知（{day}）</a></li>',
        '<li><a href="./{n}.html"><span>关于开展第{n}号检查工作的通知</span><em>{day}</em></a></li>',
        '<li><a href="./{n}.html">关于4月2日停水的第{n}号通知</a><p>发布时间：{day} 浏览：20230101次</p></li>',
        '<li><a href="./{n}.html"><img src="a.jpg"></a><h3><a href="./{n}.html">第{n}号检查工作的通知</a></h3><time datetime="{day}T08:00:00+08:00">前几天</time></li>',
        '<li><a href="/lb/">[通知]</a> <a href="./{n}.html">关于开展第{n}号检查工作的通知</a> <a href="/dw/">市教育局</a><i>{day}</i></li>',
    ],
)
def test_dates_wherever_they_stand(form: str) -> None:
    reading = read(rows(["2023-04-20", "2023-03-01", "2022-12-30"], form))
    assert reading.kind is PageKind.COLUMN
    assert days_of(reading) == [date(2023, 4, 20), date(2023, 3, 1), date(2022, 12, 30)]
    assert all("号" in entry.title and "2023-" not in entry.title for entry in reading.entries)


def test_a_table_with_several_date_columns_is_read_by_its_header() -> None:
    body = "<table><tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr>" + "".join(
        f'<tr><td><a href="{n}.html">关于第{n}号事项的批复</a></td><td>2023-01-0{n}</td><td>2023-02-0{n}</td></tr>'
        for n in (3, 2, 1)
    )
    assert days_of(read(body + "</table>")) == [date(2023, 2, 3), date(2023, 2, 2), date(2023, 2, 1)]


def test_titles_with_dates_are_not_dated_by_them_and_do_not_prove_that_there_is_none() -> None:
    body = rows(["", "", ""], '<li><a href="./{n}.html">关于2023年4月20日停水检修第{n}期的公告</a></li>')
    assert {entry.how for entry in read(body).entries} == {DateHow.UNREADABLE}
    body = rows(["", "", ""], '<li><a href="./{n}.html">关于2023年度停水检修第{n}期的公告</a></li>')
    assert {entry.how for entry in read(body).entries} == {DateHow.ABSENT}


def test_a_date_in_the_address_only() -> None:
    body = rows(
        ["20230420", "20230301"], '<li><a href="./202304/t{day}_{n}.html">关于开展第{n}号检查工作的通知</a></li>'
    )
    assert [entry.how for entry in read(body).entries] == [DateHow.ADDRESS] * 2


def test_unreadable_is_not_absent() -> None:
    reading = read(rows(["2023-02-30", "NaN-NaN-NaN"]))
    assert [entry.how for entry in reading.entries] == [DateHow.UNREADABLE] * 2


def test_pinned_and_future_entries_are_told() -> None:
    body = rows(
        ["2020-01-01"], '<li><em>[置顶]</em><a href="./{n}.html">一直放在最上面的旧通知</a><span>{day}</span></li>'
    )
    reading = read(body.replace("</ul>", "") + rows(["2023-09-01", "2023-04-01"]).replace("<ul>", ""))
    assert [entry.pinned for entry in reading.entries] == [True, False, False]
    assert days_of(reading)[1] == date(2023, 9, 1)


@pytest.mark.parametrize(
    "side",
    [
        '<div class="r"><h3>最新信息</h3>{}</div>',
        '<div class="sidebar">{}</div>',
        "<table><tr><td>热点新闻</td></tr></table>{}",
        '<div class="box"><div class="tit">点击排行</div>{}</div>',
        "<div>{}</div>",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_sidebar_does_not_rescue_a_dead_list(side: str, first: bool) -> None:
    fresh = rows(["2023-04-25"] * 6, '<li><a href="/yw/{n}.html">全市召开第{n}次重点工作推进会议</a> {day}</li>')
    main = f'<div class="c"><h2>通知公告</h2>{rows(["2019-04-20", "2019-03-01", "2018-12-30"])}</div>'
    parts = [side.format(fresh), main] if first else [main, side.format(fresh)]
    assert max(day for day in days_of(read("".join(parts))) if day) == date(2019, 4, 20)


def test_a_blank_column_beside_a_full_sidebar_is_blank() -> None:
    fresh = rows(["2023-04-25"] * 6, '<li><a href="/yw/{n}.html">全市召开第{n}次重点工作推进会议</a> {day}</li>')
    reading = read(f'<div class="l"><h2>通知公告</h2><p>暂无信息</p></div><div class="k"><h3>要闻</h3>{fresh}</div>')
    assert reading.kind is PageKind.COLUMN
    assert reading.entries == ()
    assert reading.needs_render == ""


def test_pages_that_are_not_blank_columns() -> None:
    names = read(
        '<h2>领导之窗</h2><ul><li><a href="/ldzc/1.html">张三</a></li><li><a href="/ldzc/2.html">李四</a></li></ul>',
        "/ldzc/",
        "领导之窗",
    )
    assert [entry.title for entry in names.entries] == ["张三", "李四"]
    assert len(read("<h2>通知公告</h2>" + rows(["2015-01-02"])).entries) == 1
    assert (
        read(f"<h2>公开指南</h2><p>{LONG}</p><p>{LONG}</p>", "/xxgkzn/", "公开指南_某某市").kind is not PageKind.COLUMN
    )
    assert read('<h2>通知公告</h2><ul class="list"></ul>').kind is PageKind.COLUMN


def test_a_hub_keeps_every_block_with_its_own_address() -> None:
    blocks = "".join(
        f'<div><h3>{name}</h3><a href="/gk/{n}/">更多&gt;&gt;</a>{rows(["2023-04-2" + str(n), "2023-01-01"], form)}</div>'
        for n, name in enumerate(("部门文件", "人事信息", "规划计划"))
        for form in [f'<li><a href="/gk/{n}/{{n}}.html">第{{n}}号事项的通知公告</a><i>{{day}}</i></li>']
    )
    lists = read(blocks, "/gk/", "政务公开").lists
    assert [(block.name, block.url, block.main) for block in lists] == [
        (name, f"{SITE}/gk/{n}/", True) for n, name in enumerate(("部门文件", "人事信息", "规划计划"))
    ]


@pytest.mark.parametrize(
    "form",
    [
        '<li><a href="javascript:open({n})">关于开展第{n}号检查工作的通知</a><span>{day}</span></li>',
        "<li onclick=\"location.href='/x/{n}.html'\">关于开展第{n}号检查工作的通知<span>{day}</span></li>",
        "<li><a onclick=\"window.open('{n}.html')\">关于开展第{n}号检查工作的通知</a><span>{day}</span></li>",
        '<li><a href="#">关于开展第{n}号检查工作的通知</a><span>{day}</span></li>',
    ],
)
def test_items_that_a_script_opens_are_items(form: str) -> None:
    assert days_of(read(rows(["2023-04-20", "2023-03-01"], form))) == [date(2023, 4, 20), date(2023, 3, 1)]


def test_a_year_in_the_heading_dates_the_month_and_day() -> None:
    body = f"<div><h3>2021年</h3>{rows(['04-20', '03-01'])}</div>"
    assert days_of(read(body)) == [date(2021, 4, 20), date(2021, 3, 1)]


def test_a_list_in_a_frame_is_not_blank() -> None:
    framed = read('<h2>通知公告</h2><iframe src="list2.html" width="800" height="600"></iframe>')
    assert (framed.framed.rpartition("/")[2], framed.needs_render) == ("list2.html", "")


def test_a_datastore_is_a_list() -> None:
    records = "".join(
        f'<record><![CDATA[<li><a href="/art/2023/4/{n}/art_1_{n}.html">第{n}号事项的通知公告</a><b>2023-04-{n}</b></li>]]></record>'
        for n in (20, 19)
    )
    store = f'<div id="1"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;id=2"></a>]]></nextgroup><recordset>{records}</recordset></datastore></script></div>'
    reading = read(store, "/col/col1/index.html")
    assert days_of(reading) == [date(2023, 4, 20), date(2023, 4, 19)]
    assert reading.needs_render == ""
    assert f"{SITE}/module/web/jpage/dataproxy.jsp?page=1&id=2" in reading.next_pages
    assert f"{SITE}/art/2023/4/20/art_1_20.html" in {link.url for link in reading.links}


def test_json_records_are_a_list() -> None:
    script = '<script>var d = {"rows":[{"title":"第一号通知","url":"/1.html","publishTime":1681952400000},{"title":"第二号通知","url":"/2.html","publishTime":"2023-04-01"}]}</script>'
    assert days_of(read(script + "<h2>通知公告</h2>", "/list.html")) == [date(2023, 4, 20), date(2023, 4, 1)]


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><script src="/js/app.js"></script>',
        '<h2>通知公告</h2><ul class="list" id="list"></ul><script>$.ajax({url:"/api/list",success:function(d){}})</script>',
        '<h2>通知公告</h2><ul><li v-for="i in list"><a :href="i.url">{{i.title}}</a>{{i.date}}</li></ul><script src="/vue.js"></script>',
        '<h2>通知公告</h2><div class="data">正在加载...</div><script>fetch("/api/list").then(show)</script>',
    ],
)
def test_needs_a_browser(body: str) -> None:
    reading = read(body, "/tzgg/list.html")
    assert reading.needs_render
    assert reading.entries == ()


def test_a_normal_page_with_scripts_needs_no_browser() -> None:
    body = rows(["2023-04-20", "2023-03-01"]) + '<div class="list"></div><script>$.ajax({url:"/counter"})</script>'
    assert read(body).needs_render == ""


@pytest.mark.parametrize(
    ("pager", "wanted"),
    [
        ('<script>createPageHTML(3, 0, "index", "html");</script>', ["index_1.html", "index_2.html"]),
        ("<script>createPage(3,0,'index','shtml')</script>", ["index_1.shtml", "index_2.shtml"]),
        (
            '<div><a href="index_1.html">2</a><a href="index_1.html">下一页</a><a href="index_8.html">尾页</a></div>',
            ["index_1.html", "index_8.html"],
        ),
        ('<div><a href="?page=2">&gt;</a></div>', ["?page=2"]),
    ],
)
def test_pagination(pager: str, wanted: list[str]) -> None:
    reading = read(rows(["2023-04-20", "2023-03-01", "2023-02-01"]) + pager)
    assert reading.next_pages == tuple(f"{SITE}/tzgg/{name}" for name in wanted)
    assert len(reading.entries) == 3


def article(head: str, tail: str = "", meta: str = "", url: str = "/tzgg/15.html") -> Reading:
    body = (
        f"<div>今天是2023年4月26日</div><h1>关于开展春季检查工作的通知</h1>{head}<div class='c'>"
        + f"<p>{LONG}</p>" * 3
        + f"</div>{tail}"
    )
    html = f"<html><head><meta charset=utf-8>{meta}<title>关于开展春季检查工作的通知_某某市</title></head><body>{body}</body></html>"
    return read_page(html.encode(), SITE + url, AS_OF)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("<p>发布时间：2023-04-20 来源：市教育局 浏览：20230426</p>", ""),
        ("<p>2023-04-20 | 市教育局</p>", ""),
        ("<table><tr><td>成文日期：</td><td>2023-03-01</td><td>发布日期：</td><td>2023年4月20日</td></tr></table>", ""),
        ("<p>更新时间：2023-04-25　发布时间：2023-04-20</p>", ""),
        ("", "<p>发布日期：2023-04-20</p>"),
        ("<p>发布日期：二〇二三年四月二十日</p>", "<div>答复时间：2023-04-25</div><p>版权所有 2012-2023</p>"),
    ],
)
def test_publish_dates(head: str, tail: str) -> None:
    reading = article(head, tail)
    assert reading.kind is PageKind.ARTICLE
    assert reading.published.day == date(2023, 4, 20)
    assert "压实责任" in reading.text


@pytest.mark.parametrize(
    "head", ["", "<p>活动时间：2023-05-01</p>", "<p>截止日期：2023-06-01</p>", "<p>访问量：20230420</p>"]
)
def test_no_date_is_invented(head: str) -> None:
    assert article(head).published.how is DateHow.ABSENT


def test_meta_date_and_its_contradiction() -> None:
    meta = '<meta name="pubdate" content="2023-04-26 09:00"><meta NAME="ARTICLETITLE" content="关于开展春季检查工作的通知">'
    reading = article("<p>发布时间：2019-04-20</p>", meta=meta, url="/tzgg/201904/t20190420_1.html")
    assert (reading.published.day, reading.published.how) == (date(2019, 4, 20), DateHow.PRINTED)
    assert "2023-04-26" in reading.published.conflict
    reading = article("<p>来源：市教育局</p>", meta=meta, url="/tzgg/201904/t20190420_1.html")
    assert (reading.published.day, reading.published.how) == (date(2023, 4, 26), DateHow.META)
    assert "2019-04-20" in reading.published.conflict
    assert reading.meta["PubDate"] == "2023-04-26 09:00"


def test_source_and_unreadable_date() -> None:
    assert article("<p>来源：市教育局 作者：张某某</p>").source == "市教育局"
    assert article("<p>发布日期：2023-02-30</p>").published.how is DateHow.UNREADABLE


def test_breadcrumbs_name_the_column() -> None:
    trail = '<div class="x">您当前的位置：<a href="/">首页</a> &gt; <a href="/gk/">政务公开</a> &gt; <a href="/tzgg/">通知公告</a> &gt; 正文</div>'
    reading = article(trail + "<p>发布时间：2023-04-20</p>")
    assert reading.trail == (("首页", f"{SITE}/"), ("政务公开", f"{SITE}/gk/"), ("通知公告", f"{SITE}/tzgg/"))
    assert reading.column_name == "通知公告"


def test_home_with_and_without_lists() -> None:
    nav = '<div class="nav"><a href="/gk/">政务公开</a><a href="http://other.cn/">外站</a></div>'
    full, empty = read(nav + rows(["2023-04-20", "2023-04-19"]), "/"), read(nav + "<p>欢迎</p>", "/", home=True)
    assert (full.kind, full.detail, full.nav) == (PageKind.HOME, "", (("政务公开", f"{SITE}/gk/"),))
    assert (empty.kind, empty.detail) == (PageKind.HOME, "nav_home")


@pytest.mark.parametrize(
    ("body", "title", "status", "kind"),
    [
        ("<h1>404 Not Found</h1>", "404 Not Found", 200, PageKind.ERROR),
        ("<p>对不起，您访问的页面不存在</p>", "某某市", 200, PageKind.ERROR),
        (rows(["2023-04-20"] * 3), "通知公告", 503, PageKind.ERROR),
        (
            f"<h1>关于优化404页面的说明</h1><p>发布时间：2023-04-20</p><div><p>{LONG}</p><p>{LONG}</p></div>",
            "关于优化404页面的说明",
            200,
            PageKind.ARTICLE,
        ),
        ("<form><input name=u><input type=password></form>", "登录", 200, PageKind.OTHER),
    ],
)
def test_kinds(body: str, title: str, status: int, kind: PageKind) -> None:
    assert read(body, "/x/9.html", title, status=status).kind is kind


def test_letters_with_their_dates() -> None:
    body = '<table><tr><th>标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr><tr><td><a href="1.html">路灯不亮</a></td><td>2023-04-01</td><td>2023-04-10</td><td>已答复</td></tr><tr><td><a href="2.html">停水多日</a></td><td>2022-12-01</td><td></td><td>办理中</td></tr></table>'
    reading = read(body, "/zxts/", "咨询投诉")
    assert reading.kind is PageKind.INQUIRY
    assert [(row.asked_on, row.replied_on, row.status) for row in reading.inquiries] == [
        (date(2023, 4, 1), date(2023, 4, 10), "已答复"),
        (date(2022, 12, 1), None, "办理中"),
    ]


def test_guide_elements() -> None:
    body = "<h1>食品经营许可办事指南</h1><table>" + "".join(
        f"<tr><th>{name}</th><td>{text}</td></tr>"
        for name, text in (
            ("设定依据", "《食品安全法》"),
            ("受理条件", "有固定场所"),
            ("申请材料", "申请书"),
            ("办理流程", "受理、审查、决定"),
            ("办理时限", "20个工作日"),
            ("收费标准", "不收费"),
            ("联系电话", ""),
        )
    )
    reading = read(body + "</table>", "/bszn/3.html", "食品经营许可办事指南")
    assert reading.kind is PageKind.GUIDE
    assert reading.guide is not None
    assert reading.guide.elements["申请材料"] == "申请书"
    assert "联系电话" not in reading.guide.elements


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02" * 1000,
        bytes(range(256)) * 500,
        b"<" * 5000,
        b"<div>" * 30_000,
        b"%PDF-1.4\n" + b"0" * 3000,
        b"<a href=" * 2000,
        b"\xff\xfe\x00",
    ],
)
def test_rubbish_is_other_or_error(body: bytes) -> None:
    reading = read_page(body, SITE + "/x/1.html", AS_OF, "text/html")
    assert reading.kind in (PageKind.OTHER, PageKind.ERROR)
    read_links(body, SITE, "text/html; charset=nonsense")


def test_a_huge_page_is_cut() -> None:
    body = b"<html><body>" + b'<p>x<a href="/1.html">link</a></p>\n' * 1_500_000
    reading = read_page(body, SITE + "/x/1.html", AS_OF)
    assert len(reading.links) < 200_000


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0;url=/portal/">',
        '<script>window.location.href="/portal/";</script>',
        "<script>location.replace('/portal/')</script>",
    ],
)
def test_a_page_that_only_leads_on_is_a_jump(head: str) -> None:
    reading = read(f"{head}<p>正在跳转</p>", "/")
    assert (reading.kind, reading.detail, onward(reading)) == (PageKind.HOME, "jump", f"{SITE}/portal/")
    assert onward(read(f"{head}<div>{LONG * 4}</div>", "/")) == ""


def test_a_script_with_two_ways_is_left_to_the_browser() -> None:
    reading = read("<script>if(m){location.href='/m/'}else{location.href='/pc/'}</script>", "/")
    assert onward(reading) == ""
    assert reading.needs_render


@pytest.mark.parametrize(
    ("text", "day"),
    [("2023年04月14日 星期五", date(2023, 4, 14)), ("星期三 2023-04-26", date(2023, 4, 26)), ("（2023-04-14 周五）", date(2023, 4, 14))],
)  # fmt: skip
def test_weekdays_beside_a_date(text: str, day: date) -> None:
    assert days_of(read(rows([text])))[0] == day


def test_a_class_like_a_menu_does_not_hide_a_list() -> None:
    listed = rows(["2023-04-20", "2023-03-01", "2022-12-30"])
    assert len(days_of(read(f'<div class="menu-box nav"><h2>通知公告</h2>{listed}</div>'))) == 3


def test_breadcrumbs_and_turning_links_are_no_entries() -> None:
    steps = '<div class="x1"><a href="/">首页</a> &gt; <a href="/gk/">政务公开</a> &gt; <a href="/gk/tz/">通知公告</a></div>'
    turn = '<p>上一篇：<a href="/gk/1.html">关于表彰先进集体的决定</a></p><p>下一条：<a href="/gk/2.html">关于召开年度会议的通知</a></p>'
    reading = read(steps + rows(["2023-04-20", "2023-03-01"]) + turn)
    assert len(reading.entries) == 2
    assert [name for name, _ in reading.trail] == ["首页", "政务公开", "通知公告"]


def test_dates_that_head_a_section_belong_to_its_items() -> None:
    form = '<li><a href="./{n}{day}.html">关于开展第{n}号检查工作的通知</a></li>'
    body = "".join(f"<h4>{day}</h4>" + rows([f"x{day}", f"y{day}"][: 1 + n], form) for n, day in enumerate(("2023-04-20", "2023-03-01")))  # fmt: skip
    assert days_of(read(body)) == [date(2023, 4, 20), date(2023, 3, 1), date(2023, 3, 1)]


def test_a_lone_entry_keeps_its_own_date_beside_others_on_the_page() -> None:
    body = f"<p>今天是2023年4月26日</p>{rows(['2019-01-02'])}<p>更新日期：2023-04-26</p>"
    assert days_of(read(body)) == [date(2019, 1, 2)]


@pytest.mark.parametrize("vague", ["2022年8月", "2022", "09:15"])
def test_half_a_date_is_not_none(vague: str) -> None:
    assert {entry.how for entry in read(rows([vague, vague])).entries} == {DateHow.UNREADABLE}


@pytest.mark.parametrize("line", ["来源：市政府办　浏览：12", ""])
def test_a_date_in_the_headline_is_no_publish_date(line: str) -> None:
    title = "市政府2023年4月20日常务会议纪要"
    reading = read(f"<h1>{title}</h1><p>{line}</p><div>{LONG * 3}</div>", "/a/b.html", title)
    assert reading.kind is PageKind.ARTICLE
    assert reading.published.day is None
    assert [seen.verdict for seen in reading.candidates] == ["未采用：在标题里"]


def test_an_answer_that_is_a_datastore_is_a_list() -> None:
    item = '<li><a href="/art/{day}.html">关于{day}号事项的批复</a><span>2023-04-{day}</span></li>'
    records = "".join(f"<record><![CDATA[{item.format(day=day)}]]></record>" for day in (20, 19))
    body = f'<?xml version="1.0" encoding="utf-8"?><datastore><recordset>{records}</recordset></datastore>'
    reading = read_page(body.encode(), f"{SITE}/module/web/jpage/dataproxy.jsp?page=2", AS_OF, "text/xml")
    assert days_of(reading) == [date(2023, 4, 20), date(2023, 4, 19)]
    assert "]]" not in reading.text


def test_the_emblem_may_be_a_picture_of_the_sites_own() -> None:
    assert read('<p>首页</p><img src="/i/1.png" alt="党政机关">', "/").marks.party_gov
    assert not read('<p>首页</p><img src="/images/logo.png" alt="党建">', "/").marks.party_gov
