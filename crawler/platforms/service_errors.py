"""Items of a feed that are no posts: what its service says of its own failure, and dates that are those of the request."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.platforms.ownership import Draft
from domain.captured import Post

_SURE = re.compile(
    r"Bridge returned error|was unable to receive or process|HttpException|CloudFlareException|RateLimitException|RSS.?Bridge.{0,20}(?:error|fail)|RSSHub.{0,20}(?:error|出错|失败)"
    r"|(?:RSS|订阅源?|采集源|抓取)\s{0,3}(?:已|源)?\s{0,3}(?:失效|异常|出错|失败|错误)|Error (?:fetching|parsing|loading)|(?:feed|service) (?:is )?(?:temporarily )?unavailable|WeRSS|wewe-?rss.{0,20}(?:失效|过期)",
    re.I,
)
_LIKELY = re.compile(
    r"(?:登[录陆]|授权|会话|token|cookies?|session|凭证|[账帐]号).{0,8}(?:已?失效|过期|超时|异常|expired|invalid)|请?重新(?:扫码|登[录陆]|授权)|(?:获取|更新|抓取|采集|同步|解析|请求|加载)(?:内容|数据|文章|列表)?(?:失败|出错|异常)"
    r"|暂时?无法(?:获取|访问|更新)|\b(?:HTTP|error|status)\W{0,3}(?:code\W{0,3})?[45]\d\d\b|\b[45]\d\d (?:Forbidden|Not Found|Bad Gateway|Too Many Requests|Service Unavailable|Internal Server Error)"
    r"|too many requests|rate.?limit|access denied|unauthori[sz]ed|captcha|exception|traceback|timed? ?out|unable to (?:fetch|load|connect)|failed to (?:fetch|load|parse)|服务不可用|请求过于频繁|触发(?:风控|验证)",
    re.I,
)
_NOW = timedelta(hours=2)  # a service reports when it is asked, or when it last asked
_SAME = timedelta(seconds=60)
_EACH = timedelta(seconds=5)  # for each item, where a service counts on
SHAPE = "source_error"


def without_errors(drafts: Sequence[Draft | str], spoken: datetime | None) -> list[Draft | str]:
    """The same items, the service's own reports replaced by a word. Words that a post may use too count only at the time of the request."""
    known = [draft.post.time_low for draft in drafts if not isinstance(draft, str) and draft.post.time_low]
    moment = spoken or max(known, default=None)
    return [SHAPE if not isinstance(draft, str) and _reports(draft.post, moment) else draft for draft in drafts]


def error_text(drafts: Sequence[Draft | str], spoken: datetime | None) -> str:
    """The first report of a feed's service about itself; empty when it makes none."""
    left = without_errors(drafts, spoken)
    found = (one.post for one, two in zip(drafts, left, strict=True) if two == SHAPE and not isinstance(one, str))
    return next((post.title or post.text[:60] for post in found), "")


def _reports(post: Post, moment: datetime | None) -> bool:
    if _SURE.search(post.title) or (not post.title and _SURE.search(post.text[:200])):
        return True
    now = post.time_low is None or moment is None or abs(post.time_low - moment) <= _NOW
    return now and bool(_LIKELY.search(post.title or post.text[:120]))


def without_request_times(drafts: Sequence[Draft | str], requests: Sequence[datetime]) -> list[Draft | str]:
    """Items lose a time that is only that of the request: all within a minute of one another, or of a moment of `requests`."""
    moments = [draft.post.time_low for draft in drafts if not isinstance(draft, str) and draft.post.time_low]
    span = max(_SAME, _EACH * len(moments))
    alike = len(moments) > 1 and max(moments) - min(moments) <= span
    asked = [moment for moment in moments if any(abs(moment - request) <= span for request in requests)]
    false = set(moments) if alike else set(asked) if len(asked) > 1 or len(moments) == 1 else set()
    return [
        replace(draft, post=_untimed(draft.post))
        if not isinstance(draft, str) and draft.post.time_low in false
        else draft
        for draft in drafts
    ]


def _untimed(post: Post) -> Post:
    return replace(post, published_at=None, time_low=None, time_high=None, time_source="none")
