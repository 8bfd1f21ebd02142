"""Fifth round: shapes not met before. Two items a row, loose paragraphs, cards with torn dates; labels of every kind."""

import random
from datetime import timedelta

from tests.accuracy.families import layout as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day
from tests.accuracy.families.systems import _article, _list


def odd_list(r: random.Random) -> Labelled:
    days, shape, rows = w.falling(r, newest_day(r), 2 * r.randint(2, 7)), r.randint(0, 6), ""
    c, number = f.name(r), r.randint(10**4, 10**5)
    for n, d in enumerate(days):
        t, href = w.title(r), f"/{c}/{number + n}.html"
        link = f'<a href="{href}">{t}</a>'
        rows += [
            ("<tr>" if n % 2 == 0 else "") + f"<td>{link}</td><td>{d:%Y-%m-%d}</td>" + ("</tr>" if n % 2 else ""),
            f'<p class="a">{link}</p><p class="b">{d}</p>',
            f"<dt>{d}</dt><dd>{link}</dd>",
            f"<li><span>{d.year}</span><span>{d:%m/%d}</span><div>{link}<p>{r.choice(w.PARA)}</p></div></li>",
            f'<div class="{c}"><div><h6>{d.day}</h6><small>{d:%b} {d.year}</small></div><div><h5>{link}</h5></div></div>',
            f'<li>{link}<a href="/dw/{n}/">{r.choice(w.WHO)}</a><a href="/lm/">通知</a><span>{d:%b.%d,%Y}</span></li>',
            f'<tr><td rowspan="2"><img src="/p/{n}.jpg"></td><td>{link}</td></tr><tr><td>{r.choice(w.PARA)[:20]} 日期：{d.year}-{d.month}-{d.day}</td></tr>',
        ][shape]
    main = [f"<table>{rows}</table>", f"<div>{rows}</div>", f"<dl>{rows}</dl>", f"<ul>{rows}</ul>", f"<div>{rows}</div>", f"<ul>{rows}</ul>", f"<table>{rows}</table>"][shape]  # fmt: skip
    page = _list(r, "少见列表", "http://www.qinghe.gov.cn/zwdt/gzdt/", main, days)
    return Labelled(page.family, "list", page.url, page.body, page.date, page.items, marks=page.marks, note=str(shape))


def odd_article(r: random.Random) -> Labelled:
    t, d, shape = w.title(r), newest_day(r), r.randint(0, 6)
    bar = [
        f"<p>【发布时间】{d}　【来源】{r.choice(w.WHO)}</p>",
        f"<p>Date: {d} | Views: {r.randint(2000, 2023)}</p>",
        f"<p>发稿时间：{d.year}年{d.month}月{d.day}日09时30分　　稿源：{r.choice(w.WHO)}</p>",
        f"<div><b>上传时间</b>：<u>{d:%Y.%m.%d}</u>　<b>上传者</b>：王某</div>",
        f"<div><span>{d.year}</span>年<span>{d.month}</span>月<span>{d.day}</span>日</div>",
        f"<table><tr><td>发布机构</td><td>{r.choice(w.WHO)}</td><td>发文日期</td><td>{d}</td></tr></table>",
        f"<p>更新日期：{d}</p>",
    ][shape]
    main = f"<div>{r.choice(['<h1>{}</h1>', '<h4>{}</h4>', '<td><b>{}</b></td>', '<div><font>{}</font></div>']).format(t)}{bar}<div>{f.prose(r, d - timedelta(days=4))}</div></div>"
    page = _article(r, "少见文章", f"http://www.qinghe.gov.cn/zwdt/gzdt/{r.randint(100, 9999)}.html", main, t, d)
    return Labelled(page.family, "article", page.url, page.body, page.date, marks=page.marks, note=str(shape))


WRITERS = (odd_list, odd_article)
