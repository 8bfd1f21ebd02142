"""Shared pieces of the list and home-page families: frames, crumbs, pagers, boxes with foreign dates, noise."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import AS_OF, Labelled, newest_past

TODAY = AS_OF.date()
YESTERDAY = TODAY - timedelta(days=1)
OFFICES = ["统计局", "水利局", "林业局", "住建局", "科技局", "司法局", "商务局", "信访局"]
ASIDES = [*w.SIDES, "最新公开", "近期要闻", "公开动态", "市政府要闻"]
ROOFS = ["政务公开", "信息公开", "新闻中心", "机构职能", "互动交流"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page lives."""

    city: str
    office: str
    column: str
    roof: str
    marks: dict[str, object]

    @property
    def site(self) -> str:
        return f"{self.city}{self.office}"


def place(r: random.Random, column: str = "") -> Place:
    return Place(r.choice(w.CITIES), r.choice(OFFICES), column or r.choice(w.COLUMNS), r.choice(ROOFS), w.marks(r))


def listed(
    family: str,
    p: Place,
    url: str,
    html: bytes,
    days: list[date],
    items: int | None = None,
    content_type: str = "text/html",
) -> Labelled:
    """A list page; as many entries as days unless said."""
    newest = newest_past(days) if days else None
    count = len(days) if items is None else items
    return Labelled(family, "list", url, html, newest, count, content_type, p.marks)


def document(title: str, body: str, charset: str = "utf-8", head: str = "", said: bool = True) -> bytes:
    """The page as bytes; every gb name is written as gb18030. Not `said`: only the response header names it."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if said else ""
    text = f"<!DOCTYPE html>\n<html><head>{meta}<title>{title}</title>{head}</head>\n<body>{body}</body></html>"
    return text.encode("gb18030" if charset.lower().startswith("gb") else "utf-8")


def name_of(r: random.Random, p: Place) -> str:
    """Page titles; many name only the site."""
    return r.choice(
        [p.site, f"{p.city}人民政府", f"{p.column}-{p.site}", f"{p.column}_{p.roof}_{p.site}", "欢迎访问本网站"]
    )


def menu(r: random.Random) -> str:
    names = ["首页", *r.sample(w.COLUMNS, 6), "互动交流"]
    links = [f'<a href="/{chr(97 + n)}z/">{name}</a>' for n, name in enumerate(names)]
    shapes = [
        "<div class='nav'>" + "|".join(links) + "</div>",
        "<ul class='nav'>" + "".join(f"<li>{link}</li>" for link in links) + "</ul>",
        "<table class='dh' width=100%><tr>" + "".join(f"<td>{link}</td>" for link in links) + "</tr></table>",
    ]
    return r.choice(shapes)


def crumb(r: random.Random, p: Place) -> str:
    """Where the reader is; some are lists themselves."""
    parts = ['<a href="/">首页</a>', f'<a href="/zwgk/">{p.roof}</a>', p.column]
    plain = r.choice([" &gt; ", " >> ", " / ", "→", " › ", "<i class='jt'></i>"])
    shapes = [
        f"<div class='dqwz'>当前位置：{plain.join(parts)}</div>",
        f"<p class='location'><b>您现在的位置：</b>{plain.join(parts)}</p>",
        "<ol class='breadcrumb'>" + "".join(f"<li>{part}</li>" for part in parts) + "</ol>",
        "<div class='mbx'><ul>" + "".join(f"<li><span>{part}</span></li>" for part in parts) + "</ul></div>",
        f"<table width=100%><tr><td><img src=/i/home.gif> 您的位置：{plain.join(parts)}</td></tr></table>",
    ]
    return r.choice(shapes)


def pager(r: random.Random, stem: str = "index") -> str:
    pages = r.randint(2, 90)
    links = [f'<a href="{stem}_{n}.html">{n}</a>' for n in range(2, min(pages, 7) + 1)]
    shapes = [
        f"<div id='page_div'></div><script>createPageHTML('page_div',{pages},1,'{stem}','shtml',{pages * 15 - 4});</script>",
        f"<div class='page'>共{pages * 20 - 3}条 1/{pages}页 首页 上页 {links[0][:-5]}下页</a> <a href='{stem}_{pages}.html'>尾页</a></div>",
        f"<div class='pages'><span>1</span>{''.join(links)}<a href='{stem}_2.html'>下一页</a></div>",
        f"<ul class='pagination'><li class='active'><a>1</a></li>{''.join(f'<li>{link}</li>' for link in links)}<li><a href='#'>»</a></li></ul>",
        f"<div class='fy'>转到第<select>{''.join(f'<option>{n}</option>' for n in range(1, 9))}</select>页 共{pages}页</div>",
        "<div class='more'><a href='javascript:;' onclick='loadMore()'>点击加载更多</a></div>",
        "<div class='digg4'><span class='disabled'>上一页</span><a href='javascript:goPage(2)'>下一页</a> 每页20条 到 <input size=2 value=1> 页</div>",
        "",
    ]
    return r.choice(shapes)


def stamp(form: int, d: date) -> str:
    return [f"{d}", f"{d:%Y/%m/%d}", f"{d:%Y.%m.%d}", f"[{d}]", f"{d.year}年{d.month}月{d.day}日", f"（{d}）"][form]


def fresh_rows(r: random.Random, count: int, wrap: str = "li") -> str:
    """Foreign rows dated in the last days."""
    rows, first = "", r.random() < 0.5
    for n in range(count):
        d = TODAY - timedelta(days=n // 2)
        link = f'<a href="/yaowen/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(1000, 9999)}.html">{w.title(r)[:16]}</a>'
        rows += f"<{wrap}><em>{d:%m-%d}</em>{link}</{wrap}>" if first else f"<{wrap}>{link}<span>{d}</span></{wrap}>"
    return rows


def aside(r: random.Random) -> str:
    """A box that belongs to the site and not to the column."""
    name, count = r.choice(ASIDES), r.randint(5, 12)
    titles = [f'<a href="/hot/{r.randint(100, 9999)}.html">{w.title(r)}</a>' for _ in range(count)]
    shapes = [
        f"<div class='side'><h3>{name}<a href='/yaowen/'>更多</a></h3><ul>{fresh_rows(r, count)}</ul></div>",
        f"<div class='zxgk'><div class='tt'>{name}</div>{fresh_rows(r, count, 'p')}</div>",
        f"<div class='phb'><h4>{name}</h4><ol>{''.join(f'<li>{t}</li>' for t in titles)}</ol></div>",
        f"<dl class='rb'><dt>{name}</dt>{fresh_rows(r, count, 'dd')}</dl>",
    ]
    return r.choice(shapes)


def tree(r: random.Random) -> str:
    links = "".join(f'<li><a href="/lm/{n}/">{c}</a></li>' for n, c in enumerate(r.sample(w.COLUMNS, 8)))
    return f"<div class='lmdh'><h2>栏目导航</h2><ul>{links}</ul></div>"


def _calendar() -> str:
    cells = "".join(f'<td><a href="/rl?d=2023-04-{n:02d}">{n}</a></td>' + ("</tr><tr>" if n % 7 == 0 else "") for n in range(1, 31))  # fmt: skip
    return f"<table class='calendar'><caption>2023年4月</caption><tr>{cells}</tr></table>"


def _layer() -> str:
    text = f"温馨提示：办事大厅将于{YESTERDAY.month}月{YESTERDAY.day}日起调整办公时间。{YESTERDAY}"
    return f"<div class='popup' id='fc' style='display:none'><a onclick='hide()'>×</a><img src='/i/ewm.jpg' alt='扫一扫'><p>{text}</p></div>"


def noise(r: random.Random) -> str:
    """Two or three things with dates that are no list entry."""
    weather = "".join(f"<li>{TODAY + timedelta(days=n):%m-%d} 多云 {9 + n}~{18 + n}℃</li>" for n in range(3))
    hidden = "".join(f"<li><a href='/mb/{n}.html'>标题{n}</a><span>{TODAY}</span></li>" for n in range(5))
    kinds = [
        "<div class='today'>今天是2023年4月26日 星期三</div>",
        f"<marquee>本网站将于{YESTERDAY.year}年{YESTERDAY.month}月{YESTERDAY.day}日22时进行升级维护，敬请谅解。</marquee>",
        _calendar(),
        f"<div class='tj'>今日访问：{r.randint(100, 999)} 网站最后更新：{TODAY} 累计访问：20230425</div>",
        _layer(),
        f"<ul id='tpl' style='display:none'>{hidden}</ul>",
        f"<!-- <ul class='list'>{hidden}</ul> generated at {TODAY} 08:10:22 -->",
        f"<ul class='tq'><li>天气预报</li>{weather}</ul>",
        "<script type='text/template'><li><a href='{url}'>{title}</a><span>2023-04-25</span></li></script>",
    ]
    return "".join(r.sample(kinds, r.randint(2, 3)))


def frame(r: random.Random, p: Place, inner: str, below: str = "") -> str:
    """The column inside the site: a side on any of four sides, noise above or below."""
    stuff = [noise(r), ""]
    r.shuffle(stuff)
    own = f"{crumb(r, p)}<div class='main'>{r.choice([f'<h2>{p.column}</h2>', f'<div class=bt><span>{p.column}</span></div>', ''])}{inner}</div>"
    place_of: list[Callable[[], str]] = [
        lambda: f"<div class='left'>{tree(r)}{aside(r)}</div><div class='right'>{own}</div>",
        lambda: f"<div class='l'>{own}</div><div class='r'>{aside(r)}{aside(r)}</div>",
        lambda: f"<div class='top10'>{aside(r)}</div>{own}",
        lambda: f"{own}<div class='xgyd'>{aside(r)}</div>",
        lambda: f"{own}",
    ]
    middle = f"<div class='wrap'>{r.choice(place_of)()}</div>{below}"
    return f"{menu(r)}{stuff[0]}{middle}{stuff[1]}{w.footer(r, p.marks, p.city)}"


def old_frame(r: random.Random, p: Place, inner: str) -> str:
    """The same in nested tables."""
    side = "".join(f"<tr><td>·<a href='/news/{n}.htm'>{w.title(r)[:14]}</a></td><td>{TODAY - timedelta(days=n):%m-%d}</td></tr>" for n in range(r.randint(5, 9)))  # fmt: skip
    left = f"<td width=220 valign=top><table><tr><td colspan=2><b>{r.choice(ASIDES)}</b></td></tr>{side}</table></td>"
    main = f"<td valign=top><table width=100%><tr><td>{crumb(r, p)}</td></tr><tr><td>{inner}</td></tr></table></td>"
    cells = [left, main] if r.random() < 0.6 else [main, left]
    return f"{menu(r)}{noise(r)}<table width=1000 align=center><tr>{''.join(cells)}</tr></table>{w.footer(r, p.marks, p.city)}"
