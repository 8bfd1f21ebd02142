"""Addresses of one site at a moment: path -> how to build the answer. Nothing is rendered before it is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from democity import pictures
from democity.files import docx, pdf, png, xlsx
from democity.persons import persons
from democity.plan import ColumnPlan
from democity.site import Article, CitySite
from democity.templates.base import Scene, metas, static_text
from democity.templates.family import GONE, Family, files_of, sitemap_body

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGER = """function createPageHTML(count,now,name,ext){var s="共"+count+"页 ";for(var i=0;i<count;i++){
s+=i==now?"<b>"+(i+1)+"</b> ":'<a href="'+name+(i?"_"+i:"")+"."+ext+'">'+(i+1)+"</a> ";}document.write(count>1?s:"");}"""


_SOFT = "<html><head><title>页面不存在</title></head><body><h2>抱歉，您访问的页面不存在或已被删除</h2><a href='/'>返回首页</a></body></html>"


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answers. `steady`: the same at any later moment."""

    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""
    steady: bool = False
    delay: float = 0.0  # seconds


Build = Callable[[], Reply]


def html(family: Family, text: str, steady: bool = False, status: int = 200) -> Reply:
    """A page in the family's charset; some families name it in the header only, some in the page only."""
    kind = f"text/html; charset={family.charset}" if family.header_charset else "text/html"
    return Reply(status, kind, text.encode(family.charset, "xmlcharrefreplace"), steady=steady)


def routes(family: Family, scene: Scene) -> dict[str, Build]:
    """Every address of the site that answers at this moment."""
    site, out = scene.site, dict[str, Build]()
    out["/"] = lambda: html(family, family.home(scene))
    out[f"/{family.index}"] = lambda: Reply(302, location="/")
    out["/robots.txt"] = lambda: Reply(
        200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow: /admin/\n", steady=True
    )
    for plan in site.columns:
        _column(out, family, scene, plan)
    for path, content_type, body in family.data(scene):
        out[path] = partial(Reply, 200, content_type, body)
    _furniture(out, family, scene)
    if site.faults_of("soft_404"):
        out[GONE["soft_404"]] = lambda: html(family, _SOFT)
    if site.faults_of("error_500"):
        out[GONE["error_500"]] = lambda: html(family, "<h1>服务器内部错误</h1>", status=500)
    return out


def _column(out: dict[str, Build], family: Family, scene: Scene, plan: ColumnPlan) -> None:
    count = 1 if plan.style in ("parent", "inquiry") else family.pages_of(scene, plan)
    for page in range(count):
        out[family.column_url(plan, page)] = lambda page=page: html(family, family.listing(scene, plan, page))  # type: ignore[misc]
    first = family.column_url(plan)
    if first.endswith("/"):
        out[first + family.index] = out[first]
        out[first[:-1]] = lambda: Reply(301, location=first)
    steady = plan.style != "inquiry"
    for article in scene.articles(plan):
        url = family.article_url(plan, article)
        out[url] = lambda article=article: html(family, family.article(scene, plan, article), steady)  # type: ignore[misc]
        if plan.key not in scene.site.faults_of("dead_attachment"):
            for suffix, _ in files_of(plan, article):
                path = family.attachment_url(plan, article, suffix)
                out[path] = partial(_attachment, scene.site, plan, article, suffix)


def _attachment(site: CitySite, plan: ColumnPlan, article: Article, suffix: str) -> Reply:
    lines = [article.title, *site.writer(plan, article.seq, article.moment).paragraphs(plan.style, article.title)]
    if suffix == "xlsx":
        return Reply(200, _XLSX, xlsx("名单", persons(article.id)), steady=True)
    if suffix == "docx":
        return Reply(200, _DOCX, docx(lines), steady=True)
    return Reply(200, "application/pdf", pdf(lines), steady=True)


def _furniture(out: dict[str, Build], family: Family, scene: Scene) -> None:
    site = scene.site
    inside: Mapping[str, tuple[str, Callable[[], str]]] = {
        family.sitemap: ("网站地图", lambda: sitemap_body(family, site)),
        family.contact: ("联系我们", lambda: static_text(site, "contact")),
        "/search": (
            "搜索",
            lambda: '<form action="/search"><input name="q"><button>搜索</button></form><p>请输入关键词</p>',
        ),
    }
    for path, (title, inner) in inside.items():
        out[path] = lambda title=title, inner=inner: html(  # type: ignore[misc]
            family, family.frame(scene, f"{title}_{site.name}", metas(site), f"<h2>{title}</h2>{inner()}"), True
        )
    svg: dict[str, Callable[[], bytes]] = {
        "banner": partial(pictures.banner, site),
        "conac": pictures.conac,
        "jiucuo": pictures.jiucuo,
        "police": pictures.police,
        "news": partial(pictures.news, site.order),
    }
    svg.update({f"leader{i}": partial(pictures.portrait, i) for i in range(4)})
    for name, draw in svg.items():
        out[f"/images/{name}.svg"] = lambda draw=draw: Reply(200, "image/svg+xml", draw(), steady=True)  # type: ignore[misc]
    out["/images/top.png"] = partial(_picture, 16, 12, (220, 40, 40))
    out["/images/page.js"] = lambda: Reply(200, "application/javascript; charset=utf-8", _PAGER.encode(), steady=True)
    out["/visit.js"] = lambda: Reply(200, "application/javascript", b'document.write("326");', steady=True)
    out["/images/style.css"] = lambda: Reply(200, "text/css", b".pos{padding:10px 0}.pn{color:#888}", steady=True)
    out["/favicon.ico"] = partial(_picture, 16, 16, (10, 88, 168))


def search(family: Family, scene: Scene, words: str) -> Reply:
    """站内搜索: articles whose titles hold the words, newest first."""
    site = scene.site
    found = [
        (plan, article) for plan in site.columns for article in scene.articles(plan) if words and words in article.title
    ]
    found.sort(key=lambda pair: pair[1].moment, reverse=True)
    rows = "".join(
        f'<li><a href="{family.article_url(plan, article)}">{article.title}</a> {article.day}</li>'
        for plan, article in found[:20]
    )
    form = f'<form action="/search"><input name="q" value="{escape(words)}"><button>搜索</button></form>'
    inner = f"<h2>搜索结果</h2>{form}<p>共找到{len(found)}条结果</p><ul>{rows}</ul>"
    return html(family, family.frame(scene, f"搜索_{site.name}", metas(site), inner))


def _picture(width: int, height: int, colour: tuple[int, int, int]) -> Reply:
    return Reply(200, "image/png", png(width, height, colour), steady=True)
