"""Whether a page shows its content only in a browser. Never true of a page that already says what it is for."""

import re

from crawler.parsing.html.tree import Tree
from crawler.parsing.words import EMPTY_ANYWHERE
from domain.captured import Marks

_SHELL = re.compile(r"(?:^|\s)(?:app|root|__nuxt|__next|vue-app|main-app|q-app|micro-app)(?:\s|$)", re.I)
_SMALL = re.compile(r"0*(?:\d\d?|1[01]\d)(?:px)*", re.A)  # a height under 120 pixels
_AJAX = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\b|\bfetch\(|axios|XMLHttpRequest|\.load\(|new Vue\(|createApp\(|v-for|\.getJSON\(|jsonp|layui|template\(|dataproxy|ajaxSubmit|queryList|getList|loadList|pageList",
    re.I,
)
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|share|tongji|hm\.baidu|cnzz|analytics|jiucuo|conac|html5|respond|polyfill|wza|aria|gray|lazyload|resize|layer|calendar|modernizr|fix|menu|nav|search|tab|scroll|float|\bie\d",
    re.I,
)
_DATA = re.compile(r"\[\s*[\[{][^<>]{0,300}?[\"'](?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d")  # records with dates
_HOLDER = re.compile(r"list|news|data|tbody|result|page[-_]?con|article|items|record|jpage|content", re.I)
_LOOP = re.compile(r"\bfor\s*\(|\bwhile\s*\(|\.forEach\(|\.map\(|\.each\(")
_LOADING = re.compile(r"正在加载|加载中|数据加载|loading\.\.\.|请稍候")
_JUMP = re.compile(r"location(?:\.href)?\s*=\s*[\"']|location\.(?:replace|assign)\(")
_MOULD = re.compile(r"\{\{[^}]{1,60}\}\}|\$\{[^}]{1,60}\}|<%=")
_FOOT_SCRIPT = re.compile(r"foot|bottom|dibu|copyright", re.I)
_NOSCRIPT = re.compile(r"(?:启用|开启|打开|enable)\s*+(?:您的)?\s*+(?:浏览器)?\s*+java\s?script", re.I)


def needs_render(tree: Tree, text: str, entries: int, marks: Marks, *, listing: bool, home: bool) -> str:
    """The reason (Chinese) why a browser must draw the page, or empty. `listing`: the page ought to show a list."""
    scripted = any(attrs.get("src") or len(body) > 5 for attrs, body in tree.scripts)
    if not scripted or entries:
        return _footer(tree, marks) if home and entries else ""
    visible = _LOADING.sub("", text)
    if len(visible) < 200 and (shell := _shell(tree)):
        return f"页面主体（#{shell}）为空，内容由脚本绘制"
    if len(visible) < 30 and not tree.links and any(attrs.get("src") for attrs, _ in tree.scripts):
        return "页面几乎没有文字，内容由脚本绘制"
    if len(visible) < 60 and any(_JUMP.search(body) for _, body in tree.scripts):
        return "页面由脚本跳转到别处"
    return _list_by_script(tree, text, home) if listing else ""


def _list_by_script(tree: Tree, text: str, home: bool) -> str:
    if not home and not EMPTY_ANYWHERE.search(text) and (reason := _script_in_place(tree)):
        return reason
    if _in_noscript(tree):
        return "列表只写在 noscript 中，由脚本绘制"
    if _MOULD.search(text):
        return "列表是未填充的脚本模板"
    if (holder := _empty_holder(tree)) and (_asks(tree) or _LOADING.search(text) or _own_script(tree)):
        return f"列表容器（{holder}）为空，由脚本填充"
    if any(_DATA.search(body[:200_000]) for _, body in tree.scripts):
        return "列表数据在脚本中，由脚本绘制"
    return "列表正在由脚本加载" if _LOADING.search(text) and _asks(tree) else ""


def _in_noscript(tree: Tree) -> bool:
    zones = [index for index, tag in enumerate(tree.tags) if tag == "noscript"]
    return any(tree.tags[index : tree.ends[index]].count("a") > 2 for index in zones)


def _script_in_place(tree: Tree) -> str:
    """A script in the main part of a page without a list: it writes the list where it stands."""
    for node, (attrs, body) in zip(tree.script_at, tree.scripts, strict=True):
        above = tree.parents[node]
        if above <= tree.body or tree.places[node]:
            continue
        source = attrs.get("src") or ""
        if (source and not _LIBRARY.search(source)) or ("document.write" in body and _LOOP.search(body)):
            return "列表的位置上只有脚本"
    return ""


def _own_script(tree: Tree) -> bool:
    """A script of the site's own, of which nobody knows what it draws."""
    return any(source and not _LIBRARY.search(source) for source in (attrs.get("src") for attrs, _ in tree.scripts))


def list_frame(tree: Tree) -> str:
    """The source of a frame in the main part that may hold the list; it is a page of its own. Empty when there is none."""
    for index in tree.others:
        source = tree.attrs[index].get("src") or ""
        if tree.tags[index] in ("iframe", "frame") and source and not tree.places[index] and not tree.hidden[index]:
            size = f"{tree.attrs[index].get('height') or ''}"
            if not _SMALL.fullmatch(size):
                return source
    return ""


def _asks(tree: Tree) -> bool:
    return any(_AJAX.search(body[:200_000]) or _AJAX.search(attrs.get("src") or "") for attrs, body in tree.scripts)


def _shell(tree: Tree) -> str:
    for index in range(tree.body, min(tree.body + 40, len(tree.tags))):
        name = tree.attrs[index].get("id") or ""
        if name and _SHELL.search(name) and tree.ends[index] - index < 12:
            return name
    return ""


def _empty_holder(tree: Tree) -> str:
    for index in range(tree.body + 1, len(tree.tags)):
        if tree.tags[index] not in ("ul", "ol", "div", "tbody", "table", "dl", "section"):
            continue
        hint = tree.hints[index].strip()
        own = tree.tags[index] in ("ul", "ol", "tbody")
        if (own and not tree.places[index]) or _HOLDER.search(hint):
            stop = tree.ends[index]
            if stop - index <= 3 and not any(tree.texts[i] for i in range(index, stop)):
                return hint or tree.tags[index]
    return ""


def _footer(tree: Tree, marks: Marks) -> str:
    """A home page whose footer is drawn by script: its marks cannot be read from the static page."""
    if marks.site_code or marks.icp or marks.police or marks.sponsor:
        return ""
    for attrs, body in tree.scripts:
        source = attrs.get("src") or ""
        if _FOOT_SCRIPT.search(source.rpartition("/")[2]) or (len(body) < 20_000 and _loads_footer(body)):
            return "页脚由脚本生成，标识需渲染后读取"
    return ""


def _loads_footer(script: str) -> bool:
    return bool(re.search(r"(?:load|fetch|get|ajax|include)\s*\(?[^;\n]{0,80}(?:foot|bottom|dibu)", script, re.I))
