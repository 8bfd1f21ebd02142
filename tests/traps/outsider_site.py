"""A second trap site, written as by somebody who wants to catch an inspection accusing wrongly, or missing a fault.

Verdicts: `dead` and `soft404` are certain in one night, `later` needs a second one, `candidate` waits for a person,
`open` may stay unjudged and may not be accused, `fine` may not even be mentioned.
"""

from dataclasses import dataclass, field

import outsider_answers as an
from outsider_answers import ARTICLE, GONE, code, first, heads, ok, page, to
from trap_server import Reply, path_of


@dataclass(frozen=True)
class Spot:
    """One awkward thing on the home page: the address in question, how it is linked, what answers there."""

    verdict: str
    url: str  # {site}/x
    html: str = ""
    answers: dict[str, an.Answer] = field(default_factory=dict)


def link(href: str, text: str = "某某工作动态") -> str:
    return f'<a href="{href}">{text}</a>'


def at(
    verdict: str, path: str, answer: an.Answer | None, html: str = "", host: str = "site", **more: an.Answer
) -> Spot:
    """A spot by its path; `more` are answers at further paths, with _ for / and a leading one."""
    href = path if host == "site" else f"{{{host}}}{path}"
    answers = {f"{host}:{path}": answer} if answer else {}
    answers |= {f"{host}:/{name.replace('_', '/')}": each for name, each in more.items()}
    return Spot(verdict, f"{{{host}}}{path}", html or link(href), answers)


def none(html: str, path: str) -> Spot:
    """Something that is no link; were it taken for one, its target would answer 404."""
    return Spot("fine", f"{{site}}{path}", html)


def build_spots() -> list[Spot]:
    """All spots."""
    return [*_servers(), *_refusals(), *_redirects(), *_spelling(), *_no_links(), *_embedded(), *_contents(), *_files(), *_elsewhere()]  # fmt: skip


def _servers() -> list[Spot]:
    return [
        *(at("fine", f"/head{status}", heads(status)) for status in (400, 403, 404, 405, 500, 501)),
        at("fine", "/slow-start", ok(delay=1.2)),
        at("fine", "/drips", an.DRIPPING),
        at("fine", "/no-length", an.NO_LENGTH),
        at("fine", "/too-long", an.TOO_LONG),
        at("fine", "/too-short", an.TOO_SHORT),
        at("fine", "/cut-chunks", an.CUT_CHUNKS),
        at("open", "/hanging", an.HANGING),
        at("open", "/endless-stream", an.ENDLESS),
        at("fine", "/no-reason", an.NO_REASON),
        at("fine", "/bare-feeds", an.BARE_FEEDS),
        at("fine", "/early-hints", an.EARLY_HINTS),
        at("fine", "/chinese-header", an.CHINESE_HEADER),
        at("fine", "/zipped", an.ZIPPED),
        at("open", "/cut-zip", an.CUT_ZIP),
        at("open", "/no-zip", an.NO_ZIP),
        at("fine", "/odd-encoding", an.ODD_ENCODING),
        at("fine", "/no-type", an.NO_TYPE),
        at("fine", "/wrong-type", ok(kind="application/octet-stream")),
        at("fine", "/says-picture", ok(kind="image/jpeg")),
        at("fine", "/once-500", first(1, Reply(500))),
        at("fine", "/twice-503", first(2, Reply(503))),
        at("fine", "/once-404", first(1, Reply(404))),
        at("fine", "/once-cut", first(1, Reply(reset=True))),
        at("fine", "/no-content", code(204, b"")),
        at("fine", "/203", code(203, ARTICLE)),
        at("open", "/blank", ok(b"")),
        at("dead", "/gone-for-good", code(410)),
        at("dead", "/lies-to-head", lambda asked: Reply(200 if asked.method == "HEAD" else 404, b"x")),
        at("later", "/always-500", code(500)),
        at("later", "/always-cut", lambda asked: Reply(reset=True)),
        at("later", "/mute", lambda asked: Reply(closed=True)),
    ]


def _refusals() -> list[Spot]:
    later = ("Retry-After", "86400")
    return [
        at("fine", "/people-only-403", an.for_people(403)),
        at("fine", "/people-only-404", an.for_people(404)),
        at("fine", "/people-only-406", an.for_people(406)),
        at("fine", "/people-only-503", an.for_people(503)),
        at("fine", "/calm-down", first(1, Reply(429, headers=(("Retry-After", "1"),)))),
        at("open", "/calm-down-until-tomorrow", code(429, b"", later)),
        at("open", "/members", code(401, b"", ("WWW-Authenticate", 'Basic realm="x"'))),
        *(at("open", f"/refuses-{status}", code(status)) for status in (400, 403, 405, 406, 412, 418, 451, 999)),
        at("open", "/cc-check", code(200, "<html><script>var arg1='A';document.cookie='acw_sc__v2=1'</script></html>")),
        at("open", "/jsl", code(521, "<script>document.cookie='__jsl_clearance_s=2';location.reload()</script>")),
        at("open", "/person", ok(page("安全验证", "<p>请完成安全验证后继续访问</p><div id=slider></div>"))),
        at("open", "/needs-script", ok(page("", "<noscript>请开启JavaScript后刷新页面</noscript>"))),
        at("open", "/not-filed", code(403, page("该网站暂时无法访问", "<p>该网站未根据工信部相关法规进行备案</p>"))),
    ]


def _redirects() -> list[Spot]:
    there = {"there": ok()}
    chain = {f"far{n}": to(f"/far{n + 1}") for n in range(18)} | {"far18": ok()}
    return [
        at("fine", "/r/relative", to("next.html"), r_next=ok(), **{"r_next.html": ok()}),
        at("fine", "/r/query", to("?page=2"), **{"r_query?page=2": ok()}),
        at("fine", "/r/up", to("../there"), **there),
        at("fine", "/r/fragment", to("/there#part"), **there),
        at("fine", "/r/308", to("/there", 308), **there),
        at("fine", "/r/303", to("/there", 303), **there),
        at("fine", "/r/utf8", to("/公告/2.html"), **{path_of("公告_2.html").replace("/", "_"): ok()}),
        at("fine", "/r/gbk", an.GBK_LOCATION, **{path_of("公告_1.html", "gbk").replace("/", "_"): ok()}),
        at("fine", "/r/spaces", to("/two words here"), **{"two%20words%20here": ok()}),
        at("fine", "/r/protocol", to("//127.0.0.1:{port}/there"), **there),
        at("fine", "/r/upper", to("HTTP://127.0.0.1:{port}/there"), **there),
        at("fine", "/r/cookie", an.wants_cookie("/r/cookie")),
        at("fine", "/r/cookie2", to("/r/cookie2b"), r_cookie2b=an.wants_cookie("/r/cookie2b")),
        at("fine", "/far0", None, link("/far0"), **chain),
        at("fine", "/r/login", to("/login?back=%2Fr%2Flogin"), **{"login?back=%2Fr%2Flogin": ok(an.LOGIN)}),
        at("fine", "/r/secure", to("{sealed}/back"), **{"r_back": ok()}),
        at("open", "/r/home.html", to("/")),
        at("open", "/r/nowhere", code(302, b"")),
        at("open", "/r/app", to("weixin://dl/business")),
        at("open", "/r/choices", code(300, "<a href='/there'>1</a>")),
        at("open", "/r/unasked-304", code(304, b"")),
        at("fine", "/r/refresh", ok('<meta http-equiv="refresh" content="0; URL=\'/there\'">')),
        at("fine", "/r/script", ok('<script>window.location.replace("/there")</script>')),
        at("dead", "/r/dead", to("/r-dead-end", 301)),
        Spot("dead", "{site}/refreshed-to-nothing", link("/r/refresh-dead"), {"site:/r/refresh-dead": ok('<meta http-equiv=refresh content="1;url=/refreshed-to-nothing">')}),
        at("later", "/r/self", to("/r/self")),
        at("later", "/r/ping", to("/r/pong"), r_pong=to("/r/ping")),
        at("later", "/r/on?n=1", None),
    ]  # fmt: skip


def _spelling() -> list[Spot]:
    return [
        at("fine", "/sp/space.html", ok(), link("  \n\t/sp/space.html \r\n")),
        at("fine", "/sp/newline.html", ok(), link("/sp/new\nline.html")),
        at("fine", "/sp/back.html", ok(), link("\\sp\\back.html")),
        at("fine", "/sp/up.html", ok(), link("../../../sp/./x/../up.html")),
        at("fine", "/sp//double.html", ok()),
        at("fine", "/sp/dot.", ok()),
        at("fine", "/sp/scheme.html", ok(), link("HtTp://127.0.0.1:{port}/sp/scheme.html")),
        at("fine", "/sp/short-ip.html", ok(), link("http://127.1:{port}/sp/short-ip.html")),
        at("fine", "/sp/protocol.html", ok(), link("//127.0.0.1:{port}/sp/protocol.html")),
        at("fine", "/sp/one-slash.html", ok(), link("http:/sp/one-slash.html")),
        at("fine", "/sp/entity?a=1&b=2", ok(), link("/sp/entity?a=1&amp;b=2")),
        at("fine", "/sp/bare?a=1&copy=2&lt=3", ok(), link("/sp/bare?a=1&copy=2&lt=3")),
        at("fine", "/sp/fragment.html", ok(), link("/sp/fragment.html#第三章")),
        at("fine", "/sp/unquoted.html", ok(), "<A HREF=/sp/unquoted.html>某某</A>"),
        at("fine", "/sp/twice.html", ok(), '<a href="/sp/twice.html" href="/sp/twice-gone.html">某某</a>'),
        at("fine", path_of("/sp/文件.html"), ok(), link("/sp/文件.html")),
        at("fine", "/sp/%E6%96%87.html", ok()),
        at("fine", "/sp/percent%zz.html", ok()),
        at("fine", "/sp/pipe%7Cbar.html", ok(), link("/sp/pipe|bar.html")),
        at("fine", path_of("/sp/q?w=政务"), ok(), link("/sp/q?w=政务")),
        at("fine", path_of("/sp/gbk?w=政务", "gbk"), ok(), " "),
        at("dead", path_of("/sp/gbk-gone?w=政务", "gbk"), None, " "),
        at("fine", "/list?b=2&a=1", ok(), link("/list?a=1&b=2") + link("/list?b=2&a=1"), **{"list?a=1&b=2": ok()}),
        at("fine", "/in-base/from-base.html", ok(), " "),
        at("dead", "/in-base/base-gone.html", None, " "),
        at("dead", path_of("/sp/没有.html"), None, link("/sp/没有.html")),
        at("dead", "/sp/gone;v=1?x=&y", None, link("/sp/gone;v=1?x=&amp;y")),
    ]


def _no_links() -> list[Spot]:
    schemes = ("javascript:;", "JavaScript:void(0)", "mailto:a@b.gov.cn", "tel:024-12345", "sms:10086", "data:text/html,x", "blob:http://x/1", "about:blank", "weixin://x", "#", "#top", "", " ")  # fmt: skip
    texts = [
        none("".join(map(link, schemes)), "/"),
        none('<!-- <a href="/no/comment">x</a> --><!--[if IE]><a href="/no/comment">x</a><![endif]-->', "/no/comment"),
        none('<template><a href="/no/template">x</a></template>', "/no/template"),
        none("<script>document.write('<a href=\"/no/script\">x</a>')</script>", "/no/script"),
        none('<script type="text/html"><a href="/no/script-html">x</a></script>', "/no/script-html"),
        none('<textarea><a href="/no/textarea">x</a></textarea>', "/no/textarea"),
        none('<noscript><iframe src="/no/noscript.html"></iframe><a href="/no/noscript.html">x</a></noscript>', "/no/noscript.html"),
        none("<style>/* url(/no/css.png) */ a{behavior:url(#default#VML)}</style>", "/no/css.png"),
        none('<form method="post" action="/no/post"><input name=q></form>', "/no/post"),
        none('<link rel="dns-prefetch preconnect" href="{site}/no/preconnect">', "/no/preconnect"),
        none(link("javascript:window.print()", "打印本页") + link("javascript:history.go(-1)", "返回上一页"), "/no/print"),
        none('<img src="data:image/gif;base64,R0lGOD" srcset="data:image/gif;base64,R0,lG 1x, /img/dot.gif 2x">', "/R0"),
    ]  # fmt: skip
    marks = ("{{ item.url }}", "${url}", "<%=url%>", "[[url]]", "{url}", "#{url}", "%url%")
    return texts + [none(link(f"/no/{mark}"), f"/no/{mark}") for mark in marks] + [none(link(marks[0]), marks[0])]


def _embedded() -> list[Spot]:
    gone = (
        ("/em/img.png", '<img src="/em/img.png">'),
        ("/em/2x.png", '<img src="/img/dot.gif" srcset="/img/dot.gif 1x,/em/2x.png 2x">'),
        ("/em/lazy.png", '<img src="data:image/gif;base64,R0lGOD" data-src="/em/lazy.png">'),
        ("/em/area.html", '<img usemap="#m" src="/img/dot.gif"><map name=m><area shape=rect coords="0,0,9,9" href="/em/area.html"></map>'),
        ("/em/frame.html", '<iframe src="/em/frame.html"></iframe>'),
        ("/em/form", '<form action="/em/form"><input name=q></form>'),
        ("/em/style.png", '<div style="background:#fff url( \'/em/style.png\' ) no-repeat">x</div>'),
        ("/em/rule.png", "<style>.a{background:url(/em/rule.png)}</style>"),
        ("/em/sheet.css", '<link rel="stylesheet" href="/em/sheet.css">'),
        ("/css/bg-gone.png", '<link rel="stylesheet" href="/css/real.css">'),
        ("/em/icon.ico", '<link rel="shortcut icon" href="/em/icon.ico">'),
        ("/em/lib.js", '<script src="/em/lib.js"></script>'),
        ("/em/feed.xml", '<link rel="alternate" type="application/rss+xml" href="/em/feed.xml">'),
        ("/em/video.mp4", '<video src="/em/video.mp4"></video>'),
    )  # fmt: skip
    comma = '<img srcset="/img/w_100,h_50/dot.gif 1x, /img/w_200,h_90/dot.gif 2x">'
    return [
        *(Spot("dead", f"{{site}}{path}", html) for path, html in gone),
        Spot("fine", "{site}/css/real.css", " ", {"site:/css/real.css": ok("body{background:url(bg-gone.png)}", "text/css")}),
        Spot("fine", "{site}/img/dot.gif", " ", {"site:/img/dot.gif": ok(an.GIF, "image/gif")}),
        Spot("fine", "{site}/img/w_100,h_50/dot.gif", comma, {f"site:/img/w_{w}/dot.gif": ok(an.GIF, "image/gif") for w in ("100,h_50", "200,h_90")}),
        Spot("open", "{site}/search", '<form action="/search"><input name=q></form>', {"site:/search": code(500)}),
        at("fine", "/rss.xml", ok('<?xml version="1.0"?><rss><channel><title>x</title><item><link>/x</link></item></channel></rss>', "application/rss+xml")),
    ]  # fmt: skip


def _contents() -> list[Spot]:
    def article(title: str, text: str) -> an.Answer:
        return ok(page(title, f"<h1>{title}</h1><p>发布日期：2023-04-20</p><p>{text}</p>"))

    search = page("站内搜索", "<form><input name=q></form><p>没有找到与“防汛”相关的内容</p>")
    return [
        at("fine", "/c/about-404", article("网站404页面优化情况说明", "原来的提示“您访问的页面不存在”已改为友好提示。")),
        at("fine", "/c/road-404", article("404县道恢复通行", "受降雨影响的404县道已恢复通行。")),
        at("fine", "/c/quote", article("页面不存在怎么办？", "对不起，您访问的页面不存在。遇到这种提示时请拨打热线。")),
        at("fine", "/c/picture", ok(page("一图读懂", "<img src='/img/dot.gif'>"))),
        at("fine", "/c/attachment", ok(page("年度报告", "<p>详见附件</p>" + link("/f/real.pdf", "附件")))),
        at("fine", "/c/blank-column/", ok(page("政策解读", "<ul></ul><p>暂无内容</p>"))),
        at("fine", "/c/no-hits?q=x", ok(search)),
        at("fine", "/c/login", ok(an.LOGIN)),
        at("open", "/c/forbidden", ok(page("提示", "<p>您没有权限访问该页面</p>"))),
        at("open", "/c/wechat", ok(page("提示", "<p>请在微信客户端打开链接</p>"))),
        at("open", "/c/upkeep", ok(page("系统维护", "<p>系统正在升级维护，请稍后访问。</p>"))),
        at("open", "/c/upkeep-503", first(9, Reply(503, page("系统维护", "维护中"), (("Retry-After", "3600"),)))),
        at("soft404", "/c/gone-1.html", ok(GONE)),
        at("soft404", "/c/gone-2.html", ok(page("404", "<h1>404</h1><p>抱歉，页面找不到了</p>"))),
        at("soft404", "/c/gone-3.html", ok(page("提示信息", "<div>该文章已被删除或不存在</div>"))),
        at("soft404", "/c/gone-4.html", ok(page("Page Not Found", "<p>Sorry, the page you are looking for does not exist.</p>"))),
        at("soft404", "/c/gone-5.html", ok(page("系统提示", "<p>您要查看的信息不存在或者还未通过审批！</p>"))),
        at("soft404", "/c/gone-6.html", ok(page("温馨提示", "<p>您所访问的内容已下线，5秒后自动返回首页</p>", head="<script>setTimeout(function(){location.href='/'},5000)</script>"))),
    ]  # fmt: skip


def _files() -> list[Spot]:
    html = page("出错了", "<p>文件不存在</p>")
    return [
        at("fine", "/f/real.pdf", ok(an.PDF, "application/pdf")),
        at("fine", "/f/late.pdf", ok(b"\r\n\r\n" + an.PDF, "application/octet-stream")),
        at("fine", "/f/real.docx", ok(an.DOCX, "text/html")),
        at("fine", "/f/old.doc", ok(an.OLE, "application/msword")),
        at("fine", "/f/web.doc", ok(page("表", "<table><tr><td>1</td></tr></table>"), "application/msword")),
        at("fine", "/f/moved.docx", to("/f/real.docx", 301)),
        at("fine", "/f/members.pdf", to("/login"), login=ok(an.LOGIN)),
        at("fine", "/f/upper.PDF", ok(an.PDF, "application/pdf")),
        at("fine", "/f/table.xls", ok("姓名\t职务\n张三\t主任\n".encode("gbk"), "application/vnd.ms-excel")),
        at("candidate", "/f/empty.docx", ok(b"", "application/msword")),
        at("candidate", "/f/empty.pdf", ok(b"", "application/pdf")),
        at("candidate", "/f/page.pdf", ok(html, "application/pdf")),
        at("candidate", "/f/page.docx", ok(html, "text/html")),
        at("dead", "/f/gone.xlsx", None),
    ]


def _elsewhere() -> list[Spot]:
    police = page(
        "公安机关通报打击跨境赌博案件",
        f"<p>来源：公安局</p>{'<p>警方提醒：网络赌博平台充值返利、注册送彩金均为诈骗。</p>' * 6}",
    )
    casino = page("澳门威尼斯人官网_注册送彩金", "<p>真人百家乐 体育投注 首存优惠 返水</p>")
    return [
        at("fine", "/", ok(), host="same"),
        at("fine", "/news/2019/1.html", None, host="same"),
        at("fine", "/anything?x=1", None, host="upkeep"),
        at("fine", "/safe", ok(), host="sealed"),
        at("fine", "/old-letter", ok(), host="antique"),
        Spot("fine", "{idn}/idn", link("http://例子.测试/idn"), {"other:{idn}/idn": ok()}),
        at("fine", "/people", an.for_people(404), host="other"),
        at("fine", "/head", heads(404), host="other"),
        at("fine", "/cookie", an.wants_cookie("/cookie"), host="other"),
        at("fine", "/police", ok(police), host="other"),
        at("fine", "/members.pdf", to("/login"), host="other", login=ok(an.LOGIN)),
        at("open", "/removed/3.html", to("/"), host="other"),
        at("fine", "/", ok(), host="other"),
        at("open", "/hanging", an.HANGING, host="other"),
        at("fine", "/too-long", an.TOO_LONG, host="other"),
        at("open", "/wall", code(403, "<title>Just a moment...</title>", ("cf-mitigated", "challenge")), host="other"),
        at("dead", "/gone", None, host="other"),
        at("soft404", "/gone.html", ok(GONE), host="other"),
        at("candidate", "/won", ok(casino), host="other"),
        at("candidate", "/parked", ok(page("example.cn", "<p>此域名出售 This domain is for sale</p>")), host="other"),
        Spot("later", "http://127.0.0.1:9/closed", link("http://127.0.0.1:9/closed")),
        Spot("later", "http://no.such.host.invalid/", link("http://no.such.host.invalid/")),
        at("later", "/no-tls-here", None, link("https://127.0.0.1:{port}/no-tls-here"), host="plain"),
    ]  # fmt: skip
