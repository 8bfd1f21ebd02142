"""An old table layout in GBK. Some of these sites name the charset only in the page, some only in the header."""
# ruff: noqa: D102 - the base class documents them

from html import escape

from democity.plan import ColumnPlan
from democity.site import Article
from democity.templates.base import Row, Scene, footer, metas, stamp
from democity.templates.family import HOME_BLOCKS, SEARCH, Family, nav_columns, nav_links, trail_html

_STYLE = """<STYLE>BODY,TD{FONT-SIZE:12px;LINE-HEIGHT:20px;FONT-FAMILY:宋体}A{COLOR:#003366;TEXT-DECORATION:none}BODY{MARGIN:0;BACKGROUND:#e9f1e4}
.bar{BACKGROUND:#2f6b2f;COLOR:#fff;FONT-WEIGHT:bold}.bar A{COLOR:#fff}.t{FONT-SIZE:20px;FONT-WEIGHT:bold;COLOR:#2f6b2f}.zw P{FONT-SIZE:14px;LINE-HEIGHT:26px;TEXT-INDENT:28px}</STYLE>"""


class Gbk(Family):
    """A hand-made site of the early years."""

    charset = "gbk"
    index = "default.htm"
    sitemap = "/map.htm"
    contact = "/contact.htm"

    def __init__(self, name: str, header_charset: bool) -> None:
        self.name, self.header_charset = name, header_charset

    def column_url(self, plan: ColumnPlan, page: int = 0) -> str:
        return f"/{plan.key}/list.htm" if page == 0 else f"/{plan.key}/list_{page + 1}.htm"

    def article_url(self, plan: ColumnPlan, article: Article) -> str:
        return f"/{plan.key}/{article.moment.year}/{article.id}.htm"

    def frame(self, scene: Scene, title: str, head: str, inner: str, trail: str = "") -> str:
        site = scene.site
        cells = "".join(f'<TD align="center"><A href="{url}">{name}</A></TD>' for name, url in nav_links(self, site))
        where = f'<TR><TD height="26">&nbsp;您的位置：{trail}</TD></TR>' if trail else ""
        charset = "" if self.header_charset else '<META http-equiv="Content-Type" content="text/html; charset=gb2312">'
        return f"""<HTML><HEAD>{charset}
<TITLE>{escape(title)}</TITLE>
{head}
{_STYLE}</HEAD><BODY>
<TABLE width="960" align="center" cellspacing="0" cellpadding="0" border="0" bgcolor="#FFFFFF">
<TR><TD height="90" background="/images/banner.svg"><FONT size="6" color="#FFFFFF"><B>&nbsp;{site.name}</B></FONT>{SEARCH}</TD></TR>
<TR><TD class="bar" height="30"><TABLE width="100%"><TR>{cells}</TR></TABLE></TD></TR>
{where}
<TR><TD valign="top">{inner}</TD></TR>
<TR><TD align="center" bgcolor="#dfead8">{footer(site, self.sitemap, self.contact)}</TD></TR>
</TABLE></BODY></HTML>"""

    def home(self, scene: Scene) -> str:
        site = scene.site
        news = nav_columns(site)[0]
        blocks = [
            self._block(plan.name, self.column_url(plan), self.rows(scene, plan, 6))
            for key in HOME_BLOCKS
            if (plan := site.column(key))
        ]
        pairs = "".join(
            f'<TR><TD width="50%" valign="top">{left}</TD><TD width="50%" valign="top">{right}</TD></TR>'
            for left, right in zip(blocks[::2], [*blocks[1::2], ""], strict=False)
        )
        friends = " | ".join(f'<A href="{url}" target="_blank">{name}</A>' for name, url in scene.friends[:8])
        top = self._block(news.name, self.column_url(news), self.merged(scene, "zwdt", 10))
        inner = (
            f'{top}<TABLE width="100%">{pairs}</TABLE><P align="center">友情链接：{friends}{self.home_extra(scene)}</P>'
        )
        return self.frame(scene, f"欢迎访问{site.name}网站", metas(site), inner)

    def _block(self, name: str, url: str, rows: list[Row]) -> str:
        return f"""<TABLE width="98%" align="center" border="0" cellspacing="1" bgcolor="#b5cfa8">
<TR><TD class="bar">&nbsp;{name}</TD><TD class="bar" align="right" width="60"><A href="{url}">更多…</A></TD></TR>
<TR><TD colspan="2" bgcolor="#FFFFFF">{self._lines(rows)}</TD></TR></TABLE>"""

    def _lines(self, rows: list[Row], dated: bool = True) -> str:
        lines = []
        for row in rows:
            shown = f"[{row.day.year}/{row.day.month}/{row.day.day}]" if dated else ""
            mark = '<FONT color="red">[固顶]</FONT>' if row.pinned else ""
            lines.append(
                f'<TR><TD>·{mark}<A href="{row.url}" target="_blank">{escape(row.title)}</A></TD>'
                f'<TD width="80" align="right"><FONT color="#999999">{shown}</FONT></TD></TR>'
            )
        return '<TABLE width="100%">' + "\n".join(lines) + "</TABLE>"

    def _pager(self, plan: ColumnPlan, page: int, count: int) -> str:
        steps = (("首页", 0), ("上一页", max(0, page - 1)), ("下一页", min(count - 1, page + 1)), ("尾页", count - 1))
        links = " ".join(f'<A href="{self.column_url(plan, number)}">{name}</A>' for name, number in steps)
        return f'<P align="center">第{page + 1}页/共{count}页 {links}</P>' if count > 1 else ""

    def listing(self, scene: Scene, plan: ColumnPlan, page: int) -> str:
        site, size = scene.site, scene.site.page_size
        if plan.style == "parent":
            inner = "".join(
                self._block(child.name, self.column_url(child), self.rows(scene, child, 6))
                for child in site.children(plan.key)
            )
        elif plan.rhythm is None or plan.style == "inquiry":
            inner = f'<P class="t">{plan.name}</P>{self.special(scene, plan)}'
        else:
            rows = self.rows(scene, plan)[page * size : (page + 1) * size]
            inner = f'<P class="t">&nbsp;{plan.name}</P>{self._lines(rows, plan.dated)}{self._pager(plan, page, self.pages_of(scene, plan))}'
            if plan.sidebar:
                news = nav_columns(site)[0]
                inner += self._block("最新信息", self.column_url(news), self.merged(scene, "zwdt", 5))
        return self.frame(scene, f"{plan.name}-{site.name}", metas(site, plan), inner, trail_html(self, site, plan))

    def article(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        site, day = scene.site, article.moment
        inner = f"""<TABLE width="92%" align="center"><TR><TD align="center" class="t">{escape(article.title)}</TD></TR>
<TR><TD align="center">{stamp(plan, f"发布日期：{day.year}年{day.month}月{day.day}日")}　信息来源：{site.full_name}</TD></TR>
<TR><TD><HR size="1"></TD></TR><TR><TD class="zw">{self.body(scene, plan, article)}</TD></TR><TR><TD>{self.older(scene, plan, article)}</TD></TR></TABLE>"""
        head = metas(site, plan, article)
        return self.frame(scene, article.title, head, inner, trail_html(self, site, plan, "－"))
