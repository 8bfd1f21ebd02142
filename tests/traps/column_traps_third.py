"""A third batch of column traps: what three sites written by strangers to the parser showed to be misread."""

from column_site import FRESH, ITEM, OLD, TEXT, Trap, rows, side

BARE = '<li><a href="{url}">{title}</a></li>'
UPWARDS = tuple(reversed(OLD))
LONG_AGO = '<li><a href="{url}">{title}</a><i>{d:%m-%d}</i></li>'


def _store(slug: str, days: tuple[object, ...]) -> str:
    records = "".join(f"<record><![CDATA[{rows(slug, (d,), tag='')}]]></record>" for d in days)
    return f'<script type="text/xml"><datastore><recordset>{records}</recordset></datastore></script>'


def _pager(slug: str, last: int) -> str:
    links = "".join(f'<li><a class="page-link" href="/{slug}/?page={n}">{n}</a></li>' for n in range(1, last + 1))
    return f'<nav><ul class="pagination">{links}</ul></nav>'


def _articles(slug: str, head: str, foot: str = "") -> dict[str, str]:
    """Three articles without a date of their own but for what `head` and `foot` show."""
    return {f"u{n}_0.html": f"<h1>{slug}第{n}项重点工作落地见效</h1>{head}<div>{TEXT}{foot}</div>" for n in (1, 2, 3)}


# fmt: off
THIRD_TRAPS = [
    # dead lists
    Trap("twostores", "overdue", f'<div>县内要闻推荐</div>{_store("home", FRESH)}<div>本栏目信息</div><div id="9">{_store("twostores", OLD)}</div>'),
    Trap("emptyyears", "overdue", "<h3>2023年</h3><ul><li>暂无信息</li></ul>" + "".join(f"<h3>{d.year}年</h3>{rows('emptyyears', (d,), LONG_AGO)}" for d in (OLD[0], OLD[2]))),
    Trap("tickers", "overdue", f'<marquee>{rows("home", FRESH, tag="")}</marquee>{rows("tickers", OLD)}'),
    Trap("monthday19", "overdue", rows("monthday19", FRESH, LONG_AGO, dated=False), pages=_articles("monthday19", "<p>发布时间：2019-04-24</p>")
         | {f"u{n}_{d.toordinal()}.html": f"<h1>重点工作</h1><p>发布时间：2019-{d:%m-%d}</p><div>{TEXT}</div>" for n, d in enumerate(FRESH, 1)}),
    Trap("yearsago", "overdue", rows("yearsago", ("2年前", "2年前", "3年前"), dated=False), pages=_articles("yearsago", "<p>发布时间：2021-03-11</p>")),
    Trap("visited", "overdue", rows("visited", OLD, '<li><a href="{url}">{title}</a><p><span>最近浏览：2023-04-2{n}</span> <span>发布：{d}</span></p></li>')),
    Trap("ranges", "overdue", '<form><ul><li><a href="/ranges/?r=7">近一周（2023-04-19 至 2023-04-26）</a></li><li><a href="/ranges/?r=30">近一个月（2023-03-27 至 2023-04-26）</a></li></ul></form>' + rows("ranges", OLD)),
    Trap("indexno", "overdue", rows("indexno", OLD, '<dt><a href="{url}">{title}</a></dt><dd>索引号：MB1521006/2023-04-2{n}　生成日期：{d}</dd>', tag="dl")),
    Trap("hiddenrow", "overdue", rows("home", FRESH[:1], '<ul><li style="display:none"><a href="{url}">{title}</a><span>{d}</span></li>', tag="") + rows("hiddenrow", OLD, tag="") + "</ul>"),
    Trap("tooltip", "overdue", rows("tooltip", OLD, '<li><a href="{url}" title="标题：{title}&#10;更新时间：{d} 9:25:32">{title}</a><i>{d:%m月%d日}</i></li>', dated=False)),
    Trap("typo2031", "overdue", rows("typo2031", ("2031-12-20", *OLD))),
    Trap("slashes", "overdue", rows("slashes", OLD, '<div class="row border-bottom"><div><a href="{url}">{title}</a></div><div>{d:%d/%m/%Y}</div></div>', tag="div")),
    Trap("movedall", "overdue", "<ul>" + "".join(f'<li><a href="t20230418_{n}.html">第{n}项重点工作落地见效</a></li>' for n in (1, 2, 3)) + "</ul>",
         pages={f"t20230418_{n}.html": f"<h1>第{n}项重点工作落地见效</h1><p>发布时间：2018-09-2{n}　来源：本站</p><div>{TEXT}</div>" for n in (1, 2, 3)}),
    Trap("alltoday", "overdue", rows("alltoday", ("2023-04-26",) * 3, ITEM, dated=False), pages=_articles("alltoday", "<p>发布时间：2019-05-17</p>")),
    Trap("forecast", "overdue", "<h4>农业气象</h4><ul>" + "".join(f'<li><a href="/home/">多云转晴 12~24℃</a><span>2023-04-{n}</span></li>' for n in (26, 27, 28)) + "</ul>" + rows("forecast", OLD)),
    Trap("foreigntab", "overdue", f'<h3>工作信息</h3><div style="display:none">{rows("home", FRESH)}</div><div>{rows("foreigntab", OLD)}</div>'),
    Trap("catalogue", "overdue", "", path="/site/index.php?a=lists&catid=9", pages={"/site/index.php?a=lists&catid=9": "".join(
         f"<div>{heading}<ul>" + "".join(f'<li><a href="/site/index.php?a=show&catid={cat}&id={n}">第{n}项重点工作落地见效</a><span>{d}</span></li>' for n, d in enumerate(days, cat)) + "</ul></div>"
         for heading, cat, days in (("", 9, OLD), ("<h5>本周热点</h5>", 10, FRESH)))}),
    # live lists
    Trap("bottomline", "fresh", rows("bottomline", ("", "", ""), BARE, dated=False), pages=_articles("bottomline", "<p>来源：本站</p>", '</div><div class="bottom"><p>责任编辑：张玲　审核：韩冬　信息发布日期：2023年4月24日</p>')),
    Trap("captions", "fresh", "".join(f'<dl><dt><a href="/info/1016/265{n}.htm"><img src="/p/{n}.jpg"></a></dt><dd><a href="/info/1016/265{n}.htm">{name}</a></dd></dl>' for n, name in enumerate(("湖畔花开春意浓", "田间农事忙", "老街夜色"))),
         pages={f"/info/1016/265{n}.htm": f"<h1>湖畔花开第{n}处春意浓</h1><p>发布时间：2023-04-2{n}</p><div>{TEXT}</div>" for n in range(3)}),
    Trap("lonewithlogo", "fresh", '<div><a href="/">某某市人民政府门户网站</a></div>' + rows("lonewithlogo", FRESH[:1])),
    Trap("growing", "fresh", rows("growing", UPWARDS) + _pager("growing", 2), pages={"?page=2": rows("growing", tuple(reversed(FRESH)))}),
    Trap("allpinned", "fresh", rows("allpinned", OLD, '<li><b>[置顶]</b><a href="{url}">{title}</a><span>{d}</span></li>') + '<a href="/allpinned/?page=2">加载更多</a>', pages={"?page=2": rows("allpinned", FRESH)}),
    Trap("ucappager", "fresh", rows("ucappager", OLD, '<li><b>【置顶】</b><a href="{url}">{title}</a><span>{d}</span></li>') + "<script>createPageHTML('page_div',2,1,'list','html',24);</script>", pages={"list_2.html": rows("ucappager", FRESH)}),
    Trap("dayfirst", "fresh", rows("dayfirst", FRESH, '<li><a href="{url}">{title}</a><span>{d:%d/%m/%Y}</span></li>')),
    Trap("placeholder", "fresh", '<div class="el-empty" style="display:none"><p>暂无数据</p></div>' + rows("placeholder", FRESH)),
    Trap("footline", "fresh", rows("footline", ("", "", ""), BARE, dated=False), pages=_articles("footline", "<p>来源：本站　点击数：1480</p>", "<p>（供稿：办公室　责任编辑：王晓　发布时间：2023年4月22日）</p>")),
    Trap("badges", "fresh", rows("badges", FRESH, '<article><div><span>{d:%d}</span><span>{d:%b}</span></div><h3><a href="{url}">{title}</a></h3></article>', tag="div")),
    # blank columns
    Trap("norecords", "blank", '<div>本栏目公开国土空间总体规划、详细规划和专项规划。</div><div id="7"><script type="text/xml"><datastore><recordset></recordset></datastore></script></div><script>jpage("7",{totalRecord:0});</script>'),
    Trap("placeholders", "blank", "<p>无障碍 | 网站地图</p><ul>" + '<li><a href="javascript:void(0)">&nbsp;</a><span>&nbsp;</span></li>' * 6 + "</ul>"),
    Trap("zeroof", "blank", '<ul></ul><div>共 0 条记录 第 1/0 页 <a href="/zeroof/">首页</a></div>'),
    # what cannot be said
    Trap("loosedate", "open", rows("loosedate", ("", "", ""), BARE, dated=False), pages={f"u{n}_0.html": f"<p>2023-04-24</p><p>某某街道</p><p>重点工作专栏</p><h1>第{n}项重点工作落地见效</h1><div>{TEXT}</div>" for n in (1, 2, 3)}),
    Trap("whichyear", "open", rows("whichyear", ("11-03", "09-20", "08-11"), ITEM, dated=False)),
    Trap("scriptless", "open", f'<div id="app"></div><noscript>{rows("scriptless", FRESH)}</noscript><script src="/js/list.js"></script>'),
    Trap("promised", "open", '<div id="8"><script type="text/xml"><datastore><recordset></recordset></datastore></script></div><script>jpage("8",{totalRecord:36});</script><p>' + "信息由脚本分页载入，" * 4 + "</p>" + side()),
]
