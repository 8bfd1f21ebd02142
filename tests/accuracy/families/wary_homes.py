"""Home pages by an adversary: the truth is the newest dated entry among the news and notice lists; no count is asked."""

import random
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past
from tests.accuracy.families.wary_frames import TODAY, YESTERDAY, Place, document, fresh_rows, menu, noise, place


def _home(family: str, p: Place, url: str, page: bytes, days: list[date]) -> Labelled:
    return Labelled(family, "home", url, page, newest_past(days) if days else None, marks=p.marks)


def _row(r: random.Random, d: date, shown: str, before: bool = False) -> str:
    """One dated entry; its address says the year."""
    link, when = (
        f'<a href="/{d.year}/{d:%m%d}/{r.randint(10**5, 10**7)}.html">{w.title(r)[:20]}</a>',
        f"<span>{shown}</span>",
    )
    return f"<li>{when}{link}</li>" if before else f"<li>{link}{when}</li>"


def _column(r: random.Random, name: str, days: list[date], form: str = "%Y-%m-%d") -> str:
    rows = "".join(_row(r, d, f"{d:{form}}") for d in days)
    return f'<div class="col"><div class="hd"><h3>{name}</h3><a class="more" href="/lm{r.randint(1, 99)}/">更多&gt;&gt;</a></div><ul>{rows}</ul></div>'


def _columns(r: random.Random, count: int, form: str = "%Y-%m-%d") -> tuple[str, list[date]]:
    """Several columns of unequal freshness, in no order."""
    html, newest = "", newest_day(r)
    every: list[date] = []
    for name in r.sample(w.COLUMNS, count):
        days = w.falling(r, newest - timedelta(days=r.choice([0, 2, 9, 40, 300])), r.randint(4, 8))
        html, every = html + _column(r, name, days, form), every + days
    return html, every


def _slides(r: random.Random) -> str:
    """Pictures with captions and no dates."""
    items = "".join(f'<li><a href="/tp/{n}.html"><img src="/u/20230425/{n}.jpg" alt=""><p>{w.title(r)[:14]}</p></a></li>' for n in range(5))  # fmt: skip
    return f'<div class="focus"><ul>{items}</ul><ol>{"".join(f"<li>{n}</li>" for n in range(1, 6))}</ol></div>'


def _links(r: random.Random) -> str:
    parts = ["中国政府网", "省政府网", *w.CITIES]
    return f"<div class='yqlj'>友情链接：{''.join(f'<a href=http://www.x{n}.gov.cn/>{name}</a> ' for n, name in enumerate(parts))}</div>"


def _services(r: random.Random) -> str:
    names = ["社保查询", "公积金", "户籍办理", "婚姻登记", "企业开办", "不动产登记", "市长信箱", "在线访谈"]
    r.shuffle(names)
    return f"<div class='fw'><h3>便民服务</h3>{''.join(f'<a href=/fw/{n}><img src=/i/{n}.png>{name}</a>' for n, name in enumerate(names))}</div>"


def _banners(r: random.Random) -> str:
    names = ["2023年全国两会", "学习贯彻党的二十大精神", "疫情防控2020-2022", "法治政府建设", "“4·15”国家安全教育日"]
    return f"<div class='zt'><h3>专题专栏</h3>{''.join(f'<a href=/zt/{n}/><img src=/zt/{n}.jpg alt={name}>{name}</a>' for n, name in enumerate(r.sample(names, 4)))}</div>"


def tabbed_home(r: random.Random) -> Labelled:
    """News tabs of which the first is shown; hidden panes are no newer; slides without dates."""
    p, newest = place(r), newest_day(r)
    names, panes = r.sample(w.COLUMNS, 4), ""
    every: list[date] = []
    for n in range(4):
        days = w.falling(r, newest - timedelta(days=0 if n == 0 else r.randint(0, 60)), r.randint(5, 8))
        rows = "".join(_row(r, d, f"{d:%Y-%m-%d}") for d in days)
        panes += f'<ul class="bd" style="display:{"none" if n else "block"}">{rows}</ul>'
        every += days
    heads = "".join(
        f'<li class="{"on" if not n else ""}"><a href="/{n}/">{name}</a></li>' for n, name in enumerate(names)
    )
    more, others = _columns(r, 2)
    body = f"{menu(r)}{noise(r)}{_slides(r)}<div class='tab'><ul class='hd'>{heads}</ul>{panes}</div>{more}{_services(r)}{_banners(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页选项卡", p, "http://www.qinghe.gov.cn/", document(f"{p.city}人民政府", body), every + others)


def short_date_home(r: random.Random) -> Labelled:
    """Month and day only; rows reach back over the new year, so 12-28 is last year's."""
    p = place(r)
    newest = TODAY - timedelta(days=r.choice([0, 2, 11, 40, 90]))
    html = ""
    every: list[date] = []
    for name in r.sample(w.COLUMNS, 4):
        days = w.falling(r, newest - timedelta(days=r.choice([0, 3, 15])), r.randint(5, 8), 20)
        html, every = html + _column(r, name, days, "%m-%d"), every + days
    body = f"{menu(r)}{_slides(r)}{html}{_banners(r)}{_services(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home(
        "首页月日", p, "http://www.liujiang.gov.cn/index.html", document(f"{p.city}人民政府门户网站", body), every
    )


def office_home(r: random.Random) -> Labelled:
    """An office with one long news list that looks like a list page; today's day and the weather on top."""
    p = place(r)
    days = w.falling(r, newest_day(r), r.randint(8, 20))
    today = f"<div class='top'>今天是{TODAY.year}年{TODAY.month}月{TODAY.day}日 星期三　晴 12~23℃</div>"
    first = r.random() < 0.5
    rows = "".join(_row(r, d, f"[{d}]", first) for d in days)
    box = (
        f"<div class='gz'><h3>机构职能</h3><p>{p.site}成立于2019年3月1日，主要承担{r.choice(w.WHAT)}等职责。</p></div>"
    )
    body = f"{today}{menu(r)}{_slides(r)}<div class='xw'><h3>最新动态<a href='/gzdt/'>MORE</a></h3><ul>{rows}</ul></div>{box}{_services(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页单列表", p, "http://tjj.yunyang.gov.cn/", document(p.site, body), days)


def table_home(r: random.Random) -> Labelled:
    """A gb2312 home in nested tables, a table for every column, a ticker about an upgrade yesterday."""
    p, newest = place(r), newest_day(r)
    every: list[date] = []
    cells: list[str] = []
    for name in r.sample(w.COLUMNS, 4):
        days = w.falling(r, newest - timedelta(days=r.choice([0, 1, 20, 200])), 6)
        rows = "".join(f'<tr><td>·<a href="view.asp?id={r.randint(10**5, 10**7)}">{w.title(r)[:16]}</a></td><td width=60>{d.year}-{d.month}-{d.day}</td></tr>' for d in days)  # fmt: skip
        cells.append(f'<td valign=top><table><tr><td bgcolor=#cc0000><font color=white>{name}</font></td><td><a href="list.asp?n={name}">更多...</a></td></tr>{rows}</table></td>')  # fmt: skip
        every += days
    roll = f"<marquee scrollamount=3>公告：本站于{YESTERDAY.month}月{YESTERDAY.day}日完成升级，旧版访问至5月31日。</marquee>"
    body = f"{menu(r)}{roll}<table><tr>{cells[0]}{cells[1]}</tr><tr>{cells[2]}{cells[3]}</tr></table><table><tr><td>您是第20230424位访客</td></tr></table>{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页嵌套表格", p, "http://nyj.dongping.gov.cn/index.asp", document(p.site, body, "gb2312"), every)


def portal_home(r: random.Random) -> Labelled:
    """Leaf dates in the news, policies by the day they were written, opinions with deadlines, letters of old days."""
    p, newest = place(r), newest_day(r)
    news, notices = w.falling(r, newest - timedelta(days=r.randint(0, 4)), 6), w.falling(r, newest, 6)
    leaves = "".join(f'<div class="n"><div class="d"><b>{d:%d}</b><i>{d:%Y.%m}</i></div><a href="/yw/content_{r.randint(10**5, 10**7)}.html">{w.title(r)}</a></div>' for d in news)  # fmt: skip
    policy = "".join(f"<li><a href='/zc/{n}.html'>{w.title(r)}</a><i>成文日期：{newest - timedelta(days=9 * n + 30)}</i></li>" for n in range(5))  # fmt: skip
    asked = "".join(f"<li><a href='/zj/{n}.html'>关于征求{r.choice(w.WHAT)}意见的公告</a><em>截止：{TODAY - timedelta(days=3 * n - 3)}</em></li>" for n in range(4))  # fmt: skip
    letters = "".join(f"<tr><td><a href='/xx/{n}'>咨询问题</a></td><td>{newest - timedelta(days=n + 8)}</td><td>已回复</td></tr>" for n in range(4))  # fmt: skip
    head = f"<h1 class='tt'><a href='/yw/1.html'>{w.title(r)}</a></h1>"
    parts = [f"<div class='yw'><h2>要闻<a href='/yw/'>更多</a></h2>{head}{leaves}</div>", _column(r, "通知公告", notices, "%Y/%m/%d"), f"<div><h2>政策文件</h2><ul>{policy}</ul></div>", f"<div><h2>意见征集</h2><ul>{asked}</ul></div>", f"<div><h2>来信选登</h2><table>{letters}</table></div>"]  # fmt: skip
    r.shuffle(parts)
    body = f"{menu(r)}{_slides(r)}{''.join(parts)}{_services(r)}{_banners(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页门户", p, "https://www.nanling.gov.cn/", document(f"{p.city}人民政府", body), news + notices)


def town_home(r: random.Random) -> Labelled:
    """A blog engine as a town's site: news with <time>, a calendar, comments of today, an old static notice."""
    p = place(r)
    days = w.falling(r, newest_day(r), r.randint(4, 8), 20)
    posts = "".join(f'<article><h3><a href="/?p={900 - n}">{w.title(r)}</a></h3><time datetime="{d}T10:00:00+08:00">{d:%b %d, %Y}</time><p>{r.choice(w.PARA)}</p></article>' for n, d in enumerate(days))  # fmt: skip
    talk = "".join(f"<li>村民{n}：{r.choice(['请问何时通水？', '谢谢', '建议增设路灯'])} <small>{TODAY - timedelta(days=n)}</small></li>" for n in range(5))  # fmt: skip
    body = f"<header><h1>{p.city}柳林镇人民政府</h1>{menu(r)}</header><section class='hero'>欢迎您</section><section><h2>镇村动态</h2>{posts}<a href='/?cat=2'>查看更多</a></section><aside><h4>最新评论</h4><ul>{talk}</ul>{noise(r)}</aside>{_services(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页乡镇", p, "http://liulin.beichuan.gov.cn/", document("柳林镇人民政府", body), days)


def stale_home(r: random.Random) -> Labelled:
    """Every list is over a year old while banner, layer, weather, hidden rows and footer speak of this week."""
    p = place(r)
    newest = TODAY - timedelta(days=r.randint(400, 1500))
    html = ""
    every: list[date] = []
    for name in r.sample(w.COLUMNS, r.randint(2, 4)):
        days = w.falling(r, newest - timedelta(days=r.choice([0, 30, 200])), r.randint(4, 7), 20)
        html, every = html + _column(r, name, days), every + days
    hidden = f"<div style='display:none' class='tpl'><h3>要闻</h3><ul>{fresh_rows(r, 6)}</ul></div>"
    layer = f"<div class='layer'><a>关闭</a><img src='/i/wx.jpg'>扫码关注政务微信<br>{YESTERDAY}</div>"
    body = f"{layer}{menu(r)}{noise(r)}{_slides(r)}{html}{hidden}{_banners(r)}{_links(r)}<p>本站更新时间：{TODAY} 08:30</p>{w.footer(r, p.marks, p.city)}"
    return _home("首页陈旧", p, "http://kjj.qinghe.gov.cn/index.htm", document(f"{p.site}政务公开网", body, head=f'<meta name="lastmodified" content="{TODAY}">'), every)  # fmt: skip


def undated_home(r: random.Random) -> Labelled:
    """No entry on the page is dated: there is no newest day, whatever banner and counters say."""
    p = place(r)
    html = ""
    for name in r.sample(w.COLUMNS, 4):
        rows = "".join(
            f'<li><a href="/n/{r.randint(10**5, 10**7)}.html">{w.title(r)[:18]}</a></li>'
            for _ in range(r.randint(4, 8))
        )
        html += f"<div class='b'><h3>{name}</h3><a href='/m/'>更多</a><ul>{rows}</ul></div>"
    body = f"<div class='top'>今天是2023年4月26日 星期三</div>{menu(r)}{_slides(r)}{html}{_services(r)}{_banners(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页无日期", p, "http://zjj.liujiang.gov.cn/", document(f"欢迎访问{p.site}", body), [])


def future_home(r: random.Random) -> Labelled:
    """Columns in boxes with dates before titles; one notice carries a slipped year to come."""
    p = place(r)
    html, every = _columns(r, r.randint(3, 5), "%Y.%m.%d")
    slip = TODAY + timedelta(days=r.choice([9, 200, 365]))
    rows = _row(r, slip, f"{slip:%Y.%m.%d}", True) + "".join(_row(r, d, f"{d:%Y.%m.%d}", True) for d in every[1:6])
    body = f"{menu(r)}{noise(r)}<div class='gg'><h3>公示公告</h3><a href='/gg/'>+</a><ul>{rows}</ul></div>{html}{_slides(r)}{_links(r)}{w.footer(r, p.marks, p.city)}"
    return _home("首页未来日期", p, "http://fgw.nanling.gov.cn/default.html", document(p.site, body), every)


WRITERS = (
    tabbed_home, short_date_home, office_home, table_home, portal_home, town_home, stale_home, undated_home, future_home,
)  # fmt: skip
