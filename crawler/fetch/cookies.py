"""Cookies as a browser keeps them, also those with names and values that no standard allows."""

from collections.abc import Iterable
from urllib.parse import urlsplit


class Jar:
    """Name and value of every cookie by the host or domain it is for."""

    def __init__(self) -> None:
        self._cookies: dict[str, dict[str, str]] = {}

    def take(self, url: str, lines: Iterable[bytes]) -> None:
        """Keep what the Set-Cookie lines of an answer say; one that is over goes."""
        host = _host(url)
        for line in lines:
            pair, *rest = line.decode("utf-8", "replace").split(";")
            name, mark, value = pair.strip().partition("=")
            told = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in rest)}
            domain = told.get("domain", "").lstrip(".").lower()
            place = domain if domain and "." in domain and f".{host}".endswith(f".{domain}") else host
            jar = self._cookies.setdefault(place, {})
            if told.get("max-age", "").startswith(("0", "-")):
                jar.pop(name.strip(), None)
            elif name.strip() or value:
                jar[name.strip()] = value.strip() if mark else ""

    def header(self, url: str) -> str:
        """The Cookie line for an address; empty for none."""
        host = _host(url)
        found: dict[str, str] = {}
        for place, jar in self._cookies.items():
            if host == place or host.endswith(f".{place}"):
                found |= jar
        return "; ".join(f"{name}={value}" if name else value for name, value in sorted(found.items()))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
