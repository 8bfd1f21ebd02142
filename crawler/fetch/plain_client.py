"""A second HTTP client beside Scrapy's: for single documents, and so that nothing counts as dead on the word of one client.

It has the guard of the crawler: no private address, whatever name leads to it, on any hop.
"""

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from socket import AI_NUMERICHOST, AddressFamily
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from crawler.fetch.cookies import Jar
from crawler.guard import is_public, literal_ip
from crawler.lookups import Lookups, PrivatePlace
from crawler.parsing.html.addresses import resolve
from crawler.turns import Turns
from domain.crawl_policy import CrawlPolicy

MAX_HOPS = 20
LONGEST_LINE = 65_536  # bytes of a header line
_MOVED = frozenset({301, 302, 303, 307, 308})


class PrivateTarget(Exception):
    """An address that is private, or leads to a private one, and must not be asked."""


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """The last answer of an address, or the name of the error (as in Attempt.error)."""

    url: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)  # lower-case names
    body: bytes = b""
    error: str = ""

    @property
    def opens(self) -> bool:
        """Whether a visitor sees a page."""
        return 200 <= self.status < 400


class GuardedNames(AbstractResolver):
    """Names that lead to public addresses only, each looked up once."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET) -> list[ResolveResult]:  # fmt: skip
        """Where a host is connected to; PrivateTarget when it may not be."""
        try:
            ip, port = await self._lookups.place(host, port)
        except PrivatePlace as error:
            raise PrivateTarget(host) from error
        kind = AddressFamily.AF_INET6 if ":" in ip else AddressFamily.AF_INET
        return [ResolveResult(hostname=host, host=ip, port=port, family=kind, proto=0, flags=AI_NUMERICHOST)]

    async def close(self) -> None:
        """Nothing to release."""


class PlainClient:
    """Asks one address at a time, redirects and their cookies included; in a crawl when it is its turn."""

    def __init__(self, policy: CrawlPolicy, turns: Turns | None = None) -> None:
        self.policy, self.turns, self.lookups = policy, turns, Lookups(policy.allow_private)

    async def ask(
        self, url: str, *, agent: str = "", cookie: str = "", referer: str = "", limit: int = 0
    ) -> PlainAnswer:
        """The answer behind all redirects; errors have a name and are never raised."""
        limit = limit or int(self.policy.max_body_mb * 2**20)
        try:
            async with self._session() as session:
                return await self._follow(session, url, agent or self.policy.agent, cookie, referer, limit)
        except Exception as error:  # noqa: BLE001  whatever a client may raise over a stranger's answer
            return PlainAnswer(url, error=_name_of(error))

    def _session(self) -> aiohttp.ClientSession:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without the certificates that nobody is asked for
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # whether it opens, not whom it is
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        connector = aiohttp.TCPConnector(resolver=GuardedNames(self.lookups), ssl=context, limit=4)
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False,
            timeout=aiohttp.ClientTimeout(total=self.policy.timeout_seconds * 2, sock_connect=self.policy.timeout_seconds, sock_read=self.policy.timeout_seconds),
            max_line_size=LONGEST_LINE, max_field_size=LONGEST_LINE,
        )  # fmt: skip

    async def _follow(
        self, session: aiohttp.ClientSession, url: str, agent: str, cookie: str, referer: str, limit: int
    ) -> PlainAnswer:
        jar, current = Jar(), url
        for _ in range(MAX_HOPS):
            own = jar.header(current)
            headers = {"User-Agent": agent, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "zh-CN,zh;q=0.9"}  # fmt: skip
            headers |= {"Referer": referer} if referer else {}
            headers |= {"Cookie": "; ".join(filter(None, (cookie, own)))} if cookie or own else {}
            asked, headers = self._addressed(current, headers)
            turn = self.turns.of(current) if self.turns else nullcontext()
            async with turn, session.get(URL(asked, encoded=True), headers=headers, allow_redirects=False) as answer:
                jar.take(current, (line.encode() for line in answer.headers.getall("Set-Cookie", ())))
                target = resolve(current, answer.headers.get("Location", ""), keep_session=True)
                if answer.status in _MOVED and target:
                    current = target
                    continue
                body = await _read(answer, limit)
                told = {name.lower(): value for name, value in answer.headers.items()}
                return PlainAnswer(current, answer.status, told, body)
        return PlainAnswer(current, error="loop")

    def _addressed(self, url: str, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
        """Where to send a request: mapped hosts to where the map points, private addresses nowhere."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].lower()
        if mapped := self.policy.resolver.get(host):
            return parts._replace(scheme="http", netloc=mapped).geturl(), headers | {"Host": host}
        ip = literal_ip(url)
        if ip and not is_public(ip) and not self.policy.allow_private:
            raise PrivateTarget(url)
        return url, headers


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in answer.content.iter_chunked(65_536):
        parts.append(part)
        size += len(part)
        if size >= limit:
            break
    return b"".join(parts)[:limit]


def _name_of(error: BaseException) -> str:
    if isinstance(error, PrivateTarget) or isinstance(error.__cause__, PrivateTarget):
        return "private"
    kinds: tuple[tuple[Any, str], ...] = (
        (aiohttp.ClientConnectorDNSError, "dns"),
        (aiohttp.ClientSSLError, "tls"),
        (ssl.SSLError, "tls"),
        (asyncio.TimeoutError, "timeout"),
        (aiohttp.ClientPayloadError, "incomplete"),
    )
    if found := next((name for kind, name in kinds if isinstance(error, kind)), ""):
        return found
    inner = getattr(error, "os_error", error)
    return "refused" if isinstance(inner, ConnectionRefusedError) else "reset"
