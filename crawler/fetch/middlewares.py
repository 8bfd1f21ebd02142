"""Downloader middleware: the private-address guard, the configured resolver map, the budget of an address."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetch.captures import retry_delay
from crawler.fetch.errors import RETRIED_STATUS
from crawler.fetch.refusals import NoHttp, PrivateAddress
from crawler.guard import is_public, literal_ip
from crawler.turns import Stopwatch, Turns
from domain.crawl_policy import CrawlPolicy

NO_DELAY = 0.001  # with 0, Scrapy 2.19 starts all that waits in a slot at once, whatever its concurrency


class AddressMiddleware:
    """Refuses private addresses and sends mapped hosts to where the resolver map points.

    A mapped host is asked with the absolute request target (RFC 9112, 3.2.2), so the address keeps its registered name.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.policy: CrawlPolicy = crawler.settings["XUNJIAN_POLICY"]
        self.turns: Turns = crawler.settings["XUNJIAN_TURNS"]
        self._slots: dict[str, str] = {}  # host -> its slot: the address that has a budget, else the host itself

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressMiddleware":
        """Build from the settings XUNJIAN_POLICY and XUNJIAN_TURNS."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Guard and map one request, robots.txt included; give it its time limit and the slot of its address."""
        meta = request.meta
        meta.setdefault("download_timeout", self.policy.timeout_seconds)  # else Scrapy gives up after 10 s
        host = _host_of(request.url)
        self._guard(request, host)
        watch = meta.setdefault("stopwatch", Stopwatch())
        if host not in self._slots:
            watch.go()  # looking up its name is the server's time too
            self._slots[host] = await self._slot_of(host)
            watch.stop()
        meta.setdefault("download_slot", self._slots[host])

    async def _slot_of(self, host: str) -> str:
        """Open the slot of a host's address. Its pause is kept by the turns, for all processes; here at most so many wait."""
        address = await self.turns.place(host)
        at_once = self.turns.budget(address).at_once if address else self.policy.concurrency_per_host
        assert self.crawler.engine is not None  # noqa: S101
        slots = self.crawler.engine.downloader.per_slot_settings
        slots.setdefault(address or host, {"concurrency": at_once, "delay": NO_DELAY, "jitter": 0.0})
        return address or host

    def _guard(self, request: Request, host: str) -> None:
        if mapped := self.policy.resolver.get(host):
            request.meta["proxy"] = f"http://{mapped}"
            return
        ip = literal_ip(request.url)
        if ip and not is_public(ip) and not self.policy.allow_private:
            raise PrivateAddress(f"{request.url}: private address")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Only what has a status that HTTP knows is an answer (RFC 9110, 15). Retry-After holds for all of an address."""
        if not 100 <= response.status <= 999:
            raise NoHttp(f"{request.url}: the status has {len(str(response.status))} digits")
        after = response.headers.get("Retry-After") if response.status in RETRIED_STATUS else None
        address = self.turns.address_of(_host_of(request.url)) if after else None
        if address and (seconds := retry_delay(after, 0, self.policy)):
            await self.turns.hold(address, seconds)
        return response


def _host_of(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()
