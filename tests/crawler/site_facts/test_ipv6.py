"""Whether a host has an IPv6 address: what names say, and when nothing can be said."""

import asyncio
import socket
from collections.abc import Mapping

import pytest

from crawler.site_facts.ipv6 import NameService, ask_system, look_up_hosts, look_up_sites
from domain.crawl_policy import CrawlPolicy
from domain.site_facts import Ipv6Lookup
from domain.targets import Site

V4 = ("202.107.1.1",)
Table = Mapping[str, tuple[str, ...] | None]


def service(six: Table, *, has_ipv6: bool = True, four: Table | None = None) -> tuple[NameService, list[str]]:
    """A name service of a table, and what it was asked for."""
    asked: list[str] = []

    def ask(host: str, family: socket.AddressFamily) -> tuple[str, ...] | None:
        asked.append(host)
        return six.get(host, ()) if family == socket.AF_INET6 else (four or {}).get(host, V4)

    return NameService(ask, lambda: has_ipv6), asked


def told(host: str, six: Table, **more: object) -> tuple[str, str]:
    names, _ = service(six, **more)  # type: ignore[arg-type]
    found = look_up_hosts([host], CrawlPolicy(), names)[host]
    return found.answer, found.reason


def test_an_address_is_present() -> None:
    names, _ = service({"www.a.gov.cn": ("2408:8000::1",)})
    found = look_up_hosts(["www.a.gov.cn"], CrawlPolicy(), names)
    assert found == {"www.a.gov.cn": Ipv6Lookup("www.a.gov.cn", "present", "", ("2408:8000::1",))}


def test_an_absence_counts_where_others_have_addresses() -> None:
    assert told("www.a.gov.cn", {"www.gov.cn": ("2408:8000::2",)}) == ("absent", "")
    names, asked = service({"www.b.gov.cn": ("2408:8000::3",)})
    found = look_up_hosts(["www.a.gov.cn", "www.b.gov.cn"], CrawlPolicy(), names)
    assert [found[host].answer for host in ("www.a.gov.cn", "www.b.gov.cn")] == ["absent", "present"]
    assert "www.gov.cn" not in asked  # another site of the run is witness enough
    assert asked.count("www.a.gov.cn") == 3  # twice for IPv6, once for IPv4


@pytest.mark.parametrize(
    ("six", "more", "reason"),
    [
        ({}, {}, "resolver"),  # gives nobody an address
        ({"www.a.gov.cn": None}, {}, "resolver"),  # gives no answer
        ({"www.a.gov.cn": ("64:ff9b::ca6b:101",)}, {}, "resolver"),  # made up by DNS64
        ({"www.a.gov.cn": ("fe80::1",)}, {}, "resolver"),
        ({"www.gov.cn": ("64:ff9b::ca6b:101",)}, {}, "resolver"),  # the witness' is made up
        ({"www.gov.cn": ("2408::2",)}, {"four": {"www.a.gov.cn": ()}}, "unresolved"),
        ({"www.gov.cn": ("2408::2",)}, {"has_ipv6": False}, "no_ipv6"),
    ],
)
def test_what_cannot_be_told_is_unknown(six: Table, more: dict[str, object], reason: str) -> None:
    assert told("www.a.gov.cn", six, **more) == ("unknown", reason)


def test_without_a_witness_an_absence_is_not_believed() -> None:
    names, _ = service({"www.gov.cn": ("2408::2",)})
    found = look_up_hosts(["www.a.gov.cn"], CrawlPolicy(ipv6_witness=""), names)
    assert found["www.a.gov.cn"].reason == "resolver"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "preview", "x.invalid", "a.localhost", ""])
def test_names_of_this_machine_are_not_asked_for(host: str) -> None:
    names, asked = service({})
    assert look_up_hosts([host], CrawlPolicy(), names)[host] == Ipv6Lookup(host, reason="nameless")
    assert asked == []


def test_the_configured_map_answers_and_nothing_is_asked() -> None:
    policy = CrawlPolicy(
        resolver={"a.gov.cn": "127.0.0.1:1", "b.gov.cn": "127.0.0.1:1", "c.gov.cn": "127.0.0.1:1"},
        ipv6={"a.gov.cn": "2001:db8::1", "b.gov.cn": ""},
    )
    names, asked = service({}, has_ipv6=False)
    sites = [Site(host, host, f"http://{host}.gov.cn/") for host in "abc"]
    found = asyncio.run(look_up_sites(sites, policy, names))
    assert {key: (value.answer, value.reason) for key, value in found.items()} == {
        "a": ("present", ""),
        "b": ("absent", ""),
        "c": ("unknown", "mapped"),
    }
    assert asked == []


def test_the_system_is_asked_without_leaving_the_machine() -> None:
    assert ask_system("127.0.0.1", socket.AF_INET) == ("127.0.0.1",)
    assert ask_system("127.0.0.1", socket.AF_INET6) in ((), None)  # "address family not supported" is no answer
    assert ask_system("a" * 300 + ".gov.cn", socket.AF_INET) is None
