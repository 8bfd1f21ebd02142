"""A sign of life to an address outside (healthchecks and the like): whoever listens there notices a stopped scheduler."""

import logging
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.guard import is_public
from domain.errors import UsageError

VARIABLE = "XUNJIAN_HEARTBEAT"
SECONDS = 10.0
log = logging.getLogger(__name__)


class _NoDetours(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **named: object) -> None:
        """A redirect might lead inside."""


def heartbeat_address(settings: str, environment: Mapping[str, str]) -> str:
    """The address of the settings or of the environment; empty when nobody listens."""
    return settings or environment.get(VARIABLE, "").strip()


def require_outside(url: str, *, allow_private: bool) -> None:
    """UsageError for what is no web address, or lies inside without leave."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError("心跳地址不是网址；请在 settings.yaml 的 heartbeat 中写 https:// 开头的地址")
    if allow_private:
        return
    try:
        found = {str(item[4][0]) for item in socket.getaddrinfo(parts.hostname, None)}
    except OSError as error:
        raise UsageError(
            f"心跳地址的域名 {parts.hostname} 无法解析；请检查网络或 settings.yaml 的 heartbeat"
        ) from error
    if not all(is_public(address.partition("%")[0]) for address in found):
        raise UsageError(f"心跳地址 {parts.hostname} 在内网，默认拒绝访问；确需使用请加 --allow-private")


def beat(url: str, *, failed: bool = False, allow_private: bool = False) -> bool:
    """Ask the address once, with `/fail` behind it when a job failed. Never raises: it must not stop what it tells of."""
    if not url:
        return False
    try:
        require_outside(url, allow_private=allow_private)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler(_proxies()), _NoDetours())
        asked = urllib.request.Request(f"{url.rstrip('/')}/fail" if failed else url, headers={"User-Agent": "xunjian"})  # noqa: S310  its scheme was asked for
        with opener.open(asked, timeout=SECONDS) as answer:
            return bool(answer.status < 300)
    except UsageError as error:
        log.warning("no heartbeat: %s", error)
    except (OSError, ValueError) as error:
        log.warning("no heartbeat to %s: %s", urlsplit(url).hostname, type(error).__name__)
    return False


def _proxies() -> dict[str, str]:
    """Those of the environment: an office may reach the world by a proxy only."""
    return {name: os.environ[f"{name}_proxy"] for name in ("http", "https") if os.environ.get(f"{name}_proxy")}
