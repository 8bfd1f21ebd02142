"""微信公众号 official interface for an account's own published articles; tokens and secrets never leave Fetch.private."""

import json
from dataclasses import replace

from crawler.platforms.drafts import Context
from crawler.platforms.payload import Payload, number_of, text_of
from crawler.platforms.refusal import json_refusal
from crawler.platforms.values import Fetch, Parsed
from domain.accounts import CollectionStatus
from domain.targets import Account, Source

BASE = "https://api.weixin.qq.com"
PAGE = 20


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """Options: `token_env` (authorizer token), or `appid_env` and `secret_env`; `base_url` for a proxy."""
    options = dict(source.options)
    base = options.get("base_url", BASE).rstrip("/")
    token, appid, secret = (options.get(key, "") for key in ("token_env", "appid_env", "secret_env"))
    if token:
        return (replace(_page(base, 0), url=_list_url(base, token), secrets=(token,)),)
    if not (appid and secret):
        return ()
    url = f"{base}/cgi-bin/token?grant_type=client_credential&appid={{{appid}}}&secret={{{secret}}}"
    return (Fetch(url, step="token", secrets=(appid, secret), delay=1.0),)


def _list_url(base: str, name: str) -> str:
    return f"{base}/cgi-bin/freepublish/batchget?access_token={{{name}}}"


def _page(base: str, offset: int) -> Fetch:
    body = json.dumps({"offset": offset, "count": PAGE, "no_content": 0})
    headers = (("Content-Type", "application/json"),)
    return Fetch(_list_url(base, "access_token"), "POST", headers=headers, body=body, delay=1.0)


def read_token(payload: Payload, ctx: Context) -> Parsed:
    """The token answer: on to the first page, or the reason there is none."""
    value = payload.values[0] if payload.values else {}
    token = text_of(value, "access_token")
    if not token:
        refused = json_refusal(value) or (CollectionStatus.PARSE_ERROR, "没有得到 access_token")
        return Parsed(refused[0], message=refused[1], shape="token")
    base = ctx.option("base_url", BASE).rstrip("/")
    first_page = replace(_page(base, 0), private=(("access_token", token),))
    return Parsed(CollectionStatus.OK, next=(first_page,), shape="token")


def following(payload: Payload, ctx: Context) -> tuple[Fetch, ...]:
    """The next page while the total says there is one."""
    value, asked = (payload.values[0] if payload.values else {}), ctx.answer.fetch
    total = number_of(value.get("total_count") if isinstance(value, dict) else None)[0] or 0
    if asked is None or total <= ctx.answer.page * PAGE:
        return ()
    offset = json.loads(asked.body or "{}").get("offset", 0) + PAGE
    return (
        (replace(asked, body=json.dumps({"offset": offset, "count": PAGE, "no_content": 0})),) if offset < total else ()
    )
