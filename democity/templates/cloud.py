"""A static 政务云 site: post_1.html without dates in addresses, picture cards, a day printed apart from its month."""
# ruff: noqa: D102 - the base class documents them

from html import escape

from democity.plan import ColumnPlan
from democity.site import Article
from democity.templates.base import Row, Scene, footer, metas, stamp
from democity.templates.family import HOME_BLOCKS, SEARCH, Family, nav_columns, nav_links, trail_html

_CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.75 "PingFang SC","Microsoft YaHei",sans-serif;color:#222}a{color:inherit;text-decoration:none}header{background:COLOUR url(/images/banner.svg) no-repeat center;color:#fff;padding:34px 8%}
header h1{margin:0;font-size:32px}header form{float:right}nav{display:flex;gap:36px;padding:0 8%;background:#fff;box-shadow:0 2px 6px #0002}nav a{padding:14px 0;border-bottom:3px solid transparent}nav a:hover{border-color:COLOUR}main{width:84%;margin:20px auto}
section{margin-bottom:26px}section>h2{border-left:5px solid COLOUR;padding-left:10px;font-size:20px;display:flex;justify-content:space-between}section>h2 a{font-size:13px;color:#888}.grid{display:grid;grid-template-columns:1fr 1fr;gap:24px}
ul.news{list-style:none;padding:0;margin:0}ul.news li{display:flex;justify-content:space-between;padding:6px 0;border-bottom:1px solid #eee}ul.news time,.time{color:#999;font-size:14px}.card{display:flex;gap:16px;padding:14px 0;border-bottom:1px solid #eee}.card img{width:150px;height:94px}.card h3{margin:0;font-size:18px}.card p{margin:4px 0;color:#666;font-size:14px}
.day{float:left;width:64px;text-align:center;background:#f2f4f7;margin-right:14px}.day b{display:block;font-size:24px;color:COLOUR}.day i{font-style:normal;font-size:12px}article h1{font-size:28px;text-align:center}article .meta{display:flex;gap:30px;justify-content:center;color:#888;font-size:14px}.content p{text-indent:2em}footer{background:#2b2f36;color:#cfd3da;text-align:center;padding:22px;font-size:14px}"""
_COLOURS = ("#b3261e", "#1d5fae", "#0f766e")


class Cloud(Family):
    """政务云 template."""

    name = "cloud"
    sitemap = "/sitemap/index.html"
    contact = "/contact/index.html"

    def column_url(self, plan: ColumnPlan, page: int = 0) -> str:
        return f"/{plan.path}/index.html" if page == 0 else f"/{plan.path}/index_{page + 1}.html"

    def article_url(self, plan: ColumnPlan, article: Article) -> str:
        return f"/{plan.path}/content/post_{article.id}.html"

    def frame(self, scene: Scene, title: str, head: str, inner: str, trail: str = "") -> str:
        site = scene.site
        nav = "".join(f'<a href="{url}">{name}</a>' for name, url in nav_links(self, site))
        where = f'<div class="crumbs">当前位置：{trail}</div>' if trail else ""
        return f"""<!doctype html>
<html lang="zh"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(title)}</title>
{head}
<style>{_CSS.replace("COLOUR", _COLOURS[site.order % len(_COLOURS)])}</style></head>
<body><header>{SEARCH}<h1>{site.name}</h1></header><nav>{nav}</nav>
<main>{where}{inner}</main>
<footer>{footer(site, self.sitemap, self.contact)}</footer></body></html>"""

    def home(self, scene: Scene) -> str:
        site = scene.site
        news = nav_columns(site)[0]
        cards = self._cards(self.merged(scene, "zwdt", 6))
        blocks = "".join(
            f'<section><h2>{plan.name}<a href="{self.column_url(plan)}">更多</a></h2>{self._list(self.rows(scene, plan, 6))}</section>'
            for key in HOME_BLOCKS
            if (plan := site.column(key))
        )
        friends = "　".join(f'<a href="{url}" target="_blank">{name}</a>' for name, url in scene.friends[:10])
        inner = f'<section><h2>{news.name}<a href="{self.column_url(news)}">更多</a></h2>{cards}</section><div class="grid">{blocks}</div><section><h2>友情链接</h2>{friends}{self.home_extra(scene)}</section>'
        return self.frame(scene, site.name, metas(site), inner)

    def _cards(self, rows: list[Row]) -> str:
        return "".join(
            f'<div class="card"><a href="{row.url}"><img src="/images/news.svg" alt=""></a><div><h3><a href="{row.url}">{escape(row.title)}</a></h3>'
            f'<span class="time">{row.day.year}年{row.day.month}月{row.day.day}日</span></div></div>\n'
            for row in rows
        )

    def _split(self, rows: list[Row]) -> str:
        lines = [
            f'<li><div class="day"><b>{row.day:%d}</b><i>{row.day:%Y-%m}</i></div><a href="{row.url}" title="{escape(row.title)}">{escape(row.title)}</a></li>'
            for row in rows
        ]
        return '<ul class="news split">' + "\n".join(lines) + "</ul>"

    def _list(self, rows: list[Row], dated: bool = True) -> str:
        lines = []
        for row in rows:
            shown = f"<time>{row.day}</time>" if dated else ""
            mark = '<sup class="zd">置顶</sup>' if row.pinned else ""
            lines.append(
                f'<li><a href="{row.url}" title="{escape(row.title)}">{mark}{escape(row.title)}</a>{shown}</li>'
            )
        return '<ul class="news">' + "\n".join(lines) + "</ul>"

    def listing(self, scene: Scene, plan: ColumnPlan, page: int) -> str:
        site, size = scene.site, scene.site.page_size
        if plan.style == "parent":
            inner = "".join(
                f'<section><h2>{child.name}<a href="{self.column_url(child)}">更多</a></h2>{self._list(self.rows(scene, child, 6))}</section>'
                for child in site.children(plan.key)
            )
        elif plan.rhythm is None or plan.style == "inquiry":
            inner = f"<section><h2>{plan.name}</h2>{self.special(scene, plan)}</section>"
        else:
            rows = self.rows(scene, plan)[page * size : (page + 1) * size]
            draw = {"gzdt": self._cards, "jcdt": self._split}.get(plan.key)
            listed = draw(rows) if draw else self._list(rows, plan.dated)
            count = self.pages_of(scene, plan)
            pager = "".join(
                f'<a class="num" href="{self.column_url(plan, number)}">{number + 1}</a> ' for number in range(count)
            )
            aside = ""
            if plan.sidebar:
                aside = (
                    f"<aside><section><h2>最新信息</h2>{self._list(self.merged(scene, 'zwdt', 5))}</section></aside>"
                )
            pages = f'<div class="pagination">{pager}</div>' if count > 1 else ""
            inner = f"<section><h2>{plan.name}</h2>{listed}{pages}</section>{aside}"
        return self.frame(scene, f"{plan.name}_{site.name}", metas(site, plan), inner, trail_html(self, site, plan))

    def article(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        site = scene.site
        inner = f"""<article><h1>{escape(article.title)}</h1>
<div class="meta"><span>来源：{site.full_name}</span>{stamp(plan, f"<span>时间：{article.moment:%Y-%m-%d %H:%M:%S}</span>")}<span>浏览量：-</span></div>
<div class="content">{self.body(scene, plan, article)}</div><p>{self.older(scene, plan, article)}</p></article>"""
        head = metas(site, plan, article)
        return self.frame(
            scene, f"{article.title} - {site.name}", head, inner, trail_html(self, site, plan, " / ", f"/{self.index}")
        )
