"""Which network addresses may be asked: private and loopback ones are refused unless the run allows them."""

import ipaddress
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from domain.errors import UsageError


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Whether an IP address lies in the public Internet (IPv4-mapped and IPv6 forms included)."""
    ip = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast


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
