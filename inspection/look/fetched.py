"""One document by address, for `look` and `proof`: the guard, the agent, the limits and the client of the crawler, no crawl."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.fetch.plain_client import PlainClient
from crawler.guard import require_allowed
from crawler.parsing.html.addresses import resolve
from crawler.parsing.html.charsets import is_binary
from domain.captured import Attempt
from domain.crawl_policy import CrawlPolicy
from domain.errors import NotJudged, UsageError
from domain.links import describe

_DOCUMENTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Document:
    """A fetched body with what HTTP says of it."""

    url: str
    status: int
    content_type: str
    body: bytes


def fetch(url: str, policy: CrawlPolicy) -> Document:
    """Get one document, its address written as a browser writes it; NotJudged with the reason when there is no answer."""
    address = resolve("", url.strip(), keep_session=True)
    if not address or not address.startswith(("http://", "https://")):
        raise UsageError(f"“{url.strip()}”不是网址，也不是文件")
    require_allowed(address, policy.allow_private)
    answer = asyncio.run(PlainClient(policy).ask(address))
    if answer.error == "private":
        raise UsageError(f"{url} 指向内网或本机地址，默认拒绝访问；确需检查请加 --allow-private")
    if answer.error:
        reason = describe(Attempt("", "", address, datetime.fromtimestamp(0, UTC), error=answer.error))
        raise NotJudged(f"不能访问 {url.strip()}：{reason}")
    if is_binary(answer.body) and not answer.body.startswith(_DOCUMENTS):
        raise NotJudged(f"不能读取 {url.strip()}：返回的内容不是文字（可能是压缩数据或图片）")
    return Document(answer.url, answer.status, answer.headers.get("content-type", ""), answer.body)
