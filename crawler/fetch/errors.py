"""Names for what can go wrong with a request, the same words in Attempt.error and Probe.outcome."""

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler import clock
from crawler.fetch.refusals import GuardedResolver, NoHttp, PrivateAddress
from domain.captured import Attempt, ProbeOutcome
from domain.links import OTHER_CLIENT

ANSWERED_ERRORS = frozenset(
    {"robots", "robots_down", "too_large", "incomplete", "no_http"}
)  # somebody answered: our network is up
OTHERWISE = frozenset(
    {"refused", "reset", "timeout", "tls", "incomplete", "other", "no_http"}
)  # may be one client's fault
RETRIED_STATUS = frozenset({429, 502, 503, 504})
RETRIED_ERRORS = frozenset({"reset", "timeout"})


def error_name(error: BaseException, request: Request | None = None) -> str:
    """One of dns, refused, reset, timeout, tls, robots, robots_down, robots_silent, private, too_large, incomplete, no_http, other.

    `incomplete`: the host did answer `request`, but its answer never came to an end.
    """
    name = _error_name(error)
    return "incomplete" if name in RETRIED_ERRORS and request is not None and request.meta.get("answered") else name


def _error_name(error: BaseException) -> str:
    if isinstance(error, PrivateAddress) or "PrivateAddress" in type(error).__name__:
        return "private"
    if isinstance(error, NoHttp):
        return "no_http"
    if isinstance(error, IgnoreRequest):  # by robots.txt, or because a small body would unfold to a huge one
        named = {"RobotsUnavailable": "robots_down", "RobotsSilent": "robots_silent"}.get(type(error).__name__)
        return named or ("robots" if "robots.txt" in str(error) else "too_large")
    if isinstance(error, CannotResolveHostError):
        return "private" if any(f" {name}." in f"{error} " for name in GuardedResolver.refused) else "dns"
    if isinstance(error, DownloadConnectionRefusedError):
        return "refused"
    if isinstance(error, DownloadTimeoutError):
        return "timeout"
    if isinstance(error, DownloadCancelledError):
        return "too_large"
    if isinstance(error, UnsupportedURLSchemeError):
        return "other"
    if isinstance(error, DownloadFailedError | ResponseDataLossError):
        return _connection_fault(error)
    return "other"


def _connection_fault(error: BaseException) -> str:
    words = f"{error!r} {error.__cause__!r}".lower()
    if any(word in words for word in ("ssl", "tls", "certificate", "handshake")):
        return "tls"
    return "reset"


def opened_otherwise(run_id: str, site_id: str, url: str, status: int) -> Attempt:
    """The last word of a second look that one client could not open and another could."""
    return Attempt(run_id, site_id, url, clock.now(), status=status, look=2, signals=(OTHER_CLIENT,))


def probe_outcome(status: int, error: str) -> ProbeOutcome:
    """How a visit of a home page ended."""
    if error == "incomplete":
        return ProbeOutcome.TIMEOUT
    if error:
        return ProbeOutcome(error) if error in set(ProbeOutcome) else ProbeOutcome.OTHER
    if status in {401, 403, 412, 429}:
        return ProbeOutcome.BLOCKED
    return ProbeOutcome.OK if 200 <= status < 400 else ProbeOutcome.HTTP_ERROR
