"""Why an answer holds no posts: login walls, captchas, limits, WAF pages, missing accounts. A refusal is never "no posts"."""

import re
from typing import Any

from crawler.platforms.payload import Payload, at
from crawler.platforms.values import Answer
from crawler.spans import first_span, without
from domain.accounts import CollectionStatus as S

Refusal = tuple[S, str]

_HTTP = {
    401: S.AUTH_REQUIRED, 403: S.CHALLENGE, 404: S.NOT_FOUND, 405: S.CHALLENGE, 407: S.AUTH_REQUIRED, 410: S.NOT_FOUND,
    412: S.CHALLENGE, 418: S.RATE_LIMITED, 429: S.RATE_LIMITED, 432: S.RATE_LIMITED, 461: S.CHALLENGE, 471: S.CHALLENGE,
}  # fmt: skip
# Codes whose meaning does not depend on the platform that sends them; the words decide for all others.
_CODES = {
    "ok": {-100: S.AUTH_REQUIRED},
    "errno": {-100: S.AUTH_REQUIRED},
    "code": {
        -352: S.CHALLENGE, -412: S.CHALLENGE, -401: S.CHALLENGE, -799: S.RATE_LIMITED, -509: S.RATE_LIMITED,
        -101: S.AUTH_REQUIRED, -403: S.AUTH_REQUIRED, -100: S.AUTH_EXPIRED, -500: S.SOURCE_DOWN, -503: S.SOURCE_DOWN,
        -504: S.SOURCE_DOWN, -404: S.NOT_FOUND, -626: S.NOT_FOUND, 300011: S.CHALLENGE,
        300012: S.CHALLENGE, 300013: S.RATE_LIMITED, 300015: S.CHALLENGE, 300031: S.NOT_FOUND, -510001: S.NOT_FOUND,
        429: S.RATE_LIMITED, 401: S.AUTH_REQUIRED, 404: S.NOT_FOUND, 461: S.CHALLENGE,
    },
    "errcode": {
        40001: S.AUTH_EXPIRED, 40014: S.AUTH_EXPIRED, 41001: S.AUTH_REQUIRED, 42001: S.AUTH_EXPIRED, 42007: S.AUTH_EXPIRED,
        40013: S.AUTH_REQUIRED, 40125: S.AUTH_REQUIRED, 40164: S.AUTH_REQUIRED, 48001: S.AUTH_REQUIRED,
        61023: S.AUTH_EXPIRED, 50001: S.AUTH_REQUIRED, 61003: S.AUTH_REQUIRED, 61004: S.AUTH_REQUIRED, 61007: S.AUTH_REQUIRED,
        89503: S.AUTH_REQUIRED, 89506: S.AUTH_REQUIRED, 89507: S.AUTH_REQUIRED, 45009: S.RATE_LIMITED, 45011: S.RATE_LIMITED, 53600: S.NOT_FOUND, -1: S.SOURCE_DOWN,
    },
    "base_resp.ret": {
        200003: S.AUTH_EXPIRED, 200040: S.AUTH_EXPIRED, 200013: S.RATE_LIMITED, 200002: S.NOT_FOUND, 200007: S.NOT_FOUND, 200001: S.AUTH_EXPIRED, -6: S.RATE_LIMITED,
        200008: S.CHALLENGE, -1: S.SOURCE_DOWN,
    },
    "ret": {-3: S.AUTH_EXPIRED, -6: S.RATE_LIMITED},
    "result": {109: S.AUTH_EXPIRED, 400002: S.CHALLENGE, 2: S.RATE_LIMITED, 10: S.AUTH_REQUIRED},
    "status_code": {8: S.AUTH_REQUIRED, 2483: S.AUTH_REQUIRED},
    "error_code": {
        21315: S.AUTH_EXPIRED, 21327: S.AUTH_EXPIRED, 21332: S.AUTH_EXPIRED, 21301: S.AUTH_REQUIRED, 10022: S.RATE_LIMITED,
        10023: S.RATE_LIMITED, 10024: S.RATE_LIMITED, 20003: S.NOT_FOUND, 2190008: S.AUTH_EXPIRED, 2190002: S.AUTH_REQUIRED,
        2190001: S.RATE_LIMITED, 2190004: S.AUTH_REQUIRED, 10004: S.AUTH_REQUIRED, 10008: S.AUTH_EXPIRED,
    },
}  # fmt: skip
_CODES["data.error_code"] = _CODES["err_no"] = _CODES["error_code"]
_SAYINGS = (
    "msg", "message", "errmsg", "error", "error_msg", "status_msg", "base_resp.err_msg", "data.description",
    "description", "error.message", "errmessage", "reason",
)  # fmt: skip
_CHALLENGE = re.compile(
    r"验证码|人机验证|安全验证|滑块|滑动验证|环境异常|完成验证|访问验证|身份验证|风控|captcha|geetest|verify you are human"
    r"|checking your browser|just a moment|(网络|环境|IP|请求).{0,4}存在风险|[账帐]号异常|安全限制",
    re.I,
)
_LIMITED = re.compile(
    r"频繁|频率|访问次数|调用次数|超过.{0,6}(上限|限制)|额度|配额|quota|too many|rate.?limit|freq control|cooling down|稍后再试",
    re.I,
)
_EXPIRED = re.compile(
    r"(登录|登陆|授权|会话|token|cookies?|session|凭证).{0,12}(过期|失效|超时|expired|invalid)|no session|invalid (session|credential|csrf)|expired.{0,12}(token|cookie)",
    re.I,
)
_LOGIN = re.compile(
    r"请.{0,4}登[录陆]|未登[录陆]|登[录陆]后|需要登[录陆]|扫码登[录陆]|无登录|login required|please log ?in|not logged in|sign in to|unauthori[sz]ed|visitor system|需要授权|api unauthorized|(请|仅).{0,2}在微信.{0,4}打开|权限不足|没有权限|无权限",
    re.I,
)
_WAF = re.compile(
    r"访问(已)?被(拦截|阻断|拒绝|禁止)|请求(已)?被(拦截|阻断|拒绝)|防火墙|云防护|云盾|创宇盾|安全狗|玄武盾|网站卫士|对网站造成(安全)?威胁|access denied|request blocked|request was banned|forbidden|\bWAF\b",
    re.I,
)
_MISSING = re.compile(
    r"(用户|账号|帐号|账户|作者|页面|内容|视频|笔记|作品|公众号|user|page)[^，。,.]{0,8}(不存在|已注销|已被?封|已停用|已被?删除|not (found|exist))"
    r"|不存在|不见了|已注销|已迁移|停止使用|not found|does not exist|no such user|这里还没有内容",
    re.I,
)
_UNSEEN = ("script", "style", "noscript", "template")
_HIDDEN = re.compile(rf"<({'|'.join(_UNSEEN)})\b[^<>]*>|<!--", re.I)
_HIDDEN_END = {"": re.compile(r"-->"), **{name: re.compile(rf"</{name}\s*+>", re.I) for name in _UNSEEN}}
_TITLE, _TITLE_END = re.compile(r"<title\b[^<>]*>", re.I), re.compile(r"</title>", re.I)
_TAG = re.compile(r"<[^<>]+>")
_SCRIPT_MARKS = re.compile(
    r"jsl_clearance|document\.cookie\s*=[^<]{0,2000}\blocation\b|\$_ts\s*=|_\$_ts|byted_acrawler|__ac_nonce|TTGCaptcha|cf-chl-|_cf_chl_opt|aliyun_waf|acw_sc__v2|验证码中间页|verify-sdk",
    re.I,
)
_LOGIN_PAGE = re.compile(r"登[录陆]|login|sign in|visitor system|passport", re.I)


def transport_refusal(answer: Answer) -> Refusal | None:
    """A refusal that the transport or the status tells by itself; None when the body has to be read."""
    if answer.error == "missing_file":
        return S.NOT_CONFIGURED, "找不到导入文件"
    if answer.error == "outside_file":
        return S.NOT_CONFIGURED, "导入文件不在数据文件夹内，或不是普通文件；请把文件放进数据文件夹"
    if answer.error == "large_file":
        return S.NOT_CONFIGURED, "导入文件过大"
    if answer.error:
        return S.SOURCE_DOWN, f"网络错误：{answer.error}"
    if answer.status >= 500:
        return S.SOURCE_DOWN, f"HTTP {answer.status}"
    return None


def status_refusal(answer: Answer) -> Refusal | None:
    """What a 4xx means when its body says nothing better."""
    if answer.status < 400:
        return None
    return _HTTP.get(answer.status, S.SOURCE_DOWN), f"HTTP {answer.status}"


def body_refusal(payload: Payload, url: str = "") -> Refusal | None:
    """What a body without posts says: by code, by words, or by the look of a page; None when it says nothing known."""
    for value in payload.values:
        found = json_refusal(value)
        if found:
            return found
    if payload.is_html:
        return _page_refusal(payload.text, url)
    if not payload.values and 0 < len(payload.text) < 2000:
        return _by_words(payload.text)
    return None


def json_refusal(value: Any) -> Refusal | None:
    """A refusal told by a JSON answer."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if not isinstance(value, dict):
        return None
    said = next((text for path in _SAYINGS if isinstance(text := at(value, path), str) and text.strip()), "").strip()
    if at(value, "data.v_voucher") or at(value, "data.captcha") or at(value, "captcha"):
        return S.CHALLENGE, said or "平台要求验证码"
    for path, codes in _CODES.items():
        code = at(value, path)
        if isinstance(code, str) and re.fullmatch(r"-?\d{1,12}", code, re.A):
            code = int(code)
        if isinstance(code, int) and not isinstance(code, bool) and code in codes:
            return codes[code], f"{path}={code} {said}".strip()
    if wrapped := _wrapped_refusal(value):
        return wrapped
    # Weibo sends the address of its captcha in place of the data.
    if "data" not in value and isinstance(value.get("url"), str) and "ok" in value:
        return S.CHALLENGE, said or "平台要求验证"
    return _by_words(said) if said and said.lower() not in {"ok", "success", "0", "成功"} else None


def _wrapped_refusal(value: dict[str, Any]) -> Refusal | None:
    """Kuaishou's GraphQL hides its refusals inside the operation's own part, where 1 is the only good result."""
    for outer in (value.get("data"), value):
        for key, part in outer.items() if isinstance(outer, dict) else ():
            if str(key).startswith("vision") and isinstance(part, dict) and part.get("result") not in (None, 1, "1"):
                return S.CHALLENGE, f"{key} result={part['result']}"
    return None


def _by_words(text: str) -> Refusal | None:
    text = _TAG.sub(" ", text)
    rules = (
        (_EXPIRED, S.AUTH_EXPIRED), (_CHALLENGE, S.CHALLENGE), (_LIMITED, S.RATE_LIMITED), (_LOGIN, S.AUTH_REQUIRED),
        (_WAF, S.CHALLENGE), (_MISSING, S.NOT_FOUND),
    )  # fmt: skip
    for pattern, status in rules:
        match = pattern.search(text)
        if match:
            return status, " ".join(text.split())[:80]
    return None


def _shown(text: str) -> str:
    """A page without what it does not show."""
    return without(text, _HIDDEN, lambda head: _HIDDEN_END[(head[1] or "").lower()], " ")


def _page_refusal(text: str, url: str) -> Refusal | None:
    title = " ".join((first_span(text, _TITLE, _TITLE_END) or "").split())[:60]
    found = _by_words(title) if title else None
    if found:
        return found
    visible = " ".join(_TAG.sub(" ", _shown(text)).split())
    if len(visible) < 1000:
        found = _by_words(visible)
        if found:
            return found[0], title or found[1]
    if _SCRIPT_MARKS.search(text):
        return S.CHALLENGE, title or "平台返回验证脚本"
    if _LOGIN_PAGE.search(title) or re.search(r"passport\.|/login|/signin", url):
        return S.AUTH_REQUIRED, title or "需要登录"
    return None
