"""list.shtml filled by a script from a JSON address: only a browser, or whoever asks for the JSON, sees the list."""
# ruff: noqa: D102 - the base class documents them

import json
from collections.abc import Iterator

from democity.plan import ColumnPlan
from democity.site import Article
from democity.templates.base import Scene, metas
from democity.templates.family import trail_html
from democity.templates.trs import Trs

_SCRIPT = """<div class="main"><div class="box"><h2>%(name)s</h2><ul class="list" id="list"></ul><div id="pager"></div></div></div>
<script>
var page=1;
function load(n){fetch("/common/search/%(number)d?pageSize=%(size)d&page="+n).then(function(r){return r.json();}).then(function(d){
var ul=document.getElementById("list");ul.innerHTML="";
d.data.results.forEach(function(x){var li=document.createElement("li"),a=document.createElement("a"),s=document.createElement("span");
a.href=x.url;a.title=x.title;a.textContent=x.title;s.textContent=x.publishedTimeStr.substr(0,10);li.appendChild(a);li.appendChild(s);ul.appendChild(li);});
document.getElementById("pager").innerHTML='<button onclick="load(--page)"'+(n<2?" disabled":"")+'>上一页</button> '+n+' / '+d.data.pages+' <button onclick="load(++page)"'+(n>=d.data.pages?" disabled":"")+'>下一页</button>';});}
load(1);
</script>"""


class Ajax(Trs):
    """Lists by script, everything else static."""

    name = "ajax"

    def column_url(self, plan: ColumnPlan, page: int = 0) -> str:
        return f"/{plan.path}/list.shtml"

    def article_url(self, plan: ColumnPlan, article: Article) -> str:
        return f"/{plan.path}/{article.moment:%Y-%m/%d}/article_{article.moment:%Y%m%d}{article.id}.shtml"

    def listing(self, scene: Scene, plan: ColumnPlan, page: int) -> str:
        if plan.rhythm is None or plan.style in ("inquiry", "guide"):
            return super().listing(scene, plan, page)
        site = scene.site
        inner = _SCRIPT % {"name": plan.name, "number": plan.number, "size": site.page_size}
        return self.frame(scene, f"{plan.name}_{site.name}", metas(site, plan), inner, trail_html(self, site, plan))

    def data(self, scene: Scene) -> Iterator[tuple[str, str, bytes]]:
        size = scene.site.page_size
        for plan in scene.site.columns:
            if plan.rhythm is None or plan.style in ("inquiry", "guide"):
                continue
            articles = scene.articles(plan)
            pages = self.pages_of(scene, plan)
            for page in range(pages):
                results = [
                    {
                        "title": article.title,
                        "url": self.article_url(plan, article),
                        "publishedTimeStr": f"{article.moment:%Y-%m-%d %H:%M:%S}",
                        "id": article.id,
                    }
                    for article in articles[page * size : (page + 1) * size]
                ]
                body = {"code": 200, "data": {"total": len(articles), "pages": pages, "results": results}}
                path = f"/common/search/{plan.number}?pageSize={size}&page={page + 1}"
                yield path, "application/json; charset=utf-8", json.dumps(body, ensure_ascii=False).encode()
