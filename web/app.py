"""The console as an ASGI application: every request goes the same way, by the table of routes."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from domain.errors import XunjianError
from web.gate import Forbidden, LoggedOut, demand_right
from web.headers import HEADERS
from web.origins import is_ours
from web.pages.log_in import ask_again
from web.problems import API, problem
from web.programs import answered
from web.reading import NOTHING_SENT, Sent, TooLarge, demand_name, read_body, read_form, visit_of
from web.refusals import refusal, refused
from web.table import ROUTES
from web.visit import ORDINARY, Place, Route, Visit

FOREIGN = "这个操作不是从本控制台的页面发出的，没有执行；请回到原来的页面重新操作"
UNKNOWN_PROGRAM = "没有令牌，或令牌已过期、已撤销；请在请求头 Authorization: Bearer 中写明令牌"
UNKNOWN = "没有这个页面"
BROKEN = "程序出错，这次操作没有完成；请告诉系统管理员现在的时间，日志中有原因"


def build_app(place: Place) -> FastAPI:
    """The application; it has no other routes than those of the table."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for route in ROUTES:
        methods = ["GET", "HEAD"] if route.method == "GET" else [route.method]
        app.router.add_route(route.path, _answering(place, route), methods=methods, include_in_schema=False)

    async def nowhere(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return await _plain(request, place, status)

    for status in (404, 405):
        app.add_exception_handler(status, nowhere)
    app.add_exception_handler(Exception, _broken)  # of the outermost layer: the log has the trace already
    app.middleware("http")(_with_headers)
    return app


def _broken(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(API):
        return problem(500, BROKEN)
    return HTMLResponse(
        f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{BROKEN}</title><p>{BROKEN}"
        "<p><a href=/>回到工作台</a></html>",
        500,
        dict(HEADERS),
    )


async def _with_headers(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
    answer = await follow(request)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.url.scheme == "https":
        answer.headers["strict-transport-security"] = "max-age=31536000"
    return answer


def _answering(place: Place, route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            demand_name(request, place)
            sent = await _sent(request, place, route) if route.method == "POST" else NOTHING_SENT
        except TooLarge:
            visit = await run_in_threadpool(visit_of, request, place, route)
            if visit.person is None and route.largest > ORDINARY:
                return _unknown(visit, route)
            most = route.largest // 1_000_000
            return refusal(visit, 413, f"发送的内容超过 {most} MB，没有接收；请压缩或降低扫描精度后再传")
        except HTTPException as error:
            return HTMLResponse(f"<!doctype html><meta charset=utf-8><title>400</title><p>{error.detail}", 400)
        visit = await run_in_threadpool(visit_of, request, place, route, sent)
        by_form = route.operation is None  # a program shows its token, which no browser sends by itself
        if by_form and not is_ours(request.method, request.headers, visit.base, visit.secret, visit.text("token")):
            return refusal(visit, 403, FOREIGN)
        return await run_in_threadpool(_handled, visit, route)

    return answer


async def _sent(request: Request, place: Place, route: Route) -> Sent:
    """What comes with files is read for somebody who is known, and of a few at a time: each may take 50 MB."""
    read = read_form if route.operation is None else read_body
    if route.largest <= ORDINARY:
        return await read(request, route.largest)
    known = await run_in_threadpool(visit_of, request, place, route)
    if known.person is None:
        return await read(request, ORDINARY)
    async with place.receiving:
        return await read(request, route.largest)


def _unknown(visit: Visit, route: Route) -> Response:
    return problem(401, UNKNOWN_PROGRAM) if route.operation else ask_again(visit)


def _handled(visit: Visit, route: Route) -> Response:
    try:
        demand_right(visit, route)
        return answered(visit, route, route.operation) if route.operation else route.handler(visit)
    except LoggedOut:
        return _unknown(visit, route)
    except Forbidden as error:
        return refusal(visit, 403, str(error))
    except XunjianError as error:
        return refused(visit, error)


async def _plain(request: Request, place: Place, status: int) -> Response:
    try:
        demand_name(request, place)
    except HTTPException:
        return Response(status_code=400)
    route = ROUTES[0]
    visit = await run_in_threadpool(visit_of, request, place, route)
    return refusal(visit, status, UNKNOWN)
