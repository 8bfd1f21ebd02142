"""One document by address, for `look` and `proof`: the guard, the agent and the size limit of the crawler, no crawl."""

import http.client
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.guard import require_allowed
from crawler.lookups import Lookups, PrivatePlace
from crawler.policy import CrawlPolicy
from domain.errors import NotJudged, UsageError


@dataclass(frozen=True, slots=True)
class Document:
    """A fetched body with what HTTP says of it."""

    url: str
    status: int
    content_type: str
    body: bytes


class _Pinned:
    """Connects to the address that was looked up and found public, and to no other."""

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups

    def create(self, place: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        """As socket.create_connection does, to the pinned address."""
        return socket.create_connection(self.lookups.place_now(*place), timeout, source)


class _HttpHandler(urllib.request.HTTPHandler):
    def __init__(self, pinned: _Pinned) -> None:
        super().__init__()
        self.pinned = pinned

    def http_open(self, req: urllib.request.Request) -> Any:
        """Open a connection of ours."""
        return self.do_open(self._connection, req)

    def _connection(self, host: str, **options: Any) -> http.client.HTTPConnection:
        made = http.client.HTTPConnection(host, **options)
        made._create_connection = self.pinned.create  # type: ignore[attr-defined]
        return made


class _HttpsHandler(urllib.request.HTTPSHandler):
    def __init__(self, pinned: _Pinned) -> None:
        super().__init__()
        self.pinned = pinned

    def https_open(self, req: urllib.request.Request) -> Any:
        """Open a connection of ours; its certificate is that of the name."""
        return self.do_open(self._connection, req)

    def _connection(self, host: str, **options: Any) -> http.client.HTTPSConnection:
        made = http.client.HTTPSConnection(host, **options)
        made._create_connection = self.pinned.create  # type: ignore[attr-defined]
        return made


def fetch(url: str, policy: CrawlPolicy) -> Document:
    """Get one document; NotJudged with the reason when there is no answer."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"“{url}”不是网址，也不是文件")
    require_allowed(url, policy.allow_private)
    pinned = _Pinned(Lookups(policy.allow_private))
    opener = urllib.request.OpenerDirector()  # no proxies of the environment, no ftp, no files
    for handler in (_HttpHandler(pinned), _HttpsHandler(pinned), *(kind() for kind in _PLAIN)):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": policy.agent})  # noqa: S310
    limit = int(policy.max_body_mb * 2**20)
    try:
        with opener.open(request, timeout=policy.timeout_seconds) as answer:
            return Document(answer.url, answer.status, answer.headers.get("Content-Type", ""), answer.read(limit))
    except urllib.error.HTTPError as error:
        with error:
            return Document(url, error.code, error.headers.get("Content-Type", ""), error.read(limit))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _refusal(url, error) from error


def _refusal(url: str, error: Exception) -> UsageError | NotJudged:
    reason = getattr(error, "reason", error)
    if isinstance(reason, PrivatePlace):
        return UsageError(f"{url} 指向内网或本机地址，默认拒绝访问；确需检查请加 --allow-private")
    if isinstance(reason, socket.gaierror):
        return NotJudged(f"不能访问 {url}：域名 {urlsplit(url).hostname} 无法解析")
    return NotJudged(f"不能访问 {url}：{reason}")


_PLAIN = (
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
)
