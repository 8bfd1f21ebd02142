"""Whether a site's host has an IPv6 address in the DNS. Says "unknown" wherever the machine or its resolver cannot tell."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from domain.crawl_policy import CrawlPolicy
from domain.site_facts import Ipv6Lookup
from domain.targets import Site

AT_ONCE = 8
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))  # made up by DNS64
_NO_DATA = {getattr(socket, name) for name in ("EAI_NODATA", "EAI_NONAME") if hasattr(socket, name)}
_FAR = ("2001:4860:4860::8888", 53)  # only a route to it is looked up: a UDP connect sends nothing
_LOCAL = (".localhost", ".local", ".test", ".internal", ".invalid", ".example")


def ask_system(host: str, family: socket.AddressFamily) -> tuple[str, ...] | None:
    """The addresses of a host; empty when the name service says there are none, None when it gives no answer."""
    try:
        found = socket.getaddrinfo(host, None, family, socket.SOCK_STREAM)
    except socket.gaierror as error:
        return () if error.errno in _NO_DATA else None
    except (OSError, UnicodeError):
        return None
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def system_has_ipv6() -> bool:
    """Whether this machine has a route into the IPv6 Internet."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.connect(_FAR)
            return ipaddress.ip_address(probe.getsockname()[0].partition("%")[0]).is_global
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class NameService:
    """How names are asked; what a test puts in its place."""

    ask: Callable[[str, socket.AddressFamily], tuple[str, ...] | None] = ask_system
    has_ipv6: Callable[[], bool] = system_has_ipv6


async def look_up_sites(
    sites: Iterable[Site], policy: CrawlPolicy, names: NameService | None = None
) -> dict[str, Ipv6Lookup]:
    """Site id -> what is known of its host; each host is asked once, off the event loop."""
    hosts = {site.id: _host_of(site.home_url) for site in sites}
    found = await asyncio.to_thread(look_up_hosts, set(hosts.values()), policy, names or NameService())
    return {site_id: found[host] for site_id, host in hosts.items()}


def look_up_hosts(hosts: Collection[str], policy: CrawlPolicy, names: NameService) -> dict[str, Ipv6Lookup]:
    """Host -> what is known of it. An absence is believed only of a resolver that gives IPv6 addresses to others."""
    found = {host: told for host in hosts if (told := _without_asking(host, policy))}
    open_hosts = [host for host in hosts if host not in found]
    if open_hosts and not names.has_ipv6():
        return found | {host: Ipv6Lookup(host, reason="no_ipv6") for host in open_hosts}
    with ThreadPoolExecutor(AT_ONCE, "ipv6-host") as pool:
        asked = dict(zip(open_hosts, pool.map(lambda host: _ask(host, names), open_hosts), strict=True))
    if any(told.answer == "absent" for told in asked.values()) and not _gives_ipv6(asked, policy, names):
        asked = {
            host: replace(told, answer="unknown", reason="resolver") if told.answer == "absent" else told
            for host, told in asked.items()
        }
    return found | asked


def _host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _without_asking(host: str, policy: CrawlPolicy) -> Ipv6Lookup | None:
    """What the settings or the name itself say; the network is not asked about names of this machine."""
    if host in policy.ipv6:
        told = policy.ipv6[host]
        return Ipv6Lookup(host, "present", addresses=(told,)) if told else Ipv6Lookup(host, "absent")
    if host in policy.resolver:
        return Ipv6Lookup(host, reason="mapped")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        is_name = "." in host and not host.endswith(_LOCAL)
        return None if is_name else Ipv6Lookup(host, reason="nameless")
    return Ipv6Lookup(host, reason="nameless")


def _ask(host: str, names: NameService) -> Ipv6Lookup:
    for _ in range(2):  # an absence is asked for twice
        answer = names.ask(host, socket.AF_INET6)
        if answer is None:
            return Ipv6Lookup(host, reason="resolver")
        if answer:
            good = tuple(address for address in answer if _is_real(address))
            return Ipv6Lookup(host, "present", addresses=good) if good else Ipv6Lookup(host, reason="resolver")
    return Ipv6Lookup(host, "absent") if names.ask(host, socket.AF_INET) else Ipv6Lookup(host, reason="unresolved")


def _gives_ipv6(asked: dict[str, Ipv6Lookup], policy: CrawlPolicy, names: NameService) -> bool:
    """Whether the resolver gives IPv6 addresses at all: to another site of the run, else to a name known to have one."""
    if any(told.answer == "present" for told in asked.values()):
        return True
    answer = names.ask(policy.ipv6_witness, socket.AF_INET6) if policy.ipv6_witness else None
    return any(_is_real(address) for address in answer or ())


def _is_real(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    return ip.is_global and not any(ip in network for network in _TRANSLATED)
