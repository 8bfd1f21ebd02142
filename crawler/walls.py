"""Bot walls by signature: answers that speak of the asker, not of the page. Pure."""

import re
from collections.abc import Mapping

HEAD_BYTES = 65_536

_RUISHU = re.compile(rb"\$_ts\s*=\s*window|_\$[a-z]{2}\(|r='m'|content=\"[\w.]{60,}\"\s*r=\"m\"", re.I)
_CHALLENGES = (
    ("jiasule", re.compile(rb"__jsl_clearance|jsluid_[sh]", re.I)),
    ("cloudflare", re.compile(rb"cf-chl-|/cdn-cgi/challenge-platform/|_cf_chl_opt|<title>Just a moment\.\.\.", re.I)),
    ("aliyun", re.compile(rb"acw_sc__v[23]|aliyun_waf|punish-component", re.I)),
    ("chuangyu", re.compile("创宇盾|知道创宇云|yunaq\\.com|365cyd".encode())),
    ("chuangyu", re.compile("创宇盾|知道创宇云".encode("gb18030"))),
    ("safedog", re.compile(rb"safedog\.cn|waf/safedog|security\.safedog", re.I)),
    ("baidu", re.compile(rb"yunjiasu|su\.baidu\.com", re.I)),
    ("tencent", re.compile(rb"waf\.tencent|TencentCaptcha\(", re.I)),
    ("captcha", re.compile("(?:请|需)(?:先)?完成(?:安全|人机|滑块)?验证|人机(?:身份)?验证|滑动验证".encode())),
    (
        "script",
        re.compile(
            "请(?:启用|开启|打开)\\s*(?:浏览器的?)?\\s*(?:JavaScript|Cookie).{0,20}(?:刷新|继续|重试)".encode(), re.I
        ),
    ),
)
_SERVERS = (("jiasule", "jiasule"), ("chuangyu", "creatchina"), ("ruishu", "dynamic_server"), ("safedog", "safedog"))
_SMALL = 24_000  # a page longer than this is a page, whatever script it carries


def wall_of(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """The name of the wall that answered, or empty. `headers` with lower-case names.

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
    if len(body) > _SMALL:
        return ""
    if status >= 400 and (named := _by_server(headers.get("server", "").lower())):
        return named
    found = next((name for name, pattern in _CHALLENGES if pattern.search(start)), "")
    return found if found and (status >= 400 or _is_empty_of_words(start)) else ""


def _by_server(server: str) -> str:
    return next((name for name, sign in _SERVERS if sign in server), "")


_NOT_WORDS = re.compile(rb"<script.*?</script\s*>|<style.*?</style\s*>|<!--.*?-->|<[^>]*>|\s+", re.I | re.S)


def _is_empty_of_words(body: bytes) -> bool:
    """A wall that answers 200 shows a sentence at most."""
    return len(_NOT_WORDS.sub(b"", body)) < 600
