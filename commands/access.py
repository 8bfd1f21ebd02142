"""access."""

import json
from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA, AllowPrivate, Data, Database, Rules, TextOrJson, check_format, opened, rulebook
from commands.printing import say
from domain.errors import NotJudged, UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(access)


def access(
    targets: Annotated[list[str] | None, typer.Argument(help="网站或单位，默认全部网站", metavar="[对象]...")] = None,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: TextOrJson = "text",
    html: Annotated[Path | None, typer.Option("--html", help="另写一页 HTML 报告到此文件夹", metavar="文件夹")] = None,
    allow_private: AllowPrivate = False,
) -> None:
    """无障碍检查：在浏览器中看首页和至多三个典型页面，以及无障碍、长者模式入口；不计分，不作为问题。"""
    check_format(output, ("text", "json"))
    from crawler.guard import require_allowed
    from domain.crawl_policy import CrawlPolicy
    from domain.times import beijing_date
    from inspection import clock
    from inspection.locks import only_job
    from inspection.results.accessibility import as_document, as_lines, look_at_sites
    from inspection.targets import find_targets
    from reports.accessibility import write_accessibility

    now = clock.now()
    with opened(data, db) as store, only_job(data, "access"):
        registry = store.load_registry().on(beijing_date(now))
        sites = find_targets(registry, targets)[0] if targets else registry.sites
        if not sites:
            raise UsageError("没有可检查的网站；请先运行 xunjian registry import 文件 --apply")
        for site in sites:
            require_allowed(site.home_url, allow_private)
        policy = CrawlPolicy.from_settings({**rulebook(rules, data).crawl, "allow_private": allow_private})
        document = as_document(look_at_sites(store, sites, policy, now), now)
    if html is not None:
        write_accessibility(document, html)
    say(json.dumps(document, ensure_ascii=False) if output == "json" else as_lines(document))
    if not document["figure"]["judged"]:
        raise NotJudged("没有一个网站的页面能够打开，未能判定")
