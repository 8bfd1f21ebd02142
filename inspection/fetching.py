"""One document by address, for `look` and `proof`: the guard, the agent and the size limit of the crawler, no crawl."""

import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.guard import is_public, require_allowed
from crawler.policy import CrawlPolicy
from domain.errors import NotJudged, UsageError


@dataclass(frozen=True, slots=True)
class Document:
    """A fetched body with what HTTP says of it."""

    url: str
    status: int
    content_type: str
    body: bytes


class _Guarded(urllib.request.HTTPRedirectHandler):
    """Looks at every hop before it is asked."""

    def __init__(self, allow_private: bool) -> None:
        self.allow_private = allow_private

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Refuse a redirect into the private network."""
        require_public(newurl, self.allow_private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def require_public(url: str, allow_private: bool) -> None:
    """UsageError when an address, or what its name leads to, is private and that is not allowed."""
    require_allowed(url, allow_private)
    if allow_private:
        return
    host = urlsplit(url).hostname or ""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise NotJudged(f"不能访问 {url}：域名 {host} 无法解析") from error
    if any(not is_public(str(address).partition("%")[0]) for address in found):
        raise UsageError(f"{url} 指向内网或本机地址，默认拒绝访问；确需检查请加 --allow-private")


def fetch(url: str, policy: CrawlPolicy) -> Document:
    """Get one document; NotJudged with the reason when there is no answer."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"“{url}”不是网址，也不是文件")
    require_public(url, policy.allow_private)
    opener = urllib.request.build_opener(_Guarded(policy.allow_private), urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, headers={"User-Agent": policy.agent})  # noqa: S310
    limit = int(policy.max_body_mb * 2**20)
    try:
        with opener.open(request, timeout=policy.timeout_seconds) as answer:
            return Document(answer.url, answer.status, answer.headers.get("Content-Type", ""), answer.read(limit))
    except urllib.error.HTTPError as error:
        with error:
            return Document(url, error.code, error.headers.get("Content-Type", ""), error.read(limit))
    except (OSError, ValueError) as error:
        raise NotJudged(f"不能访问 {url}：{getattr(error, 'reason', error)}") from error
