"""From answers to captures: when to try again, what to ask conditionally, what is HTML, what is unchanged."""

from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy.http import Response

from crawler import clock
from crawler.fetch import captures as capturing
from crawler.fetch.captures import Fetch
from crawler.fetch.errors import probe_outcome
from crawler.parsing import PARSER_VERSION
from domain.captured import Address, Attempt, Known, Page, PageKind, Probe, ProbeOutcome
from domain.crawl_policy import CrawlPolicy
from domain.times import BEIJING

POLICY = CrawlPolicy(retry_seconds=2.0, retry_after_cap_seconds=120.0)
KNOWN = Known(
    "a", "http://a.gov.cn/1", '"tag"', "Tue, 25 Apr 2023 01:00:00 GMT", "hash", PARSER_VERSION, 200,
    PageKind.ARTICLE, None, datetime(2023, 4, 25, tzinfo=BEIJING),
)  # fmt: skip
FETCH = Fetch(Address("a", "http://a.gov.cn/1"))


def answer(body: bytes = b"<html></html>", status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("http://a.gov.cn/1", status=status, headers=named, body=body)


@pytest.mark.parametrize(
    ("header", "tries", "seconds"),
    [
        (None, 0, 2.0),
        (None, 1, 4.0),
        (b"", 2, 8.0),
        (b"7", 0, 7.0),
        (b" 7 ", 0, 7.0),
        (b"0", 1, 0.0),
        (b"-5", 0, 0.0),
        (b"120", 0, 120.0),
        (b"121", 0, None),
        (b"1e9", 0, None),
        (b"soon", 1, 4.0),
        (b"\xff\xfe", 0, 2.0),
        (b"Thu, 99 Foo 2023", 0, 2.0),
        (b"inf", 0, None),
    ],
)
def test_seconds_to_wait(header: bytes | None, tries: int, seconds: float | None) -> None:
    assert capturing.retry_delay(header, tries, POLICY) == seconds


@pytest.mark.parametrize(("ahead", "low", "high"), [(30, 27, 30), (-3600, 0, 0)])
def test_a_date_to_wait_for(ahead: int, low: float, high: float) -> None:
    at = format_datetime(clock.now() + timedelta(seconds=ahead), usegmt=True)
    delay = capturing.retry_delay(at.encode(), 0, POLICY)
    assert delay is not None
    assert low <= delay <= high


def test_a_date_without_a_zone_is_read_as_utc_or_not_at_all() -> None:
    at = format_datetime((clock.now() + timedelta(seconds=30)).replace(tzinfo=None))
    delay = capturing.retry_delay(at.encode(), 0, POLICY)
    assert delay is not None
    assert 0 <= delay <= 30


def test_a_date_too_far_away_ends_the_tries() -> None:
    at = format_datetime(clock.now() + timedelta(hours=1), usegmt=True)
    assert capturing.retry_delay(at.encode(), 0, POLICY) is None


def test_conditional_headers() -> None:
    both = {"If-None-Match": '"tag"', "If-Modified-Since": "Tue, 25 Apr 2023 01:00:00 GMT"}
    assert capturing.conditional_headers(KNOWN) == both
    assert capturing.conditional_headers(replace(KNOWN, etag="")) == {
        "If-Modified-Since": "Tue, 25 Apr 2023 01:00:00 GMT"
    }
    assert capturing.conditional_headers(replace(KNOWN, etag="", last_modified="")) == {}


def test_a_newer_parser_reads_the_whole_body_again() -> None:
    old = replace(KNOWN, parser_version=PARSER_VERSION + 1)
    assert capturing.conditional_headers(old) == {}
    assert not capturing.is_unchanged(old, 304, "hash")
    assert not capturing.is_unchanged(old, 200, "hash")


@pytest.mark.parametrize("status", [301, 404, 500])
def test_faulty_addresses_are_asked_in_full(status: int) -> None:
    assert capturing.conditional_headers(replace(KNOWN, status=status)) == {}


def test_unchanged() -> None:
    assert capturing.is_unchanged(KNOWN, 304, "")
    assert capturing.is_unchanged(KNOWN, 200, "hash")
    assert not capturing.is_unchanged(KNOWN, 200, "other")
    assert not capturing.is_unchanged(replace(KNOWN, body_hash=""), 200, "")
    assert not capturing.is_unchanged(None, 304, "")


@pytest.mark.parametrize(
    ("kind", "body", "html"),
    [
        ("text/html; charset=gbk", b"<p>x", True),
        ("TEXT/HTML", b"x", True),
        ("application/xhtml+xml", b"<html/>", True),
        ("", b"anything", True),
        ("text/html", b"", False),
        ("text/plain", b"  <!DOCTYPE html><html>", True),
        ("application/octet-stream", b"<HTML><body>", True),
        ("text/plain", b"just words", False),
        ("application/octet-stream", b"\x00\x01", False),
        ("application/pdf", b"<html>", False),
        ("image/png", b"\x89PNG", False),
        ("application/json", b"{}", False),
    ],
)
def test_what_the_parser_reads(kind: str, body: bytes, html: bool) -> None:
    response = answer(body, Content_Type=kind) if kind else answer(body)
    assert capturing.is_html(response) is html


@pytest.mark.parametrize(
    ("status", "error", "outcome"),
    [
        (200, "", ProbeOutcome.OK),
        (304, "", ProbeOutcome.OK),
        (302, "", ProbeOutcome.OK),
        (403, "", ProbeOutcome.BLOCKED),
        (412, "", ProbeOutcome.BLOCKED),
        (404, "", ProbeOutcome.HTTP_ERROR),
        (503, "", ProbeOutcome.HTTP_ERROR),
        (0, "dns", ProbeOutcome.DNS),
        (0, "timeout", ProbeOutcome.TIMEOUT),
        (0, "robots", ProbeOutcome.OTHER),
    ],
)
def test_how_a_visit_of_a_home_page_ended(status: int, error: str, outcome: ProbeOutcome) -> None:
    assert probe_outcome(status, error) is outcome


def test_a_bad_answer_is_kept_with_its_body_as_evidence() -> None:
    item = capturing.bad_answer("r", answer(b"<h1>404</h1>", 404, Server="nginx"), FETCH, is_home=False)
    page, attempt = item.captures
    assert isinstance(page, Page)
    assert isinstance(attempt, Attempt)
    assert item.body == b"<h1>404</h1>"
    assert page.body_hash == capturing.hash_of(item.body)
    assert (attempt.status, attempt.error, attempt.headers) == (404, "", {"Server": "nginx"})


def test_no_answer_of_a_home_page_is_an_attempt_and_a_probe() -> None:
    attempt, probe = capturing.no_answer("r", FETCH, "refused", is_home=True).captures
    assert isinstance(attempt, Attempt)
    assert isinstance(probe, Probe)
    assert (attempt.error, attempt.status, probe.outcome) == ("refused", 0, ProbeOutcome.REFUSED)


def test_a_good_answer_leaves_an_attempt_only_where_one_failed_before() -> None:
    assert capturing.good_answer("r", FETCH, 200, False, was_faulty=False) == ()
    (healed,) = capturing.good_answer("r", FETCH, 304, False, was_faulty=True)
    assert isinstance(healed, Attempt)
    assert healed.status == 200
    (second,) = capturing.good_answer("r", replace(FETCH, look=2), 200, False, was_faulty=False)
    assert isinstance(second, Attempt)
    assert second.look == 2
    (probe,) = capturing.good_answer("r", FETCH, 200, True, was_faulty=False)
    assert isinstance(probe, Probe)
    assert capturing.good_answer("r", replace(FETCH, rendered=True), 200, True, was_faulty=False) == ()
