"""A page that says why something was not done, and how to go on."""

from collections.abc import Sequence

from starlette.responses import Response

from domain.errors import Conflict, NotThere, StoreError, XunjianError
from web.problems import API, Moved, NotJson, OtherRequest, Unconditional, problem
from web.rendering import page
from web.spoken import spoken
from web.visit import Visit

TITLES = {
    400: "没有办成",
    403: "不能办理",
    404: "没有找到",
    405: "没有找到",
    409: "已有变化",
    413: "文件太大",
    503: "暂时不可用",
}


STATUS: tuple[tuple[type[XunjianError], int], ...] = (
    (NotThere, 404), (Conflict, 409), (Moved, 412), (NotJson, 415), (OtherRequest, 422), (Unconditional, 428),
    (StoreError, 503),
)  # fmt: skip


def refused(visit: Visit, error: XunjianError) -> Response:
    """What an error of a use case is told as."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 400)
    return refusal(visit, status, str(error), getattr(error, "problems", ()))


def refusal(visit: Visit, status: int, why: str, problems: Sequence[str] = ()) -> Response:
    """The page; what was typed is still there when the browser goes back."""
    if visit.path.startswith(API):
        return problem(status, why, problems)
    title = TITLES.get(status, TITLES[400])
    back = visit.came_from or "/"
    lines = spoken(why).split("\n")
    return page(
        visit, "refusal.html", status, title=title, why=lines, problems=[spoken(each) for each in problems], back=back
    )
