"""Which network addresses may be asked: private and loopback ones are refused unless the run allows them."""

import ipaddress
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from domain.errors import UsageError

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Whether an IP address lies in the public Internet (IPv4-mapped and IPv6 forms included)."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and (inner := _carried(ip)):
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, compatible, 6to4, Teredo, or translated (NAT64)."""
    if ip in _TRANSLATED or ip in _COMPATIBLE:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def literal_ip(url: str) -> str | None:
    """The IP address written in an address, also as a decimal, octal or hex number; None for a name."""
    return _literal(urlsplit(url).hostname or "")


@lru_cache(maxsize=4096)
def _literal(name: str) -> str | None:
    host = unicodedata.normalize("NFKC", name).replace("。", ".").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _odd_literal(host)


def require_allowed(url: str, allow_private: bool) -> None:
    """Raise UsageError when an address written as a private IP may not be asked."""
    ip = literal_ip(url)
    if ip and not allow_private and not is_public(ip):
        raise UsageError(f"{url} 是内网或本机地址，默认拒绝访问；确需检查请加 --allow-private")


def _odd_literal(host: str) -> str | None:
    parts = host.split(".")
    if not host or len(parts) > 4 or not all(part[:1].isdigit() for part in parts):
        return None
    try:
        numbers = [
            int(p, 16) if p.lower().startswith("0x") else int(p, 8 if p.startswith("0") and len(p) > 1 else 10)
            for p in parts
        ]
    except ValueError:
        return None
    value = 0
    for number in numbers[:-1]:
        value = value << 8 | number
    value = value << 8 * (5 - len(parts)) | numbers[-1]
    return str(ipaddress.ip_address(value)) if value < 1 << 32 else None
