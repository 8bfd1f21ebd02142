"""大汉 style: col/col1/index.html with records in a CDATA datastore, art/2023/4/20/art_1_2.html."""
# ruff: noqa: D102 - the base class documents them

from html import escape

from democity.plan import ColumnPlan
from democity.site import Article
from democity.templates.base import Row, Scene, footer, metas, stamp
from democity.templates.family import HOME_BLOCKS, SEARCH, Family, nav_columns, nav_links, trail_html

_CSS = """body{margin:0;font:14px/1.9 SimSun,"Noto Serif CJK SC",serif;color:#222;background:#fff}a{color:#222;text-decoration:none}.wrap{width:1000px;margin:0 auto}
.head{height:120px;background:linear-gradient(#fdf3e7,#fff);border-bottom:4px solid #b5121b}.head h1{margin:0;padding-top:32px;color:#b5121b;font-size:36px}.head form{float:right;margin-top:50px}.menu{background:#b5121b;height:42px}.menu a{color:#fff;line-height:42px;margin-right:38px;font-size:16px;font-weight:bold}
.bt{border-bottom:2px solid #b5121b;margin:18px 0 6px;height:34px}.bt b{font-size:17px;color:#b5121b}.bt a{float:right;color:#999;font-size:12px}td.rq,.rq{color:#999;text-align:right;width:90px;white-space:nowrap}
.half{width:485px;float:left;margin-right:15px}.clear{clear:both}.lb{list-style:square;padding-left:18px}.lb li{border-bottom:1px dotted #ccc}.lb .bt_time{float:right;color:#999}#zoom p{text-indent:2em;font-size:16px}.title{font-size:24px;text-align:center;padding:20px}.xx{text-align:center;color:#888;border-bottom:1px solid #ccc}.ft{background:#f3f3f3;border-top:3px solid #b5121b;text-align:center;margin-top:30px;padding:16px}"""

_SHOW = """(function(){var box=document.getElementById("list%(n)d"),data=document.getElementById("data%(n)d").textContent,
all=data.match(/<li>[\\s\\S]*?<\\/li>/g)||[],size=%(size)d,now=0;
function show(){box.innerHTML=all.slice(now*size,now*size+size).join("");}
window["go%(n)d"]=function(step){var next=now+step;if(next>=0&&next*size<all.length){now=next;show();}return false;};show();})();"""


class Hanweb(Family):
    """大汉 JCMS."""

    name = "hanweb"
    sitemap = "/col/col9001/index.html"
    contact = "/col/col9002/index.html"

    def column_url(self, plan: ColumnPlan, page: int = 0) -> str:
        return f"/col/col{plan.number}/index.html" + (f"?uid={plan.number * 7}&pageNum={page + 1}" if page else "")

    def article_url(self, plan: ColumnPlan, article: Article) -> str:
        day = article.moment
        return f"/art/{day.year}/{day.month}/{day.day}/art_{plan.number}_{article.id}.html"

    def frame(self, scene: Scene, title: str, head: str, inner: str, trail: str = "") -> str:
        site = scene.site
        menu = "".join(f'<a href="{url}">{name}</a>' for name, url in nav_links(self, site))
        where = f'<div class="wrap">您当前的位置：{trail}</div>' if trail else ""
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)}</title>
{head}
<style type="text/css">{_CSS}</style>
</head><body>
<div class="head"><div class="wrap">{SEARCH}<h1>{site.name}</h1></div></div>
<div class="menu"><div class="wrap">{menu}</div></div>
{where}
<div class="wrap">{inner}<div class="clear"></div></div>
<div class="ft">{footer(site, self.sitemap, self.contact)}</div>
</body></html>"""

    def home(self, scene: Scene) -> str:
        site = scene.site
        news = nav_columns(site)[0]
        top = f'<div class="bt"><b>{news.name}</b><a href="{self.column_url(news)}">更多</a></div>{self._table(self.merged(scene, "zwdt", 9))}'
        blocks = "".join(
            f'<div class="half"><div class="bt"><b>{plan.name}</b><a href="{self.column_url(plan)}">更多</a></div>{self._table(self.rows(scene, plan, 6))}</div>'
            for key in HOME_BLOCKS
            if (plan := site.column(key))
        )
        friends = "　".join(f'<a href="{url}" target="_blank">{name}</a>' for name, url in scene.friends[:8])
        inner = f'<img src="/images/banner.svg" width="1000" height="100" alt="{site.name}" />{top}{blocks}<div class="clear"></div><div class="bt"><b>相关链接</b></div>{friends}{self.home_extra(scene)}'
        return self.frame(scene, site.name, metas(site), inner)

    def _table(self, rows: list[Row]) -> str:
        lines = [
            f'<tr><td><a href="{row.url}" target="_blank" title="{escape(row.title)}">{escape(row.title)}</a></td><td class="rq">[{row.day:%m-%d}]</td></tr>'
            for row in rows
        ]
        return '<table width="100%" cellpadding="0">' + "\n".join(lines) + "</table>"

    def _record(self, row: Row, dated: bool) -> str:
        mark = '<img src="/images/top.png" alt="置顶" />' if row.pinned else ""
        span = f'<span class="bt_time">{row.day}</span>' if dated else ""
        return f'<li>{mark}<a href="{row.url}" target="_blank" title="{escape(row.title)}">{escape(row.title)}</a>{span}</li>'

    def _datastore(self, scene: Scene, plan: ColumnPlan) -> str:
        rows = self.rows(scene, plan)
        records = "\n".join(f"<record><![CDATA[{self._record(row, plan.dated)}]]></record>" for row in rows)
        number, size = plan.number, scene.site.page_size
        pages = self.pages_of(scene, plan)
        pager = (
            f'<div class="page">共{len(rows)}条 {pages}页 <a href="#" onclick="return go{number}(-1)">上一页</a> <a href="#" onclick="return go{number}(1)">下一页</a></div>'
            if pages > 1
            else ""
        )
        return f"""<ul class="lb" id="list{number}"></ul>
<div id="{number * 7}"><script type="text/xml" id="data{number}"><datastore>
<nextgroup><![CDATA[]]></nextgroup>
<totalrecord>{len(rows)}</totalrecord><totalpage>{pages}</totalpage>
<recordset>
{records}
</recordset></datastore></script></div>{pager}
<script type="text/javascript">{_SHOW % {"n": number, "size": size}}</script>"""

    def listing(self, scene: Scene, plan: ColumnPlan, page: int) -> str:
        site = scene.site
        if plan.style == "parent":
            inner = "".join(
                f'<div class="bt"><b>{child.name}</b><a href="{self.column_url(child)}">更多</a></div>{self._table(self.rows(scene, child, 6))}'
                for child in site.children(plan.key)
            )
        elif plan.rhythm is None or plan.style == "inquiry":
            inner = f'<div class="bt"><b>{plan.name}</b></div>{self.special(scene, plan)}'
        else:
            side = ""
            if plan.sidebar:
                side = f'<div class="zxxx"><div class="bt"><b>最新信息</b></div>{self._table(self.merged(scene, "zwdt", 5))}</div>'
            inner = f'<div class="bt"><b>{plan.name}</b></div>{self._datastore(scene, plan)}{side}'
        return self.frame(scene, f"{site.name} {plan.name}", metas(site, plan), inner, trail_html(self, site, plan))

    def article(self, scene: Scene, plan: ColumnPlan, article: Article) -> str:
        site = scene.site
        inner = f"""<div id="article"><div class="title"><!--<$[标题名称(html)]>begin-->{escape(article.title)}<!--<$[标题名称(html)]>end--></div>
<div class="xx">{stamp(plan, f"发布日期：{article.moment:%Y-%m-%d %H:%M}")}　来源：{site.full_name}　浏览次数：<script type="text/javascript" src="/visit.js?id={article.id}"></script>　字号：[ 大 中 小 ]</div>
<div id="zoom">{self.body(scene, plan, article)}</div><p>{self.older(scene, plan, article)}</p></div>"""
        head = metas(site, plan, article)
        return self.frame(scene, article.title, head, inner, trail_html(self, site, plan))
