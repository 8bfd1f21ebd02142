"""What the attempts on one address mean: the verdict, a Chinese reason, and whether to ask again.

Pure, and the one place that decides: the crawler asks it what to retry, the checks what to say. A *look* is everything
asked of an address in one go (its retries included); a *night* is one distinct `as_of` date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from domain.captured import Attempt
from domain.times import beijing_date

CRASHED = "crashed"  # Attempt.error of an address whose answer could not be read
OTHER_CLIENT = "other_client"  # a signal: only another client than the crawler's got an answer
OWN_MACHINE = frozenset({"own_disk", "own_host", "misspelt"})  # nobody but the editor can open it, whatever time it is
_NO_NIGHTS: Mapping[str, date] = MappingProxyType({})


class LinkState(StrEnum):
    """Verdicts; only `dead`, `soft404` and a confirmed `hijacked` count."""

    OK = "ok"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    SOFT404 = "soft404"
    HIJACKED = "hijacked"
    UNKNOWN = "unknown"


class Again(StrEnum):
    """When the address is to be asked again: not, in the second look of this run, or on the next night."""

    NONE = "none"
    SOON = "soon"
    NEXT_NIGHT = "next_night"


class Fault(StrEnum):
    """What one attempt met."""

    NONE = ""
    GONE = "gone"  # 404, 410
    BROKEN = "broken"  # no usable answer: DNS, TLS, refused, reset, timeout, loop, 5xx
    BLOCKED = "blocked"
    SOFT = "soft"  # 200, but it looks like an error page
    HIJACK = "hijack"
    ROBOTS = "robots"
    UNASKED = "unasked"  # private address, or only HEAD was tried
    ODD = "odd"  # another answer that proves nothing: 400, 405, an empty or mistyped file


@dataclass(frozen=True, slots=True)
class LinkPolicy:
    """What counts as what; the defaults are those of DESIGN.md section 4."""

    gone: frozenset[int] = frozenset({404, 410})
    blocked: frozenset[int] = frozenset({401, 403, 407, 412, 418, 429, 451, 999})
    broken_errors: frozenset[str] = frozenset({"dns", "refused", "reset", "timeout", "tls", "loop"})
    soft_signals: frozenset[str] = frozenset({"phrase", "thin", "random_match", "to_home"})
    soft_needed: int = 2


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """The verdict on one address with what it rests on."""

    state: LinkState
    reason: str = ""  # Chinese
    again: Again = Again.NONE
    fault: Fault = Fault.NONE
    status: int = 0  # of the last attempt that counts
    error: str = ""
    looks: int = 0  # looks since the last good answer that saw the fault
    nights: int = 0  # distinct nights of these looks
    since: datetime | None = None
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Look:
    """One look: the last word it had, as (night, run, number)."""

    night: date
    run_id: str
    number: int
    attempt: Attempt
    fault: Fault


@dataclass(frozen=True, slots=True)
class _Tail:
    """The looks since the last good answer, oldest first."""

    looks: tuple[_Look, ...]
    policy: LinkPolicy = field(repr=False)

    def of(self, fault: Fault) -> list[_Look]:
        return [look for look in self.looks if look.fault is fault]

    @property
    def last(self) -> _Look:
        return self.looks[-1]

    @property
    def second_look_made(self) -> bool:
        return sum(look.run_id == self.last.run_id for look in self.looks) > 1 or self.last.number > 1


def classify(
    attempts: Sequence[Attempt], policy: LinkPolicy | None = None, nights: Mapping[str, date] = _NO_NIGHTS
) -> LinkVerdict:
    """Judge everything known of one address.

    `nights` gives the Beijing date of each run's `as_of`; a run that is not in it counts by its first attempt.
    A good answer later than a fault wins. A failing HEAD never counts.
    """
    policy = policy or LinkPolicy()
    asked = sorted((attempt for attempt in attempts if attempt.method != "HEAD"), key=_moment)
    if not asked:
        return _only_heads(attempts, policy)
    tail = _tail(asked, policy, nights)
    if not tail.looks:
        return LinkVerdict(LinkState.OK, status=asked[-1].status)
    return _JUDGES[tail.last.fault](tail)


def fault_of(attempt: Attempt, policy: LinkPolicy | None = None) -> Fault:
    """What one attempt met, whatever its method."""
    policy = policy or LinkPolicy()
    if attempt.error in {"robots", "robots_down", "robots_silent", "private"}:
        return Fault.UNASKED if attempt.error == "private" else Fault.ROBOTS
    if attempt.error in OWN_MACHINE:
        return Fault.GONE
    if attempt.error:
        return Fault.BROKEN if attempt.error in policy.broken_errors else Fault.ODD
    if attempt.status in policy.blocked or any(signal.startswith("botwall") for signal in attempt.signals):
        return Fault.BLOCKED
    if attempt.status == 503 and "Retry-After" in attempt.headers:
        return Fault.ODD  # the server says itself that this will pass
    if attempt.status in policy.gone:
        return Fault.GONE
    if attempt.status >= 500 or attempt.status == 408:
        return Fault.BROKEN
    if not (200 <= attempt.status < 300 or attempt.status == 304):
        return Fault.ODD
    return _fault_of_signals(attempt, policy)


def describe(attempt: Attempt) -> str:
    """What one attempt met, in Chinese."""
    if attempt.error:
        return _ERRORS.get(attempt.error, "访问出错")
    wall = next((signal.partition(":")[2] for signal in attempt.signals if signal.startswith("botwall")), "")
    if wall:
        return f"遇到{_WALLS.get(wall, '')}防护或验证页面（{attempt.status}）"
    return _STATUSES.get(attempt.status, f"返回状态码 {attempt.status}")


def _fault_of_signals(attempt: Attempt, policy: LinkPolicy) -> Fault:
    if any(signal.startswith(("hijack", "parked")) for signal in attempt.signals):
        return Fault.HIJACK
    if policy.soft_signals & set(attempt.signals):
        return Fault.SOFT
    return Fault.ODD if {"empty", "bad_type", OTHER_CLIENT} & set(attempt.signals) else Fault.NONE


def _moment(attempt: Attempt) -> tuple[datetime, int]:
    return attempt.at, attempt.look


def _only_heads(attempts: Sequence[Attempt], policy: LinkPolicy) -> LinkVerdict:
    if any(fault_of(attempt, policy) is Fault.NONE for attempt in attempts):
        return LinkVerdict(LinkState.OK)
    return LinkVerdict(LinkState.UNKNOWN, "尚未完整访问", Again.SOON, Fault.UNASKED)


def _tail(asked: Sequence[Attempt], policy: LinkPolicy, nights: Mapping[str, date]) -> _Tail:
    """Group the attempts by look, each with its last word, and keep what came after the last good one."""
    first: dict[str, datetime] = {}
    for attempt in asked:
        first.setdefault(attempt.run_id, attempt.at)
    looks: dict[tuple[str, int], _Look] = {}
    for attempt in asked:
        fault = fault_of(attempt, policy)
        if fault is Fault.NONE:
            looks.clear()
            continue
        night = nights.get(attempt.run_id) or beijing_date(first[attempt.run_id])
        key = (attempt.run_id, attempt.look)
        looks.pop(key, None)
        looks[key] = _Look(night, attempt.run_id, attempt.look, attempt, fault)
    return _Tail(tuple(looks.values()), policy)


def _judge_gone(tail: _Tail) -> LinkVerdict:
    """404 and 410 are certain as soon as a second look agrees."""
    seen = tail.of(Fault.GONE)
    if len(seen) > 1:
        return _verdict(tail, seen, LinkState.DEAD, f"{describe(tail.last.attempt)}，已复核")
    again = Again.NEXT_NIGHT if tail.second_look_made else Again.SOON
    return _verdict(tail, seen, LinkState.SUSPECT, f"{describe(tail.last.attempt)}，尚待复核", again)


def _judge_broken(tail: _Tail) -> LinkVerdict:
    """A missing answer is certain when a second look of the same night agrees, on two nights."""
    gone = tail.of(Fault.GONE)
    if len(gone) > 1:
        return _verdict(tail, gone, LinkState.DEAD, f"{describe(gone[-1].attempt)}，已复核")
    seen = tail.of(Fault.BROKEN)
    what = describe(tail.last.attempt)
    confirmed = {look.night for look in seen if sum(other.night == look.night for other in seen) > 1}
    if len(confirmed) > 1:
        return _verdict(tail, seen, LinkState.DEAD, f"{what}，连续 {len(confirmed)} 天复核仍不能访问")
    if not tail.second_look_made:
        return _verdict(tail, seen, LinkState.SUSPECT, f"{what}，尚待复核", Again.SOON)
    return _verdict(tail, seen, LinkState.SUSPECT, f"{what}，需次日再次复核后才能认定", Again.NEXT_NIGHT)


def _judge_soft(tail: _Tail) -> LinkVerdict:
    """A page that says it is missing: two looks have to agree on two signals."""
    seen = tail.of(Fault.SOFT)
    latest = tail.policy.soft_signals & set(tail.last.attempt.signals)
    for earlier in seen[:-1]:
        if len(latest & set(earlier.attempt.signals)) >= tail.policy.soft_needed:
            return _verdict(tail, seen, LinkState.SOFT404, "页面可以打开，但内容是“页面不存在”一类提示，已复核")
    again = Again.SOON if len(latest) >= tail.policy.soft_needed and not tail.second_look_made else Again.NEXT_NIGHT
    return _verdict(tail, seen, LinkState.SUSPECT, "页面可以打开，但疑似“页面不存在”的提示，尚待复核", again)


def _judge_hijack(tail: _Tail) -> LinkVerdict:
    seen = tail.of(Fault.HIJACK)
    if len(seen) > 1:
        return _verdict(tail, seen, LinkState.HIJACKED, "目标网站疑似已改作他用，需人工确认")
    return _verdict(tail, seen, LinkState.SUSPECT, "目标网站疑似已改作他用，尚待复核", Again.SOON)


def _judge_blocked(tail: _Tail) -> LinkVerdict:
    reason = f"{describe(tail.last.attempt)}，对方限制自动访问，不能据此判断链接是否可用"
    return _verdict(tail, tail.of(Fault.BLOCKED), LinkState.BLOCKED, reason, Again.NEXT_NIGHT)


def _judge_robots(tail: _Tail) -> LinkVerdict:
    return _verdict(tail, tail.of(Fault.ROBOTS), LinkState.UNKNOWN, f"{describe(tail.last.attempt)}，未检查")


def _judge_unasked(tail: _Tail) -> LinkVerdict:
    return _verdict(tail, tail.of(Fault.UNASKED), LinkState.UNKNOWN, "内部网络地址，未访问")


def _judge_odd(tail: _Tail) -> LinkVerdict:
    signals = set(tail.last.attempt.signals)
    what = "返回空内容" if "empty" in signals else "内容与文件类型不符" if "bad_type" in signals else ""
    what = "换一种访问方式可以打开，本程序的常规访问没有得到应答" if OTHER_CLIENT in signals else what
    what = what or ("服务器称暂时停止服务（503）" if tail.last.attempt.status == 503 else "")
    reason = f"{what or describe(tail.last.attempt)}，不能据此判断链接是否可用"
    return _verdict(tail, tail.of(Fault.ODD), LinkState.SUSPECT, reason, Again.NEXT_NIGHT)


def _verdict(
    tail: _Tail, seen: Sequence[_Look], state: LinkState, reason: str, again: Again = Again.NONE
) -> LinkVerdict:
    last = seen[-1].attempt
    nights = len({look.night for look in seen})
    return LinkVerdict(
        state,
        reason,
        again,
        seen[-1].fault,
        last.status,
        last.error,
        len(seen),
        nights,
        seen[0].attempt.at,
        last.signals,
    )


_JUDGES = {
    Fault.GONE: _judge_gone,
    Fault.BROKEN: _judge_broken,
    Fault.SOFT: _judge_soft,
    Fault.HIJACK: _judge_hijack,
    Fault.BLOCKED: _judge_blocked,
    Fault.ROBOTS: _judge_robots,
    Fault.UNASKED: _judge_unasked,
    Fault.ODD: _judge_odd,
}
_ERRORS = {
    "dns": "域名无法解析",
    "refused": "服务器拒绝连接",
    "reset": "连接被中断",
    "timeout": "访问超时",
    "tls": "证书或加密连接错误",
    "loop": "循环跳转",
    "incomplete": "服务器已应答，但内容没有传完",
    "too_large": "文件过大，未读完",
    "no_http": "服务器的应答不符合网页协议",
    "crashed": "页面异常，程序未能读取",
    "robots": "对方 robots.txt 不允许自动访问",
    "robots_down": "对方 robots.txt 服务器出错，按约定暂不访问",
    "robots_silent": "对方 robots.txt 无应答，按约定暂不访问",
    "private": "内部网络地址",
    "rate_limited": "对方限制访问频率，未逐一访问",
    "host_down": "所在主机连续无应答，未逐一访问",
    "own_disk": "地址指向编辑者自己电脑上的文件，访问者打不开",
    "own_host": "地址指向编辑者自己的电脑，访问者打不开",
    "misspelt": "地址写错，浏览器打不开",
    "own_network": "没有应答，且无法排除本机网络故障",
    "not_in_time": "本次检查时间用完，未访问",
}
_STATUSES = {
    400: "不接受请求（400）",
    401: "要求登录（401）",
    403: "拒绝访问（403）",
    404: "页面不存在（404）",
    405: "不接受这种访问方式（405）",
    406: "不接受请求（406）",
    407: "要求代理登录（407）",
    408: "访问超时（408）",
    410: "页面已删除（410）",
    429: "提示访问过于频繁（429）",
    451: "因法律原因不提供（451）",
    **{code: f"服务器出错（{code}）" for code in (500, 502, 503, 504)},
}
_WALLS = {
    "ruishu": "瑞数", "jiasule": "加速乐", "chuangyu": "知道创宇", "cloudflare": " Cloudflare ", "aliyun": "阿里云",
    "safedog": "安全狗", "baidu": "百度云加速", "tencent": "腾讯云",
}  # fmt: skip
