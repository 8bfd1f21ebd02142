"""TRS style: t20230420_1.html below month folders, index_1.html, a pager written by createPageHTML."""
# ruff: noqa: D102 - the base class documents them

from functools import cache
from html import escape

from democity.plan import ColumnPlan
from democity.site import Article
from democity.templates.base import Row, Scene, footer, metas, stamp
from democity.templates.family import HOME_BLOCKS, Family, nav_columns, nav_links, trail_html

_CSS = """body{margin:0;font:14px/1.8 "Microsoft YaHei",sans-serif;color:#333;background:#f4f6f9}a{color:#333;text-decoration:none}a:hover{color:#c00}
.w{width:1100px;margin:0 auto}.top{background:#0a58a8;color:#fff;padding:26px 0}.top h1{margin:0;font-size:34px;letter-spacing:4px}.top form{float:right;margin-top:8px}
.nav{background:#084a8e}.nav ul{margin:0 auto;padding:0;list-style:none;display:flex}.nav a{color:#fff;display:block;padding:10px 26px;font-size:16px}
.box{background:#fff;margin:14px 0;padding:14px 20px;border-top:3px solid #0a58a8}.box h2{margin:0 0 8px;font-size:18px;color:#0a58a8}.box h2 a.more{float:right;font-size:12px;color:#999}
.list{list-style:none;margin:0;padding:0}.list li{border-bottom:1px dashed #ddd;padding:4px 0}.list span{float:right;color:#999}.cols{display:flex;gap:14px}.cols>.box{flex:1;margin:0 0 14px}
.art h1{text-align:center;font-size:26px}.info{text-align:center;color:#888;border-bottom:1px solid #ddd;padding-bottom:8px}.TRS_Editor p{text-indent:2em;font-size:16px}
.foot{background:#0a58a8;color:#fff;text-align:center;padding:16px 0;margin-top:20px}.foot a{color:#fff}table.messages td,table.guide td,table.guide th{padding:6px}.main{display:flex;gap:14px}.side{width:240px}.main .box{flex:1}.banner{width:1100px;height:120px;display:block;margin-top:14px}"""


_COLOURS = (("#0a58a8", "#084a8e"), ("#a61b1b", "#8a1414"), ("#17697a", "#0f5361"), ("#2b5c9e", "#1f4a85"))


@cache
def _css(order: int) -> str:
    main, dark = _COLOURS[order % len(_COLOURS)]
    return _CSS.replace("#0a58a8", main).replace("#084a8e", dark)


class Trs(Family):
    """TRS WCM."""

    name = "trs"

    def column_url(self, plan: ColumnPlan, page: int = 0) -> str:
        return f"/{plan.path}/" if page == 0 else f"/{plan.path}/index_{page}.html"

    def article_url(self, plan: ColumnPlan, article: Article) -> str:
        return f"/{plan.path}/{article.moment:%Y%m}/t{article.moment:%Y%m%d}_{article.id}.html"

    def frame(self, scene: Scene, title: str, head: str, inner: str, trail: str = "") -> str:
        site = scene.site
        nav = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in nav_links(self, site))
        where = f'<div class="w pos">当前位置：{trail}</div>' if trail else ""
        return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>
<meta charset="utf-8">
<title>{escape(title)}</title>
{head}
<link rel="stylesheet" href="/images/style.css">
<style>{_css(site.order)}</style>
<script src="/images/page.js"></script>
</head><body>
<div class="top"><div class="w"><form action="/search" method="get"><input name="q" placeholder="请输入关键词"><button>搜索</button></form><h1>{site.name}</h1></div></div>
<div class="nav"><div class="w"><ul>{nav}</ul></div></div>
{where}
<div class="w">
{inner}
</div>
<div class="foot">{footer(site, self.sitemap, self.contact)}</div>
</body></html>"""

    def home(self, scene: Scene) -> str:
        site = scene.site
        head_rows = self.merged(scene, "zwdt", 10)
        blocks = [self._block(scene, plan) for key in HOME_BLOCKS if (plan := site.column(key))]
        pairs = "".join(f'<div class="cols">{"".join(blocks[i : i + 2])}</div>' for i in range(0, len(blocks), 2))
        friends = "".join(f'<option value="{url}">{name}</option>' for name, url in scene.friends)
        links = "　".join(f'<a href="{url}" target="_blank">{name}</a>' for name, url in scene.friends[:6])
        news = nav_columns(site)[0]
        inner = f"""<img class="banner" src="/images/banner.svg" alt="{site.name}">
<div class="box"><h2><a class="more" href="{self.column_url(news)}">更多&gt;&gt;</a>{news.name}</h2>{self._list(head_rows)}</div>
{pairs}
<div class="box"><h2>友情链接</h2>{links}{self.home_extra(scene)}<select onchange="window.open(this.value)"><option>相关网站</option>{friends}</select></div>"""
        return self.frame(scene, site.name, metas(site), inner)

    def _block(self, scene: Scene, plan: ColumnPlan) -> str:
        url = self.column_url(plan)
        if plan.key == "tzgg":
            url = url.removesuffix("/")  # answers 301
        more = f'<a class="more" href="{url}">更多&gt;&gt;</a>'
        return f'<div class="box"><h2>{more}{plan.name}</h2>{self._list(self.rows(scene, plan, 7))}</div>'

    def _list(self, rows: list[Row], dated: bool = True) -> str:
        lines = []
        for row in rows:
            span = f"<span>{row.day}</span>" if dated else ""
            mark = '<em class="top">[置顶]</em>' if row.pinned else ""
            lines.append(
                f'<li>{mark}<a href="{row.url}" title="{escape(row.title)}" target="_blank">{escape(row.title)}</a>{span}</li>'
            )
        return '<ul class="list">\n' + "\n".join(lines) + "\n</ul>"

    def listing(self, scene: Scene, plan: ColumnPlan, page: int) -> str:
        site, size = scene.site, scene.site.page_size
        if plan.style == "parent":
            inner = "".join(self._block(scene, child) for child in site.children(plan.key))
        elif plan.rhythm is None or plan.style == "inquiry":
            inner = f'<div class="box"><h2>{plan.name}</h2>{self.special(scene, plan)}</div>'
        else:
            rows = self.rows(scene, plan)[page * size : (page + 1) * size]
            pager = f'<div class="page"><script>createPageHTML({self.pages_of(scene, plan)}, {page}, "index", "html");</script></div>'
            inner = f'<div class="main">{self._side(scene, plan)}<div class="box"><h2>{plan.name}</h2>{self._list(rows, plan.dated)}{pager}</div></div>'
        return self.frame(scene, f"{plan.name}_{site.name}", metas(site, plan), inner, trail_html(self, site, plan))

    def _side(self, scene: Scene, plan: ColumnPlan) -> str:
        site = scene.site
        parent = plan.parent or ""
        around = site.children(parent) if parent else nav_columns(site)
        menu = "".join(f'<li><a href="{self.column_url(other)}">{other.name}</a></li>' for other in around)
        latest = ""
        if plan.sidebar:
            latest = f'<div class="box latest"><h2>最新信息</h2>{self._list(self.merged(scene, "zwdt", 5))}</div>'
        return f'<div class="side"><ul class="list box">{menu}</ul>{latest}</div>'

    def article(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        site = scene.site
        inner = f"""<div class="box art"><h1>{escape(article.title)}</h1>
<div class="info">{stamp(plan, f"发布时间：{article.moment:%Y-%m-%d %H:%M}")}　来源：{site.full_name}　<a href="javascript:window.print()">打印</a>　<a href="javascript:window.close()">关闭</a></div>
<div class="TRS_Editor">{self.body(scene, plan, article)}</div>
<p class="pn">{self.older(scene, plan, article)}</p></div>"""
        head = metas(site, plan, article)
        return self.frame(scene, f"{article.title}_{site.name}", head, inner, trail_html(self, site, plan))
