"""Second round, written before its authors looked at the parser: five content systems many offices run."""

import random
from datetime import date, timedelta

from tests.accuracy.families import layout as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past


def _list(
    r: random.Random, family: str, url: str, main: str, days: list[date], old: bool = False, charset: str = "utf-8"
) -> Labelled:
    column, m = r.choice(w.COLUMNS), w.marks(r)
    body = f.frame(r, f.trail(r, column), main.replace("{column}", column) + f.pager(r), m, f.side(r), old)
    head = f"<title>{column}-{r.choice(w.CITIES)}人民政府</title>"
    return Labelled(
        family, "list", url, f.document(r, head, body, charset), newest_past(days) if days else None, len(days), marks=m
    )


def _article(
    r: random.Random,
    family: str,
    url: str,
    main: str,
    title: str,
    day: date | None,
    head: str = "",
    old: bool = False,
    charset: str = "utf-8",
) -> Labelled:
    m = w.marks(r)
    body = f.frame(r, f.trail(r, r.choice([*w.COLUMNS, "正文"])), main + f.around_article(r), m, f.side(r), old)
    text = f.document(
        r, f"<title>{title}{r.choice(['', '-清河市政府网', '_通知公告_清河市'])}</title>{head}", body, charset
    )
    return Labelled(family, "article", url, text, day, marks=m)


def boda_list(r: random.Random) -> Labelled:
    """博达 vsb: numbered style classes, rows between rules, slashes in dates; newer: day and month in two elements."""
    days, n = w.falling(r, newest_day(r), r.randint(2, 16)), r.randint(1000, 99999)
    shape, rows = r.randint(0, 2), ""
    for i, d in enumerate(days):
        href, t = f"../info/{r.randint(1001, 1099)}/{r.randint(100, 9999)}.htm", w.title(r)
        if shape == 0:
            rows += f'<tr height="20" id="line{n}_{i}"><td width="1%" valign="middle" nowrap><span class="leaderfont{n}">· </span></td><td valign="middle"><a class="c{n}" href="{href}" target="_blank" title="{t}">{t[:18]}</a></td><td width="1%" nowrap><span class="timestyle{n}">{d:%Y/%m/%d}&nbsp;</span></td></tr><tr><td colspan="3" height="1"></td></tr>'
        elif shape == 1:
            rows += f'<li id="line_u{n}_{i}"><a href="{href}" target="_blank"><div class="time"><span>{d:%d}</span><p>{d:%Y-%m}</p></div><div class="con"><h3>{t}</h3><p>{r.choice(w.PARA)}</p></div></a></li>'
        else:
            rows += f'<li id="line_u{n}_{i}"><span>{d.year}年{d:%m}月{d:%d}日</span><a href="{href}" target="_blank" title="{t}">{t}</a></li>'
    main = f'<table class="winstyle{n}" width="100%">{rows}</table>' if shape == 0 else f'<ul class="list">{rows}</ul>'
    return _list(
        r,
        "博达",
        f"http://jyj.dongping.gov.cn/tzgg/{f.name(r)}.htm",
        main + f'<div class="pb_sys_common">共{len(days) * 9}条 1/9</div>',
        days,
    )


def boda_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    shown = r.choice([f"{d.year}年{d:%m}月{d:%d}日 15:20", f"{d} 08:01", f"{d:%Y/%m/%d}"])
    info = r.choice(
        [
            f'<div align="center">{shown}　{r.choice(w.WHO)}　点击：[<script>_showDynClicks("wbnews", 1458332612, 8812)</script>]</div>',
            f'<p class="xx"><span>发布日期：{shown}</span><span>作者：</span><span>来源：{r.choice(w.WHO)}</span><span>点击：</span></p>',
            f"<h4>时间：{shown} 　 浏览：<span id=dynclicks>20230420</span>次</h4>",
        ]
    )
    main = f'<form name="_newscontent_fromname"><h{1 + r.randint(0, 2)}>{t}</h1>{info}<div id="vsb_content"><div class="v_news_content">{f.prose(r, d - timedelta(days=r.randint(1, 20)))}</div></div><div id="div_vote_id"></div></form>'
    return _article(
        r,
        "博达",
        f"http://jyj.dongping.gov.cn/info/{r.randint(1001, 1099)}/{r.randint(100, 9999)}.htm",
        main,
        t,
        d,
        r.choice(["", f'<META Name="description" Content="{w.PARA[1]}">']),
    )


def dede_list(r: random.Random) -> Labelled:
    days, rows = w.falling(r, newest_day(r), r.randint(2, 12)), ""
    for d in days:
        t = w.title(r)
        href = r.choice([f"/a/tongzhi/{d:%Y}/{d:%m%d}/{r.randint(10, 9999)}.html", f"/plus/view.php?aid={r.randint(10, 9999)}"])  # fmt: skip
        rows += f'<li><a href="{href}" class="preview"><img src="/uploads/allimg/230401/1-{r.randint(10**6, 10**7)}.jpg"/></a><b>[<a href="/a/tongzhi/">{{column}}</a>]</b> <a href="{href}" class="title">{t}</a><span class="info"><small>日期：</small>{d} {r.randint(8, 18):02d}:30:12 <small>点击：</small>{r.randint(1, 9999)} <small>好评：</small>0</span><p class="intro">{r.choice(w.PARA)}...</p></li>'
    return _list(
        r,
        "DedeCMS",
        "http://www.dongping.gov.cn/a/tongzhi/",
        f'<div class="listbox"><ul class="e2">{rows}</ul></div>',
        days,
    )


def dede_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    main = f'<div class="viewbox"><div class="title"><h2>{t}</h2></div><div class="info"><small>时间:</small>{d} 10:{r.randint(10, 59)}<small>来源:</small>{r.choice(["未知", "本站", *w.WHO])} <small>作者:</small>admin <small>点击:</small><script src="/plus/count.php?view=yes&aid=3&mid=1"></script>次</div><div class="intro">{r.choice(w.PARA)}</div><div class="content"><table width="100%"><tr><td>{f.prose(r, d - timedelta(days=r.randint(0, 9)))}</td></tr></table></div><div class="boxoff"><strong>------分隔线----------------------------</strong></div><div class="newdigg">顶一下(0) 0%</div></div>'
    url = r.choice(
        [
            f"http://www.dongping.gov.cn/a/tongzhi/{d:%Y}/{d:%m%d}/{r.randint(10, 9999)}.html",
            f"http://www.dongping.gov.cn/plus/view.php?aid={r.randint(10, 9999)}",
        ]
    )
    return _article(r, "DedeCMS", url, main, t, d, charset=r.choice(["utf-8", "gb2312"]))


def phpcms_list(r: random.Random) -> Labelled:
    """Every five items a rule in an item of its own; the date stands before the link."""
    days, rows = w.falling(r, newest_day(r), r.randint(2, 20)), ""
    timed = r.random() < 0.5
    for i, d in enumerate(days, 1):
        shown = f"{d} 15:30:22" if timed else f"{d}"
        rows += f'<li><span class="rt">{shown}</span>·<a href="/index.php?m=content&c=index&a=show&catid=10&id={r.randint(10, 999)}" target="_blank" style="">{w.title(r)}</a></li>'
        rows += '<li class="bk20 hr"></li>' if i % 5 == 0 else ""
    main = f'<ul class="list lh24 f14">{rows}</ul><div id="pages" class="text-c"><a class="a1">{len(days)}条</a> <a href="/list-10-1.html" class="a1">上一页</a> <span>1</span> <a href="/list-10-2.html">2</a></div>'
    return _list(
        r,
        "PHPCMS",
        "http://slj.liujiang.gov.cn/index.php?m=content&c=index&a=lists&catid=10",
        main,
        days,
        charset="gbk",
    )


def phpcms_article(r: random.Random) -> Labelled:
    """The date stands inside the heading, as this system's default theme has it."""
    t, d = w.title(r), newest_day(r)
    main = f'<div id="Article"><h1>{t}<br /><span>{d} {r.randint(8, 17):02d}:30:22&nbsp;&nbsp;&nbsp;来源：{r.choice(w.WHO)}&nbsp;&nbsp;&nbsp;评论：<a href="#c">0</a> 点击：<span id="hits"></span></span></h1><div class="content">{f.prose(r, d - timedelta(days=3))}</div></div>'
    return _article(
        r,
        "PHPCMS",
        f"http://slj.liujiang.gov.cn/index.php?m=content&c=index&a=show&catid=10&id={r.randint(1, 999)}",
        main,
        t,
        d,
        charset="gbk",
    )


def empire_list(r: random.Random) -> Labelled:
    """帝国: one table an item, or a list whose date stands in brackets before the title."""
    days, rows, shape = w.falling(r, newest_day(r), r.randint(2, 12)), "", r.randint(0, 2)
    for i, d in enumerate(days, 1):
        t, href = w.title(r), f"/e/action/ShowInfo.php?classid=7&amp;id={r.randint(10, 9999)}"
        if shape == 0:
            rows += f'<table width="100%" border="0" class="box"><tr><td><strong><a href="{href}">{t}</a></strong></td></tr><tr><td class="{f.name(r)}">发布时间：{d}　　点击：{r.randint(1, 9999)}</td></tr><tr><td>{r.choice(w.PARA)[:30]}...</td></tr></table>'
        elif shape == 1:
            rows += f"<li>[{d:%Y.%m.%d}] <a href='{href}' title='{t}'>{t}</a></li>"
        else:
            rows += f'<tr><td align="center">{i}</td><td><a href="{href}">{t}</a></td><td>{r.choice(w.WHO)}</td><td>{r.randint(1, 9999)}</td><td>{d}</td></tr>'
    main = {
        0: rows,
        1: f"<ul>{rows}</ul>",
        2: f'<table class="{f.name(r)}"><tr><th>编号</th><th>标题</th><th>单位</th><th>阅读</th><th>时间</th></tr>{rows}</table>',
    }[shape]
    return _list(r, "帝国", "http://www.beichuan.gov.cn/zwgk/tzgg/", main, days, old=r.random() < 0.5)


def empire_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    main = f'<table class="{f.name(r)}" width="100%"><tr><td align=center class="title_text">{t}</td></tr><tr><td class="info_text" align=center>时间：{d}&nbsp;&nbsp;来源：<a href="#">{r.choice(w.WHO)}</a>&nbsp;&nbsp;作者：佚名</td></tr><tr><td id="text">{f.prose(r, d - timedelta(days=r.randint(1, 8)))}</td></tr></table>'
    return _article(
        r,
        "帝国",
        r.choice(
            [
                f"http://www.beichuan.gov.cn/zwgk/tzgg/{d}/{r.randint(10, 9999)}.html",
                f"http://www.beichuan.gov.cn/e/action/ShowInfo.php?classid=7&id={r.randint(10, 9999)}",
            ]
        ),
        main,
        t,
        d,
        old=r.random() < 0.5,
    )


def siteserver_list(r: random.Random) -> Labelled:
    """SiteServer and its like on county sites; attachments as items, dates in English or by script."""
    days, rows, shape = w.falling(r, newest_day(r), r.randint(2, 15)), "", r.randint(0, 4)
    for i, d in enumerate(days):
        t, href = w.title(r), f"/contents/{r.randint(10, 99)}/{r.randint(100, 9999)}.html"
        if shape == 0:
            rows += f'<li><a href="{href}" target="_blank" istitle="true">{t}</a><span>[{d}]</span></li>'
        elif shape == 1:
            rows += f'<li><a href="/upload/files/2020/{i}/{r.randint(10**7, 10**8)}.pdf" target="_blank">{t}.pdf</a><i>{d}</i></li>'
        elif shape == 2:
            rows += f'<li class="{f.name(r)}"><p class="d">{d:%b %d, %Y}</p><a href="{href}">{t}</a></li>'
        elif shape == 3:
            rows += f'<li><a href="{href}">{t}</a><span><script>document.write("{d} 10:00:00".substring(0,10))</script></span></li>'
        else:
            rows += f'<dd><a href="{href}">{t}</a></dd><dt>{d.year}.{d.month}.{d.day}</dt>'
    main = f'<dl class="{f.name(r)}">{rows}</dl>' if shape == 4 else f'<ul class="news-list">{rows}</ul>'
    return _list(r, "SiteServer", "http://www.nanling.gov.cn/channels/15.html", main, days)


def siteserver_article(r: random.Random) -> Labelled:
    t, d, shape = w.title(r), newest_day(r), r.randint(0, 4)
    info = [
        f"<div>发布时间：{d}　来源：　浏览次数：{r.randint(1, 999)}</div>",
        f'<div class="{f.name(r)}"><b>{d:%d}</b><em>{d:%Y-%m}</em></div>',
        f'<div>【信息时间：{d.year}/{d.month}/{d.day}　阅读次数：<span id="infoViewCount"></span>】【我要打印】【关闭】</div>',
        f"<p>作者：{r.choice(w.WHO)}<span>{d} 16:40:00</span>字体：<a>大</a><a>中</a><a>小</a></p>",
        f'<div>发布时间：<script>document.write("{d} 08:30:00".split(" ")[0])</script> 编辑：李某</div>',
    ][shape]
    text = (
        '<iframe src="/pdf/web/viewer.html?file=/upload/a.pdf"></iframe><a href="/upload/a.pdf">附件下载</a>'
        if r.random() < 0.15
        else f.prose(r, d - timedelta(days=r.randint(2, 30)))
    )
    main = f'<div class="{f.name(r)}"><h2>{t}</h2>{info}<div class="{f.name(r)}">{text}</div></div>'
    return _article(
        r,
        "SiteServer",
        f"http://www.nanling.gov.cn/contents/{r.randint(10, 99)}/{r.randint(100, 9999)}.html",
        main,
        t,
        d,
    )


WRITERS = (boda_list, boda_article, dede_list, dede_article, phpcms_list, phpcms_article, empire_list, empire_article, siteserver_list, siteserver_article)  # fmt: skip
