"""`json` with a JMESPath map, for answers no preset knows: the office names where the fields stand."""

import re
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from crawler.platforms.drafts import Context, make_post, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import Payload
from crawler.platforms.shapes import absolute, links_of, listed, plain
from crawler.platforms.times import When, read_time, unix_time
from crawler.platforms.values import Fetch, Parsed
from domain.accounts import CollectionStatus
from domain.targets import Account, Source

FIELDS = ("items", "id", "time", "title", "text", "url", "images", "pinned", "author_id")


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """`json ADDRESS preset=douyin` or `json ADDRESS items=... id=... time=...`; `file:` addresses are local files."""
    words = source.argument.split()
    options = dict(source.options)
    path = words[-1] if words else options.get("url") or options.get("file", "")
    uid = path or account.platform_id
    if source.adapter == "bilibili" and uid.isdigit():
        # Its interface wants signatures we do not make: open the public page and read what it receives by itself.
        url = f"https://space.bilibili.com/{uid}/dynamic"
        return (Fetch(url, step="page", render=True, capture_xhr="*/feed/space*", delay=10.0),)
    if not path or (path.isalnum() and len(words) == 1 and "." not in path):
        return ()
    cookie = options.get("cookie_env", "")
    url = path if path.startswith(("http://", "https://", "file:")) else f"file:{path}"
    return (Fetch(url, headers_env=(("Cookie", cookie),) if cookie else (), delay=5.0),)


def parse(payload: Payload, ctx: Context) -> Parsed:
    """Items by the source's own map; a map that does not fit is a `parse_error` with the reason."""
    try:
        found = [item for value in payload.values for item in listed(_search(ctx, "items", value))]
        drafts: list[Draft | str] = [_draft(item, ctx) for item in found if isinstance(item, dict)]
    except JMESPathError as fault:
        return Parsed(CollectionStatus.PARSE_ERROR, message=f"字段映射写错：{fault}")
    return settle(ctx, drafts, shape="list", complete=ctx.option("complete", "yes") == "yes")


def _search(ctx: Context, name: str, value: Any) -> Any:
    path = ctx.option(name)
    return jmespath.search(path, value) if path else None


def _draft(item: dict[str, Any], ctx: Context) -> Draft | str:
    read = {name: _search(ctx, name, item) for name in FIELDS[1:]}
    if read["id"] in (None, ""):
        return "unreadable"
    fragment = str(read["text"] or "")
    post = make_post(
        ctx, str(read["id"]), _time(read["time"], ctx), url=absolute(str(read["url"] or "")),
        title=plain(str(read["title"] or "")), text=plain(fragment), pinned=read["pinned"] in (True, 1, "1", "true"),
        images=tuple(str(url) for url in listed(read["images"])), links=links_of(fragment),
    )  # fmt: skip
    return Draft(post, (str(read["author_id"]),) if read["author_id"] not in (None, "") else ())


def _time(value: Any, ctx: Context) -> When | None:
    if ctx.option("time_unit") in {"s", "ms"} and re.fullmatch(r"\d{1,20}(?:\.\d*)?", str(value), re.A):
        return unix_time(float(value) / (1000 if ctx.option("time_unit") == "ms" else 1))
    return read_time(value, ctx.as_of)
