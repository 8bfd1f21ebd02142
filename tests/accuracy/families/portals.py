"""Second round, continued: portals of the last years, the oldest tables, phones, letters and home pages."""

import json
import random
from datetime import date, timedelta

from tests.accuracy.families import layout as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past
from tests.accuracy.families.layout import TODAY
from tests.accuracy.families.systems import _article, _list


def _recent(r: random.Random, longest: int = 200) -> date:
    return TODAY - timedelta(days=r.choice([0, 1, 5, 20, 60, longest]))


def haiyun_list(r: random.Random) -> Labelled:
    """海云 and its like: the date is cut into pieces, or heads a group of items."""
    days, rows, shape = w.falling(r, newest_day(r), r.randint(3, 12)), "", r.randint(0, 4)
    if shape == 4:
        days = sorted(set(days), reverse=True)
    count = 0
    for d in days:
        t, href = w.title(r), f"./{d:%Y%m}/t{d:%Y%m%d}_{r.randint(10**5, 10**6)}.html"
        if r.random() < 0.5 or shape == 4:
            href = f"/content/{r.randint(10**8, 10**9)}"
        if shape == 0:
            rows += f'<li><div class="{f.name(r)}"><span class="day">{d:%d}</span><span class="ym">{d:%Y-%m}</span></div><div class="txt"><h4><a href="{href}">{t}</a></h4><p>{r.choice(w.PARA)}</p></div></li>'
        elif shape == 1:
            rows += f'<div class="item"><a href="{href}"><div class="l"><b>{d:%m-%d}</b><i>{d.year}</i></div><div class="r"><p class="t">{t}</p><p>{r.choice(w.PARA)}</p></div></a></div>'
        elif shape == 2:
            rows += f'<li><a href="{href}" title="{t}"><strong>{d.day}</strong><em>{d.year}年{d.month}月</em><span>{t}</span></a></li>'
        elif shape == 3:
            rows += f'<li><img src="./W020230420{r.randint(100, 999)}.jpg"><h3><a href="{href}">{t}</a></h3><p>{r.choice(w.PARA)[:25]} <a href="{href}">[详情]</a></p><p>{d.year} / {d:%m} / {d:%d}</p></li>'
        else:
            several = r.randint(1, 3)
            count += several
            rows += f"<h5>{d.year}年{d.month}月{d.day}日</h5><ul>{''.join(f'<li><a href={href}{n}>{w.title(r)}</a></li>' for n in range(several))}</ul>"
    main = f'<div class="{f.name(r)}">{rows}</div>' if shape in (1, 4) else f'<ul class="{f.name(r)}">{rows}</ul>'
    page = _list(r, "海云", "http://www.qinghe.gov.cn/zwgk/tzgg/", main, days)
    return (
        page if shape != 4 else Labelled(page.family, "list", page.url, page.body, page.date, count, marks=page.marks)
    )


def haiyun_article(r: random.Random) -> Labelled:
    """Metas with the other dates of a page: created, modified, printed."""
    t, d = w.title(r), newest_day(r)
    metas = f'<meta name="ArticleTitle" content="{t}"><meta name="ColumnName" content="{r.choice(w.COLUMNS)}"><meta name="PubDate" content="{d} {r.randint(8, 18):02d}:12"><meta name="ContentSource" content="{r.choice(w.WHO)}"><meta name="createDate" content="2023-04-26 03:00:00">'
    shown = r.choice(["", f"{d} 11:20", f"{d.year}年{d:%m}月{d:%d}日"])
    bar = f'<div class="{f.name(r)}"><span>{shown}</span><span>来源：{r.choice(w.WHO)}</span><span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span><span>打印时间：{TODAY}</span></div>'
    main = f'<div class="{f.name(r)}"><div class="{f.name(r)}">{t}</div>{bar}<div class="trs_editor_view TRS_UEDITOR">{f.prose(r, d - timedelta(days=r.randint(0, 40)))}</div></div>'
    return _article(
        r, "海云", f"http://www.qinghe.gov.cn/zwgk/tzgg/content/{r.randint(10**7, 10**8)}.html", main, t, d, metas
    )


def _state(r: random.Random, items: list[dict[str, object]], shape: int) -> str:
    data = json.dumps(
        {
            "props": {
                "pageProps": {"list": items, "total": 120, "column": {"name": "通知公告", "updated": "2023-04-26"}}
            }
        },
        ensure_ascii=False,
    )
    return (
        f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
        if shape == 0
        else f"<script>window.__INITIAL_STATE__={data};</script>"
    )


def state_list(r: random.Random) -> Labelled:
    """Server-rendered scripts: the list stands in a data record, drawn or not."""
    days, shape, rows, items = w.falling(r, newest_day(r), r.randint(3, 12)), r.randint(0, 1), "", []
    drawn, stamp = r.random() < 0.5, r.choice(["text", "ms", "iso"])
    for d in days:
        t, number = w.title(r), r.randint(10**5, 10**6)
        when: object = {
            "text": f"{d} 10:20:30",
            "ms": 1000 * (86400 * (d - date(1970, 1, 1)).days + 8000),
            "iso": f"{d}T02:00:00.000+08:00",
        }[stamp]
        items.append({"id": number, "title": t, "publishTime": when, "url": f"/detail/{number}", "views": 3})
        rows += f'<div class="{f.name(r)}"><a href="/detail/{number}"><p>{t}</p></a><p>{d}</p></div>'
    inner = f'<div id="__next"><main><h2>通知公告</h2><section>{rows if drawn else ""}</section></main></div>'
    m = w.marks(r)
    body = f"{inner}{w.footer(r, m, '清河市')}{_state(r, items, shape)}"
    text = f.document(r, "<title>通知公告</title>", body)
    return Labelled(
        "数据脚本", "list", "https://fgw.qinghe.gov.cn/list/12", text, newest_past(days), len(days), marks=m
    )


def state_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    data = json.dumps({"data": {"title": t, "publishTime": f"{d} 10:00:00", "updateTime": "2023-04-25 11:00:00"}})
    main = f'<div data-v-{r.randint(10**6, 10**7)}="" class="detail"><div class="{f.name(r)}">{t}</div><div class="{f.name(r)}"><div>发布日期</div><div>{d}</div><div>信息来源</div><div>{r.choice(w.WHO)}</div><div>浏览次数</div><div>2023</div></div><div class="rich">{f.prose(r)}</div></div><script>window.__NUXT__={data}</script>'
    return _article(r, "数据脚本", f"https://fgw.qinghe.gov.cn/detail/{r.randint(10**5, 10**6)}", main, t, d)


def asp_list(r: random.Random) -> Labelled:
    """Nested tables, FONT tags, unquoted attributes; month and day only; numbers that look like dates."""
    shape, rows = r.randint(0, 3), ""
    days = w.falling(r, _recent(r), r.randint(3, 14), 6)
    for i, d in enumerate(days):
        t, number = w.title(r), r.randint(1, 9999)
        new = "<IMG src=images/new.gif>" if i < 2 else ""
        if shape == 0:
            rows += f'<TR><TD width=20><IMG src=images/dot.gif></TD><TD><A href="show.asp?id={number}" target=_blank><FONT color=#333333>{t}</FONT></A>{new}</TD><TD align=right><FONT color=#999999>[{d.month}-{d.day}]</FONT></TD></TR>'
        elif shape == 1:
            rows += f"<TR><TD><FONT face=Wingdings>w</FONT> <A href=show.asp?id={number}>{t}</A> <FONT color=red>({d.month}月{d.day}日)</FONT></TD></TR>"
        elif shape == 2:
            rows += f'<TR><TD>{i + 1}.</TD><TD>2023-{r.randint(1, 9999):04d}</TD><TD><A href="show.asp?id={number}">{t}</A></TD><TD>清发〔2023〕{i + 4}号</TD><TD>{d.year}-{d.month}-{d.day}</TD></TR>'
        else:
            rows += f'<TABLE width="100%"><TBODY><TR><TD background=images/line.gif>·<A onclick="" href="show.asp?id={number}">{t}</A></TD><TD width=110><FONT size=2>{d:%m/%d/%Y}</FONT></TD></TR></TBODY></TABLE>'
    main = f"<TABLE width=740 border=0><TBODY><TR><TD height=28 background=images/bar.gif><B><FONT color=#ffffff>{{column}}</FONT></B></TD></TR><TR><TD>{rows if shape == 3 else f'<TABLE width=100%><TBODY>{rows}</TBODY></TABLE>'}</TD></TR></TBODY></TABLE>"
    return _list(r, "ASP 嵌套表格", "http://www.liujiang.gov.cn/list.asp?classid=3", main, days, True, "gb2312")


def asp_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    shown = r.choice([f"{d.year}-{d.month}-{d.day} {r.randint(8, 18)}:02:11", f"{d.year}年{d.month}月{d.day}日", f"{d.year}/{d.month}/{d.day}"])  # fmt: skip
    lead = r.choice(["加入时间：", "发布时间:", "更新时间：", "【发布日期：", "[", "日期："])
    info = f"<TD align=center height=30><FONT color=#666666>{lead}{shown}{'】' if '【' in lead else ']' if lead == '[' else ''}　　阅读次数：{r.randint(1, 9999)}</FONT></TD>"
    main = f"<TABLE width=740><TBODY><TR><TD align=center><FONT size=4><B>{t}</B></FONT></TD></TR><TR>{info}</TR><TR><TD><HR></TD></TR><TR><TD style='LINE-HEIGHT: 24px'>{f.prose(r, d - timedelta(days=2))}</TD></TR></TBODY></TABLE>"
    return _article(r, "ASP 嵌套表格", f"http://www.liujiang.gov.cn/show.asp?id={r.randint(1, 9999)}", main, t, d, "", True, "gb2312")  # fmt: skip


def phone_list(r: random.Random) -> Labelled:
    """Cards whose whole area is one link; relative words and times of today."""
    relative, rows = r.random() < 0.4, ""
    days = w.falling(r, _recent(r) if relative else newest_day(r), r.randint(3, 12))
    if relative:
        days = [
            TODAY,
            TODAY - timedelta(days=1),
            TODAY - timedelta(days=2),
            *[d for d in days if d < TODAY - timedelta(days=5)],
        ]
    for i, d in enumerate(days):
        shown = ["今天 08:12", "昨天", "前天"][i] if relative and i < 3 else f"{d}"
        rows += f'<a class="{f.name(r)}" href="/m/article/{r.randint(10**5, 10**6)}"><div class="pic"><img data-src="/img/2023/04/26/{i}.png"></div><div><h3>{w.title(r)}</h3><p><span>{r.choice(w.WHO)}</span><span>{shown}</span><span>{r.randint(1, 999)}阅读</span></p></div></a>'
    m = w.marks(r)
    body = f'<header><a href="/m/">首页</a> {r.choice(w.COLUMNS)}</header><main>{rows}</main><div class="more">加载更多</div>{w.footer(r, m, "云阳市")}'
    head = f'<title>{r.choice(w.COLUMNS)}</title><meta name="viewport" content="width=device-width">'
    return Labelled("手机版", "list", "https://m.yunyang.gov.cn/m/list/20", f.document(r, head, body), newest_past(days), len(days), marks=m)  # fmt: skip


def phone_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    m = w.marks(r)
    more = "".join(
        f'<a href="/m/article/{n}"><h4>{w.title(r)}</h4><p>{TODAY - timedelta(days=n)}</p></a>' for n in range(4)
    )
    body = f'<header>清河发布</header><article><h1>{t}</h1><p class="{f.name(r)}"><span>{r.choice(w.WHO)}</span> <span>{d} {r.randint(8, 18):02d}:{r.randint(10, 59)}</span></p>{f.prose(r)}</article><section><h3>推荐阅读</h3>{more}</section>{w.footer(r, m, "云阳市")}'
    return Labelled("手机版", "article", f"https://m.yunyang.gov.cn/m/article/{r.randint(10**5, 10**6)}", f.document(r, f"<title>{t}</title>", body), d, marks=m)  # fmt: skip


def library_list(r: random.Random) -> Labelled:
    """政策文件库: each card tells two dates, a document number and its validity."""
    days, rows, table = w.falling(r, newest_day(r), r.randint(3, 10)), "", r.random() < 0.5
    for d in days:
        t, signed = w.title(r), d - timedelta(days=r.randint(1, 40))
        number = f"清政办发〔{signed.year}〕{r.randint(1, 60)}号"
        if table:
            rows += f'<tr><td><a href="/zcwj/{r.randint(10**5, 10**6)}.html">{t}</a></td><td>{number}</td><td>{signed}</td><td>{d}</td><td>有效</td></tr>'
        else:
            rows += f'<div class="{f.name(r)}"><a href="/zcwj/{r.randint(10**5, 10**6)}.html"><h4>{t}</h4></a><ul><li>发文字号：{number}</li><li>成文日期：{signed}</li><li>发布日期：{d}</li><li>有效性：有效</li></ul></div>'
    main = (
        f"<table><thead><tr><td>标题</td><td>文号</td><td>成文日期</td><td>发布日期</td><td>状态</td></tr></thead><tbody>{rows}</tbody></table>"
        if table
        else f"<div>{rows}</div>"
    )
    return _list(r, "文件库", "http://www.nanling.gov.cn/zcwj/", main, days)


def library_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    signed = d - timedelta(days=r.randint(1, 40))
    pairs = [("索 引 号", f"11{r.randint(10**6, 10**7)}/{d.year}-{r.randint(10000, 99999)}"), ("发文机关", r.choice(w.WHO)), ("成文日期", f"{signed}"), ("发布日期", f"{d}"), ("文　　号", f"清政办发〔{signed.year}〕8号"), ("实施日期", f"{d + timedelta(days=30)}")]  # fmt: skip
    r.shuffle(pairs)
    shape = r.randint(0, 2)
    card = [
        "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in pairs) + "</dl>",
        "<ul>" + "".join(f"<li><strong>{a}：</strong><span>{b}</span></li>" for a, b in pairs) + "</ul>",
        "<table>" + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in pairs) + "</table>",
    ][shape]
    main = f'<div class="{f.name(r)}">{card}</div><h1>{t}</h1><div>{f.prose(r, signed)}</div>'
    return _article(r, "文件库", f"http://www.nanling.gov.cn/zcwj/{r.randint(10**5, 10**6)}.html", main, t, d)


def home(r: random.Random) -> Labelled:
    """Portals: blocks with dates, tabs, a banner of services, links of offices."""
    city, fresh, best = r.choice(w.CITIES), newest_day(r), date(2000, 1, 1)
    blocks, shape = "", r.randint(0, 3)
    for column in r.sample(w.COLUMNS, r.randint(3, 7)):
        days = w.falling(r, fresh - timedelta(days=r.randint(0, 30)), r.randint(4, 7))
        best = max(best, *days)
        cells = "".join(
            f'<li><a href="/{f.name(r)}/{r.randint(100, 9999)}.html">{w.title(r)}</a><span>{d if shape != 1 else f"{d:%Y.%m.%d}"}</span></li>'
            for d in days
        )
        more = f'<a href="/{f.name(r)}/">{r.choice(["更多", "more", "更多>>", "MORE+"])}</a>'
        blocks += (
            f"<table><tr><td><b>{column}</b>{more}</td></tr><tr><td><ul>{cells}</ul></td></tr></table>"
            if shape == 2
            else f'<div class="{f.name(r)}"><div class="{f.name(r)}"><h2>{column}</h2>{more}</div><ul>{cells}</ul></div>'
        )
    services = "".join(
        f'<a href="/bs/{n}"><img src="/i/{n}.png"><p>{c}</p></a>'
        for n, c in enumerate(["社保", "医保", "公积金", "不动产", "企业开办"])
    )
    m = w.marks(r)
    body = f"{f.clock(r)}<h1><img src=/logo.png alt={city}人民政府></h1>{f.menu(r)}<div>{blocks}</div><div>{services}</div>{f.friends(r)}{w.footer(r, m, city)}"
    url = r.choice(
        ["http://www.qinghe.gov.cn/", "http://www.qinghe.gov.cn/index.html", "http://www.qinghe.gov.cn/index.asp"]
    )
    return Labelled("门户首页", "home", url, f.document(r, f"<title>{city}人民政府{r.choice(['', '门户网站', '网站-首页'])}</title>", body), best, marks=m)  # fmt: skip


WRITERS = (haiyun_list, haiyun_article, state_list, state_article, asp_list, asp_article, phone_list, phone_article, library_list, library_article, home)  # fmt: skip
