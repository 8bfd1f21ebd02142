"""domain.irregular (域名不规范)."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from domain.findings import Finding, Place, Ref, Result, Unjudged
from domain.targets import SiteKind
from domain.views import SiteView

_CHINESE = (".政务", ".xn--zfr164b")


@dataclass(frozen=True, slots=True)
class IrregularDomains:
    """Flag a registered address that breaks the domain rules of 国办发〔2017〕47号.

    Government sites end in .gov.cn (or .政务); a portal is www.□□□.gov.cn, a department ○○○.□□□.gov.cn below its
    government. An address that no unit registered, an IP address or a local host (previews) is not judged.
    """

    id: ClassVar[str] = "domain.irregular"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME
    kinds: ClassVar[tuple[str, ...]] = ("suffix", "portal", "department")

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the registered home address; a folder or a preview has none."""
        if not view.published:
            return
        parts = urlsplit(view.site.home_url)
        host = (parts.hostname or "").rstrip(".")
        ref = Ref(view.site.home_url, view.site.name)
        if not view.site.unit_id or _is_nameless(host):
            yield Unjudged(self.id, ref, "网址未登记或不是域名，不能判断域名是否规范")
            return
        kind, rule = _fault(host, view.site.kind, parts.path)
        if kind:
            yield Finding(self.id, ref, "home", {"host": host, "rule": rule}, kind=kind, home=True)


def _fault(host: str, kind: SiteKind, path: str) -> tuple[str, str]:
    if host.endswith(_CHINESE):
        return "", ""
    if not host.endswith(".gov.cn"):
        return "suffix", "政府网站域名应以 .gov.cn 为后缀"
    labels = host.removesuffix(".gov.cn").split(".")
    if kind.is_portal and labels[0] != "www":
        return "portal", "门户网站域名应为 www.□□□.gov.cn"
    if not kind.is_portal and len(labels) < 3 and labels[0] == "www" and not path.strip("/"):
        return "department", "部门网站应使用本级政府门户网站的下级域名 ○○○.□□□.gov.cn"
    return "", ""


def _is_nameless(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".test", ".internal"))
    return True
