"""A page that says why something was not done, and how to go on."""

from collections.abc import Sequence

from starlette.responses import Response

from web.problems import API, problem
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
