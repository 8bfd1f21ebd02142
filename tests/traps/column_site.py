"""A site of columns on loopback: dead ones that look alive, live ones that look dead, and what nobody can tell.

The monitoring moment is 2023-04-26; every column is named 某某动态, so that its deadline is two weeks. `truth`: fresh,
overdue, blank, or open (neither can be said, or it does not matter: no accusation).
"""

from dataclasses import dataclass, field
from datetime import date

from trap_server import Asked, Host, Reply

FRESH = (date(2023, 4, 24), date(2023, 4, 20), date(2023, 3, 30))
OLD = (date(2022, 8, 19), date(2022, 7, 1), date(2021, 12, 31))
TODAY = date(2023, 4, 26)
ITEM = '<li><a href="{url}">{title}</a><span>{d}</span></li>'
TEXT = (
    "<p>会议传达学习了有关文件精神，听取了工作情况汇报，研究部署下一阶段重点任务，要求各单位压实责任，抓好落实。</p>"
    * 3
)
PLACES = [first + second for first in "青白黄绿红金银玉石木" for second in "山水岭洲桥河湾"]


@dataclass(frozen=True)
class Trap:
    """One column: its slug, what is true of it, and its main part. `pages` are further addresses below the slug."""

    slug: str
    truth: str
    main: str
    pages: dict[str, str] = field(default_factory=dict)
    head: str = ""
    charset: str = "utf-8"
    told: str | None = None  # charset of the Content-Type header, if not the page's own
    path: str = ""  # address in the navigation, if not /slug/
    name: str = ""
    reply: Reply | None = None
    trail: str = ""
    bare: bool = False  # without the site's frame


def rows(slug: str, days: tuple[object, ...], form: str = ITEM, tag: str = "ul", dated: bool = True) -> str:
    """Items of a list; the address tells the article's own date (`a`), unless `dated` is False (`u`)."""
    kind = "a" if dated else "u"
    made = "".join(
        form.format(
            url=f"/{slug}/{kind}{n}_{getattr(d, 'toordinal', lambda: 0)()}.html",
            title=f"{slug.upper()}街道扎实推进第{n}项重点工作落地见效",
            d=d,
            y=getattr(d, "year", ""),
            m=getattr(d, "month", ""),
            day=getattr(d, "day", ""),
            n=n,
        )
        for n, d in enumerate(days, 1)
    )
    return f"<{tag}>{made}</{tag}>" if tag else made


def side(heading: str = "最新信息", form: str = ITEM) -> str:
    """Fresh items of other columns."""
    made = "".join(
        form.format(url=f"/home/a{n}_{d.toordinal()}.html", title=f"全市重点工作推进会第{n}次会议召开", d=d)
        for n, d in enumerate(FRESH, 1)
    )
    return f'<div class="k{len(heading)}"><h3>{heading}</h3><ul>{made}</ul></div>'


def article(title: str, day: date | None) -> str:
    told = f"<p>发布时间：{day}　来源：本站</p>" if day else "<p>来源：本站</p>"
    return f"<h1>{title}</h1>{told}<div>{TEXT}</div>"


def frame(title: str, main: str, nav: str = "", head: str = "", charset: str = "utf-8") -> bytes:
    html = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body><div class="top">今天是2023年4月26日 星期三 晴</div>'
        f'<div class="nav">{nav}</div>{main}<div class="footer"><p>主办单位：某某市人民政府　版权所有 2012-2023　网站标识码：2101000001　更新日期：2023-04-26</p></div></body></html>'
    )
    return html.encode(charset)


def build_host(traps: list[Trap]) -> Host:
    """The site that serves them."""
    names = {
        trap.slug: trap.name or f"{PLACES[n % len(PLACES)]}{'镇乡街'[n // len(PLACES)]}动态"
        for n, trap in enumerate(traps)
    }
    nav = '<a href="/">首页</a>' + "".join(
        f'<a href="{trap.path or f"/{trap.slug}/"}">{names[trap.slug]}</a>' for trap in traps if trap.path != "-"
    )
    pages: dict[str, bytes] = {"/": frame("某某市人民政府", f"<div>{side('市政要闻')}</div>", nav)}
    answers: dict[str, Reply] = {}
    for trap in traps:
        name = names[trap.slug]
        own = {"": trap.main} if trap.path not in trap.pages else {}
        for path, main in {**own, **trap.pages}.items():
            trail = (
                trap.trail
                or f'<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="{trap.path if trap.path in trap.pages else f"/{trap.slug}/"}">{name}</a></div>'
            )
            body = main.encode() if trap.bare else frame(
                f"{name}_某某市人民政府", f'{trail}<div class="m">{main}</div>', "", trap.head, trap.charset
            )  # fmt: skip
            pages[path if path.startswith("/") else f"/{trap.slug}/{path}"] = body
            answers[path if path.startswith("/") else f"/{trap.slug}/{path}"] = Reply(
                body=body, kind=f"text/html; charset={trap.told or trap.charset}"
            )
        if trap.path and trap.path not in pages and f"/{trap.slug}/" in pages:
            answers[trap.path] = Reply(302, headers=(("Location", f"/{trap.slug}/"),))
        if trap.reply:
            answers[f"/{trap.slug}/"] = trap.reply
    pages_of = {path: (lambda asked, body=body: Reply(body=body)) for path, body in pages.items()}
    pages_of |= {path: (lambda asked, reply=reply: reply) for path, reply in answers.items()}
    return Host(pages_of, other=_other)


def _other(asked: Asked) -> Reply:
    name = asked.path.rpartition("/")[2]
    if name[:1] in "au" and name.endswith(".html") and "_" in name:
        number = int(name.partition("_")[2].removesuffix(".html"))
        day = date.fromordinal(number) if name[0] == "a" and number else None
        title = f"第{name[1 : name.index('_')]}项重点工作落地见效"
        return Reply(body=frame(title, article(title, day)))
    if name.endswith(".pdf"):
        return Reply(body=b"%PDF-1.4\n%%EOF", kind="application/pdf")
    return Reply(404, b"<h1>404 Not Found</h1>")
