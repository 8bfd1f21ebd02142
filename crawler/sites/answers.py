"""From one answer to what it brings: captures for the store, addresses for the frontier, notes for the second look.

A new sort of answer gets its line in `Answers.take`; what is asked, and when, is the spider's business.
"""

from collections.abc import Iterator
from dataclasses import replace

from scrapy.http import Response

from crawler import clock
from crawler.fetch import captures as capturing
from crawler.fetch.asker import location_of
from crawler.fetch.captures import Fetch
from crawler.fetch.file_types import document_kind, is_attachment
from crawler.fetch.items import Fetched
from crawler.job import CrawlJob
from crawler.links.soft_404 import doubt_of, is_sent_home
from crawler.parsing import PARSER_VERSION, read_page
from crawler.parsing.html.addresses import scope_of
from crawler.parsing.html.jumps import onward
from crawler.sites.attachments import Attachments
from crawler.sites.frontier import Frontier
from crawler.sites.scope import discover, unusable
from crawler.sites.second_looks import Rechecks
from crawler.sites.state import SiteState
from domain.captured import UNLINKED, Address, Attempt, Capture, Page, PageKind, Reading

MOST_TOLD = 3  # answers in a row that ask to come back much later, before a host is believed
RATE_LIMITED = "rate_limited"


class Answers:
    """Reads the answers of a crawl; asks nothing."""

    def __init__(self, job: CrawlJob, frontier: Frontier, rechecks: Rechecks) -> None:
        self.run_id, self.as_of, self.policy, self.store = job.run.id, job.run.as_of, job.policy, job.store
        self.frontier, self.rechecks = frontier, rechecks
        self.attachments = Attachments(job)

    def take(self, state: SiteState, response: Response, fetch: Fetch) -> tuple[Fetched, str]:
        """The captures of one answer, and why a browser should draw the page as well (empty: it need not)."""
        url = fetch.address.url
        if target := location_of(url, response):
            return self._redirected(state, response, fetch, target), ""
        if wall := capturing.wall(response):
            state.walled.add(url)
            self._failed(state, fetch, storm=False)
            return capturing.walled_answer(self.run_id, response, fetch, wall, url in state.homes), ""
        if response.status == 304 or response.status < 300:
            state.note_success(url)
            return self._good(state, response, fetch)
        if capturing.asks_for_long(response, self.policy):
            state.told_to_wait += 1
        self._failed(state, fetch, storm=response.status >= 500 or response.status == 429)
        return capturing.bad_answer(self.run_id, response, fetch, url in state.homes), ""

    def take_error(self, state: SiteState, fetch: Fetch, error: str) -> Fetched:
        """The captures of a request that got no answer."""
        self._failed(
            state, fetch, storm=error not in {"robots", "robots_down", "robots_silent", "private", "too_large"}
        )
        return capturing.no_answer(self.run_id, fetch, error, fetch.address.url in state.homes)

    def _good(self, state: SiteState, response: Response, fetch: Fetch) -> tuple[Fetched, str]:
        """A good answer: unchanged, an HTML page, or another file."""
        url = fetch.address.url
        known = state.known.get(url)
        body_hash = capturing.hash_of(response.body)
        page = capturing.page_of(self.run_id, response, fetch, body_hash)
        was_faulty = state.was_faulty(url)
        extra = capturing.good_answer(self.run_id, fetch, response.status, url in state.homes, was_faulty=was_faulty)
        if known is not None and capturing.is_unchanged(known, response.status, body_hash):
            state.pages += known.kind not in (None, PageKind.FILE)
            version = known.parser_version
            page = replace(page, status=200, unchanged=True, body_hash=known.body_hash, parser_version=version)
            found = self._still_linked(state, fetch.address)
            return Fetched((page, *extra), b"", tuple(found)), "as before" if known.rendered else ""
        attached = is_attachment(url)
        if attached and (signals := capturing.file_signals_of(url, response)):
            self._failed(state, fetch, storm=False)
            return Fetched((page, capturing.attempt_of(self.run_id, fetch, response.status, "", response, signals))), ""
        if not capturing.is_html(response) or (attached and document_kind(url)):  # some servers name no type
            return self._file(state, response, fetch, page, extra), ""
        return self._html(state, response, fetch, page, extra)

    def _still_linked(self, state: SiteState, address: Address) -> list[Address]:
        """The links of a page that did not change: a run that was cut short may have left them unasked."""
        before = self.store.page(address.site_id, address.url, self.as_of) if state.has_gaps else None
        return self._found(state, address, before.reading) if before and before.reading else []

    def _found(self, state: SiteState, address: Address, reading: Reading) -> list[Address]:
        """The new addresses of a page; a re-check of some findings follows none."""
        if self.policy.only_places:
            return []
        return self.frontier.add(address.site_id, self._in_reach(state, address, reading))

    def _html(
        self, state: SiteState, response: Response, fetch: Fetch, page: Page, extra: tuple[Capture, ...]
    ) -> tuple[Fetched, str]:
        """A page with content; one that may say "there is nothing" waits for its second look."""
        url = fetch.address.url
        home = url in state.homes
        reading = read_page(
            response.body, url, self.as_of, page.content_type, home=home, status=response.status, marks=home
        )
        if home and (target := onward(reading)):
            state.homes.add(target)
            state.scopes.add(scope_of(target))
        state.pages += not fetch.rendered
        state.families.note(url, reading)
        state.unlinked += fetch.address.priority == UNLINKED
        self.attachments.pictures.note(reading)
        extra = (*extra, *self._unusable(state, reading))
        page = replace(page, reading=reading, parser_version=PARSER_VERSION)
        found = self._found(state, fetch.address, reading)
        will_draw = bool(reading.needs_render) and not fetch.rendered
        if not will_draw and (doubt := doubt_of(reading, url, response.body, page.content_type)):
            extra = tuple(item for item in extra if not isinstance(item, Attempt))
            self.rechecks.doubt(capturing.attempt_of(self.run_id, fetch, response.status, "", response), doubt)
        return Fetched((page, *extra), response.body, tuple(found)), reading.needs_render

    def _unusable(self, state: SiteState, reading: Reading) -> Iterator[Attempt]:
        """Links that only lead on the editor's own machine, each once; they need no asking, and no second night."""
        for link in reading.links:
            error = unusable(link.url, self.policy.allow_private)
            if error and link.url not in state.unusable:
                state.unusable.add(link.url)
                for look in (1, 2):
                    yield Attempt(self.run_id, state.site.id, link.url, clock.now(), error=error, look=look)

    def _file(
        self, state: SiteState, response: Response, fetch: Fetch, page: Page, extra: tuple[Capture, ...]
    ) -> Fetched:
        """No HTML: only a style sheet leads further; a document is kept to be read after the crawl."""
        if unread := self.attachments.keep(state, response, page):
            return Fetched((unread, *extra), response.body)
        reading = capturing.read_styles(response, fetch.address.url)
        if reading is None:
            return Fetched((page, *extra))
        found = self._found(state, fetch.address, reading)
        page = replace(page, reading=reading, parser_version=PARSER_VERSION)
        return Fetched((page, *extra), response.body, tuple(found))

    def _redirected(self, state: SiteState, response: Response, fetch: Fetch, target: str) -> Fetched:
        """A redirect is a capture of its own; its target joins the frontier when it belongs to the site."""
        url, site_id = fetch.address.url, fetch.address.site_id
        if url in state.homes:
            state.homes.add(target)
            state.scopes.add(scope_of(target))
        page = capturing.page_of(self.run_id, response, fetch, "", final_url=target)
        if response.status == 200:  # a Refresh line in the head sends every visitor on, as a redirect does
            page = replace(page, status=302)
        if scope_of(target) not in state.scopes or fetch.address.depth >= self.policy.max_depth:
            return Fetched((page,))
        found: list[Address] = []
        if self.rechecks.moved(site_id, url, target):
            found = self.frontier.add(site_id, [replace(fetch.address, url=target, depth=fetch.address.depth + 1)])
        if is_sent_home(url, target) and url not in state.homes:
            self._failed(state, fetch, storm=False)
            attempt = capturing.attempt_of(self.run_id, fetch, 200, "", response, ("to_home",))
            return Fetched((page, attempt), b"", tuple(found))
        return Fetched((page,), b"", tuple(found))

    def _in_reach(self, state: SiteState, page: Address, reading: Reading) -> Iterator[Address]:
        """The addresses worth asking; what is left out is counted with its reason."""
        known = self.frontier.knows(page.site_id)
        for address in discover(page, reading, state.scopes, self.as_of, self.policy, known):
            if len(address.url) > self.policy.max_url_length:
                state.leave_out("url_too_long")
            elif address.depth > self.policy.max_depth:
                state.leave_out("too_deep")
            else:
                yield address

    def _failed(self, state: SiteState, fetch: Fetch, *, storm: bool) -> None:
        """Note a failure; leave a site alone in a storm of them."""
        state.note_failure(fetch, storm=storm)
        if state.told_to_wait >= MOST_TOLD:
            self.frontier.stop(fetch.address.site_id, RATE_LIMITED)
        elif state.failures_in_a_row >= self.policy.storm_failures:
            self.frontier.stop(fetch.address.site_id, "storm")
