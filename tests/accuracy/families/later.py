"""Third round: campus-style sites, web forms, portlets, magazine columns, letters and office home pages."""

import random
from datetime import date, timedelta

from tests.accuracy.families import layout as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past
from tests.accuracy.families.layout import TODAY
from tests.accuracy.families.systems import _article, _list

WEEK = "一二三四五六日"


def webplus_list(r: random.Random) -> Labelled:
    """苏迪 webplus: date in the address and beside the title; tables of one cell a column."""
    days, rows, shape = w.falling(r, newest_day(r), r.randint(2, 14)), "", r.randint(0, 2)
    for n, d in enumerate(days, 1):
        t, href = w.title(r), f"/{d:%Y}/{d:%m%d}/c{r.randint(100, 9999)}a{r.randint(10**4, 10**6)}/page.htm"
        if shape == 0:
            rows += f"<li class='news n{n} clearfix'><span class='news_title'><a href='{href}' target='_blank' title='{t}'>{t}</a></span><span class='news_meta'>{d}</span></li>"
        elif shape == 1:
            rows += f'<li class="list_item i{n}"><div class="fields pr_fields"><span class="Article_Index">{n}</span><span class="Article_Title"><a href="{href}" title="{t}">{t[:15]}...</a></span></div><div class="fields ex_fields"><span class="Article_PublishDate">{d}</span></div></li>'
        else:
            rows += f'<table width="100%" cellspacing="0"><tr><td nowrap><a href="{href}" title="{t}">{t}</a></td><td align="right"><div style="white-space:nowrap">{d}</div></td></tr></table>'
    main = f'<div id="wp_news_w{r.randint(1, 99)}">{rows if shape == 2 else f"<ul>{rows}</ul>"}</div><div id="wp_paging_w6"><ul class="wp_paging clearfix"><li class="pages_count">每页 14 记录 总共 {len(days) * 3} 记录</li><li class="page_nav"><a class="next" href="list2.htm">下一页 &gt;&gt;</a></li></ul></div>'
    return _list(r, "苏迪", f"http://kjj.qinghe.gov.cn/{r.randint(100, 999)}/list.htm", main, days)


def webplus_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    meta = r.choice(
        [
            f"<p class='arti_metas'><span>发布者：{r.choice(w.WHO)}</span><span>发布时间：{d}</span><span>浏览次数：<span class='WP_VisitCount' url='/x'>{r.randint(10, 9999)}</span></span></p>",
            f"<table width='100%'><tr><td align='center'><span>{d}</span>&nbsp;&nbsp;<span>作者：</span>&nbsp;&nbsp;阅读：</td></tr></table>",
        ]
    )
    main = f"<div class='article'><h1 class='arti_title'>{t}</h1><h2>{r.choice(['', '——' + w.title(r)])}</h2>{meta}<div class='entry'><div class='read'>{f.prose(r, d - timedelta(days=r.randint(0, 5)))}</div></div></div>"
    url = f"http://kjj.qinghe.gov.cn/{d:%Y}/{d:%m%d}/c{r.randint(100, 9999)}a{r.randint(10**4, 10**6)}/page.htm"
    return _article(r, "苏迪", url, main, t, d)


def forms_list(r: random.Random) -> Labelled:
    """Web forms: a grid with header, links by script or by number, times of day, page links by postback."""
    days, rows = w.falling(r, newest_day(r), r.randint(2, 15)), ""
    post, clock, first = r.random() < 0.3, r.random() < 0.5, r.random() < 0.4
    for n, d in enumerate(days):
        t = w.title(r)
        href = f"javascript:__doPostBack('gv$ctl{n:02d}$lk','')" if post else f"NewsView.aspx?nid={r.randint(10, 9999)}"
        shown = f"{d.year}/{d.month}/{d.day}" + (f" {r.randint(8, 17)}:{r.randint(10, 59)}:00" if clock else "")
        cells = [
            f'<td><a id="gv_ctl{n:02d}_lk" href="{href}">{t}</a></td>',
            f"<td><span>{r.choice(w.WHO)}</span></td>",
            f'<td><span id="gv_ctl{n:02d}_lb">{shown}</span></td>',
        ]
        rows += f"<tr>{''.join(reversed(cells) if first else cells)}</tr>"
    names = ["<th>信息标题</th>", "<th>发布单位</th>", "<th>发布日期</th>"]
    main = f'<form method="post"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK20230420MTIz"><table id="gv" cellspacing="0" rules="all" border="1"><tr>{"".join(reversed(names) if first else names)}</tr>{rows}<tr><td colspan="3"><table><tr><td><span>1</span></td><td><a href="javascript:__doPostBack(\'gv\',\'Page$2\')">2</a></td><td><a href="javascript:__doPostBack(\'gv\',\'Page$3\')">3</a></td></tr></table></td></tr></table></form>'
    return _list(r, "网页表单", f"http://www.dongping.gov.cn/NewsList.aspx?tid={r.randint(1, 30)}", main, days, old=r.random() < 0.4)  # fmt: skip


def forms_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    shown = f"{d.year}/{d.month}/{d.day} {r.randint(8, 17)}:{r.randint(10, 59)}:00"
    bar = r.choice(
        [
            f'<span>发布日期：<span id="lblDate">{shown}</span></span> <span>访问次数：<span id="lblHit">{r.randint(2000, 2023)}</span></span>',
            f'<span id="lblSource">{r.choice(w.WHO)}</span>　<span id="lblDate">{shown}</span>',
            f"录入时间：{shown} 信息员：王某 审核：李某",
        ]
    )
    main = f'<form><table width="98%"><tr><td align="center"><span id="lblTitle" style="font-size:18px"><b>{t}</b></span></td></tr><tr><td align="center" bgcolor="#f5f5f5">{bar}</td></tr><tr><td><span id="lblContent">{f.prose(r, d - timedelta(days=1))}</span></td></tr></table></form>'
    return _article(r, "网页表单", f"http://www.dongping.gov.cn/NewsView.aspx?nid={r.randint(1, 9999)}", main, t, d, old=r.random() < 0.4)  # fmt: skip


def portlet_list(r: random.Random) -> Labelled:
    """Portals of views and portlets: many wrappers, labels in elements of their own, weekdays."""
    days, rows, shape = w.falling(r, newest_day(r), r.randint(2, 12)), "", r.randint(0, 2)
    for n, d in enumerate(days):
        t, href = w.title(r), f"/node/{r.randint(100, 9999)}"
        shown = r.choice([f"{d}", f"{d.year}年{d:%m}月{d:%d}日 星期{WEEK[d.weekday()]}"])
        if shape == 0:
            rows += f'<div class="views-row views-row-{n}"><div class="views-field"><span class="field-content"><a href="{href}">{t}</a></span></div><div class="views-field"><span class="field-content"><span content="{d}T10:00:00+08:00">{shown}</span></span></div></div>'
        elif shape == 1:
            rows += f'<div class="asset"><div class="h"><a href="{href}?redirect=%2Flist&amp;p_p_id=101">{t}</a></div><div><div class="a"><span>作者</span><span>管理员</span></div><div class="a"><span>发布日期</span><span>{shown}</span></div><div class="a"><span>浏览</span><span>{r.randint(2000, 2024)}</span></div></div><div class="b">{r.choice(w.PARA)}</div></div>'
        else:
            rows += f'<li><div><div><div><a href="{href}"><span><span>{t}</span></span></a></div></div><div><div><span>{d:%Y-%m}</span><span>-{d:%d}</span></div></div></div></li>'
    main = f'<div class="region"><div><h2>{{column}}</h2><div><div class="view-content">{rows if shape < 2 else f"<ul>{rows}</ul>"}</div></div></div></div>'
    return _list(r, "视图门户", f"https://www.nanling.gov.cn/web/guest/{f.name(r)}", main, days)


def portlet_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    shown = f"{d.year}年{d:%m}月{d:%d}日 星期{WEEK[d.weekday()]}"
    info = r.choice(
        [
            f"<div><span>由 </span><span>管理员</span><span> 提交于 </span><span>{shown}</span></div>",
            f"<div><div>发布日期</div><div>{shown}</div></div><div><div>来源</div><div>{r.choice(w.WHO)}</div></div>",
            f"<p>{r.choice(w.WHO)} | {d} | <a href='#'>打印</a> | <a href='#'>分享</a></p>",
        ]
    )
    main = f"<div><div><h1><span>{t}</span></h1><div><div>{info}</div></div><div><div><div>{f.prose(r)}</div></div></div></div></div>"
    return _article(r, "视图门户", f"https://www.nanling.gov.cn/node/{r.randint(100, 9999)}", main, t, d)


def magazine_list(r: random.Random) -> Labelled:
    """A headline with a picture and a summary above the list of the same column; pinned old items."""
    days, rows = w.falling(r, newest_day(r), r.randint(4, 14)), ""
    lead, old = days[0], r.random() < 0.3
    t, href = w.title(r), f"./t{lead:%Y%m%d}_{r.randint(1000, 9999)}.html"
    head = f'<div class="{f.name(r)}"><a href="{href}"><img src="./W0202304{r.randint(10, 29)}1.jpg"></a><h3><a href="{href}">{t}</a></h3><p>{r.choice(w.PARA)}</p><span>{lead}</span></div>'
    if old:
        rows += '<li class="top"><a href="./t20190101_1.html">关于启用新域名的公告</a><img src="/images/zd.gif"><span>2019-01-01</span></li>'
    for d in days[1:]:
        rows += f'<li><a href="./t{d:%Y%m%d}_{r.randint(1000, 9999)}.html">{w.title(r)}</a><span>{d}</span></li>'
    page = _list(r, "图文栏目", "http://www.yunyang.gov.cn/xwzx/bddt/", f"{head}<ul>{rows}</ul>", days)
    newest = newest_past([*days, *([date(2019, 1, 1)] if old else [])])
    return Labelled(page.family, "list", page.url, page.body, newest, len(days) + old, marks=page.marks)


def magazine_article(r: random.Random) -> Labelled:
    """The date stands above the title, or after the text; video and picture pages with one line of text."""
    t, d, shape = w.title(r), newest_day(r), r.randint(0, 2)
    text = f.prose(r) if r.random() < 0.7 else f'<video src="/v/1.mp4"></video><p>{r.choice(w.PARA)}</p>'
    parts = [
        f"<h1>{t}</h1><div><em>{d:%Y.%m.%d}</em> <i>{r.choice(w.WHO)}</i></div>{text}",
        f"<h1>{t}</h1><div>{text}</div><div>责任编辑：张某　发布时间：{d}</div>",
        f"<div><h1>{t}</h1><ul><li>{d} 09:30</li><li>来源：{r.choice(w.WHO)}</li><li>字号：A+ A A-</li></ul></div><div>{text}</div>",
    ]
    return _article(r, "图文栏目", f"http://www.yunyang.gov.cn/xwzx/bddt/{r.randint(10**5, 10**6)}.html", f'<div class="{f.name(r)}">{parts[shape]}</div>', t, d)  # fmt: skip


def letters(r: random.Random) -> Labelled:
    """A box of letters: numbers made of dates, asked and answered days, status."""
    days = w.falling(r, newest_day(r), r.randint(3, 10))
    rows, shape = "", r.randint(0, 1)
    for n, d in enumerate(days):
        t = r.choice(
            ["咨询医保缴费问题", "反映小区停水问题", "关于公交线路调整的建议", "投诉夜间施工噪声", "请问居住证如何办理"]
        )
        answered = min(d + timedelta(days=r.randint(1, 9)), TODAY)
        cells = [f"{d:%Y%m%d}{n:04d}", f'<a href="/hdjl/letter/{r.randint(1000, 9999)}.html">{t}</a>', f"{d}", r.choice(w.WHO), f"{answered}", "已办结"]  # fmt: skip
        if shape:
            del cells[4]
        rows += f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    names = ["信件编号", "标题", "来信时间", "受理单位", "答复时间", "办理状态"]
    if shape:
        del names[4]
    main = f"<h2>市长信箱</h2><table><tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>{rows}</table>"
    page = _list(r, "信件", "http://www.qinghe.gov.cn/hdjl/szxx/", main, days)
    body = page.body
    return Labelled("信件", "inquiry", page.url, body, newest_past(days), marks=page.marks)


def office_home(r: random.Random) -> Labelled:
    """An office's home page: slider, tabs whose panels are hidden, downloads, a calendar."""
    city, fresh, best, blocks = r.choice(w.CITIES), newest_day(r), date(2000, 1, 1), ""
    for n in range(r.randint(2, 5)):
        days = w.falling(r, fresh - timedelta(days=r.randint(0, 60)), r.randint(4, 8))
        best = max(best, *days)
        cells = "".join(f"<li><i>{d:%Y-%m-%d}</i><a href='/{f.name(r)}/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(100, 999)}.shtml'>{w.title(r)}</a></li>" for d in days)  # fmt: skip
        hidden = ' style="display:none"' if n else ""
        blocks += f'<div class="tabc"{hidden}><a href="/{f.name(r)}/">更多</a><ul>{cells}</ul></div>'
    tabs = "".join(f"<span>{column}</span>" for column in w.COLUMNS[:4])
    slides = "".join(
        f'<a href="/tp/{n}.html"><img src="/tp/202304{n + 10}.jpg" title="{w.title(r)}"></a>' for n in range(4)
    )
    m = w.marks(r)
    body = f"{f.clock(r)}<img src='/logo.png' alt='{city}教育局'>{f.menu(r)}<div class='{f.name(r)}'>{slides}</div><div class='{f.name(r)}'><div>{tabs}</div>{blocks}</div>{f.friends(r)}{w.footer(r, m, city)}"
    return Labelled("部门首页", "home", r.choice(["http://jyj.qinghe.gov.cn/", "http://jyj.qinghe.gov.cn/index.shtml"]), f.document(r, f"<title>{city}教育局</title>", body), best, marks=m)  # fmt: skip


WRITERS = (webplus_list, webplus_article, forms_list, forms_article, portlet_list, portlet_article, magazine_list, magazine_article, letters, office_home)  # fmt: skip
