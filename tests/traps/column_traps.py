"""The columns of the trap site, each with one sentence why it is a trap."""

import json

from column_site import FRESH, ITEM, OLD, TEXT, Trap, article, rows, side
from trap_server import Reply

SPLIT = '<li><div><span class="day">{d:%d}</span><span class="ym">{d:%Y-%m}</span></div><h4><a href="{url}">{title}</a></h4></li>'
ENGLISH = '<li><p>{d:%b %d, %Y}</p><a href="{url}">{title}</a></li>'
BARE = '<li><a href="{url}">{title}</a></li>'
MONTH_DAY = '<li><a href="{url}">{title}</a><i>{d:%m-%d}</i></li>'
TABLE = '<tr><td>2023-{n:04d}</td><td><a href="{url}">{title}</a></td><td>清政发〔2023〕4号</td><td>{d}</td><td>2023-04-25</td></tr>'
HEADER = "<tr><th>编号</th><th>标题</th><th>文号</th><th>发布日期</th><th>截止日期</th></tr>"
ROW = '<tr><td><a href="{url}">{title}</a></td><td>{d}</td></tr>'
DEFINED = '<dt><a href="{url}">{title}</a></dt><dd>{d}</dd>'
WRITTEN = '<li><a href="{url}">{title}</a><script>document.write("{d}")</script></li>'
COUNTED = '<li><a href="{url}">{title}</a><em>{d}</em><b>浏览：20230425 次</b></li>'
PICTURE = (
    '<li><a href="{url}"><img src="/upload/2023/0425/{n}.jpg"></a><p><a href="{url}">{title}</a></p><p>{d}</p></li>'
)
MORE = '<a href="/home/">更多&gt;&gt;</a>'
CLOCK = '<div><script>document.write("2023-04-26")</script> 星期三</div>'
CALENDAR = (
    "<table><tr><th>日</th><th>一</th></tr>"
    + "".join(f"<tr><td>{n}</td><td><a href='?d=2023-04-{n:02d}'>{n}</a></td></tr>" for n in range(20, 27))
    + "</table>"
)


def _records(slug: str, days: tuple[object, ...]) -> str:
    records = "".join(f"<record><![CDATA[{rows(slug, (d,), tag='')}]]></record>" for d in days)
    return f'<div id="1234"></div><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>{records}</recordset></datastore></script>'


def _state(slug: str, days: tuple[object, ...]) -> str:
    items = [
        {"title": f"第{n}项重点工作落地见效", "url": f"/{slug}/u{n}_0.html", "publishTime": f"{d} 10:00:00"}
        for n, d in enumerate(days)
    ]
    return f'<ul id="list"></ul><script>var state = {json.dumps({"list": items}, ensure_ascii=False)};</script>'


def _offsite(days: tuple[object, ...], form: str) -> str:
    return rows("x", days, form).replace('href="/x/', 'href="http://127.0.0.1:9/x/')


# fmt: off
TRAPS = [
    # dead lists that something fresh must not rescue
    Trap("sidebox", "overdue", rows("sidebox", OLD) + side()),
    Trap("sidefirst", "overdue", side("热点新闻") + rows("sidefirst", OLD)),
    Trap("namedelse", "overdue", f"<div><h2>动态</h2>{rows('namedelse', OLD)}</div>" + side("市政要闻") + side("通知公告")),
    Trap("unnamed", "overdue", rows("unnamed", OLD) + "<hr>" + rows("home", FRESH)),
    Trap("related", "overdue", rows("related", OLD) + side("相关链接", '<li><a href="{url}">{title}</a>（{d}）</li>')),
    Trap("hidtabs", "overdue", rows("hidtabs", OLD) + f'<div style="display:none"><h3>公示公告</h3>{MORE}{rows("home", FRESH)}</div>'),
    Trap("slides", "overdue", f'<div class="swiper">{rows("home", FRESH, PICTURE)}</div>{rows("slides", OLD)}'),
    Trap("future", "overdue", rows("future", ("2023-09-01", *OLD))),
    Trap("weather", "overdue", f"<p>今日天气 2023-04-26 晴 12℃</p>{rows('weather', OLD)}"),
    Trap("calendar", "overdue", CALENDAR + rows("calendar", OLD)),
    Trap("clock", "overdue", CLOCK + rows("clock", OLD)),
    Trap("printed", "overdue", rows("printed", OLD) + "<p>共20条　本页更新于2023-04-26　打印时间：2023-04-26</p>"),
    Trap("counts", "overdue", rows("counts", OLD, COUNTED)),
    Trap("numbers", "overdue", f"<table>{HEADER}{rows('numbers', OLD, TABLE, tag='')}</table>"),
    Trap("pictures", "overdue", rows("pictures", OLD, PICTURE)),
    Trap("yearhead", "overdue", "<h3>2021年</h3>" + rows("yearhead", FRESH, MONTH_DAY).replace("a1_", "u1_").replace("a2_", "u2_").replace("a3_", "u3_").replace("a4_", "u4_")),
    Trap("inarticle", "overdue", rows("inarticle", OLD, BARE)),
    Trap("inaddress", "overdue", rows("inaddress", ("20220819", "20220701", "20220310"), '<li><a href="./202208/t{d}_{n}.html">{title}</a></li>'),
         pages={f"202208/t{d}_{n}.html": article("重点工作", None) for n, d in ((1, 20220819), (2, 20220701), (3, 20220310))}),
    Trap("storeold", "overdue", _records("storeold", OLD) + side()),
    Trap("stateold", "overdue", _state("stateold", OLD) + side()),
    Trap("english", "overdue", rows("english", OLD, ENGLISH)),
    Trap("splitold", "overdue", rows("splitold", OLD, SPLIT) + side()),
    Trap("defined", "overdue", rows("defined", OLD, DEFINED, tag="dl")),
    Trap("undated", "overdue", rows("undated", ("", "", ""), BARE, dated=False)),
    Trap("titled", "overdue", rows("titled", OLD, '<li><a href="{url}">关于4月{n}日停水检修的通知（2023年4月2{n}日起）</a><span>{d}</span></li>')),
    Trap("offold", "overdue", _offsite(OLD, ITEM)),
    Trap("replies", "overdue", rows("replies", OLD, '<li><a href="{url}">{title}</a><span>{d}</span><p>最后回复：2023-04-25</p></li>')),
    Trap("comments", "overdue", rows("comments", OLD) + '<div class="c"><h3>网友评论</h3><p>张某 2023-04-25 20:11 说得好</p><p>李某 2023-04-24 支持</p></div>'),
    Trap("years", "overdue", '<ul><li><a href="?y=2023">2023年</a></li><li><a href="?y=2022">2022年</a></li></ul>' + rows("years", OLD)),
    Trap("pinned", "overdue", rows("pinned", (OLD[0],), '<li class="top"><b>[置顶]</b><a href="{url}">{title}</a><span>{d}</span></li>', tag="") + rows("pinned", OLD[1:])),
    Trap("chinese", "overdue", rows("chinese", ("二〇二二年八月十九日", "二〇二二年七月一日", "二〇二一年五月二日"), dated=False)),
    Trap("asptable", "overdue", "<table width=1000><tr><td width=200><table><tr><td>最新动态</td></tr></table>" + rows("home", FRESH) + "</td><td><table>" + rows("asptable", OLD, '<tr><td>·</td><td><a href="{url}">{title}</a></td><td><font color=gray>[{d}]</font></td></tr>', tag="") + "</table></td></tr></table>", charset="gbk"),
    Trap("relisted", "overdue", rows("relisted", OLD, ITEM) + '<div class="cnxh"><h3>猜你喜欢</h3>' + rows("home", FRESH, BARE) + "</div>"),
    Trap("grouped", "overdue", "".join(f"<h4>{d.year}年{d.month}月{d.day}日</h4>{rows('grouped', (d,), BARE)}" for d in OLD)),
    Trap("moved", "overdue", rows("moved", OLD), path="/old/moved/"),
    # the same on sites whose addresses tell nothing of the column
    Trap("flatmore", "overdue", "", path="/list_31.html", pages={"/list_31.html": rows("show", OLD) + f'<div class="x"><h3>市政要闻</h3>{MORE}{rows("show", FRESH)}</div>'}),
    Trap("flathead", "overdue", "", path="/list_32.html", pages={"/list_32.html": rows("show", OLD) + f'<div class="x"><h3>图片新闻</h3>{rows("show", FRESH[:2])}</div>'}),
    Trap("flatfirst", "overdue", "", path="/list_33.html", pages={"/list_33.html": f'<div class="x"><div><b>市政要闻</b>{MORE}</div>{rows("show", FRESH)}</div><div>{rows("show", OLD)}<div>共1页 下一页</div></div>'}),
    Trap("flattable", "overdue", "", path="/list.asp?id=4", pages={"/list.asp?id=4": f'<table><tr><td><table><tr><td>信息排行</td></tr><tr><td>{rows("show", FRESH)}</td></tr></table></td><td><table>{rows("show", OLD, ROW, tag="")}</table></td></tr></table>'}),
    # live lists that look dead
    Trap("topold", "fresh", rows("topold", OLD[2:], '<li><i>置顶</i><a href="{url}">{title}</a><span>{d}</span></li>', tag="") + rows("topold", FRESH)),
    Trap("upwards", "fresh", rows("upwards", tuple(reversed((*FRESH, *OLD))))),
    Trap("monthday", "fresh", rows("monthday", FRESH, MONTH_DAY)),
    Trap("living", "fresh", rows("living", FRESH, BARE)),
    Trap("storenew", "fresh", _records("storenew", FRESH)),
    Trap("statenew", "fresh", _state("statenew", FRESH)),
    Trap("splitnew", "fresh", rows("splitnew", FRESH, SPLIT)),
    Trap("months", "fresh", rows("months", FRESH, ENGLISH)),
    Trap("relative", "fresh", rows("relative", ("2小时前", "昨天 15:20", "3天前"), dated=False)),
    Trap("script", "fresh", rows("script", FRESH, WRITTEN)),
    Trap("short", "fresh", rows("short", FRESH, '<li><a href="{url}">{title}</a>({d:%y-%m-%d})</li>')),
    Trap("dotted", "fresh", rows("dotted", FRESH, '<li><a href="{url}">{title}</a>[{d:%Y.%m.%d}]</li>')),
    Trap("wronghead", "fresh", rows("wronghead", FRESH), charset="gbk", told="utf-8"),
    Trap("nohead", "fresh", rows("nohead", FRESH), charset="gbk", told="iso-8859-1"),
    Trap("bom", "fresh", "\ufeff" + rows("bom", FRESH), charset="utf-8", told="gbk"),
    Trap("files", "fresh", rows("files", FRESH, '<li><a href="/files/{n}.pdf">{title}.pdf</a><span>{d}</span></li>')),
    Trap("yeartabs", "fresh", f'<div><b>2022年</b>{rows("yeartabs", OLD)}</div><div style="display:none"><b>2023年</b>{rows("yeartabs", FRESH)}</div>'),
    Trap("parent", "fresh", rows("parent", OLD)),
    Trap("child", "fresh", rows("child", FRESH), name="基层动态", trail='<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/parent/">动态</a> &gt; <a href="/child/">基层动态</a></div>'),
    Trap("cards", "fresh", rows("cards", FRESH, '<a href="{url}"><div><h3>{title}</h3><p><span>宣传部</span><span>{d}</span></p></div></a>', tag="div")),
    Trap("hub", "fresh", "".join(f'<div><h3>{name}</h3><a href="/hub/{n}/">更多</a>{rows("hub", days)}</div>' for n, (name, days) in enumerate((("一季度", OLD), ("本月", FRESH))))),
    Trap("twice", "fresh", rows("twice", FRESH), path="/twice/index.html", pages={"index.html": rows("twice", FRESH)}),
    Trap("offnew", "fresh", _offsite(FRESH, ITEM)),
    Trap("clicks", "fresh", rows("clicks", FRESH, "<li onclick=\"location.href='{url}'\">{title}<span>{d}</span></li>")),
    # blank columns
    Trap("blankword", "blank", "<h2>动态</h2><p>暂无信息</p>"),
    Trap("blankside", "blank", "<h2>动态</h2><p>该栏目暂无内容！</p>" + side()),
    Trap("blankempty", "blank", "<h2>动态</h2><ul></ul>"),
    # what cannot be said, or has no deadline
    Trap("ajax", "open", '<ul id="list"></ul><script>$.ajax({url:"/api/list?channel=3",success:function(d){draw(d)}})</script>'),
    Trap("framed", "open", '<iframe src="/framed/list.html" width="700" height="900"></iframe>', pages={"list.html": rows("framed", FRESH)}),
    Trap("jump", "open", "", head='<meta http-equiv="refresh" content="0;url=/topold/">'),
    Trap("broken", "open", rows("broken", ("2023-04-31", "NaN-NaN-NaN", "undefined"), dated=False)),
    Trap("offbare", "open", _offsite(("", "", ""), BARE)),
    Trap("failing", "open", "", reply=Reply(500, b"<h1>500</h1>")),
    Trap("walled", "open", "", reply=Reply(403, b"<h1>403 Forbidden</h1>")),
    Trap("archive", "open", rows("archive", OLD), name="2020年疫情防控专题动态"),
    Trap("about", "open", f"<h2>联系我们</h2>{TEXT}", name="联系我们"),
    Trap("template", "open", '<ul class="list"><li v-for="x in list"><a>{{x.title}}</a><span>{{x.pubDate}}</span></li></ul><script src="/vue.js"></script>'),
    Trap("paged", "fresh", rows("paged", FRESH) + '<div class="page"><a href="index_1.html">下一页</a></div>', pages={"index_1.html": rows("paged", OLD) + '<div class="page"><a href="index.html">上一页</a></div>'}),
    Trap("timeonly", "open", rows("timeonly", ("09:15", "08:40", "07:00"), dated=False)),
]
# fmt: on
