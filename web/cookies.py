"""The cookie of a session, and the one of the log-in form before there is a session."""

from starlette.requests import Request
from starlette.responses import Response

SESSION, FORM = "xunjian", "xunjian-form"


def name_of(name: str, *, https: bool) -> str:
    """With `__Host-` where the browser can hold us to it: secure, of this host alone, for all paths."""
    return f"__Host-{name}" if https else name


def secret_in(request: Request, name: str) -> str:
    """What a cookie of ours carries; empty where there is none."""
    found = request.cookies.get(name_of(name, https=request.url.scheme == "https"), "")
    return found if len(found) < 200 and found.isascii() else ""


def hand_out(answer: Response, name: str, secret: str, *, https: bool) -> None:
    """Give the browser a secret; it ends with the browser, or here, whichever is earlier."""
    answer.set_cookie(name_of(name, https=https), secret, path="/", secure=https, httponly=True, samesite="lax")


def take_back(answer: Response, name: str, *, https: bool) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(name_of(name, https=https), path="/", secure=https, httponly=True, samesite="lax")
