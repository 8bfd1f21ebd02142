"""probe."""

import json
from typing import TYPE_CHECKING

import typer

from commands.options import DATA, AllowPrivate, Data, Database, Rules, TextOrJson, check_format, opened, rulebook
from commands.printing import say
from domain.errors import NotJudged, UsageError

if TYPE_CHECKING:
    from inspection.runs.probe import Probed


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(probe)


def probe(
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: TextOrJson = "text",
    allow_private: AllowPrivate = False,
) -> None:
    """访问监测：访问每个网站的首页一次，记录能否在时限内打开。"""
    check_format(output, ("text", "json"))
    from domain.times import beijing_date
    from inspection import clock
    from inspection.runs.probe import probe_sites

    now = clock.now()
    with opened(data, db) as store:
        sites = store.load_registry().on(beijing_date(now)).sites
        if not sites:
            raise UsageError("还没有登记网站；请先运行 xunjian registry import 文件 --apply")
        probed = probe_sites(store, sites, rulebook(rules, data), now, allow_private=allow_private)
    say(_document(probed) if output == "json" else _lines(probed, {site.id: site.name for site in sites}))
    if probed.network_down:
        raise NotJudged("所有首页均无应答，无法排除本机网络故障，本次不作为网站故障")


def _lines(probed: "Probed", names: dict[str, str]) -> str:
    from domain.captured import ProbeOutcome
    from inspection.runs.probe import OUTCOMES

    failed = [item for item in probed.probes if item.outcome is not ProbeOutcome.OK]
    rows = [f"{names[item.site_id]}  {item.url}  {OUTCOMES[item.outcome]}（{item.seconds:.1f} 秒）" for item in failed]
    return "\n".join([f"访问 {len(probed.probes)} 个首页，{len(failed)} 个未能正常打开", *rows])


def _document(probed: "Probed") -> str:
    rows = [
        {
            "site": item.site_id,
            "url": item.url,
            "at": item.at.isoformat(),
            "outcome": item.outcome.value,
            "status": item.status or None,
            "seconds": item.seconds,
        }
        for item in probed.probes
    ]
    state = "unknown" if probed.network_down else "complete"
    return json.dumps({"schema": "xunjian.probe/1", "state": state, "probes": rows}, ensure_ascii=False)
