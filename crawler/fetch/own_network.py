"""Is it them or us: whether silence of many hosts proves anything."""

from collections.abc import Mapping

from crawler.fetch.asker import Asker
from crawler.guard import is_public, literal_ip
from crawler.job import CrawlJob
from crawler.parsing.html.addresses import scope_of

SHARE = 0.3
NOT_ASKED = frozenset({"own_network", "host_down", "rate_limited", "not_in_time"})
SILENCE = frozenset({"dns", "refused", "reset", "timeout", "tls"})
_NEVER = (".invalid", ".test", ".example")  # names that cannot exist (RFC 6761)
MAX_CANARIES = 3


def is_local(scope: str) -> bool:
    """Whether a host is this machine or a private address, which a broken line to the Internet does not touch."""
    ip = literal_ip(f"http://{scope}/")
    return ip is not None and not is_public(ip)


async def is_up(answered: Mapping[str, bool], job: CrawlJob, asker: Asker) -> bool:
    """Whether silence of public hosts is theirs. Canaries are asked only when more than 30 % of them are silent:
    home pages of this run, then the configured ones; never for targets on this machine alone.
    """
    mapped = job.policy.resolver
    public = {host: ok for host, ok in answered.items() if not is_local(host) and host not in mapped}
    public = {host: ok for host, ok in public.items() if not cannot_exist(host)}
    if not public or sum(not ok for ok in public.values()) <= SHARE * len(public):
        return True
    homes = [site.home_url for site in job.sites]
    homes = [url for url in homes if not is_local(scope_of(url)) and scope_of(url) not in mapped]
    if not homes:
        return any(public.values())
    for url in (*homes[:MAX_CANARIES], *job.policy.canaries):
        if (await asker.ask(url, limit=2_048)).status:
            return True
    return False


def cannot_exist(host: str) -> bool:
    """Whether a host's name is one of those that nobody can own."""
    return host.partition(":")[0].endswith(_NEVER)
