"""The frame around a page's own part: headers with clocks, menus, trails, side boxes, pagers, article bodies."""

import random
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import AS_OF

TODAY = AS_OF.date()
GB = ("gb2312", "gbk")


def name(r: random.Random) -> str:
    """A class name that says nothing."""
    return "".join(r.choice("abcdefghklmnprstuwxy") for _ in range(2)) + str(r.randint(1, 99))


def document(r: random.Random, head: str, body: str, charset: str = "utf-8") -> bytes:
    kind = r.choice(
        ["<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">', "<!doctype html>"]
    )
    meta = r.choice(
        [
            f'<meta charset="{charset}">',
            f'<META http-equiv=Content-Type content="text/html; charset={charset.upper()}">',
        ]
    )
    scripts = '<script src="/js/jquery.min.js"></script><link href="/css/style.css?v=20230401" rel="stylesheet">'
    text = f"{kind}<html><head>{meta}{head}{scripts}</head><body>{body}</body></html>"
    return text.encode("gb18030" if charset in GB else charset)


def clock(r: random.Random) -> str:
    return r.choice(
        [
            "",
            f'<div class="{name(r)}">今天是：{TODAY.year}年{TODAY.month}月{TODAY.day}日 星期三</div>',
            f'<div class="{name(r)}"><span>{TODAY}</span> <span>晴</span> <span>12℃~23℃</span> 今日天气</div>',
            '<div class="time"><script>var d=new Date();document.write(d.getFullYear()+"年")</script></div>',
            f'<div id="tq">清河 {TODAY.month}月{TODAY.day}日 多云 微风</div>',
            f'<div class="{name(r)}">欢迎您！当前时间 {TODAY} 08:59:59</div>',
        ]
    )


def menu(r: random.Random) -> str:
    names = ["首页", "走进" + r.choice(w.CITIES)[:2], *r.sample(w.COLUMNS, r.randint(4, 9)), "互动交流"]
    links = [f'<a href="/{name(r)}/">{text}</a>' for text in names]
    shape = r.randint(0, 2)
    if shape == 0:
        return f'<div class="{name(r)}"><ul>{"".join(f"<li>{link}</li>" for link in links)}</ul></div>'
    if shape == 1:
        return f"<table width=1000><tr>{''.join(f'<td>{link}</td>' for link in links)}</tr></table>"
    return f"<nav>{' | '.join(links)}</nav>"


def trail(r: random.Random, column: str) -> str:
    mark = r.choice([" &gt; ", ">>", " » ", " / ", "-&gt;", "&nbsp;&gt;&nbsp;"])
    steps = ['<a href="/">首页</a>', f'<a href="/{name(r)}/">{r.choice(["政务公开", "信息公开", "新闻中心"])}</a>']
    last = r.choice([column, f'<a href="./">{column}</a>', f"<span>{column}</span>"])
    lead = r.choice(["您现在的位置：", "当前位置：", "您所在的位置：", "", "位置："])
    return f'<div class="{name(r)}">{lead}{mark.join([*steps, last])}</div>'


def side(r: random.Random, link: str = "/{a}/{n}.html") -> str:
    """A box beside the list with fresh dates, a column tree, or hot links."""
    day = lambda n: TODAY - timedelta(days=n)  # noqa: E731
    rows = [(link.format(a=name(r), n=r.randint(1000, 99999)), w.title(r), day(n)) for n in range(r.randint(4, 8))]
    shape, heading = r.randint(0, 3), r.choice(w.SIDES)
    if shape == 0:
        items = "".join(f'<li><a href="{u}" title="{t}">{t[:14]}</a><span>{d:%m-%d}</span></li>' for u, t, d in rows)
        return f'<div class="{name(r)}"><h3>{heading}</h3><ul>{items}</ul></div>'
    if shape == 1:
        items = "".join(f'<li><a href="{u}">{t}</a> <em>{d}</em></li>' for u, t, d in rows)
        return f'<div class="{name(r)}"><div class="{name(r)}"><b>{heading}</b></div><ol>{items}</ol></div>'
    if shape == 2:
        items = "".join(f'<dd><a href="/{name(r)}/">{c}</a></dd>' for c in r.sample(w.COLUMNS, 7))
        return f'<dl class="{name(r)}"><dt>栏目导航</dt>{items}</dl>'
    items = "".join(f'<p><i>{n}</i><a href="{u}">{t}</a></p>' for n, (u, t, _) in enumerate(rows, 1))
    return f'<div class="{name(r)}"><h4>{heading}</h4>{items}</div>'


def frame(r: random.Random, trail_html: str, main: str, m: dict[str, object], beside: str, old: bool = False) -> str:
    """Everything around `main`: two columns by div or by table."""
    city = r.choice(w.CITIES)
    head = f'<div class="{name(r)}"><img src="/images/logo.png" alt="{city}">{clock(r)}</div>{menu(r)}'
    if old:
        cells = [f"<td width=240 valign=top>{beside}</td>", f"<td valign=top>{trail_html}{main}</td>"]
        if r.random() < 0.4:
            cells.reverse()
        middle = f"<table width=1000 align=center><tr>{''.join(cells)}</tr></table>"
    else:
        parts = [f'<div class="{name(r)}">{beside}</div>', f'<div class="{name(r)}">{trail_html}{main}</div>']
        if r.random() < 0.5:
            parts.reverse()
        middle = f'<div class="{name(r)}">{"".join(parts)}</div>'
    return f"{head}{middle}{friends(r)}{w.footer(r, m, city)}"


def friends(r: random.Random) -> str:
    names = ["中国政府网", "省政府网", "市人大", "市政协", "信用中国", "政务服务网"]
    if r.random() < 0.5:
        options = "".join(f'<option value="http://www.{name(r)}.gov.cn">{n}</option>' for n in names)
        return f'<div class="{name(r)}"><select>{options}</select></div>'
    links = "".join(f'<a href="http://www.{name(r)}.gov.cn/" target="_blank">{n}</a>' for n in names)
    return f'<div class="{name(r)}"><span>友情链接</span>{links}</div>'


def prose(r: random.Random, day: date | None = None) -> str:
    """An article's text; `day` signs it, as a decree is signed."""
    parts = w.paragraphs(r)
    shape = r.randint(0, 3)
    sign = f"{r.choice(w.CITIES)}人民政府办公室|{day.year}年{day.month}月{day.day}日" if day else ""
    tag = ["p", "div", "br", "span"][shape]
    if tag == "br":
        text = "<br/>　　".join(parts) + "".join(f"<br>{line}" for line in sign.split("|"))
    elif tag == "span":
        text = "".join(f'<p style="text-indent:2em"><span style="font-size:16px">{p}</span></p>' for p in parts)
        text += "".join(f'<p style="text-align:right"><span>{line}</span></p>' for line in sign.split("|"))
    else:
        text = "".join(f"<{tag}>　　{p}</{tag}>" for p in parts)
        text += "".join(f'<{tag} align="right">{line}</{tag}>' for line in sign.split("|"))
    if r.random() < 0.25:
        text += '<p>附件：<a href="./P020230101512345678901.docx">1.报名表.docx</a></p>'
    if r.random() < 0.25:
        text = f'<p align="center"><img src="/upload/202304/{r.randint(1, 28):02d}/1.jpg"></p>{text}'
    return text


def around_article(r: random.Random) -> str:
    """What stands under an article."""
    before = TODAY - timedelta(days=r.randint(1, 3))
    return r.choice(
        [
            "",
            f'<p>上一篇：<a href="1.htm">{w.title(r)}</a></p><p>下一篇：<a href="2.htm">{w.title(r)}</a></p>',
            f'<div>上一条：<a href="1.htm">{w.title(r)}</a><span>{before}</span> 下一条：没有了</div>',
            '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a> [打印本页] [关闭窗口]</div>',
            f'<div class="xgxw"><h5>相关新闻</h5><ul>{"".join(f"<li><a href=/x/{n}.html>{w.title(r)}</a>[{before}]</li>" for n in range(4))}</ul></div>',
        ]
    )


def pager(r: random.Random) -> str:
    total = r.randint(2, 90)
    return r.choice(
        [
            f'<div class="{name(r)}">共{total}页 当前第1页 <a href="index_1.html">下一页</a> <a href="index_{total}.html">尾页</a></div>',
            f'<div class="{name(r)}"><a>首页</a><a>上一页</a><span>1</span><a href="2.htm">2</a><a href="3.htm">3</a><a href="2.htm">下一页</a></div>',
            f'<script>createPageHTML({total}, 0, "index", "html");</script>',
            f'<p align=center>页次：1/{total} 每页20 总数{total * 20} 首页 上一页 <a href="?page=2">下一页</a></p>',
            "",
        ]
    )
