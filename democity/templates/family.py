"""The shape of a template family: addresses, and one method per kind of page."""

from collections.abc import Iterator
from html import escape

from democity.plan import ColumnPlan
from democity.site import Article, CitySite
from democity.templates.base import (
    Row,
    Scene,
    guide_table,
    message_body,
    message_table,
    page_count,
    paragraphs,
    static_text,
)

SEARCH = '<form action="/search" method="get"><input name="q" size="14"><button>搜索</button></form>'
HOME_BLOCKS = ("gzdt", "tzgg", "zcwj", "zcjd", "jcdt", "ghjh", "tjxx", "zxly", "dqzt")


class Family:
    """Common behaviour; a family overrides addresses, frame, list and article."""

    name = ""
    charset = "utf-8"
    header_charset = True  # Content-Type carries the charset
    index = "index.html"
    sitemap = "/wzdt/index.html"
    contact = "/lxwm/index.html"

    def column_url(self, plan: ColumnPlan, page: int = 0) -> str:
        """Address of a list page, 0 is the first."""
        raise NotImplementedError

    def article_url(self, plan: ColumnPlan, article: Article) -> str:
        """Address of an article."""
        raise NotImplementedError

    def attachment_url(self, plan: ColumnPlan, article: Article, suffix: str) -> str:
        """Address of a file that an article offers."""
        return f"{self.article_url(plan, article).rpartition('/')[0]}/W0{article.moment:%Y%m%d}{article.id}.{suffix}"

    def frame(self, scene: Scene, title: str, head: str, inner: str, trail: str = "") -> str:
        """A whole page around `inner`."""
        raise NotImplementedError

    def home(self, scene: Scene) -> str:
        """The home page."""
        raise NotImplementedError

    def listing(self, scene: Scene, plan: ColumnPlan, page: int) -> str:
        """One list page of a column."""
        raise NotImplementedError

    def article(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        """An article."""
        raise NotImplementedError

    def data(self, scene: Scene) -> Iterator[tuple[str, str, bytes]]:
        """More addresses of the family (path, content type, body), such as JSON."""
        yield from ()

    def rows(self, scene: Scene, plan: ColumnPlan, limit: int = 0) -> list[Row]:
        """A column as list rows, a pinned old entry first where the plan says so."""
        articles = scene.articles(plan)
        out = [Row(article.title, self.article_url(plan, article), article.day) for article in articles]
        if plan.pinned and len(out) > 3:
            old = out.pop(-2)
            out.insert(0, Row(old.title, old.url, old.day, pinned=True))
        return out[:limit] if limit else out

    def merged(self, scene: Scene, parent: str, limit: int) -> list[Row]:
        """The newest rows of a parent's children."""
        rows = [row for plan in scene.site.children(parent) for row in self.rows(scene, plan, limit)]
        return sorted(rows, key=lambda row: row.day, reverse=True)[:limit]

    def pages_of(self, scene: Scene, plan: ColumnPlan) -> int:
        """How many list pages the column has."""
        return page_count(len(scene.articles(plan)), scene.site.page_size)

    def special(self, scene: Scene, plan: ColumnPlan) -> str:
        """The inside of a column page that is no plain list."""
        if plan.style == "inquiry":
            rows = [(article, self.article_url(plan, article)) for article in scene.articles(plan)]
            return message_table(scene, plan, rows[: scene.site.page_size])
        return static_text(scene.site, plan.style)

    def body(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        """The inside of an article page: paragraphs, guide table or message."""
        if plan.style == "guide":
            return guide_table(scene.site, plan, article)
        if plan.style == "inquiry":
            return message_body(scene, plan, article)
        text = "\n".join(f"<p>{escape(line)}</p>" for line in paragraphs(scene.site, plan, article))
        return text + self.attachments(plan, article) + planted_links(scene.site, plan, article)

    def home_extra(self, scene: Scene) -> str:
        """The dead link of a planted fault."""
        return f'<a href="{GONE["dead_home"]}">在线访谈</a>' if scene.site.faults_of("dead_home") else ""

    def attachments(self, plan: ColumnPlan, article: Article) -> str:
        """Links to the files of an article."""
        return "".join(
            f'<p class="file"><a href="{self.attachment_url(plan, article, suffix)}">附件：{name}.{suffix}</a></p>'
            for suffix, name in files_of(plan, article)
        )

    def older(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        """A link to the article before this one."""
        articles = scene.articles(plan)
        place = articles.index(article) + 1
        if place >= len(articles):
            return "上一篇：没有了"
        return f'上一篇：<a href="{self.article_url(plan, articles[place])}">{articles[place].title}</a>'


def planted_links(site: CitySite, plan: ColumnPlan, article: Article) -> str:
    """The links of planted faults: they stand in the article that is newest at the anchor."""
    if article.seq:
        return ""
    return "".join(
        f'<p>相关链接：<a href="{GONE[kind]}">{name}</a></p>'
        for kind, name in (("dead_link", "原文地址"), ("error_500", "查询系统"), ("soft_404", "活动页面"))
        if plan.key in [where or "gzdt" for where in site.faults_of(kind)]
    )


GONE = {
    "dead_link": "/gone/article.html",
    "dead_home": "/gone/home.html",
    "dead_footer": "/gone/footer.html",
    "error_500": "/gone/error.html",
    "soft_404": "/gone/soft.html",
}


def files_of(plan: ColumnPlan, article: Article) -> tuple[tuple[str, str], ...]:
    """(ending, name) of the attachments: every policy and every third notice has two, every sixth notice a list of persons too."""
    is_notice = plan.style == "notice" and article.id % 3 == 0
    if plan.style != "policy" and not is_notice:
        return ()
    files = (("docx", "申请表样表"), ("pdf", "文件全文"))
    return (*files, ("xlsx", "补贴对象名单")) if is_notice and article.id % 6 == 0 else files


def nav_columns(site: CitySite) -> list[ColumnPlan]:
    """First-level columns."""
    return [plan for plan in site.columns if not plan.parent]


def nav_links(family: Family, site: CitySite) -> list[tuple[str, str]]:
    """(name, address) of the navigation."""
    return [("首页", "/")] + [(plan.name, family.column_url(plan)) for plan in nav_columns(site)]


def sitemap_body(family: Family, site: CitySite) -> str:
    """All columns as nested lists."""
    out = []
    for plan in nav_columns(site):
        inner = "".join(
            f'<li><a href="{family.column_url(child)}">{child.name}</a></li>' for child in site.children(plan.key)
        )
        out.append(f'<li><a href="{family.column_url(plan)}">{plan.name}</a><ul>{inner}</ul></li>')
    return f'<ul class="map">{"".join(out)}</ul>'


def trail_html(family: Family, site: CitySite, plan: ColumnPlan, separator: str = " &gt; ", home: str = "/") -> str:
    """当前位置; some sites link to their home by a name that redirects."""
    steps = [f'<a href="{home}">首页</a>']
    parent = site.column(plan.parent) if plan.parent else None
    steps += [f'<a href="{family.column_url(step)}">{step.name}</a>' for step in (parent, plan) if step]
    return separator.join(steps)
