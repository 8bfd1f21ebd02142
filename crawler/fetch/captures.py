"""From Scrapy's answers to domain captures. The crawler's one clock is read here."""

import email.utils
import hashlib
from dataclasses import dataclass, replace

from scrapy.http import Response

from crawler import clock
from crawler.fetch.errors import probe_outcome
from crawler.fetch.file_types import file_signals
from crawler.fetch.items import Fetched
from crawler.fetch.walls import TOLD_BY, wall_of
from crawler.parsing import PARSER_VERSION
from crawler.parsing.html.links import css_addresses
from domain.captured import Address, Attempt, Capture, Detail, Known, Link, Page, PageKind, Probe, ProbeOutcome, Reading
from domain.crawl_policy import CrawlPolicy

KEPT_HEADERS = ("Server", "Content-Type", "Retry-After", "Location", "cf-mitigated", "WWW-Authenticate")
LENGTH_DIGITS = 15  # a petabyte
HTML_TYPES = ("text/html", "application/xhtml", "text/xml", "application/xml", "")


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request on its way: which address, which look, how often tried."""

    address: Address
    look: int = 1
    tries: int = 0
    rendered: bool = False
    is_direct: bool = False  # sent outside the frontier
    seconds: float = 0.0  # of the server, without what waited for its turn

    def timed(self, seconds: float) -> "Fetch":
        """The same, with its seconds."""
        return replace(self, seconds=round(seconds, 3))


def header(response: Response, name: str) -> str:
    """One header as text; empty when absent."""
    return (response.headers.get(name) or b"").decode("latin-1")


def hash_of(body: bytes) -> str:
    """Content address of a body; empty for an empty one."""
    return hashlib.sha256(body).hexdigest() if body else ""


def is_html(response: Response) -> bool:
    """Whether the parser should read the body: by type, and by its start when the type is missing or odd."""
    kind = header(response, "Content-Type").partition(";")[0].strip().lower()
    if kind in HTML_TYPES or kind.startswith("application/xhtml"):
        return bool(response.body)
    start = response.body[:512].lstrip().lower()
    return kind in {"text/plain", "application/octet-stream"} and start.startswith((b"<!doctype html", b"<html"))


def is_unchanged(known: Known | None, status: int, body_hash: str) -> bool:
    """Whether an answer shows what an earlier run has already read with today's parser."""
    if known is None or known.parser_version not in {0, PARSER_VERSION}:
        return False
    return status == 304 or (bool(body_hash) and body_hash == known.body_hash)


def conditional_headers(known: Known) -> dict[str, str]:
    """Headers that let the server answer 304; none when the body must be read again by a newer parser."""
    if known.parser_version not in {0, PARSER_VERSION} or known.status >= 300:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def retry_delay(retry_after: bytes | None, tries: int, policy: CrawlPolicy) -> float | None:
    """Seconds to wait before the next try of this look; None when the server asks for more than the cap."""
    if not retry_after:
        return policy.retry_seconds * float(2**tries)
    text = retry_after.decode("latin-1").strip()
    try:
        wanted = float(text)
    except ValueError:
        try:
            wanted = (email.utils.parsedate_to_datetime(text) - clock.now()).total_seconds()
        except (TypeError, ValueError, OverflowError):
            return policy.retry_seconds * float(2**tries)
    return max(wanted, 0.0) if wanted <= policy.retry_after_cap_seconds else None


def asks_for_long(response: Response, policy: CrawlPolicy) -> bool:
    """Whether an answer asks for more time than a run waits: Retry-After is said of the host, not of the address."""
    after = response.headers.get("Retry-After")
    return response.status in {429, 503} and bool(after) and retry_delay(after, 0, policy) is None


def page_of(run_id: str, response: Response, fetch: Fetch, body_hash: str, final_url: str = "") -> Page:
    """The capture of one answer, not yet read."""
    return Page(
        run_id=run_id,
        site_id=fetch.address.site_id,
        url=fetch.address.url,
        final_url=final_url or fetch.address.url,
        status=response.status,
        fetched_at=clock.now(),
        body_hash=body_hash,
        content_type=header(response, "Content-Type"),
        etag=header(response, "ETag"),
        last_modified=header(response, "Last-Modified"),
        seconds=fetch.seconds,
        size=size_of(response),
        rendered=fetch.rendered,
    )


def attempt_of(
    run_id: str,
    fetch: Fetch,
    status: int = 0,
    error: str = "",
    response: Response | None = None,
    signals: tuple[str, ...] = (),
) -> Attempt:
    """One try at an address."""
    kept = {name: header(response, name) for name in KEPT_HEADERS if header(response, name)} if response else {}
    return Attempt(
        run_id,
        fetch.address.site_id,
        fetch.address.url,
        clock.now(),
        status=status,
        error=error,
        look=fetch.look,
        seconds=fetch.seconds,
        headers=kept,
        head_hash=hash_of(response.body[:4096]) if response else "",
        signals=signals,
    )


def good_answer(run_id: str, fetch: Fetch, status: int, is_home: bool, *, was_faulty: bool) -> tuple[Capture, ...]:
    """Captures beside the page: an Attempt where an earlier one failed, a Probe of a home page."""
    found: list[Capture] = []
    if fetch.look == 2 or was_faulty:
        found.append(attempt_of(run_id, fetch, 200 if status == 304 else status))
    if is_home and not fetch.rendered:
        found.append(_probe(run_id, fetch, status, ""))
    return tuple(found)


def bad_answer(run_id: str, response: Response, fetch: Fetch, is_home: bool) -> Fetched:
    """An answer with an error status: the page as evidence, and the attempt."""
    body_hash = hash_of(response.body)
    page = page_of(run_id, response, fetch, body_hash)
    attempt = attempt_of(run_id, fetch, response.status, response=response)
    probes = (_probe(run_id, fetch, response.status, ""),) if is_home else ()
    return Fetched((page, attempt, *probes), response.body)


def walled_answer(run_id: str, response: Response, fetch: Fetch, name: str, is_home: bool) -> Fetched:
    """A bot wall answered: its body is kept as evidence, and is no page of the site."""
    attempt = attempt_of(run_id, fetch, response.status, "", response, (f"botwall:{name}",))
    at = clock.now()
    probe = Probe(
        fetch.address.site_id, fetch.address.url, at, ProbeOutcome.BLOCKED, fetch.seconds, response.status, run_id
    )
    return Fetched((attempt, probe) if is_home else (attempt,), response.body)


def unread(run_id: str, fetch: Fetch, response: Response) -> Fetched:
    """An answer that nobody could read: what came is evidence, and says nothing of the page."""
    return Fetched((attempt_of(run_id, fetch, response.status, "crashed", response),), response.body)


def wall(response: Response) -> str:
    """The name of the bot wall that answered, or empty."""
    return wall_of(response.status, {name: header(response, name) for name in TOLD_BY}, response.body)


def read_styles(response: Response, url: str) -> Reading | None:
    """What a style sheet loads, as a reading that holds links only; None for any other file."""
    if header(response, "Content-Type").partition(";")[0].strip().lower() != "text/css":
        return None
    text = response.body.decode("utf-8", "replace")
    links = tuple(Link(address, "", "css") for address in css_addresses(text, url))
    return Reading(PageKind.OTHER, detail=Detail.STYLES, links=links) if links else None


def file_signals_of(url: str, response: Response) -> tuple[str, ...]:
    """What is wrong with an attachment by its size and first bytes."""
    return file_signals(url, response.body, size_of(response))


def size_of(response: Response) -> int:
    """Bytes of the body: as announced when it was closed early."""
    if "download_stopped" not in response.flags:
        return len(response.body)
    return announced_size(header(response, "Content-Length")) or len(response.body)


def announced_size(text: str) -> int:
    """Bytes that a Content-Length announces; 0 when it names no size that a file can have."""
    return int(text) if len(text) <= LENGTH_DIGITS and text.isascii() and text.isdigit() else 0


def no_answer(run_id: str, fetch: Fetch, error: str, is_home: bool) -> Fetched:
    """No HTTP answer at all."""
    probes = (_probe(run_id, fetch, 0, error),) if is_home else ()
    return Fetched((attempt_of(run_id, fetch, error=error), *probes))


def _probe(run_id: str, fetch: Fetch, status: int, error: str) -> Probe:
    outcome = probe_outcome(status, error)
    return Probe(fetch.address.site_id, fetch.address.url, clock.now(), outcome, fetch.seconds, status, run_id)
