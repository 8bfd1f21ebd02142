"""What stands on the trap site: `FAULTS` that must be found, `TRAPS` that must not be accused, and their answers."""

from collections.abc import Callable
from dataclasses import dataclass

from trap_server import Asked, Host, Reply, path_of

Answer = Callable[[Asked], Reply]
MENU = '<div class="nav">' + "".join(f'<a href="/c{n}/">栏目{n}</a>' for n in range(3)) + "</div>"
FOOT = '<div class="footer">主办：某某市人民政府办公室　网站标识码 2101000099</div>'


def page(title: str, body: str, charset: str = "utf-8", head: str = "") -> bytes:
    text = f'<!doctype html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head>'
    return f"{text}<body>{MENU}<div class=con>{body}</div>{FOOT}</body></html>".encode(charset)


def ok(body: bytes | str = b"", **more: object) -> Answer:
    return lambda asked: Reply(body=body.encode() if isinstance(body, str) else body, **more)  # type: ignore[arg-type]


def status(code: int, body: bytes = b"<h1>error</h1>", *headers: tuple[str, str]) -> Answer:
    return lambda asked: Reply(code, body, headers)


def moved(target: str, code: int = 302) -> Answer:
    return status(code, b"", ("Location", target))


def once(first: Reply, then: bytes) -> Answer:
    return lambda asked: first if asked.times == 1 else Reply(body=then)


ARTICLE = page(
    "关于召开政务公开工作会议的通知-某某市人民政府",
    "<h1>关于召开政务公开工作会议的通知</h1><p>发布时间：2023-04-20　来源：市政府办公室</p>"
    + "<p>各区县政府、市直各部门：为进一步做好政务公开工作，定于近期召开全市政务公开工作会议，请安排有关负责同志参加。</p>"
    * 4,
)
ABOUT_404 = page(
    "关于优化网站404页面的说明-某某市人民政府",
    "<h1>关于优化网站404页面的说明</h1><p>发布时间：2023-04-20　来源：市政府办公室</p>"
    "<p>近期有群众反映，打开本站旧地址时提示“页面不存在”。我们已经优化提示页面，原来的提示是：</p>"
    "<p>抱歉，您访问的页面不存在</p><p>给您带来不便，敬请谅解。</p>",
)
SOFT = page("某某市人民政府", "<h2>抱歉，您访问的页面不存在或已被删除！</h2><p><a href='/'>返回首页</a></p>")
LOTTERY = page(
    "彩票管理条例实施细则",
    "<h1>彩票管理条例实施细则</h1><p>发布日期：2023-04-01</p>"
    + "<p>彩票发行机构、销售机构应当公布开奖结果，禁止擅自利用互联网销售彩票，禁止投注站向未成年人兑奖。</p>" * 6,
)
SHELL = b'<!doctype html><html><head><title>App</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>'
PDF, PNG, WEBP = (
    b"%PDF-1.4\n%body\n" * 40,
    b"\x89PNG\r\n\x1a\n" + b"0" * 300,
    b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"0" * 300,
)
RUISHU = (
    b'<html><head><meta content="'
    + b"aB3" * 30
    + b'" r="m"><script>$_ts=window["$_ts"];</script></head><body></body></html>'
)
JIASULE = b"<script>document.cookie='__jsl_clearance_s=1;';location.href=location.pathname</script>"
CLOUDFLARE = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"


@dataclass(frozen=True)
class Spot:
    """One link of the front page. `kind`: dead, soft404, later (needs a second night), candidate, or trap."""

    kind: str
    html: str
    url: str  # the address that is right or wrong
    answer: Answer | None = None
    where: str = "site"  # whose answer: site, outside, lone, app
    path: str = ""  # of the answer, when it is not the path of `url`


def _a(href: str, text: str = "链接") -> str:
    return f'<a href="{href}">{text}</a>'


def _spot(kind: str, path: str, answer: Answer | None, html: str = "", where: str = "site", **more: str) -> Spot:
    address = f"{{{where}}}{path}"
    return Spot(kind, html or _a(path if where == "site" else address), address, answer, where, **more)


def build_spots() -> list[Spot]:
    """Everything the front page points to; `{site}`, `{outside}`... stand for the origins."""
    return [*_faults(), *_outside_faults(), *_traps(), *_outside_traps()]


def _faults() -> list[Spot]:
    gone = status(404)
    return [
        _spot("dead", "/gone.html", gone),
        _spot("dead", "/img/gone.png", gone, '<img src="/img/gone.png" alt="图">'),
        _spot("dead", "/img/gone2x.png", gone, '<img src="/img/ok.png" srcset="/img/ok.png 1x, /img/gone2x.png 2x">'),
        _spot("dead", "/map-gone.html", gone, '<map name=m><area href="/map-gone.html"></map>'),
        _spot("dead", "/frame-gone.html", gone, '<iframe src="/frame-gone.html"></iframe>'),
        _spot("dead", "/js/gone.js", gone, '<script src="/js/gone.js"></script>'),
        _spot("dead", "/css/gone.css", gone, '<link rel="stylesheet" href="/css/gone.css">'),
        _spot("dead", "/img/bg-gone.png", gone, '<div style="background:url(/img/bg-gone.png)">&nbsp;</div>'),
        _spot("dead", "/removed.html", status(410)),
        _spot("dead", "/get-gone.html", lambda asked: Reply(200 if asked.method == "HEAD" else 404, b"x")),
        _spot("dead", "/moved.html", moved("/moved-to-nothing.html", 301)),
        _spot("dead", path_of("/通知/不存在.html"), gone, _a("/通知/不存在.html")),
        _spot("dead", "/gbk-gone.html", gone, " "),  # only the GBK page points there
        _spot("dead", "/files/gone.pdf", gone),
        _spot("later", "/broken.html", status(500)),
        _spot("later", "/circle-a.html", moved("/circle-b.html")),
        _spot("later", "/endless.html?n=1", moved("/endless.html?n=2")),
        _spot("later", "/reset.html", lambda asked: Reply(reset=True)),
        _spot("later", "/silent.html", lambda asked: Reply(closed=True)),
        _spot("soft404", "/soft/1.html", ok(SOFT)),
        _spot(
            "soft404", "/soft/2.html", ok(page("404 Not Found", "<p>The page you requested could not be found.</p>"))
        ),
        _spot(
            "soft404",
            "/soft/3.html",
            ok(
                page("提示", "<p>该信息不存在，3秒后返回首页</p>", head='<meta http-equiv="refresh" content="3;url=/">')
            ),
        ),
        _spot("candidate", "/files/empty.pdf", ok(b"", kind="application/pdf")),
        _spot("candidate", "/files/page.pdf", ok(page("登录", "<form><input type=password></form>"), kind="text/html")),
    ]


def _outside_faults() -> list[Spot]:
    return [
        _spot("dead", "/gone", status(404), where="outside"),
        _spot("dead", "/jump", moved("/jump-gone"), where="outside"),
        _spot("soft404", "/news/gone.html", ok(SOFT), where="outside"),
        _spot("soft404", "/lost/1.html", None, where="lone"),
        Spot("later", _a("http://127.0.0.1:1/x", "不通"), "http://127.0.0.1:1/x"),
        Spot("later", _a("http://no-such-host.invalid/"), "http://no-such-host.invalid/"),
        _spot(
            "candidate",
            "/casino",
            ok(page("澳门新葡京官网-注册送彩金", "<p>真人娱乐 体育投注 首存返水</p>")),
            where="outside",
        ),
        _spot("candidate", "/sale", ok(page("本域名出售", "<p>This domain is for sale.</p>")), where="outside"),
    ]


def _traps() -> list[Spot]:
    wall = [
        _spot("trap", "/wall/ruishu412", status(412, RUISHU)),
        _spot("trap", "/wall/ruishu202", status(202, RUISHU)),
        _spot("trap", "/wall/jiasule", status(521, JIASULE)),
        _spot("trap", "/wall/cloudflare", status(503, CLOUDFLARE, ("cf-mitigated", "challenge"))),
        _spot("trap", "/forbidden", status(403)),
        _spot("trap", "/login-needed", status(401)),
    ]

    def browsers_only(asked: Asked) -> Reply:
        return Reply(200 if "Chrome/" in asked.headers.get("user-agent", "") else 404, ARTICLE)

    cookie: Answer = lambda asked: (  # noqa: E731
        Reply(body=ARTICLE)
        if "seen=1" in asked.headers.get("cookie", "")
        else Reply(302, b"", (("Location", "/cookie"), ("Set-Cookie", "seen=1; Path=/")))
    )
    return [
        *wall,
        _spot("trap", "/head405.html", lambda asked: Reply(405 if asked.method == "HEAD" else 200, ARTICLE)),
        _spot("trap", "/head404.html", lambda asked: Reply(404 if asked.method == "HEAD" else 200, ARTICLE)),
        _spot("trap", "/once503.html", once(Reply(503), ARTICLE)),
        _spot("trap", "/once429.html", once(Reply(429, headers=(("Retry-After", "1"),)), ARTICLE)),
        _spot("trap", "/once404.html", once(Reply(404), ARTICLE)),
        _spot("trap", "/once500.html", once(Reply(500), ARTICLE)),
        _spot("trap", "/once-reset.html", once(Reply(reset=True), ARTICLE)),
        _spot("trap", "/slow.html", ok(ARTICLE, delay=3.0)),
        _spot("trap", "/empty.html", ok(b"")),
        _spot("trap", "/browsers-only.html", browsers_only),
        _spot("trap", "/cookie", cookie),
        _spot("trap", "/hop1", moved("/hop2", 301)),
        _spot("trap", "/utf8-location", moved("/通知/公告.html")),
        _spot("trap", path_of("/通知/公告.html"), ok(ARTICLE), _a("/通知/公告.html")),
        _spot("trap", "/a/back/slash.html", ok(ARTICLE), _a("\\a\\back\\slash.html")),
        _spot("trap", "/spaced.html", ok(ARTICLE), _a("\n  /spaced.html\t")),
        _spot("trap", "/broken-line.html", ok(ARTICLE), _a("/broken-\nline.html")),
        _spot("trap", "/two%20words.html", ok(ARTICLE), _a("/two words.html")),
        _spot("trap", "/about404.html", ok(ABOUT_404)),
        _spot("trap", "/bus404.html", ok(page("404路公交线路调整", "<p>自5月1日起，404路公交调整线路。</p>"))),
        _spot("trap", "/blank-column/", ok(page("通知公告", "<h2>通知公告</h2><p>没有找到相关信息</p>"))),
        _spot("trap", "/login.html", ok(page("登录", "<form><input name=u><input type=password></form>"))),
        _spot("trap", "/files/ok.pdf", ok(PDF, kind="application/pdf")),
        _spot(
            "trap",
            "/files/form.doc",
            ok(page("申请表", "<table><tr><td>姓名</td></tr></table>"), kind="application/msword"),
        ),
        _spot("trap", "/img/ok.png", ok(PNG, kind="image/png"), '<img src="/img/ok.png">'),
        _spot("trap", "/img/webp.jpg", ok(WEBP, kind="image/jpeg"), '<img src="/img/webp.jpg">'),
        _spot("trap", "/in-comment.html", status(404), '<!-- <a href="/in-comment.html">旧</a> -->'),
        _spot("trap", "/in-template.html", status(404), '<template><a href="/in-template.html">模板</a></template>'),
        _spot("trap", "/in-script.html", status(404), "<script>var t = '<a href=\"/in-script.html\">x</a>';</script>"),
        _spot("trap", "/private/x.html", status(404)),  # robots.txt
        Spot(
            "trap",
            _a("javascript:void(0)") + _a("mailto:a@b.cn") + _a("tel:12345") + _a("#top") + _a("data:text/plain,x"),
            "{site}/#top",
        ),
        Spot("trap", _a("HTTP://127.0.0.1:{port}/upper.html"), "{site}/upper.html", ok(ARTICLE), path="/upper.html"),
        Spot(
            "trap", _a("//127.0.0.1:{port}/protocol.html"), "{site}/protocol.html", ok(ARTICLE), path="/protocol.html"
        ),
    ]


def _outside_traps() -> list[Spot]:
    return [
        _spot("trap", "/lottery.html", ok(LOTTERY), where="outside"),
        _spot("trap", "/once503", once(Reply(503), ARTICLE), where="outside"),
        _spot("trap", "/once404", once(Reply(404), ARTICLE), where="outside"),
        _spot(
            "trap", "/head404", lambda asked: Reply(404 if asked.method == "HEAD" else 200, ARTICLE), where="outside"
        ),
        _spot("trap", "/wall", status(403, CLOUDFLARE, ("cf-mitigated", "challenge")), where="outside"),
        _spot("trap", "/jump-ok", moved("/lottery.html"), where="outside"),
        _spot("trap", "/removed/12.html", moved("/"), where="outside"),
        _spot("trap", "/", ok(ARTICLE), where="outside"),
        _spot("trap", "/deep/link", None, where="app"),
    ]


def build_hosts() -> tuple[Host, Host, Host, Host]:
    """(site, outside, lone: answers 200 to everything, app: shows its shell for everything)."""
    lone = Host({"/": ok(ARTICLE)}, other=ok(page("温馨提示", "<p>请检查输入是否正确。</p>")))
    return Host({}), Host({}), lone, Host({}, other=ok(SHELL))


def furnish(hosts: tuple[Host, Host, Host, Host], spots: list[Spot]) -> dict[str, str]:
    """Put the answers in place once the ports are known; returns the origins by name."""
    names = dict(zip(("site", "outside", "lone", "app"), hosts, strict=True))
    origins = {name: f"http://127.0.0.1:{host.port}" for name, host in names.items()}
    for spot in spots:
        if spot.answer is not None:
            names[spot.where].pages[spot.path or spot.url.partition("}")[2]] = spot.answer
    body = "".join(f"<p>{spot.html}</p>" for spot in spots) + _a("/gbk.html") + _a("/drawn/")
    for name, origin in origins.items():
        body = body.replace(f"{{{name}}}", origin)
    body = body.replace("{port}", str(hosts[0].port))
    hosts[0].pages |= _rest(body)
    return origins


def _rest(body: str) -> dict[str, Answer]:
    endless: dict[str, Answer] = {f"/endless.html?n={n}": moved(f"/endless.html?n={n + 1}") for n in range(2, 60)}
    drawn = page("数据", '<ul id="list" class="list"></ul><script>window.onload=function(){document.getElementById("list").innerHTML='
                 '"<li><a href=/drawn-"+"gone.html>脚本画出的链接</a></li>"; /* $.ajax */}</script>')  # fmt: skip
    return (
        endless
        | {
            "/": ok(page("某某市人民政府", body)),
            "/robots.txt": ok("User-agent: *\nDisallow: /private/\n", kind="text/plain"),
            "/circle-b.html": moved("/circle-a.html"),
            "/hop2": moved("/hop3"),
            "/hop3": moved("/hop4"),
            "/hop4": ok(ARTICLE),
            "/gbk.html": ok(page("通知公告", _a("/gbk-gone.html", "编码为国标的页面"), "gb18030"), kind="text/html"),
            "/drawn/": ok(drawn),
        }
        | {f"/c{n}/": ok(ARTICLE) for n in range(3)}
    )
