"""ipv6.missing (网站域名没有 IPv6 地址)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from domain.findings import Finding, Place, Ref, Result, Unjudged
from domain.views import SiteView

_REASONS = {
    "nameless": "网址是 IP 地址或本机名称，没有域名可查",
    "mapped": "域名由配置的对照表指定地址，没有查询 IPv6 解析",
    "no_ipv6": "本机没有接入 IPv6 网络，不能判断网站是否支持 IPv6",
    "resolver": "本机使用的域名服务器查不到可信的 IPv6 解析，不能判断网站是否支持 IPv6",
    "unresolved": "域名未能解析，不能判断网站是否支持 IPv6",
}
_NOT_ASKED = "本次巡检没有查询域名的 IPv6 解析"


@dataclass(frozen=True, slots=True)
class MissingIpv6:
    """Flag a registered host whose name has no IPv6 address (AAAA record), asked twice.

    Only the name is judged; whether the page opens over IPv6 is for a person to try. Not judged: an address that no
    unit registered, a machine without IPv6, a resolver that gives no IPv6 addresses to anybody.
    """

    id: ClassVar[str] = "ipv6.missing"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the look-up of this run; a folder or a preview has none."""
        if not view.published:
            return
        ref = Ref(view.site.home_url, view.site.name)
        if not view.site.unit_id:
            yield Unjudged(self.id, ref, "网址未登记，不判断是否支持 IPv6")
        elif view.ipv6 is None:
            yield Unjudged(self.id, ref, _NOT_ASKED)
        elif view.ipv6.answer == "absent":
            yield Finding(self.id, ref, "home", {"host": view.ipv6.host}, home=True)
        elif view.ipv6.answer != "present":
            yield Unjudged(self.id, ref, _REASONS.get(view.ipv6.reason, _NOT_ASKED))
