"""The frame and the pieces of pages that invite a wrong publish date or a wrong kind; written blind to the parser."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import AS_OF, Labelled, newest_day

TODAY = AS_OF.date()
HOSTS = dict(zip(w.CITIES, ("qinghes", "liujiangs", "yunyangs", "beichuanq", "dongpingx", "nanlings"), strict=True))
CLASSES = ["c1", "w980", "mt10", "box", "lf", "z_a", "bd", "k3", "xx", "nrq", "fl", "row", "jj", "pane", "u-7", "a b c"]
PEOPLE = ["李某某", "张某某", "王某", "赵某某", "陈某", "周某某"]
PAPERS = ["清河日报", "柳江发布", "云阳融媒", "东平时报", "南岭电视台", "北川新闻网"]


@dataclass(frozen=True, slots=True)
class Told(Labelled):
    """Also the headline and the source a reader would name: "" where the page shows none, None where not asked."""

    title: str | None = None
    source: str | None = None


def before(r: random.Random, day: date, low: int = 1, high: int = 6) -> date:
    return day - timedelta(days=r.randint(low, high))


def after(r: random.Random, day: date, low: int = 1, high: int = 30) -> date:
    return day + timedelta(days=r.randint(low, high))


def past(day: date) -> date:
    return min(day, TODAY)


def clock(r: random.Random) -> str:
    return f"{r.randint(8, 18):02d}:{r.randint(0, 59):02d}"


def cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def shown(r: random.Random, day: date) -> str:
    """The day as one of the usual printed forms."""
    return r.choice(
        [
            f"{day}",
            f"{day}",
            f"{day} {clock(r)}",
            f"{day} {clock(r)}:{r.randint(0, 59):02d}",
            f"{day:%Y/%m/%d}",
            f"{day:%Y.%m.%d}",
            f"{day.year}-{day.month}-{day.day}",
            cn(day),
            f"{day.year}年{day.month:02d}月{day.day:02d}日",
        ]
    )


def cls(r: random.Random) -> str:
    return r.choice(CLASSES)


def _source(r: random.Random, city: str) -> str:
    return r.choice([r.choice(w.WHO), city + r.choice(w.WHO[2:12]), r.choice(PAPERS), f"{city}人民政府办公室"])


def origin(r: random.Random, source: str) -> str:
    return r.choice(["来源：{}", "信息来源：{}", "来源: {}", "文章来源：{}", "稿源：{}"]).format(source)


def published(r: random.Random, day: date) -> str:
    label = r.choice(["发布时间：", "发布日期：", "发布时间:", "发布日期：　", "发布于 ", "时间："])
    return label + shown(r, day)


def headline(r: random.Random, title: str) -> str:
    form = r.choice(
        [
            "<h1>{}</h1>",
            "<h2>{}</h2>",
            '<h3 class="{c}">{}</h3>',
            '<div class="{c}" style="font-size:24px;text-align:center;font-weight:bold">{}</div>',
            '<p align="center"><strong><font size="5">{}</font></strong></p>',
            '<center><font size="5" color="#c00"><b>{}</b></font></center>',
            '<h1 class="{c}"><ucaptitle>{}</ucaptitle></h1>',
        ]
    )
    return form.format(title, c=cls(r))


def info(r: random.Random, parts: list[str], noise: bool = True) -> str:
    """One line under a headline; with counters and buttons mixed in."""
    extra = [
        f"浏览次数：{r.choice([2023, 20230421, 187, 4266])}",
        f"点击数：{r.randint(10, 9999)}",
        "【字体：<a>大</a> <a>中</a> <a>小</a>】",
        '<a href="javascript:window.print()">打印</a>',
        f"责任编辑：{r.choice(PEOPLE)}",
    ]
    told = parts + (r.sample(extra, r.randint(0, 3)) if noise else [])
    if r.random() < 0.5:
        return f'<div class="{cls(r)}" style="text-align:center">{"".join(f"<span>{p}</span>" for p in told)}</div>'
    if r.random() < 0.5:
        return f"<table width=100%><tr><td align=center>{r.choice(['　', ' | ', '&nbsp;&nbsp;']).join(told)}</td></tr></table>"
    return f'<ul class="{cls(r)}">{"".join(f"<li>{p}</li>" for p in told)}</ul>'


def sentence(r: random.Random, day: date) -> str:
    """A sentence of words.PARA with its dates moved about the publish date, so that no text foretells."""
    start, run = before(r, day, 40, 200), after(r, day, 5, 40)
    moved = {
        "2023年1月15日至3月20日": f"{cn(start)}至{cn(before(r, day, 3, 30))}",
        "2023年5月1日至5月7日": f"{cn(run)}至{cn(after(r, run, 2, 7))}",
        "2022年12月1日": cn(after(r, day, 1, 60)),
        "〔2022〕": f"〔{start.year}〕",
    }
    told = r.choice(w.PARA)
    for old, new in moved.items():
        told = told.replace(old, new)
    return told


def sentences(r: random.Random, day: date) -> list[str]:
    return ["".join(sentence(r, day) for _ in range(r.randint(1, 4))) for _ in range(r.randint(2, 9))]


def text(r: random.Random, lines: Iterable[str]) -> str:
    told = list(lines)
    form = r.choice(
        ["<p>　　{}</p>", '<p class="MsoNormal"><span>{}</span></p>', "<div>{}</div>", "<section><p>{}</p></section>"]
    )
    inner = "<br><br>".join(told) if r.random() < 0.2 else "".join(form.format(line) for line in told)
    return f'<div class="{cls(r)}" id="{r.choice(["zoom", "con", "vsb_content", "n1", "UCAP-CONTENT"])}">{inner}</div>'


def right(text: str) -> str:
    return f'<p style="text-align:right">{text}</p>'


def _side(r: random.Random) -> str:
    """A column of other news, often of today."""
    days = [TODAY - timedelta(days=n) for n in range(8)]
    form = r.choice(["{}", "[{}]", "（{}）", "发布时间：{}"])
    rows = "".join(
        f'<li><a href="/x/{r.randint(100, 9999)}.html">{w.title(r)}</a> <span>{form.format(r.choice([str(d), f"{d:%m-%d}"]))}</span></li>'
        for d in days[: r.randint(3, 8)]
    )
    plain = "".join(f'<p><a href="/y/{n}.html">{w.title(r)}</a></p>' for n in range(r.randint(0, 5)))
    return f'<div class="{cls(r)}"><h4>{r.choice(w.SIDES)}</h4><ul>{rows}</ul>{plain}</div>'


def _menu(r: random.Random) -> str:
    links = "".join(f'<a href="/{n}/">{name}</a> ' for n, name in enumerate(["首页", *r.sample(w.COLUMNS, 6)]))
    return f'<div class="{r.choice(["nav", "menu", "top", cls(r)])}">{links}</div>'


def dated_path(r: random.Random, day: date) -> str:
    n = r.randint(10**4, 10**7)
    return r.choice(
        [
            f"/art/{day.year}/{day.month}/{day.day}/art_{r.randint(10, 9999)}_{n}.html",
            f"/zwgk/{day:%Y%m}/t{day:%Y%m%d}_{n}.html",
            f"/{day:%Y-%m}/{day:%d}/content_{n}.htm",
            f"/content/{day.year}/{day:%m%d}/{n}.html",
            f"/xw/{day:%Y%m}/{r.getrandbits(128):032x}.shtml",
        ]
    )


def _plain_path(r: random.Random) -> str:
    n = r.randint(100, 99999)
    return r.choice(
        [f"/info/1053/{n}.htm", f"/show.asp?id={n}", f"/zwgk/gk/{r.getrandbits(128):032x}.shtml", f"/a/{n}"]
    )


def _address(r: random.Random, day: date | None, city: str) -> str:
    """An address with the day, without one, or with the day the site was moved."""
    roll = r.random()
    if day is None or roll < 0.4:
        path = _plain_path(r)
    else:
        path = dated_path(r, day if roll < 0.7 else past(after(r, day, 30, 900)))
    return f"http://{r.choice(['www', 'xxgk', 'zwgk', 'fgj'])}.{HOSTS[city]}.gov.cn{path}"


def _head(r: random.Random, title: str, city: str, extra: str = "") -> str:
    site = f"{city}人民政府"
    told = r.choice([title, f"{title}-{site}", f"{title}_{r.choice(w.COLUMNS)}_{site}", f"{site} {title}", site])
    made = f'<meta name="others" content="页面生成时间 {TODAY} 08:30:01"/>' if r.random() < 0.25 else ""
    named = f'<meta name="SiteName" content="{site}"/><meta name="ColumnName" content="{r.choice(w.COLUMNS)}"/>'
    return f"<title>{told}</title>{named if r.random() < 0.4 else ''}{made}{extra}"


def _html(r: random.Random, head: str, body: str) -> bytes:
    charset = "gb2312" if r.random() < 0.25 else "utf-8"
    page = f'<!doctype html><html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"/>{head}</head><body>{body}</body></html>'
    return page.encode("gb18030" if charset == "gb2312" else charset)


def page(
    r: random.Random,
    family: str,
    main: str,
    day: date | None,
    title: str,
    source: str | None = None,
    *,
    city: str = "清河市",
    kind: str = "article",
    note: str = "",
    top: str = "",
    extra: str = "",
    url: str = "",
    side: bool | None = None,
) -> Told:
    """The page around `main`: menu, crumbs, a column left or right, a footer with marks."""
    m = w.marks(r)
    crumbs = f'<div class="{cls(r)}">您的位置：<a href="/">首页</a> &gt; <a href="/z/">{r.choice(w.COLUMNS)}</a> &gt; 正文</div>'
    column = _side(r) if (r.random() < 0.6 if side is None else side) else ""
    body = f'<div class="{cls(r)}">{main}</div>'
    pair = column + body if r.random() < 0.4 else body + column
    if r.random() < 0.2:
        pair = f"<table width=1000><tr><td>{pair}</td></tr></table>"
    whole = f"{top}{_menu(r)}{crumbs if kind == 'article' else ''}{pair}{w.footer(r, m, city)}"
    return Told(
        family,
        kind,
        url or _address(r, day, city),
        _html(r, _head(r, title, city, extra), whole),
        day,
        marks=m,
        note=note,
        title=title if kind == "article" else None,
        source=source,
    )


def start(r: random.Random) -> tuple[str, str, date, str]:
    """A city, a headline, a publish date and a source."""
    city = r.choice(w.CITIES)
    return city, w.title(r), newest_day(r), _source(r, city)
