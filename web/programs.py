"""A request of a program: understood by its declared types, and done once where it carries a key."""

import hashlib
import re
from dataclasses import replace

from pydantic import ValidationError
from starlette.responses import Response

from domain.errors import ConfigError, StoreError, XunjianError
from domain.replays import HELD, Replay
from web.answers import is_condition
from web.cleaning import cleaned
from web.operation import JSON, Operation, adapter
from web.problems import NotJson, OtherRequest, Unconditional, Underway
from web.refusals import refused
from web.visit import Route, Visit

LONGEST_KEY = 200
_KEY = re.compile(f"[\\x21-\\x7e]{{1,{LONGEST_KEY}}}")
MISREAD = "请求与接口说明（/api/openapi.json）不符"
NO_TAG = "办理须写明所依据的状态：请求头 If-Match 填读取时的 ETag，或填 *（不论现状）"
OTHER = "这个 Idempotency-Key 已用于另一个请求；请换一个"
BUSY = "相同的请求正在办理，请稍后再问"
CUT = "相同的请求上一次没有办完（程序中断），是否生效不明；请先读取这一项，再用新的 Idempotency-Key 办理"


def answered(visit: Visit, route: Route, operation: Operation) -> Response:
    """The answer to a program that may ask this."""
    wanted = _query(visit, operation)
    query = {name: [cleaned(value) for value in values] for name, values in visit.query.items()}
    asked = replace(visit, operation=operation, wanted=wanted, query=query)
    if route.method == "GET":
        return route.handler(asked)
    asked = replace(asked, given=_body(visit, operation))
    if operation.matches and not visit.condition:
        raise Unconditional(NO_TAG)
    if operation.matches and not is_condition(visit.condition):
        raise ConfigError(MISREAD, ("If-Match: neither a tag of ours nor *",))
    if visit.key is not None and not _KEY.fullmatch(visit.key):
        raise ConfigError(MISREAD, (f"Idempotency-Key: up to {LONGEST_KEY} visible ASCII characters",))
    return route.handler(asked) if visit.key is None else _once(asked, route, visit.key)


def _query(visit: Visit, operation: Operation) -> object:
    several = [name for name, values in visit.query.items() if len(values) > 1]
    if several or (visit.query and operation.query is None):
        name = several[0] if several else next(iter(visit.query))
        raise ConfigError(MISREAD, (f"{name}: {'given twice' if several else 'unknown parameter'}",))
    if operation.query is None:
        return None
    try:
        return adapter(operation.query).validate_python({name: values[0] for name, values in visit.query.items()})
    except ValidationError as error:
        raise ConfigError(MISREAD, _faults(error)) from error


def _body(visit: Visit, operation: Operation) -> object:
    if operation.body is None:
        if visit.raw.strip() not in {b"", b"{}"}:
            raise ConfigError(MISREAD, ("body: nothing is expected",))
        return None
    if visit.kind != JSON:
        raise NotJson(f"请求内容须为 {JSON}")
    try:
        return adapter(operation.body).validate_json(visit.raw, strict=True)
    except ValidationError as error:
        raise ConfigError(MISREAD, _faults(error)) from error


def _faults(error: ValidationError) -> tuple[str, ...]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in found[:20])


def _once(visit: Visit, route: Route, key: str) -> Response:
    """The same key and request within a day is answered as the first time. What broke in the middle is not tried again."""
    mine = Replay(
        _hash(visit.program.hash if visit.program else "", key),
        _hash(visit.method, visit.path, visit.condition, visit.raw),
        visit.now,
    )
    there = visit.store.claim_replay(mine, visit.now - HELD)
    if there is not None:
        return _again(visit, mine, there)
    try:
        answer = route.handler(visit)
    except StoreError:
        visit.store.free_replay(mine.key)
        raise
    except XunjianError as error:
        answer = refused(visit, error)
    kept = {name: answer.headers[name] for name in ("content-type", "etag") if name in answer.headers}
    text = bytes(answer.body).decode()
    visit.store.end_replay(replace(mine, status=answer.status_code, body=text, headers=kept))
    return answer


def _again(visit: Visit, mine: Replay, there: Replay) -> Response:
    if there.asked != mine.asked:
        raise OtherRequest(OTHER)
    if not there.status:
        raise Underway(CUT if there.was_cut_short(visit.now) else BUSY)
    return Response(there.body, there.status, {**there.headers, "idempotent-replayed": "true"})


def _hash(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)}|".encode() + data)
    return digest.hexdigest()
