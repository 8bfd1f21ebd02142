"""Fourth round: no system at all. Every page mixes ways to hold items, to write and place dates, and to be untidy."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

from tests.accuracy.families import layout as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past
from tests.accuracy.families.layout import TODAY
from tests.accuracy.families.systems import _article

Form = Callable[[date], str]
FULL: tuple[Form, ...] = (
    lambda d: f"{d}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d:%Y.%m.%d}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d} 09:{d.day:02d}",
    lambda d: f"{d:%Y-%m-%d}T08:30:00",
    lambda d: f"[{d}]",
    lambda d: f"（{d.year}-{d.month}-{d.day}）",
    lambda d: f"【{d:%Y-%m-%d}】",
    lambda d: f"{d:%Y} - {d:%m} - {d:%d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}年{d:%m}月{d:%d}日 星期{'一二三四五六日'[d.weekday()]}",
    lambda d: f"发布日期：{d}",
    lambda d: f"时间:{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}－{d.month:02d}－{d.day:02d}",
)
SHORT: tuple[Form, ...] = (lambda d: f"{d:%m-%d}", lambda d: f"{d.month}月{d.day}日", lambda d: f"[{d:%m/%d}]", lambda d: f"({d.month}-{d.day})")  # fmt: skip


def _mess(r: random.Random, html: str) -> str:
    """What browsers forgive."""
    if r.random() < 0.3:
        html = re.sub(r"</(?:li|dd|dt|p|tr|td)>", "", html)
    if r.random() < 0.3:
        html = re.sub(r"<(/?)(\w+)", lambda m: f"<{m[1]}{m[2].upper()}", html)
    if r.random() < 0.4:
        html = re.sub(r"><", ">\r\n\t\t<", html)
    if r.random() < 0.3:
        html = html.replace("<a ", "<!-- 标题 --><a ")
    if r.random() < 0.2:
        html = re.sub(r'(class|target|id)="(\w+)"', r"\1=\2", html)
    return html


def _items(r: random.Random, days: list[date], form: Form) -> str:
    """One way to hold items and one place for their dates, for the whole list."""
    place, holder, noise, c = r.randint(0, 5), r.randint(0, 6), r.randint(0, 4), f.name(r)
    ident, rows = r.randint(10**4, 10**6), ""
    for n, d in enumerate(days):
        t = w.title(r) + r.choice(["", "", "", f"（{d.year}年{d.month}月）"])
        href = f"/{c}/{ident + n * 7}.html"
        link = (
            f'<a href="{href}" target="_blank" title="{t}">{t}</a>'
            if r.random() < 0.9
            else f'<a href="{href}"><font color="red">{t}</font></a>'
        )
        when = f'<span class="{c}">{form(d)}</span>' if place != 4 else form(d)
        extra = ["", f"<i>{r.choice(w.WHO)}</i>", f"<em>阅读 {r.randint(2000, 2023)}</em>", '<img src="/images/new.gif">', f"<b>清政发〔{d.year}〕{n + 1}号</b>"][noise]  # fmt: skip
        inner = [f"{link}{extra}{when}", f"{when}{link}{extra}", f"<div>{link}</div><div>{extra}{when}</div>", f"<p>{when}</p><p>{link}</p><p>{extra}</p>", f"{link} {extra} {when}", f'<a href="{href}"><h4>{t}</h4><p>{r.choice(w.PARA)}</p>{extra}{when}</a>'][place]  # fmt: skip
        rows += [f"<li>{inner}</li>", f'<div class="{c}">{inner}</div>', f"<tr><td>{n + 1}</td><td>{inner}</td></tr>", f"<dd>{inner}</dd>", f'<div class="{c}"><div><div>{inner}</div></div></div>', f"<table><tr><td>{inner}</td></tr></table>", f"<article>{inner}</article>"][holder]  # fmt: skip
    return [f"<ul>{rows}</ul>", f"<div>{rows}</div>", f"<table><tbody>{rows}</tbody></table>", f"<dl>{rows}</dl>", f"<section>{rows}</section>", f"<div>{rows}</div>", f"<main>{rows}</main>"][holder]  # fmt: skip


def mixed_list(r: random.Random) -> Labelled:
    column, short = r.choice(w.COLUMNS), r.random() < 0.2
    newest = TODAY - timedelta(days=r.choice([0, 2, 9, 60, 170])) if short else newest_day(r)
    days = w.falling(r, newest, r.randint(2, 15), 6)
    form = r.choice(SHORT if short else FULL)
    main = _mess(r, _items(r, days, form))
    m = w.marks(r)
    head = r.choice(["", f"<h2>{column}</h2>", f'<div class="{f.name(r)}"><span>{column}</span></div>'])
    body = f.frame(r, f.trail(r, column), head + main + f.pager(r), m, f.side(r), r.random() < 0.3)
    url = r.choice(["http://www.qinghe.gov.cn/gongkai/tz/", "http://www.qinghe.gov.cn/list-12-1.html", "http://zjj.qinghe.gov.cn/channel/66", "http://www.qinghe.gov.cn/NewsClass.asp?BigClass=7"])  # fmt: skip
    charset = r.choice(["utf-8", "utf-8", "gb2312"])
    text = f.document(r, f"<title>{column}{r.choice(['_清河市', ' - 清河市人民政府', '-清河市住房和城乡建设局'])}</title>", body, charset)  # fmt: skip
    return Labelled("混合", "list", url, text, newest_past(days), len(days), marks=m)


def mixed_article(r: random.Random) -> Labelled:
    t, d = w.title(r), newest_day(r)
    shown = r.choice(FULL[:6] + FULL[12:])(d)
    who, hits = r.choice(w.WHO), r.randint(2000, 2023)
    parts = [
        shown,
        f"来源：{who}",
        f"浏览次数：{hits}",
        r.choice(["作者：佚名", "责任编辑：王某", "【字体：大 中 小】", "[打印]"]),
    ]
    r.shuffle(parts)
    parts = parts[: r.randint(2, 4)] if shown in parts[:2] else parts
    info = r.choice(["<span>{}</span>", "<i>{}</i>", "{}　", "<li>{}</li>", "<td>{}</td>"])
    bar = "".join(info.format(part) for part in parts)
    bar = (
        f"<ul>{bar}</ul>" if "<li>" in info else f"<table><tr>{bar}</tr></table>" if "<td>" in info else f"<p>{bar}</p>"
    )
    if r.random() < 0.2:
        bar += f'<div class="{f.name(r)}">相关文件：<a href="/zcwj/1.html">关于印发管理办法的通知</a>（{d - timedelta(days=9)}）</div>'
    rows = "".join(f"<tr><td>{n}</td><td>{who}</td><td>2023-05-{n:02d}</td><td>合格</td></tr>" for n in range(1, 6))
    table = (
        f"<table><tr><td>序号</td><td>单位</td><td>日期</td><td>结果</td></tr>{rows}</table>"
        if r.random() < 0.2
        else ""
    )
    head = r.choice(["<h1>{}</h1>", "<h3>{}</h3>", '<div class="' + f.name(r) + '">{}</div>', "<p align=center><strong>{}</strong></p>", "<font size=5><b>{}</b></font>"]).format(t)  # fmt: skip
    text = f'<div class="{f.name(r)}">{f.prose(r, d - timedelta(days=r.randint(1, 30)))}{table}</div>'
    main = _mess(r, f'<div class="{f.name(r)}">{head}{bar}<hr>{text}</div>')
    url = r.choice(["http://www.qinghe.gov.cn/{}.html", "http://www.qinghe.gov.cn/gongkai/tz/{}.html", "http://www.qinghe.gov.cn/n{}/index.html", "http://www.qinghe.gov.cn/ReadNews.asp?NewsID={}"]).format(r.randint(100, 99999))  # fmt: skip
    return _article(r, "混合", url, main, t, d, old=r.random() < 0.3, charset=r.choice(["utf-8", "gb2312"]))


def mixed_undated(r: random.Random) -> Labelled:
    """An article that prints no publish date, only dates of other things."""
    t, d = w.title(r), newest_day(r)
    bar = r.choice([f"<p>来源：{r.choice(w.WHO)}　点击：{r.randint(2000, 2023)}</p>", f"<p>有效期至：{d}</p>", f"<p>会议时间：{d}　地点：三楼会议室</p>", "", f"<p>打印时间：{TODAY}</p>"])  # fmt: skip
    main = _mess(r, f"<div><h2>{t}</h2>{bar}<div>{f.prose(r)}</div></div>")
    return _article(r, "混合无日期", f"http://www.qinghe.gov.cn/gongkai/tz/{r.randint(100, 999)}.html", main, t, None)


WRITERS = (mixed_list, mixed_article, mixed_undated)
