"""Eight families the parser was developed with, after real systems."""

import random
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past


def _nav(r: random.Random) -> str:
    items = "".join(f'<li><a href="/{c}/">{name}</a></li>' for c, name in enumerate(r.sample(w.COLUMNS, 7)))
    today = r.choice(["", "<span>今天是2023年4月26日 星期三</span>", '<div class="date">2023年4月26日</div>'])
    return f'<div class="{r.choice(["header", "head", "top"])}">{today}<div class="nav"><ul><li><a href="/">首页</a></li>{items}</ul></div></div>'


def _side(r: random.Random, newest: date | None = None) -> str:
    """A box that must not rescue a dead list."""
    if r.random() < 0.4:
        return ""
    days = w.falling(r, newest or date(2023, 4, 26), r.randint(4, 9), 1)
    items = "".join(
        f'<li><a href="/xw/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(1, 99999)}.html">{w.title(r)}</a><span>{d}</span></li>'
        for d in days
    )
    return f'<div class="{r.choice(["side", "sidebar", "hot", "box", "r_box"])}"><h3>{r.choice(w.SIDES)}</h3><ul>{items}</ul></div>'


def _page(head: str, body: str, foot: str, charset: str = "utf-8") -> bytes:
    html = f'<!DOCTYPE html>\n<html><head><meta charset="{charset}">{head}</head><body>{body}{foot}</body></html>'
    return html.encode("gb18030" if charset.startswith("gb") else charset)


def trs_list(r: random.Random) -> Labelled:
    city, column = r.choice(w.CITIES), r.choice(w.COLUMNS)
    newest, count = newest_day(r), r.randint(3, 20)
    days = w.falling(r, newest, count)
    form = r.choice(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "[%Y-%m-%d]", "(%Y-%m-%d)", "%Y.%m.%d"])
    where = r.choice(["after", "before", "inside"])
    rows = []
    if r.random() < 0.3:  # a pinned old item
        old = newest - timedelta(days=r.randint(200, 800))
        days = [old, *days]
    for n, d in enumerate(days):
        pin = '<em class="zd">置顶</em>' if n == 0 and d < newest else ""
        link = f"./{d:%Y%m}/t{d:%Y%m%d}_{r.randint(1000, 999999)}.html"
        shown, t = f'<span class="{r.choice(["date", "time", "fr", ""])}">{d.strftime(form)}</span>', w.title(r)
        rows.append(
            {
                "after": f'<li>{pin}<a href="{link}" title="{t}">{t[:24]}</a>{shown}</li>',
                "before": f'<li>{shown}{pin}<a href="{link}">{t}</a></li>',
                "inside": f'<li><a href="{link}"><p>{t}</p>{shown}</a></li>',
            }[where]
        )
    crumb = f'<div class="{r.choice(["crumb", "dqwz", "position"])}">当前位置：<a href="/">首页</a> &gt; <a href="../">政务公开</a> &gt; <a href="./">{column}</a></div>'
    pager = f'<div class="page"><script>createPageHTML({r.randint(2, 30)}, 0, "index", "html");</script></div>'
    m = w.marks(r)
    body = f'{_nav(r)}<div class="main">{crumb}{_side(r) if r.random() < 0.5 else ""}<div class="{r.choice(["list", "gl_right", "news_list", "con"])}"><ul>{"".join(rows)}</ul>{pager}</div>{_side(r)}</div>'
    head = f"<title>{column}_{city}人民政府</title>" + (
        f'<meta name="ColumnName" content="{column}"><meta name="ColumnType" content="{column}">'
        if r.random() < 0.6
        else ""
    )
    return Labelled(
        "TRS WCM",
        "list",
        "http://www.qinghe.gov.cn/zwgk/tzgg/",
        _page(head, body, w.footer(r, m, city)),
        newest_past(days),
        len(days),
        marks=m,
    )


def trs_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    hour = f"{d} {r.randint(8, 18):02d}:{r.randint(0, 59):02d}"
    metas = (
        f'<meta name="ArticleTitle" content="{t}"><meta name="PubDate" content="{hour}"><meta name="ContentSource" content="市政府办">'
        if r.random() < 0.6
        else ""
    )
    label = r.choice(["发布时间：{}", "发布日期：{}", "时间：{}", "{}", "日期：{}", "发布于：{}"]).format(
        r.choice([hour, str(d), f"{d.year}年{d.month}月{d.day}日"])
    )
    info = [label, f"来源：{r.choice(w.WHO)}", f"浏览次数：{r.randint(10, 20230426)}", "字体：【大 中 小】"]
    if r.random() < 0.5:
        r.shuffle(info)
    text = "".join(f"<p>{p}</p>" for p in w.paragraphs(r))
    tail = (
        ""
        if r.random() < 0.6
        else f"<p align=right>{city}人民政府办公室</p><p align=right>{d - timedelta(days=r.randint(1, 20)):%Y年%m月%d日}</p>"
    )
    m = w.marks(r)
    body = f'{_nav(r)}<div class="pos">您现在的位置：<a href="/">首页</a>&gt;<a href="../">通知公告</a></div><div class="article"><h1>{t}</h1><div class="info">{"&nbsp;&nbsp;".join(info)}</div><div class="TRS_Editor">{text}{tail}</div></div>{_side(r)}'
    url = f"http://www.qinghe.gov.cn/zwgk/tzgg/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(1, 99999)}.html"
    return Labelled(
        "TRS WCM",
        "article",
        url,
        _page(f"<title>{t}-{city}人民政府</title>{metas}", body, w.footer(r, m, city)),
        d,
        marks=m,
    )


def jpage_list(r: random.Random) -> Labelled:
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 20))
    shape = r.choice(["li", "tr", "div"])
    records = []
    for d in days:
        link, t = f"/art/{d.year}/{d.month}/{d.day}/art_{r.randint(1, 99)}_{r.randint(1, 99999)}.html", w.title(r)
        inner = {
            "li": f'<li><a href="{link}" title="{t}" target="_blank">{t}</a><span class="bt-data-time">{r.choice(["[{}]", "{}"]).format(d)}</span></li>',
            "tr": f'<tr><td><a href="{link}">{t}</a></td><td width="80">{d}</td></tr>',
            "div": f'<div class="r"><b>{d}</b><a href="{link}">{t}</a></div>',
        }[shape]
        records.append(f"<record><![CDATA[\n{inner}]]></record>")
    store = f'<script type="text/xml"><datastore>\n<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&columnid=34"></a>]]></nextgroup>\n<recordset>{"".join(records)}</recordset></datastore></script>'
    m = w.marks(r)
    body = f'{_nav(r)}<div class="bread">当前位置：<a href="/">首页</a>&gt;<a href="/col/col34/index.html">{column}</a></div><div id="list"><div id="34">{store}</div><script src="/script/jpage/jpage.js"></script></div>{_side(r)}'
    return Labelled(
        "大汉 jpage",
        "list",
        "http://www.liujiang.gov.cn/col/col34/index.html",
        _page(
            f"<title>{city}人民政府 {column}</title>" if r.random() < 0.4 else f"<title>{column}</title>",
            body,
            w.footer(r, m, city),
        ),
        newest_past(days),
        len(days),
        marks=m,
    )


def jpage_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    metas = f'<meta name="pubdate" content="{d}"><meta name="articletitle" content="{t}">' if r.random() < 0.3 else ""
    cells = (
        f"<td>索 引 号：</td><td>{r.randint(10**8, 10**9)}/{d.year}-{r.randint(100, 999)}</td><td>发布日期：</td><td>{d}</td>"
        if r.random() < 0.4
        else ""
    )
    info = (
        f"<table><tr>{cells}</tr><tr><td>成文日期：</td><td>{d - timedelta(days=r.randint(2, 40))}</td></tr></table>"
        if cells
        else f'<div class="xl">发布日期：{d} {r.randint(8, 18):02d}:20 &nbsp; 信息来源：{r.choice(w.WHO)} &nbsp; 阅读：<script>document.write(1)</script>次</div>'
    )
    text = "".join(f"<p>　　{p}</p>" for p in w.paragraphs(r))
    m = w.marks(r)
    body = f'{_nav(r)}<div class="bread">当前位置：<a href="/">首页</a>&gt;<a href="/col/col3/">文件</a>&gt;正文</div><div class="main"><div class="title">{t}</div>{info}<div id="zoom">{text}</div></div>{_side(r)}'
    return Labelled(
        "大汉 jpage",
        "article",
        f"http://www.liujiang.gov.cn/art/{d.year}/{d.month}/{d.day}/art_5_{r.randint(1, 9999)}.html",
        _page(f"<title>{city}人民政府 {t}</title>{metas}", body, w.footer(r, m, city)),
        d,
        marks=m,
    )


def kaipu_list(r: random.Random) -> Labelled:
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(2, 15))
    if r.random() < 0.3:  # a date in the future must not make the list fresh
        days = [date(2023, 4, 26) + timedelta(days=r.randint(2, 90)), *days]
    rows = "".join(
        f'<div class="item"><span class="tag">[<a href="/lb{n % 3}/">{r.choice(["公示", "通知", "文件"])}</a>]</span><a href="/xxgk/content_{r.randint(1000, 99999)}.html">{w.title(r)}</a><i>{d.strftime(r.choice(["%Y-%m-%d", "%Y-%m-%d %H:%M"]))}</i></div>'
        for n, d in enumerate(days)
    )
    numbers = "".join(f'<a href="/xxgk/gsgg/list_{n}.shtml">{n}</a>' for n in range(2, 6))
    m = w.marks(r)
    body = f'{_nav(r)}<div class="left-menu"><ul>{"".join(f"<li><a href=/xxgk/{n}/>{name}</a></li>" for n, name in enumerate(r.sample(w.COLUMNS, 5)))}</ul></div><div class="con_r"><h2>{column}</h2><div class="newslist">{rows}</div><div class="pagination">共5页 <span>1</span>{numbers}<a href="/xxgk/gsgg/list_2.shtml">下一页</a></div></div>{_side(r)}'
    return Labelled(
        "开普",
        "list",
        "http://www.yunyang.gov.cn/xxgk/gsgg/list.shtml",
        _page(f"<title>{column} - {city}人民政府</title>", body, w.footer(r, m, city)),
        newest_past(days),
        len(days),
        marks=m,
    )


def kaipu_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "".join(f'<p style="text-indent:2em"><span style="font-size:16px">{p}</span></p>' for p in w.paragraphs(r))
    info = f'<span class="date"><b>发布时间：</b>{d.year}-{d.month:02d}-{d.day:02d} 10:{r.randint(10, 59)}</span><span class="ly"><b>来源：</b>{r.choice(w.WHO)}</span><span>点击数：{r.randint(1, 9999)}</span>'
    update = f"<span>更新时间：{d + timedelta(days=r.randint(0, 9))}</span>" if r.random() < 0.3 else ""
    near = "".join(
        f'<li><a href="/x/{n}.html">{w.title(r)}</a> {date(2023, 4, 26) - timedelta(days=n)}</li>' for n in range(4)
    )
    m = w.marks(r)
    body = f'{_nav(r)}<div class="wrap"><h2 class="tit">{t}</h2><p class="sub">{info}{update}</p><div class="txt">{text}</div><p>附件：<a href="/files/{r.randint(1, 99)}.pdf">实施方案.pdf</a></p><div class="related"><h4>相关阅读</h4><ul>{near}</ul></div></div>'
    return Labelled(
        "开普",
        "article",
        f"http://www.yunyang.gov.cn/xxgk/content_{r.randint(1000, 99999)}.html",
        _page(f"<title>{t}_{city}人民政府</title>", body, w.footer(r, m, city)),
        d,
        marks=m,
    )


def hub_list(r: random.Random) -> Labelled:
    city, days, blocks = r.choice(w.CITIES), [], []
    for n, name in enumerate(r.sample(w.COLUMNS, r.randint(3, 5))):
        own = w.falling(r, newest_day(r), r.randint(3, 7))
        days += own
        rows = "".join(
            f'<li><span>{d:%m-%d}</span><a href="/zwgk/c{n}/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(1, 9999)}.html" title="{w.title(r)}">{w.title(r)}</a></li>'
            for d in own
        )
        blocks.append(
            f'<div class="block"><div class="hd"><h3><a href="/zwgk/c{n}/">{name}</a></h3><a class="more" href="/zwgk/c{n}/">更多&gt;&gt;</a></div><ul class="bd">{rows}</ul></div>'
        )
    m = w.marks(r)
    body = f'{_nav(r)}<div class="loc">当前位置：<a href="/">首页</a> &gt; 政务公开</div><div class="wrap">{"".join(blocks)}</div>{_side(r)}'
    return Labelled(
        "拓尔思 hub",
        "list",
        "http://www.dongping.gov.cn/zwgk/",
        _page(f"<title>政务公开_{city}人民政府</title>", body, w.footer(r, m, city)),
        newest_past(days),
        len(days),
        marks=m,
    )


def hub_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "<br>".join(f"　　{p}" for p in w.paragraphs(r))
    m = w.marks(r)
    body = f'{_nav(r)}<div class="detail"><p class="t1">{t}</p><p class="t2">{d:%Y-%m-%d}&nbsp;|&nbsp;{r.choice(w.WHO)}&nbsp;|&nbsp;<a href="javascript:window.print()">打印</a></p><div class="content">{text}</div></div><div class="pn">上一篇：<a href="1.html">{w.title(r)}</a> 2023-04-25</div>'
    return Labelled(
        "拓尔思 hub",
        "article",
        f"http://www.dongping.gov.cn/zwgk/c1/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(1, 9999)}.html",
        _page(f"<title>{t}_{city}</title>", body, w.footer(r, m, city)),
        d,
        marks=m,
    )


def cloud_list(r: random.Random) -> Labelled:
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 12))
    shape = r.choice([0, 1, 2])
    rows = []
    for d in days:
        shown = (
            f'<div class="day"><span>{d.day:02d}</span><i>{d:%Y-%m}</i></div>',
            f'<div class="d"><b>{d:%m-%d}</b><em>{d.year}</em></div>',
            f'<p class="rq"><strong>{d.day}</strong>{d.year}年{d.month:02d}月</p>',
        )[shape]
        t = w.title(r)
        rows.append(
            f'<li class="clearfix">{shown}<div class="txt"><a href="/{r.randint(100, 999)}/{r.randint(10**6, 10**7)}.html"><h4>{t}</h4><p>{r.choice(w.PARA)[:40]}...</p></a></div></li>'
        )
    m = w.marks(r)
    body = f'{_nav(r)}<div class="crumbs"><a href="/">网站首页</a> / <a href="/gk/">公开</a> / <span>{column}</span></div><ul class="list">{"".join(rows)}</ul><div class="fenye"><a href="/gk/p2.html">2</a><a href="/gk/p2.html">下一页</a><a href="/gk/p9.html">尾页</a></div>{_side(r)}'
    return Labelled(
        "政务云",
        "list",
        "http://jyj.beichuan.gov.cn/gk/p1.html",
        _page(f"<title>{column}｜{city}教育局</title>", body, w.footer(r, m, city)),
        newest_past(days),
        len(days),
        marks=m,
    )


def cloud_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "".join(f"<div>{p}</div>" for p in w.paragraphs(r))
    m = w.marks(r)
    place = r.choice(["top", "bottom"])
    line = (
        f'<div class="meta"><span>发布日期</span><span>{d}</span><span>来源</span><span>{r.choice(w.WHO)}</span></div>'
    )
    body = f'{_nav(r)}<section class="post"><h3>{t}</h3>{line if place == "top" else ""}<article class="editor">{text}</article>{line if place == "bottom" else ""}</section>'
    return Labelled(
        "政务云",
        "article",
        f"http://jyj.beichuan.gov.cn/{r.randint(100, 999)}/{r.randint(10**6, 10**7)}.html",
        _page(f"<title>{t}｜{city}教育局</title>", body, w.footer(r, m, city)),
        d,
        marks=m,
    )


def vue_list(r: random.Random) -> Labelled:
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    url = "http://www.nanling.gov.cn/gov/list/1024"
    if r.random() < 0.5:
        body = '<div id="app"></div><script src="/static/js/chunk-vendors.8d1.js"></script><script src="/static/js/app.1f.js"></script>'
        return Labelled(
            "Vue",
            "list",
            url,
            _page(f"<title>{city}人民政府</title>", body, "<noscript>请启用JavaScript</noscript>"),
            None,
            None,
            render=True,
        )
    days = w.falling(r, newest, r.randint(3, 12))
    key = r.choice([("title", "url", "publishTime"), ("docTitle", "docPubUrl", "docRelTime"), ("name", "link", "date")])
    records = ",".join(
        f'{{"{key[0]}":"{w.title(r)}","{key[1]}":"/c/{r.randint(1, 9999)}.html","{key[2]}":"{d} 10:00:00"}}'
        for d in days
    )
    body = f'{_nav(r)}<div id="app"><h2>{column}</h2><ul class="list" v-cloak></ul></div><script>var pageData = {{"total":{len(days)},"rows":[{records}]}};new Vue({{el:"#app"}})</script>'
    m = w.marks(r)
    return Labelled(
        "Vue",
        "list",
        url,
        _page(f"<title>{column}-{city}人民政府</title>", body, w.footer(r, m, city)),
        newest_past(days),
        len(days),
        marks=m,
    )


def vue_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "".join(f"<p>{p}</p>" for p in w.paragraphs(r))
    m = w.marks(r)
    body = f'<div id="__nuxt"><header>{_nav(r)}</header><main><h1 class="detail-title">{t}</h1><div class="detail-info"><span>{d.year}/{d.month:02d}/{d.day:02d} 09:{r.randint(10, 59)}:00</span><span>{r.choice(w.WHO)}</span></div><div class="detail-content">{text}</div></main></div><script>window.__NUXT__={{"now":"2023-04-26 09:00:00"}}</script>'
    return Labelled(
        "Vue",
        "article",
        f"http://www.nanling.gov.cn/gov/detail/{r.randint(1, 9999)}",
        _page(f"<title>{t}</title>", body, w.footer(r, m, city)),
        d,
        marks=m,
    )


def asp_list(r: random.Random) -> Labelled:
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 25))
    cell = r.choice(
        [
            lambda d: f"[{d.year}-{d.month}-{d.day}]",
            lambda d: f"{d.year}/{d.month}/{d.day}",
            lambda d: f"({d.month}/{d.day}/{d.year})",
        ]
    )
    rows = "".join(
        f'<tr><td width=20><img src=dot.gif></td><td><a href="show.asp?id={r.randint(1, 9999)}">{w.title(r)}</a></td><td align=right><font color=#999999>{cell(d)}</font></td></tr>'
        for d in days
    )
    m = w.marks(r)
    pager = "共<b>12</b>页 <a href='list.asp?cid=3&page=2'>下一页</a> <a href='list.asp?cid=3&page=12'>尾页</a>"
    side = "".join(
        f'<tr><td><a href="show.asp?id={n}">{w.title(r)[:12]}</a> 2023-4-{25 - n}</td></tr>' for n in range(5)
    )
    body = f"<table width=1000><tr><td>现在是：2023年4月26日</td></tr></table><table><tr><td width=200 valign=top><table><tr><td>热点文章</td></tr>{side}</table></td><td><table><tr><td>您的位置：<a href=index.asp>首页</a> &gt;&gt; {column}</td></tr></table><table width=100%>{rows}</table><div align=center>{pager}</div></td></tr></table>"
    return Labelled(
        "旧 ASP 表格",
        "list",
        "http://oa.dongping.gov.cn/list.asp?cid=3",
        _page(f"<title>{city}水利局</title>", body, w.footer(r, m, city), "gb2312"),
        newest_past(days),
        len(days),
        marks=m,
    )


def asp_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "<br>\n".join(f"　　{p}" for p in w.paragraphs(r))
    m = w.marks(r)
    info = r.choice(
        [
            f"发布时间：{d.year}-{d.month}-{d.day} 8:05:12　点击：{r.randint(1, 999)}",
            f"[ 作者：admin　来源：本站　{d.year}年{d.month}月{d.day}日 ]",
            f"录入时间：{d.year}/{d.month}/{d.day}",
        ]
    )
    body = f"<table><tr><td>今天是 2023年4月26日 星期三</td></tr></table><table width=760><tr><td align=center><b><font size=4>{t}</font></b></td></tr><tr><td align=center>{info}</td></tr><tr><td>{text}</td></tr></table>"
    return Labelled(
        "旧 ASP 表格",
        "article",
        f"http://oa.dongping.gov.cn/show.asp?id={r.randint(1, 9999)}",
        _page(f"<title>{t}</title>", body, w.footer(r, m, city), "gb2312"),
        d,
        marks=m,
    )


def gbk_list(r: random.Random) -> Labelled:
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    while (date(2023, 4, 26) - newest).days > 300:  # without a year only the last twelve months can be told
        newest = newest_day(r)
    days = w.falling(r, newest, r.randint(4, 12), 4)
    form = r.choice(["{0.month:02d}-{0.day:02d}", "[{0.month:02d}/{0.day:02d}]", "{0.month}月{0.day}日"])
    rows = "<br>".join(f'·<a href="/news/{r.randint(1000, 9999)}.htm">{w.title(r)}</a> {form.format(d)}' for d in days)
    m = w.marks(r)
    body = f'{_nav(r)}<div class="weizhi">您当前的位置：<a href="/">首页</a>-><a href="/news/">{column}</a></div><div class="lb">{rows}</div><div>共{len(days)}条 首页 上一页 下一页 尾页</div>{_side(r)}'
    return Labelled(
        "GBK 平铺",
        "list",
        "http://www.liulin.gov.cn/news/",
        _page(f"<title>{column}--{city}政府网</title>", body, w.footer(r, m, city), "gbk"),
        newest_past(days),
        len(days),
        r.choice(["text/html", "text/html; charset=utf-8", "text/html; charset=ISO-8859-1", "text/html; charset=gbk"]),
        m,
    )


def gbk_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "".join(f"<P>{p}</P>" for p in w.paragraphs(r))
    chinese = "".join("〇一二三四五六七八九"[int(c)] for c in str(d.year))
    shown = r.choice(
        [str(d), f"{chinese}年{_number(d.month)}月{_number(d.day)}日", f"{d.year}．{d.month:02d}．{d.day:02d}"]
    )
    m = w.marks(r)
    body = f'{_nav(r)}<div class="nr"><div class="bt">{t}</div><div class="fbt">发表日期：{shown}　编辑：张某　访问量：{r.randint(1, 99999)}</div><div class="zw">{text}</div></div>'
    return Labelled(
        "GBK 平铺",
        "article",
        f"http://www.liulin.gov.cn/news/{r.randint(1000, 9999)}.htm",
        _page(f"<title>{t}--{city}政府网</title>", body, w.footer(r, m, city), "gbk"),
        d,
        content_type=r.choice(["text/html", "text/html; charset=utf-8"]),
        marks=m,
    )


def _number(n: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(n, 10)
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


WRITERS = (trs_list, trs_article, jpage_list, jpage_article, kaipu_list, kaipu_article, hub_list, hub_article,
           cloud_list, cloud_article, vue_list, vue_article, asp_list, asp_article, gbk_list, gbk_article)  # fmt: skip
