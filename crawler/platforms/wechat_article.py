"""微信公众号 public pages: articles of every kind, terminal pages, the account page. Regular expressions only: pages have 2-4 MB."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.platforms.drafts import Context, make_post, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import Payload
from crawler.platforms.shapes import images_of, links_of, plain
from crawler.platforms.times import When, read_time
from crawler.platforms.values import Fetch, Parsed
from crawler.spans import spans
from domain.accounts import AccountFacts, CollectionStatus, Coverage
from domain.captured import Link, Post
from domain.targets import Account, Source

_QUOTED = r"""(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')"""
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.S)
_SIMPLE = {"n": "\n", "r": "", "t": "\t", "b": "", "f": "", "v": "", "0": ""}
_META = r"""<meta\s+property=["']og:{}["']\s+content=["']([^"']*)["']"""
_CLASS = r"""class\s{0,9}=\s{0,9}["'][^"']{0,200}?\b"""
_CLASS_END = r"""\b[^"']{0,200}["'][^<>]{0,300}>"""
_NOTICE = re.compile(rf"""{_CLASS}(?:weui-msg__title|mesg-block|global_error_msg|text_area title){_CLASS_END}""", re.I)
_CLOSING, _DIV_END = re.compile(r"</"), re.compile(r"</div>", re.I)
_CONTENT = re.compile(r"""(?i)<(?:div|section)[^<>]{0,500}?\bid\s{0,9}=\s{0,9}["']js_content["'][^<>]{0,500}>""")
_LABEL = re.compile(rf"{_CLASS}item-title{_CLASS_END}", re.I)
_INFO = re.compile(rf"<div[^<>]{{0,300}}?{_CLASS}item-info\b", re.I)
MOST_LABELS = 60  # of an account page, which has a dozen
NOTICE_BYTES = 400_000
_VARIABLES = (
    "biz|mid|appmsgid|idx|ct|oriCreateTime|ori_create_time|createTimestamp|create_time|createTime|publish_time|item_show_type"
    "|msg_title|title|msg_cdn_url|msg_link|msg_source_url|comment_id|nickname|nick_name|user_name|hd_head_img|ori_head_img_url"
)
_ASSIGNED = re.compile(rf"(?:\bvar\s+|window\.|\bd\.)({_VARIABLES})\s*=\s*")
_VALUE = re.compile(r"[^\n;]{0,2000}")
_CALL = re.compile(r"getXmlValue\([^()]{0,200}\)")  # the key of a template, not the value
_SHOWN = re.compile(
    r"""(?i)<(\w{1,20})\b[^<>]{0,500}?\bid\s{0,9}=\s{0,9}["'](publish_time|activity-name|js_name)["'][^<>]{0,500}>"""
)
# The oldest pages hand the time to a nameless function: n is the article's, t the server's.
_NAMELESS = re.compile(r"""\bt\s*=\s*["'](\d{10})["']\s*,\s*n\s*=\s*["'](\d{10})["']""")
_MARKS = ("ct", "oriCreateTime", "createTime", "publish_time", "msg_title", "user_name", "nick_name", "nickname")
_KINDS = {"0": "article", "5": "video", "7": "article", "8": "image", "10": "text", "11": "article", "16": "video"}
_GONE = re.compile(
    r"删除|违规|无法查看|不存在|已注销|已迁移|屏蔽|停止访问|已过期|链接.{0,20}失效|投诉|下架|冻结|封禁|停用|已失效|无法访问|注销"
)


def js_decode(text: str) -> str:
    r"""Undo `\xHH`, `\uHHHH` and the simple escapes of a script string."""
    return _ESCAPE.sub(
        lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _SIMPLE.get(match[3], match[3]),
        text,
    )


def is_wechat_page(payload: Payload) -> bool:
    """Whether the page comes from mp.weixin.qq.com: an article, a notice in its place or an account page."""
    text = payload.text
    return payload.is_html and (
        "mp.weixin.qq.com" in text or "res.wx.qq.com" in text or 'id="js_article"' in text or "weui-msg" in text
    )


def is_withdrawn(body: bytes) -> bool:
    """Whether an answer is the notice that stands in place of a deleted or forbidden article, for good."""
    if len(body) > NOTICE_BYTES or b"weui-msg" not in body or b"js_article" in body:
        return False
    return _terminal(body.decode("utf-8", "replace")).status is CollectionStatus.NOT_FOUND


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """One fetch for every address: `wechat_article https://mp.weixin.qq.com/s/...`; option delay (seconds, at least 10)."""
    delay = max(10.0, float(dict(source.options).get("delay", "10")))
    return tuple(Fetch(url, step="article", delay=delay) for url in source.argument.split() if url.startswith("http"))


def shape_of(payload: Payload) -> str:
    """`article` or `account`, told without reading the whole page."""
    return "account" if "item-title" in payload.text and "js_article" not in payload.text else "article"


def parse(payload: Payload, ctx: Context) -> Parsed:
    """An article as one post, an account page as facts, a terminal page as its state."""
    text = payload.text
    page = _Page(text, text.find("window.cgiDataNew"), _starts(text))
    if "js_article" in text and (page.cgi >= 0 or page.script(*_MARKS) or page.shown("activity-name")):
        draft = Draft(_post(page, ctx))
        # One article says nothing about what else was published.
        result = settle(ctx, [draft], shape="article", facts=_facts(page), more=True, complete=False)
        if result.status is CollectionStatus.PARTIAL and draft.post.time_low:
            return Parsed(CollectionStatus.OK, result.facts, result.posts, result.coverage, shape="article")
        return result
    about = _about(text)
    if about:
        return Parsed(CollectionStatus.OK, about, message="只有账号资料，没有推文列表", shape="account")
    return _terminal(text)


def _starts(text: str) -> dict[str, list[int]]:
    """One pass over a page of megabytes, whatever number of variables is asked for later."""
    found: dict[str, list[int]] = {}
    for match in _ASSIGNED.finditer(text):
        found.setdefault(match[1], []).append(match.end())
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    cgi: int  # where window.cgiDataNew begins, or -1
    starts: Mapping[str, Sequence[int]]  # script variable -> where its values begin

    def script(self, *names: str) -> str:
        """The first non-empty value of `var name = ...`, `window.name = ...` or `d.name = ...`, with `'' || 'value'` chains."""
        for name in names:
            for start in self.starts.get(name, ()):
                line = _VALUE.match(self.text, start)
                for one, two in re.findall(_QUOTED, _CALL.sub("", line[0] if line else "")):
                    value = html.unescape(js_decode(one or two)).strip()
                    if value and value != "0":
                        return value
        return ""

    def raw(self, name: str) -> str | None:
        """A field of window.cgiDataNew; None when it is not there."""
        if self.cgi < 0:
            return None
        match = re.compile(rf"\b{name}\s*:\s*(?:JsDecode\()?\s*{_QUOTED}").search(self.text, self.cgi)
        return js_decode(match[1] or match[2] or "") if match else None

    def field(self, *names: str) -> str:
        """The first non-empty field of window.cgiDataNew as text."""
        found = (self.raw(name) for name in names)
        return next((html.unescape(value).strip() for value in found if value and value != "0"), "")

    def shown(self, id: str) -> str:
        """Text of the element that shows the title, the name or the time."""
        text = self.text[:400_000]
        heads = (match for match in islice(_SHOWN.finditer(text), MOST_LABELS) if match[2] == id)
        found = (plain(text[head.end() : end[0]]) for head in heads if (end := _end_of(text, head)))
        return next((text for text in found if text), "")

    def meta(self, name: str) -> str:
        match = re.search(_META.format(name), self.text[:200_000])
        return html.unescape(js_decode(match[1])).strip() if match else ""


def _post(page: _Page, ctx: Context) -> Post:
    biz, mid = page.script("biz") or page.field("bizuin", "biz"), page.script("mid", "appmsgid") or page.field("mid")
    idx, url = page.script("idx") or page.field("idx") or "1", _address(page, ctx)
    show = page.raw("item_show_type") or page.script("item_show_type") or "0"
    fragment = _body(page, show)
    links = (*links_of(fragment), *_source_link(page))
    comment = page.raw("comment_id")
    comment = comment if comment is not None else page.script("comment_id") or None
    return make_post(
        ctx, f"{biz}:{mid}:{idx}" if biz and mid else url.rstrip("/").rsplit("/", 1)[-1] or "article", _when(page, ctx),
        url=url, kind=_KINDS.get(show, "article"), title=_title(page), text=plain(fragment), links=links,
        images=_images(page, fragment), comments_open=None if comment in (None, "") else comment != "0",
    )  # fmt: skip


def _when(page: _Page, ctx: Context) -> When | None:
    nameless = _NAMELESS.search(page.text)
    stamps = (
        page.script("ct", "oriCreateTime", "ori_create_time"), page.field("ori_create_time", "create_timestamp"),
        page.script("createTimestamp", "create_time", "createTime"), page.field("create_time"), page.script("publish_time"),
        nameless[2] if nameless else "", page.shown("publish_time"),
    )  # fmt: skip
    return next((when for stamp in stamps if stamp and (when := read_time(stamp, ctx.as_of))), None)


def _address(page: _Page, ctx: Context) -> str:
    url = page.meta("url") or page.script("msg_link") or page.field("link") or ctx.answer.url
    return url.replace("http://mp.weixin", "https://mp.weixin")


def _title(page: _Page) -> str:
    return page.meta("title") or page.script("msg_title", "title") or page.field("title") or page.shown("activity-name")


def _body(page: _Page, show: str) -> str:
    start = _CONTENT.search(page.text) if show in {"0", "11"} else None  # other kinds carry a template there
    end = page.text.find("<script", start.end()) if start else -1
    fragment = page.text[start.end() : end] if start and end > 0 else ""
    if plain(fragment) or images_of(fragment):
        return fragment
    text = html.unescape(page.raw("content_noencode") or "") or page.meta("description")
    return text if "</" in text else html.escape(text, quote=False).replace("\n", "<br>")


def _images(page: _Page, fragment: str) -> tuple[str, ...]:
    found = list(images_of(fragment))
    start = page.text.find("picture_page_info_list", max(page.cgi, 0))
    if start > 0 and not found:
        block = page.text[start : start + 60_000]
        urls = re.findall(rf"\n\s*cdn_url\s*:\s*(?:JsDecode\()?{_QUOTED}", block)
        found = [html.unescape(html.unescape(js_decode(one or two))) for one, two in urls]
    cover = page.script("msg_cdn_url") or page.meta("image")
    return tuple(dict.fromkeys(url for url in (*found, cover) if url.startswith("http")))


def _source_link(page: _Page) -> tuple[Link, ...]:
    url = page.script("msg_source_url") or page.field("source_url")
    return (Link(url, "阅读原文", "a", "main"),) if url.startswith("http") else ()


def _facts(page: _Page) -> AccountFacts:
    status = page.raw("verify_status")
    name = page.field("nick_name") or page.script("nickname", "nick_name") or page.shown("js_name")
    avatar = page.field("hd_head_img", "ori_head_img_url", "round_head_img") or page.script(
        "hd_head_img", "ori_head_img_url"
    )
    return AccountFacts(
        page.field("user_name") or page.script("user_name"), name, page.field("alias"),
        verified={"2": True, "1": True, "0": False}.get(status or ""), intro=page.field("signature"), avatar_url=avatar,
        state="active",
    )  # fmt: skip


def _end_of(text: str, head: re.Match[str]) -> tuple[int] | None:
    """Where the element that begins with `head` ends."""
    tail = re.compile(f"</{head[1]}>", re.I).search(text, head.end())
    return (tail.start(),) if tail else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """(label, what follows it) of an account page, as fragments."""
    for head in islice(_LABEL.finditer(text), MOST_LABELS):
        if not (tail := _DIV_END.search(text, head.end())):
            return
        info = _INFO.search(text, tail.end())
        yield text[head.end() : tail.start()], text[tail.end() : info.start() if info else len(text)]


def _about(text: str) -> AccountFacts | None:
    pairs = {" ".join(plain(name).split()): plain(rest) for name, rest in _pairs(text)}
    if not any(key.endswith("简介") or key in {"微信号", "认证主体", "账号主体", "认证类型"} for key in pairs):
        return None

    def said(*labels: str) -> str:
        return next((pairs[label].split("\n")[0].strip() for label in labels if pairs.get(label)), "")

    intro = next((value for key, value in pairs.items() if key.endswith("简介")), "")
    body = said("认证主体", "账号主体", "主体名称")
    name = re.search(rf"""(?:nick_?name)\s*[=:]\s*(?:JsDecode\()?{_QUOTED}""", text)
    biz = re.search(r"__biz=([\w=]+)", text)
    verified = True if pairs.get("认证主体") else None
    return AccountFacts(
        biz[1] if biz else "", html.unescape(js_decode(name[1] or name[2] or "")) if name else said("名称", "公众号名称"),
        said("微信号"), verified=verified, verified_type=said("认证类型", "主体类型", "账号类型"), verified_body=body,
        intro=intro, state="active",
    )  # fmt: skip


def _terminal(text: str) -> Parsed:
    notice = next((" ".join(plain(said).split()) for _, said in spans(text, _NOTICE, _CLOSING) if plain(said)), "")
    body = text[text.find("<body") :]
    if "环境异常" in body or "完成验证后即可继续访问" in body:
        return Parsed(CollectionStatus.CHALLENGE, message="环境异常，需完成验证", shape="article")
    if notice and re.search(r"频繁|稍后", notice):
        return Parsed(CollectionStatus.RATE_LIMITED, message=notice, shape="article")
    if notice and _GONE.search(notice):
        return Parsed(CollectionStatus.NOT_FOUND, message=notice, shape="article")
    return Parsed(CollectionStatus.PARSE_ERROR, coverage=Coverage(), message=notice or "微信页面中没有识别到文章")
