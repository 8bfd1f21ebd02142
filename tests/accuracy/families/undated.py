"""Pages that show no publish date: none may be invented. Every page carries decoys."""

import random

from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled


def undated(r: random.Random) -> Labelled:
    """An about page, a leader's page, a service page: running text, dates in it, footer years, today's date."""
    name = r.choice(["机构职能", "领导简介", "网站声明", "联系我们", "办事须知", "景点介绍", "历史沿革"])
    text = "".join(f"<p>{r.choice(w.PARA)}{r.choice(w.PARA)}</p>" for _ in range(r.randint(2, 5)))
    decoys = [
        "<div class='top'>今天是2023年4月26日　星期三</div>",
        "<p>办公时间：周一至周五 9:00-17:00</p>",
        "<p>1971年3月出生，1993年7月参加工作。</p>",
        "<div class='weather'>2023-04-26 晴 12℃</div>",
        "<p>有效期至：2025-12-31</p>",
        "<div>最后登录：2023-04-25 10:11:12</div>",
        "<p>活动时间：2023-05-01</p>",
        "<p>访问量：20230101</p>",
    ]
    r.shuffle(decoys)
    head, tail = "".join(decoys[: r.randint(1, 3)]), "".join(decoys[4 : r.randint(5, 7)])
    near = "".join(
        f'<li><a href="/n/{n}.html">{w.title(r)}</a><span>2023-04-{n:02d}</span></li>' for n in range(10, 15)
    )
    m = w.marks(r)
    body = f'{head}<div class="menu"><a href="/">首页</a></div><h1>{name}</h1><div class="content">{text}</div>{tail}<div class="related"><h3>相关信息</h3><ul>{near}</ul></div>{w.footer(r, m, "清河市")}'
    html = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{name}_清河市</title></head><body>{body}</body></html>'
    return Labelled(
        "无日期", "article", f"http://www.qinghe.gov.cn/about/{r.randint(1, 99)}.html", html.encode(), None, marks=m
    )


WRITERS = (undated,)
