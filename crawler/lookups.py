"""One look-up a name, for everybody who asks in this process: what was found once is what is connected to."""

import asyncio
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.guard import is_public, literal_ip


class PrivatePlace(OSError):
    """The address, or what its name leads to, is private or loopback and the run does not allow that."""


@dataclass(slots=True)
class Lookups:
    """Decides which address a host is connected to. `resolver` maps host or host:port to ip:port, as the rules say."""

    allow_private: bool = False
    resolver: Mapping[str, str] = field(default_factory=dict)
    _pinned: dict[str, str] = field(default_factory=dict)

    async def place(self, host: str, port: int, scheme: str = "http") -> tuple[str, int]:
        """(ip, port) to connect to; PrivatePlace when it may not be asked, OSError when the name is unknown."""
        if mapped := self._mapped(host, port, scheme):
            return mapped
        if ip := self._known(host):
            return ip, port
        loop = asyncio.get_running_loop()
        return self._pin(host, await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)), port

    def _mapped(self, host: str, port: int, scheme: str) -> tuple[str, int] | None:
        usual = port == {"http": 80, "https": 443}.get(scheme)
        target = self.resolver.get(f"{host}:{port}") or (self.resolver.get(host) if usual else None)
        if not target:
            return None
        name, _, mapped_port = target.rpartition(":")
        return name.strip("[]"), int(mapped_port)

    def _known(self, host: str) -> str:
        """An address that is written out, or a name that was looked up before."""
        shown = f"[{host}]" if ":" in host else host
        ip = literal_ip(f"http://{shown}/")
        if ip and not self.allow_private and not is_public(ip):
            raise PrivatePlace(f"{host} is a private address")
        return ip or self._pinned.get(host.lower(), "")

    def _pin(self, host: str, found: Sequence[Any]) -> str:
        """The first address, the same for the rest of this process; one private answer among several is enough to refuse."""
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        if not self.allow_private and not all(map(is_public, addresses)):
            raise PrivatePlace(f"{host} leads to a private address")
        return self._pinned.setdefault(host.lower(), addresses[0])
