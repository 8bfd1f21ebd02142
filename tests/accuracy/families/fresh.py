"""Four families written after the parser was frozen; their first score is kept in FIRST."""

import json
import random
from datetime import timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import AS_OF, Labelled, newest_day, newest_past

TODAY = AS_OF.date()


def _html(head: str, body: str, charset: str = "utf-8") -> bytes:
    return f'<!doctype html><html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"/>{head}</head><body>{body}</body></html>'.encode(
        "gb18030" if charset == "gb2312" else charset
    )


def _menu(r: random.Random) -> str:
    return (
        '<div id="menu">'
        + "".join(f'<a href="/{n}/">{name}</a> ' for n, name in enumerate(["首页", *r.sample(w.COLUMNS, 6)]))
        + "</div>"
    )


def catalogue_list(r: random.Random) -> Labelled:
    """政府信息公开目录: a table with an index number, two date columns and a popup per row."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(3, 15), 20)
    rows = ""
    for n, d in enumerate(days, 1):
        written = d - timedelta(days=r.randint(1, 30))
        t = w.title(r)
        rows += f'<tr><td>{n}</td><td class="gkbt"><a href="/gkml/{r.randint(100, 999)}/{r.randint(10**5, 10**6)}.shtml" target="_blank">{t}</a><div class="tip" style="display:none"><p>索引号：{d:%Y%m%d}-{n}</p><p>内容概述：{t}</p><p>生成日期：{written}</p></div></td><td>清政发〔{d.year}〕{r.randint(1, 99)}号</td><td>{d}</td></tr>'
    m = w.marks(r)
    body = f'{_menu(r)}<div class="gkml_l"><ul class="tree">{"".join(f"<li><a href=/gkml/{n}/>{c}</a></li>" for n, c in enumerate(w.COLUMNS[:8]))}</ul></div><div class="gkml_r"><h3>政策文件</h3><table class="gkTable"><tr><th>序号</th><th>标题</th><th>文号</th><th>发布日期</th></tr>{rows}</table><div class="changepage">共 {r.randint(2, 9)} 页 <a href="?page=2">下一页</a></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "信息公开目录",
        "list",
        "http://xxgk.qinghe.gov.cn/gkml/100/",
        _html(f"<title>政府信息公开目录-{city}</title>", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def catalogue_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    written, valid = d - timedelta(days=r.randint(2, 60)), d + timedelta(days=365)
    cells = [
        ("索引号", f"000014349/{d.year}-00{r.randint(100, 999)}"),
        ("主题分类", "综合政务"),
        ("发布机构", r.choice(w.WHO)),
        ("成文日期", f"{written.year}年{written.month}月{written.day}日"),
        ("标　　题", t),
        ("发文字号", f"清政办〔{d.year}〕7号"),
        ("发布日期", f"{d.year}年{d.month:02d}月{d.day:02d}日"),
        ("失效日期", str(valid)),
    ]
    if r.random() < 0.5:
        r.shuffle(cells)
    table = "".join(
        f"<tr><td><b>{a}：</b></td><td>{b}</td><td><b>{c}：</b></td><td>{e}</td></tr>"
        for (a, b), (c, e) in zip(cells[::2], cells[1::2], strict=True)
    )
    text = "".join(f'<p class="MsoNormal">{p}</p>' for p in w.paragraphs(r))
    m = w.marks(r)
    body = f'{_menu(r)}<table class="gkinfo">{table}</table><h2 class="gktitle">{t}</h2><div id="gkcontent">{text}<p style="text-align:right">{written.year}年{written.month}月{written.day}日</p></div>{w.footer(r, m, city)}'
    return Labelled(
        "信息公开目录",
        "article",
        f"http://xxgk.qinghe.gov.cn/gkml/100/{r.randint(10**5, 10**6)}.shtml",
        _html(f"<title>{t}</title>", body),
        d,
        marks=m,
    )


def summary_list(r: random.Random) -> Labelled:
    """Definition lists with a summary full of dates, source and counters."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(3, 10))
    rows = ""
    for d in days:
        info = [
            f"来源：{r.choice(w.WHO)}",
            f"发布时间：{d} {r.randint(8, 18):02d}:{r.randint(0, 59):02d}",
            f"浏览：{r.randint(1, 9999)}",
        ]
        rows += f'<dl class="nr"><dt><a href="view-{r.randint(1, 9)}-{r.randint(100, 9999)}.html" class="t">{w.title(r)}</a></dt><dd class="sum">{r.choice(w.PARA)}{r.choice(w.PARA)[:20]}…<a href="#">[详细]</a></dd><dd class="inf">{" ".join(f"<span>{i}</span>" for i in info)}</dd></dl>'
    hot = "".join(f'<p>{n}. <a href="view-1-{n}.html">{w.title(r)}</a></p>' for n in range(1, 9))
    m = w.marks(r)
    body = f'{_menu(r)}<p id="here">首页 / <a href="/gk">公开</a> / {column}</p><div class="box1">{rows}<div class="pg"><strong>1</strong><a href="list-3-2.html">2</a><a href="list-3-3.html">3</a><a href="list-3-2.html">&gt;</a></div></div><div class="box2"><h4>一周热榜</h4>{hot}</div>{w.footer(r, m, city)}'
    return Labelled(
        "摘要列表",
        "list",
        "http://wh.nanling.gov.cn/list-3-1.html",
        _html(f"<title>{column}-{city}文化和旅游局</title>", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def summary_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "".join(f"<section><span>{p}</span></section>" for p in w.paragraphs(r))
    shown = r.choice([f"{d:%y-%m-%d}", f"{d:%Y-%m-%d %H:%M}", f"{d:%b %d, %Y}", f"{d.month:02d}/{d.day:02d}/{d.year}"])
    m = w.marks(r)
    body = f'{_menu(r)}<div class="mm"><h4>{t}</h4><ul class="attr"><li>作者：李某</li><li>发布：{shown}</li><li>人气：{r.randint(100, 9999)}</li></ul><div class="vv">{text}</div><div class="cmt"><h5>网友评论</h5><p>某网友 2023-04-25 20:11：{r.choice(["好", "支持", "什么时候能办好？"])}</p></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "摘要列表",
        "article",
        f"http://wh.nanling.gov.cn/view-3-{r.randint(100, 9999)}.html",
        _html(f"<title>{t}-{city}文化和旅游局</title>", body),
        d,
        marks=m,
    )


def blog_list(r: random.Random) -> Labelled:
    """A blog engine: <time datetime>, excerpts, recent posts beside, older posts below."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(2, 10), 25)
    posts = "".join(
        f'<article class="post-{r.randint(1, 999)} post hentry"><header class="entry-header"><h2 class="entry-title"><a href="/archives/{r.randint(100, 9999)}" rel="bookmark">{w.title(r)}</a></h2><div class="entry-meta"><a href="/archives/{n}"><time class="entry-date published" datetime="{d}T0{r.randint(1, 9)}:00:00+08:00">{d.month}月 {d.day}, {d.year}</time></a> <a href="/author/admin">管理员</a> <a href="/category/news">动态</a></div></header><div class="entry-summary"><p>{r.choice(w.PARA)}</p></div></article>'
        for n, d in enumerate(days)
    )
    recent = "".join(f'<li><a href="/archives/{r.randint(100, 9999)}">{w.title(r)}</a></li>' for _ in range(5))
    months = "".join(f'<li><a href="/archives/date/2023/{n:02d}">2023年{n}月</a></li>' for n in range(1, 5))
    m = w.marks(r)
    body = f'<header id="masthead">{_menu(r)}</header><main id="main"><h1 class="page-title">分类：{column}</h1>{posts}<div class="nav-previous"><a href="/category/news/page/2">← 较旧文章</a></div></main><aside id="secondary"><h2 class="widget-title">近期文章</h2><ul>{recent}</ul><h2>归档</h2><ul>{months}</ul></aside>{w.footer(r, m, city)}'
    return Labelled(
        "博客引擎",
        "list",
        "https://kjg.yunyang.gov.cn/category/news",
        _html(f"<title>{column} – {city}科技馆</title>", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def blog_article(r: random.Random) -> Labelled:
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    before = d - timedelta(days=1)
    record = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": t,
            "datePublished": f"{before}T23:10:00Z",
            "dateModified": "2023-04-25T01:00:00Z",
        },
        ensure_ascii=False,
    )
    metas = (
        f'<meta property="og:title" content="{t}"/><meta property="article:published_time" content="{before}T23:10:00+00:00"/><meta property="article:modified_time" content="2023-04-25T01:00:00+00:00"/>'
        if r.random() < 0.6
        else ""
    )
    text = "".join(f"<p>{p}</p>" for p in w.paragraphs(r))
    m = w.marks(r)
    body = f'<header id="masthead">{_menu(r)}</header><article><h1 class="entry-title">{t}</h1><div class="entry-meta"><span class="posted-on">发布于 <time class="entry-date published" datetime="{before}T23:10:00+00:00">{d.year}年{d.month}月{d.day}日</time><time class="updated" datetime="2023-04-25T01:00:00+00:00">2023年4月25日</time></span></div><div class="entry-content">{text}</div></article><nav class="post-navigation">上一篇 <a href="/archives/1">{w.title(r)}</a></nav>{w.footer(r, m, city)}'
    return Labelled(
        "博客引擎",
        "article",
        f"https://kjg.yunyang.gov.cn/archives/{r.randint(100, 9999)}",
        _html(f'<title>{t} – {city}科技馆</title>{metas}<script type="application/ld+json">{record}</script>', body),
        d,
        marks=m,
    )


def dusty_list(r: random.Random) -> Labelled:
    """An old site: blank columns, two-digit years, relative words, dates only in addresses, a table for every row."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(3, 14))
    fresh = "".join(
        f'<table><tr><td>▪<a href="/gzdt/{r.randint(1, 999)}.html">{w.title(r)}</a></td></tr></table>' for n in range(4)
    )
    side = f'<td width="220"><b>本站要闻</b>{"".join(f"<div><a href=/yw/{n}.html>{w.title(r)}</a>（{TODAY - timedelta(days=n)}）</div>" for n in range(6))}</td>'
    shape = r.choice(["blank", "short", "relative", "address", "tables"])
    if shape == "blank":
        inner, days = r.choice(["暂无信息", "<p>该栏目暂无内容！</p>", "对不起，没有找到相关记录"]), []
    elif shape == "short":
        inner = "".join(
            f'<p>· <a href="info.php?id={r.randint(1, 999)}">{w.title(r)}</a> ({d:%y-%m-%d})</p>' for d in days
        )
    elif shape == "relative":
        days = [TODAY - timedelta(days=n) for n in (0, 1, 3, 6)]
        inner = "".join(
            f'<p>· <a href="info.php?id={r.randint(1, 999)}">{w.title(r)}</a> <em>{ago}</em></p>'
            for ago in ("2小时前", "昨天 15:20", "3天前", "6天前")
        )
    elif shape == "address":
        inner = (
            "<ul>"
            + "".join(
                f'<li><a href="/{d:%Y-%m}/{d:%d}/content_{r.randint(1000, 99999)}.htm">{w.title(r)}</a></li>'
                for d in days
            )
            + "</ul>"
        )
    else:
        inner = "".join(
            f'<table width="98%"><tr><td>▪ <a href="info.php?id={r.randint(1, 999)}">{w.title(r)}</a></td><td width="90">{d.year}-{d.month}-{d.day}</td></tr></table>'
            for d in days
        )
    m = w.marks(r)
    body = f'{_menu(r)}<table><tr>{side}<td><font color="red">{column}</font><hr>{inner}</td></tr></table>{fresh if r.random() < 0.3 else ""}{w.footer(r, m, city)}'
    return Labelled(
        "旧站杂项",
        "list",
        "http://lyj.dongping.gov.cn/list.php?cid=8",
        _html(f"<title>{column}_{city}林业局</title>", body, "gb2312"),
        newest_past(days) if days else None,
        len(days),
        marks=m,
        note=shape,
    )


def dusty_article(r: random.Random) -> Labelled:
    """Some show no date at all: then none must be invented."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    text = "<br><br>".join(w.paragraphs(r))
    shape = r.choice(["none", "tail", "head"])
    head = {"none": "", "tail": "", "head": f"<p align=center>（{d.year}.{d.month}.{d.day}）</p>"}[shape]
    tail = f"<p align=right>（发布日期：{d.year}-{d.month}-{d.day}）</p>" if shape == "tail" else ""
    m = w.marks(r)
    body = f"{_menu(r)}<center><h3>{t}</h3></center>{head}<div>{text}</div>{tail}{w.footer(r, m, city)}"
    return Labelled(
        "旧站杂项",
        "article",
        f"http://lyj.dongping.gov.cn/info.php?id={r.randint(1, 999)}",
        _html(f"<title>{t}_{city}林业局</title>", body, "gb2312"),
        None if shape == "none" else d,
        marks=m,
        note=shape,
    )


WRITERS = (catalogue_list, catalogue_article, summary_list, summary_article, blog_list, blog_article, dusty_list, dusty_article)  # fmt: skip
