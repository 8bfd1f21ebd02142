"""访问监测: one visit of every home page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.guard import require_allowed
from crawler.job import CrawlJob
from crawler.process import run_probe
from domain.captured import Probe, ProbeOutcome
from domain.crawl_policy import CrawlPolicy
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from domain.targets import Site

OUTCOMES = {
    ProbeOutcome.OK: "正常",
    ProbeOutcome.DNS: "域名无法解析",
    ProbeOutcome.REFUSED: "服务器拒绝连接",
    ProbeOutcome.RESET: "连接被中断",
    ProbeOutcome.TLS: "证书或加密连接错误",
    ProbeOutcome.TIMEOUT: "访问超时",
    ProbeOutcome.BLOCKED: "对方限制自动访问",
    ProbeOutcome.HTTP_ERROR: "返回错误状态",
    ProbeOutcome.OWN_NETWORK: "无法排除本机网络故障",
    ProbeOutcome.OTHER: "访问出错",
}


@dataclass(frozen=True, slots=True)
class Probed:
    """The visits of one round, in official order; `network_down` when nothing at all answered."""

    probes: tuple[Probe, ...]
    network_down: bool


def probe_sites(
    store: Store, sites: Sequence[Site], rulebook: RuleBook, now: datetime, *, allow_private: bool = False
) -> Probed:
    """Visit every home page once and keep the visits. Starts the reactor: once in a process."""
    for site in sites:
        require_allowed(site.home_url, allow_private)
    run = Run(f"probe-{now:%Y%m%d-%H%M%S}", RunKind.PROBE, now, now, targets=tuple(site.id for site in sites))
    policy = CrawlPolicy.from_settings({**rulebook.crawl, "allow_private": allow_private, "render": False})
    probes, down = run_probe(CrawlJob(run, tuple(sites), store, policy))
    return Probed(tuple(probes[site.id] for site in sites if site.id in probes), down)
