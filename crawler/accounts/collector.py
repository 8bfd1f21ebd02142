"""One account through its ordered sources, until one is decisive. Knows no Scrapy; asking is an argument."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.platforms.adapters import idle, parse, plan
from crawler.platforms.fold import fold
from crawler.platforms.replay import KEPT_HEADERS, XHR
from crawler.platforms.values import Answer, Fetch, Limits, Parsed
from crawler.watch import Watch
from domain.account_freshness import AccountState, freshness_of
from domain.accounts import Collected, CollectionStatus, Evidence
from domain.targets import Account, Platform, Source

log = logging.getLogger(__name__)

OWN_SERVICES = frozenset({"feed", "import", "app"})  # one bad route of them says nothing of the others
MACHINE_DOORS = frozenset(
    {"feed", "import", "wechat_api"}
)  # made for programs; see docs/decisions/account-collection.md
ENDING = frozenset(
    {
        CollectionStatus.CHALLENGE,
        CollectionStatus.RATE_LIMITED,
        CollectionStatus.AUTH_REQUIRED,
        CollectionStatus.AUTH_EXPIRED,
    }
)  # asking the same door again would not help
MOST_ANSWERS = 40  # of one source
PAUSED = "本次巡检中该平台已要求验证，不再采集"
_REFUSED = {
    "robots": "robots.txt 不允许访问；已获授权的，可在采集来源中注明 robots=no",
    "private": "采集来源是内网或本机地址，默认拒绝访问；确需采集请加 --allow-private",
    "too_large": "返回内容超过大小上限",
    "loop": "循环跳转",
}

Ask = Callable[[Fetch, bool, bool], Awaitable[Answer]]  # fetch, obey robots.txt, read the whole body
Keep = Callable[[bytes], Awaitable[str]]


@dataclass(slots=True)
class AccountCollector:
    """Collects accounts one by one. A challenge stops a platform's adapter for the rest of the run."""

    ask: Ask
    keep: Keep  # stores a raw answer, returns its sha256
    run_id: str
    as_of: datetime
    limits: Limits
    environment: Mapping[str, str]
    has_browser: bool
    expired: Callable[[], bool] = lambda: False  # whether the time of the run is used up
    watch: Watch = field(default_factory=Watch)
    stopped: set[tuple[Platform, str]] = field(default_factory=set)

    async def collect(self, account: Account) -> tuple[Collected, ...]:
        """What every source said that was asked; a fresh answer ends the chain."""
        results: list[Collected] = []
        for source in account.sources:
            results.append(await self.collect_source(account, source))
            if self._is_fresh(account, results):
                break
        if not account.sources:
            results.append(Collected(account.id, Source("manual"), CollectionStatus.NOT_CONFIGURED, run_id=self.run_id))
        return tuple(results)

    async def collect_source(self, account: Account, source: Source) -> Collected:
        """One source to its end; a crash of an adapter is this source's failure and nobody else's."""
        evidence: list[Evidence] = []
        results: list[Parsed] = []
        try:
            await self._read(account, source, results, evidence)
        except Exception as error:
            log.exception("source %s of %s crashed", source.adapter, account.id)
            results = [Parsed(CollectionStatus.PARSE_ERROR, message=f"采集程序出错（{type(error).__name__}）")]
        found = fold(account, source, results, evidence, self.run_id)
        if found.status is CollectionStatus.CHALLENGE and source.adapter not in OWN_SERVICES:
            self.stopped.add((account.platform, source.adapter))
        return found

    async def _read(self, account: Account, source: Source, results: list[Parsed], evidence: list[Evidence]) -> None:
        waiting = list(plan(account, source, self.as_of))
        if not waiting:
            results.append(idle(source))
        while waiting:
            fetch = waiting.pop(0)
            if reason := self._hindrance(account, source, fetch):
                results.append(reason)
                return
            answer = replace(
                await self.ask(fetch, _obeys(source, fetch), source.adapter != "app"), page=len(results) + 1
            )
            # A token is no evidence of anything, and must not lie on disk.
            if fetch.step != "token":
                evidence.extend(await self._evidence(answer))
            with self.watch.reading(account.id, answer.url):
                parsed = parse(account, source, answer, self.as_of, self.limits)
            results.append(_explained(parsed, answer))
            if parsed.status in ENDING or len(results) >= MOST_ANSWERS:
                return
            if parsed.next and self._is_fresh(account, [fold(account, source, results)]):
                return
            waiting.extend(parsed.next)

    def _is_fresh(self, account: Account, results: Sequence[Collected]) -> bool:
        """Whether no further answer could change the verdict."""
        verdict = freshness_of(account, results, (), self.as_of, self.limits.window)
        return verdict.state is AccountState.UPDATED and not verdict.near_doubt

    async def _evidence(self, answer: Answer) -> list[Evidence]:
        """The raw answer as a stored capture, and those that a page asked for by itself."""
        at = answer.fetched_at or self.as_of
        sha256 = await self.keep(answer.body) if answer.body else ""
        own = [Evidence(url, at, 200, await self.keep(body), XHR) for url, body in answer.xhr]
        headers = tuple((name, answer.headers[name]) for name in KEPT_HEADERS if name in answer.headers)
        return [*own, Evidence(answer.url, at, answer.status, sha256, answer.step, answer.error, headers)]

    def _hindrance(self, account: Account, source: Source, fetch: Fetch) -> Parsed | None:
        """Why a fetch cannot be made at all."""
        if self.expired():
            return Parsed(CollectionStatus.SOURCE_DOWN, message="本次巡检时间用完，未采集")
        if (account.platform, source.adapter) in self.stopped:
            return Parsed(CollectionStatus.CHALLENGE, message=PAUSED)
        if missing := fetch.missing(self.environment):
            return Parsed(CollectionStatus.NOT_CONFIGURED, message=f"没有设置环境变量 {'、'.join(missing)}")
        if fetch.render and not self.has_browser:
            return Parsed(CollectionStatus.NOT_CONFIGURED, message="本机没有浏览器，无法打开页面")
        return None


def _obeys(source: Source, fetch: Fetch) -> bool:
    """Whether robots.txt is asked first: for public pages, not for doors made for programs or opened by a token."""
    if dict(source.options).get("robots") == "no" or source.adapter in MACHINE_DOORS:
        return False
    return not (fetch.secrets or fetch.headers_env or fetch.private or "/lookup?" in fetch.url)


def _explained(parsed: Parsed, answer: Answer) -> Parsed:
    return replace(parsed, message=_REFUSED[answer.error]) if answer.error in _REFUSED else parsed


def first_host(account: Account, as_of: datetime, host_of: Callable[[str], str]) -> str:
    """The host an account's first request goes to; empty when nothing is to be fetched."""
    for source in account.sources:
        try:
            fetches = plan(account, source, as_of)
        except (ValueError, LookupError):  # told again, with its reason, when the source is collected
            continue
        if fetches:
            return host_of(fetches[0].url)
    return ""
