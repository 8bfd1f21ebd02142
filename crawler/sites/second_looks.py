"""What the site spider cannot settle in one answer: doubtful pages and redirects that run in circles."""

from dataclasses import dataclass, replace

from scrapy.crawler import Crawler

from crawler.engine.archive import Archive
from crawler.engine.crashes import Crashes
from crawler.fetch.asker import MAX_HOPS, Asker
from crawler.fetch.items import Fetched
from crawler.job import CrawlJob
from crawler.links.attempts import combined, examine
from crawler.links.host_prints import Fingerprints
from crawler.links.soft_404 import Doubt
from domain.captured import Attempt
from domain.links import Fault

MAX_DOUBTS = 5_000  # per run; a page left out is simply not accused


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A page of status 200 that may say "there is nothing", with the attempt it would become."""

    attempt: Attempt
    doubt: Doubt


class Rechecks:
    """Collects while the crawl runs; settles when it is drained, before and after the second look."""

    def __init__(self, crawler: Crawler, job: CrawlJob, archive: Archive) -> None:
        self.job, self.archive, self.crashes = job, archive, Crashes(archive)
        self.asker = Asker(crawler, job.policy)
        self.prints = Fingerprints(self.asker)
        self.doubtful: list[Doubtful] = []
        self.moves: dict[tuple[str, str], str] = {}  # (site, address) -> where it redirects
        self.hops: dict[tuple[str, str], int] = {}
        self.circles: set[tuple[str, str]] = set()

    def doubt(self, attempt: Attempt, doubt: Doubt) -> None:
        """Take a doubtful page."""
        if len(self.doubtful) < MAX_DOUBTS:
            self.doubtful.append(Doubtful(attempt, doubt))

    async def settle_doubts(self, faulty: dict[str, set[str]]) -> list[tuple[str, str]]:
        """Write what is doubtful by signals that stand; a page that was `faulty` and is not doubtful any more is good.

        Returns (site, address) of what needs a second look.
        """
        waiting, self.doubtful = self.doubtful, []
        again = []
        for item in waiting:
            matches = await self.prints.matches(item.attempt.url, item.doubt.print)
            signals = combined(item.doubt, random_match=matches)
            key = (item.attempt.site_id, item.attempt.url)
            if signals or item.attempt.look > 1 or key[1] in faulty.get(key[0], ()):
                self.archive.add(Fetched((replace(item.attempt, signals=signals),)))
            if signals and item.attempt.look == 1:
                again.append(key)
        return again

    def moved(self, site_id: str, url: str, target: str) -> bool:
        """Take a redirect inside a site; False when following it would go round in a circle or on for ever."""
        key = (site_id, url)
        self.moves[key] = target
        self.hops[(site_id, target)] = self.hops.get(key, 0) + 1
        step: str | None = target
        for _ in range(MAX_HOPS):
            if step == url:
                self.circles.add(key)
                return False
            step = self.moves.get((site_id, step or ""))
            if step is None:
                break
        if self.hops[(site_id, target)] > MAX_HOPS:
            self.circles.add(key)
            return False
        return True

    async def settle_circles(self, look: int) -> None:
        """Ask each circle as a browser would, with cookies: many end there. What does not is kept as a loop."""
        for site_id, url in sorted(self.circles):
            answer = await self.asker.ask(url, as_browser=look > 1)
            try:
                item = examine(answer, self.job.run.id, look, self.job.run.as_of, self.job.estranged)
            except Exception as error:  # noqa: BLE001  whatever a page breaks costs that page
                self.crashes.note(url, error)
                continue
            self.archive.add(Fetched((replace(item.attempt, site_id=site_id),)))
            if item.fault is Fault.NONE:
                self.circles.discard((site_id, url))
