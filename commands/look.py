"""look: what the parsers see in one page or one platform answer."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import (
    DATA,
    AllowPrivate,
    AsOf,
    Data,
    Rules,
    TextOrJson,
    check_format,
    moment,
    read_file,
    rulebook,
)
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from inspection.look.fetched import Document


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(look)


def look(
    source: Annotated[str, typer.Argument(metavar="网址|文件")],
    platform: Annotated[
        str, typer.Option("--platform", help="按新媒体平台的返回数据解析，如 weibo、wechat；auto 自动识别")
    ] = "",
    base_url: Annotated[str, typer.Option("--base-url", help="文件原来的网址")] = "",
    as_of: AsOf = "",
    save: Annotated[
        Path | None, typer.Option("--save", help="把页面和读出的结果存成一个案例文件夹，供回归测试")
    ] = None,
    data: Data = DATA,
    rules: Rules = None,
    output: TextOrJson = "text",
    allow_private: AllowPrivate = False,
) -> None:
    """解析程序在一个页面或一份平台数据中看到了什么，为什么。"""
    check_format(output, ("text", "json"))
    from inspection import clock

    when = moment(as_of, clock.now())
    document = _read(source, base_url, allow_private)
    if save:
        from inspection.look.saved_case import save_case

        save_case(save, document, when)
    if platform:
        from inspection.look.account import look_platform, platform_text

        answer = look_platform(platform, document.body, as_of=when, url=document.url)
        say(json.dumps(answer, ensure_ascii=False) if output == "json" else platform_text(answer))
        return
    from checks.rules.column_kinds import classify
    from inspection.look.page import look as look_page
    from inspection.look.page import look_text

    book = rulebook(rules, data)

    def kind_of(name: str) -> str | None:
        rule = classify(name, document.url, book)
        return rule.kind.value if rule else None

    answer = look_page(
        document.url,
        as_of=when,
        body=document.body,
        content_type=document.content_type,
        classify=kind_of,
        status=document.status,
    )
    say(json.dumps(answer, ensure_ascii=False) if output == "json" else look_text(answer))


def _read(source: str, base_url: str, allow_private: bool) -> "Document":
    from domain.crawl_policy import CrawlPolicy
    from inspection.look.fetched import Document, fetch

    path = Path(source)
    if "://" not in source and path.exists():
        return Document(base_url or path.resolve().as_uri(), 200, "", read_file(source))
    if "://" not in source:
        raise UsageError(f"没有文件 {source}；网址请以 http:// 或 https:// 开头")
    return fetch(source, CrawlPolicy(allow_private=allow_private))
