"""Sending one document to an address, under the guard: the name is looked up once, and what was found is connected to."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from crawler.fetch.plain_client import GuardedNames, PrivateTarget
from crawler.guard import is_public, literal_ip
from crawler.lookups import Lookups

SECONDS = 15.0
INSIDE = "推送地址在内网，默认拒绝访问；确需使用请加 --allow-private"


@dataclass(frozen=True, slots=True)
class Posted:
    """What the other side said; `why`, in Chinese, where it did not take it. The address is never named."""

    status: int = 0
    why: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


async def post(url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool) -> Posted:
    """Send once; a redirect is not followed, certificates are checked, and errors are never raised."""
    ip = literal_ip(url)
    if ip and not allow_private and not is_public(ip):
        return Posted(why=INSIDE)
    connector = aiohttp.TCPConnector(
        resolver=GuardedNames(Lookups(allow_private)), ssl=ssl.create_default_context(), limit=1
    )
    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(
                connector=connector, trust_env=False, timeout=limit, auto_decompress=False
            ) as session,
            session.post(url, data=body, headers=dict(headers), allow_redirects=False) as answer,
        ):
            taken = 200 <= answer.status < 300
            return Posted(answer.status, "" if taken else f"对方回答 {answer.status}")
    except PrivateTarget:
        return Posted(why=INSIDE)
    except TimeoutError:
        return Posted(why=f"{SECONDS:g} 秒内没有回答")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        inside = isinstance(error.__cause__, PrivateTarget) or isinstance(error.__context__, PrivateTarget)
        return Posted(why=INSIDE if inside else f"无法连接（{type(error).__name__}）")
