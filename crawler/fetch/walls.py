"""Bot walls by signature: answers that speak of the asker, not of the page. Pure."""

import re
from collections.abc import Mapping

from crawler.spans import without

HEAD_BYTES = 65_536
TOLD_BY = ("cf-mitigated", "set-cookie", "server")  # the headers that tell

_RUISHU = re.compile(rb"\$_ts\s*=\s*window|_\$[a-z]{2}\(|r='m'|content=\"[\w.]{60,}\"\s*r=\"m\"", re.I)
# Plain markers, looked for in the lower-cased start of the body: a regular expression a page would cost milliseconds.
_MARKERS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("jiasule", (b"__jsl_clearance", b"jsluid_s", b"jsluid_h")),
    ("cloudflare", (b"cf-chl-", b"/cdn-cgi/challenge-platform/", b"_cf_chl_opt", b"<title>just a moment...")),
    ("aliyun", (b"acw_sc__v2", b"acw_sc__v3", b"aliyun_waf", b"punish-component")),
    (
        "chuangyu",
        (b"yunaq.com", b"365cyd", *(word.encode(c) for word in ("创宇盾", "知道创宇云") for c in ("utf-8", "gb18030"))),
    ),
    ("safedog", (b"safedog.cn", b"waf/safedog", b"security.safedog")),
    ("baidu", (b"yunjiasu", b"su.baidu.com")),
    ("tencent", (b"waf.tencent", b"tencentcaptcha(")),
    (
        "captcha",
        tuple(
            f"{word}验证".encode() for word in ("完成安全", "完成人机", "完成滑块", "完成", "人机", "人机身份", "滑动")
        ),
    ),
)
_ASKS_FOR_SCRIPT = re.compile(
    "请(?:启用|开启|打开)\\s*(?:浏览器的?)?\\s*(?:javascript|cookie).{0,20}(?:刷新|继续|重试)".encode()
)
_SERVERS = (("jiasule", "jiasule"), ("chuangyu", "creatchina"), ("ruishu", "dynamic_server"), ("safedog", "safedog"))
_ASCII = bytes(range(128))
_CHINESE_BYTES = 1_500  # a wall that answers 200 shows a sentence, not an article
_SMALL = 24_000  # a page longer than this is a page, whatever script it carries


def wall_of(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """The name of the wall that answered, or empty. `headers`: those of TOLD_BY.

    瑞数 (412, or 202 with its script), 加速乐 (521), 知道创宇, Cloudflare (cf-mitigated), 阿里云, 安全狗, 腾讯云, and the
    plain "prove that you are a person" pages.
    """
    start = body[:HEAD_BYTES]
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "cloudflare"
    if status == 521 and (b"<script" in start.lower() or "jsl" in headers.get("set-cookie", "")):
        return "jiasule"
    if status in {202, 412} and (_RUISHU.search(start) or b"<script" in start.lower()):
        return "ruishu"
    if len(body) > _SMALL or (status < 400 and len(start.translate(None, _ASCII)) > _CHINESE_BYTES):
        return ""
    if status >= 400 and (named := _by_server(headers.get("server", "").lower())):
        return named
    found = _marked(start.lower())
    return found if found and (status >= 400 or _is_empty_of_words(start)) else ""


def _marked(start: bytes) -> str:
    for name, markers in _MARKERS:
        if any(marker in start for marker in markers):
            return name
    asks = (b"javascript" in start or b"cookie" in start) and _ASKS_FOR_SCRIPT.search(start)
    return "script" if asks else ""


def _by_server(server: str) -> str:
    return next((name for name, sign in _SERVERS if sign in server), "")


_UNSEEN = re.compile(rb"<script|<style|<!--", re.I)
_UNSEEN_END = {
    b"<script": re.compile(rb"</script\s*+>", re.I), b"<style": re.compile(rb"</style\s*+>", re.I), b"<!--": re.compile(rb"-->"),
}  # fmt: skip
_NOT_WORDS = re.compile(rb"<[^<>]*>|\s+")


def _is_empty_of_words(body: bytes) -> bool:
    """A wall that answers 200 shows a sentence at most."""
    return len(_NOT_WORDS.sub(b"", without(body, _UNSEEN, lambda head: _UNSEEN_END[head[0].lower()], b""))) < 600
