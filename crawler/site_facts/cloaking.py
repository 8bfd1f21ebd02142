"""Whether a site shows programs what it shows no browser: its pages asked under both names, in turn.

Nobody is impersonated: a site that hides something from people shows it to whatever calls itself a bot or a spider.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from crawler.fetch.asker import Asker
from crawler.fetch.captures import HTML_TYPES
from crawler.fetch.walls import wall_of
from crawler.job import CrawlJob
from crawler.parsing import read_page
from crawler.parsing.html.addresses import scope_of
from crawler.sites.state import SiteState
from domain.captured import Link, Reading
from domain.site_facts import Disguise, ShownToPrograms

COLUMNS = 2  # compared beside the home page
LAWFUL = (".gov.cn", ".edu.cn", ".conac.cn")  # a link to one of these is hidden from nobody
MAX_LINKS = 20  # kept of one page
TEXT = 300  # characters kept of what programs are shown
ALIKE = 0.5  # share of links inside the site that two answers have in common when they are one page
# p: program, b: browser. In this order an advertisement that changes with every second to seventh request is seen by both.
ORDER = "pbbpbppbpb"


@dataclass(frozen=True, slots=True)
class _Seen:
    """One answer: where its links lead, and whether it speaks of gambling or porn."""

    reading: Reading
    body: bytes
    inside: frozenset[str]
    outside: tuple[Link, ...]
    strange: bool

    @property
    def hosts(self) -> set[str]:
        return {scope_of(link.url) for link in self.outside}


class Disguises:
    """Compares the home page and some columns of each site; repeats before it believes a difference."""

    def __init__(self, job: CrawlJob, asker: Asker) -> None:
        self.job, self.asker = job, asker
        self.results: dict[str, Disguise] = {}

    async def try_site(self, state: SiteState) -> None:
        """Two looks at each page that leads anywhere strange, more where they differ."""
        compared, shown = [], []
        for url, reading in self._pages(state):
            honest = reading is not None and not self._may_hide(reading, state.scopes)
            found = ShownToPrograms(url) if honest else await self._compare(url, state)
            if found is not None:
                compared.append(url)
                shown += [found] if found.links or found.strange else []
        self.results[state.site.id] = Disguise(tuple(compared), tuple(shown))

    def _pages(self, state: SiteState) -> Iterator[tuple[str, Reading | None]]:
        """The home page, then the first columns of its navigation, each as the crawl read it."""
        homes = (self._captured(state, url) for url in sorted(state.homes))
        home = next((reading for reading in homes if reading is not None), None)
        yield state.site.home_url, home
        columns = [url for _, url in (home.nav if home else ()) if scope_of(url) in state.scopes]
        for url in list(dict.fromkeys(url for url in columns if url not in state.homes))[:COLUMNS]:
            yield url, self._captured(state, url)

    def _captured(self, state: SiteState, url: str) -> Reading | None:
        page = self.job.store.page(state.site.id, url, self.job.run.as_of)
        return page.reading if page and page.run_id == self.job.run.id else None  # an older night's proves nothing now

    def _may_hide(self, reading: Reading, own: Collection[str]) -> bool:
        """Whether the crawl, which is a program by its name, was led to strange hosts or shown strange words."""
        seen = self._seen(reading, b"", own)
        return seen.strange or any(not f".{host.partition(':')[0]}".endswith(LAWFUL) for host in seen.hosts)

    async def _compare(self, url: str, state: SiteState) -> ShownToPrograms | None:
        """What only programs saw, in every look; None when one look brought no page or the answers are two pages."""
        seen: dict[str, list[_Seen]] = {"p": [], "b": []}
        for who in ORDER:
            look = await self._look(url, state, who)
            if look is None:
                return None
            seen[who].append(look)
            if not seen["b"]:
                continue
            strange = all(item.strange for item in seen["p"]) and not any(item.strange for item in seen["b"])
            if not strange and not _is_one_page(seen["p"][0], seen["b"][0]):
                return None
            hosts = _only(seen["p"], seen["b"]) if _is_one_page(seen["p"][0], seen["b"][0]) else set()
            if not strange and not hosts:
                return ShownToPrograms(url)
        return self._shown(url, seen["p"][-1], hosts, strange=strange)

    def _shown(self, url: str, last: _Seen, hosts: Collection[str], *, strange: bool) -> ShownToPrograms:
        links = tuple((link.url, link.text) for link in last.outside if scope_of(link.url) in hosts)[:MAX_LINKS]
        text = f"{last.reading.meta.get('Description', '')}\n{last.reading.text}"[:TEXT]
        body_hash = self.job.store.put_body(last.body)
        return ShownToPrograms(url, links, strange, last.reading.title, text, body_hash)

    async def _look(self, url: str, state: SiteState, who: str) -> _Seen | None:
        answer = await self.asker.ask(url, robots=state.site.obeys_robots, as_browser=who == "b")
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if answer.error or answer.status != 200 or kind not in HTML_TYPES or not answer.body:
            return None
        if wall_of(answer.status, answer.headers, answer.body):
            return None
        full_kind = answer.headers.get("content-type", "")
        reading = read_page(answer.body, answer.final, self.job.run.as_of, full_kind, home=url in state.homes)
        return self._seen(reading, answer.body, state.scopes)

    def _seen(self, reading: Reading, body: bytes, own: Collection[str]) -> _Seen:
        links = [link for link in reading.links if link.tag in {"a", "iframe"}]
        outside = tuple(link for link in links if scope_of(link.url) and scope_of(link.url) not in own)
        inside = frozenset(link.url for link in links if scope_of(link.url) in own)
        meta = " ".join(reading.meta.get(name, "") for name in ("Description", "Keywords"))
        signals = self.job.estranged(reading.title, f"{meta}\n{reading.text}")
        return _Seen(reading, body, inside, outside, any(signal.startswith("hijack") for signal in signals))


def _only(programs: Sequence[_Seen], browsers: Sequence[_Seen]) -> set[str]:
    """Hosts that every program was led to and no browser."""
    return set.intersection(*(item.hosts for item in programs)) - set().union(*(item.hosts for item in browsers))


def _is_one_page(one: _Seen, other: _Seen) -> bool:
    """Whether the answers are the same page; one that a browser would first have to draw is not."""
    if one.reading.needs_render or other.reading.needs_render:
        return False
    if not one.inside and not other.inside:
        return one.reading.title == other.reading.title
    return len(one.inside & other.inside) >= ALIKE * len(one.inside | other.inside)
