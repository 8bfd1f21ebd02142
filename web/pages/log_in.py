"""Coming in and going out; and what was sent while nobody was logged in any more is kept for after it."""

import json
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from domain.errors import UsageError
from inspection.entrance.invitations import accept, invited
from inspection.entrance.passwords import change_password
from inspection.entrance.secrets_of import new_secret
from inspection.entrance.sessions import admitted, log_in, log_out
from web.cookies import FORM, SESSION, hand_out, take_back
from web.downloads import go
from web.origins import own_path
from web.rendering import page
from web.visit import OWN, PUBLIC, Route, Visit

MOST_KEPT = 100_000
EXPIRED = "登录已过期，请重新登录；您刚才填写的内容还在，登录后确认即可提交"


def ask(visit: Visit) -> Response:
    """The form."""
    return _form(visit, own_path(visit.asked("next", "/")))


def ask_again(visit: Visit) -> Response:
    """The form in place of what somebody asked for; htmx is told to load it as a page of its own."""
    if visit.is_fragment:
        target = f"/login?{urlencode({'next': visit.came_from})}"
        return HTMLResponse(f'<a href="{target}">登录已过期，请重新登录</a>', 401, {"hx-redirect": target})
    if visit.method in {"GET", "HEAD"}:
        path = f"{visit.path}?{urlencode(visit.query, doseq=True)}" if visit.query else visit.path
        return go(f"/login?{urlencode({'next': path})}") if path != "/" else go("/login")
    secret = visit.path == "/password" or visit.path.startswith("/link/")  # what nobody writes into a page
    kept = (
        ""
        if secret
        else json.dumps({"path": visit.path, "fields": {k: list(v) for k, v in visit.form.items() if k != "token"}})
    )
    return _form(visit, visit.came_from, 401, EXPIRED, kept if len(kept) < MOST_KEPT else "")


def _form(visit: Visit, target: str, status: int = 200, why: str = "", kept: str = "", who: str = "") -> Response:
    secret = visit.secret if visit.secret and visit.person is None else new_secret()
    shown = Visit(visit.place, "GET", "/login", visit.now, secret=secret, https=visit.https)
    answer = page(shown, "login.html", status, target=target, why=why, kept=kept, who=who)
    hand_out(answer, FORM, secret, https=visit.https)
    return answer


def enter(visit: Visit) -> Response:
    """Log in: always a new session, whatever the browser brought along."""
    target, kept = own_path(visit.text("next", "/")), visit.text("kept")
    try:
        person, secret = log_in(
            visit.store, visit.text("who"), visit.form.get("password", ("",))[0], visit.address, visit.agent, visit.now
        )
    except UsageError as error:
        return _form(visit, target, 400, str(error), kept, visit.text("who"))
    if visit.person is not None:
        log_out(visit.store, visit.secret)
    inside = Visit(visit.place, "GET", "/login", visit.now, person=person, secret=secret, https=visit.https)
    answer = _kept(inside, kept, target) or go(target)
    hand_out(answer, SESSION, secret, https=visit.https)
    take_back(answer, FORM, https=visit.https)
    return answer


def _kept(visit: Visit, kept: str, target: str) -> Response | None:
    """What was sent before, to be sent again by a person who has looked at it."""
    try:
        told = json.loads(kept) if kept else {}
        path = own_path(told["path"])
        fields = [(str(name), str(value)) for name, values in told["fields"].items() for value in values]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return page(visit, "kept.html", path=path, fields=fields, target=target)


def leave(visit: Visit) -> Response:
    """Log out."""
    log_out(visit.store, visit.secret)
    answer = go("/login")
    take_back(answer, SESSION, https=visit.https)
    return answer


def ask_password(visit: Visit) -> Response:
    """The form for an own new password."""
    return page(visit, "password.html", why="", link="", name=visit.person.name if visit.person else "")


def new_password(visit: Visit) -> Response:
    """Change it; every other session of the person ends."""
    person = visit.person
    new = visit.form.get("new", ("",))[0]
    try:
        _demand_same(visit, new)
        if person is not None:
            change_password(visit.store, person, visit.form.get("old", ("",))[0], new, visit.now)
    except UsageError as error:
        return page(visit, "password.html", 400, why=str(error), link="", name=person.name if person else "")
    answer = go("/")
    if person is not None:
        secret = admitted(visit.store, person, visit.address, visit.agent, visit.now)
        hand_out(answer, SESSION, secret, https=visit.https)
    return answer


def open_link(visit: Visit) -> Response:
    """A one-time link: looking at it uses nothing up."""
    secret = visit.params["link"]
    name = invited(visit.store, secret, visit.now).name
    form_secret = new_secret()
    shown = Visit(visit.place, "GET", "/link", visit.now, secret=form_secret, https=visit.https)
    answer = page(shown, "password.html", why="", link=secret, name=name)
    hand_out(answer, FORM, form_secret, https=visit.https)
    return answer


def use_link(visit: Visit) -> Response:
    """Set the password and come in."""
    link, new = visit.params["link"], visit.form.get("new", ("",))[0]
    name = invited(visit.store, link, visit.now).name
    try:
        _demand_same(visit, new)
        person = accept(visit.store, link, new, visit.now)
    except UsageError as error:
        return page(visit, "password.html", 400, why=str(error), link=link, name=name)
    secret = admitted(visit.store, person, visit.address, visit.agent, visit.now)
    answer = go("/")
    hand_out(answer, SESSION, secret, https=visit.https)
    return answer


def _demand_same(visit: Visit, new: str) -> None:
    if new != visit.form.get("again", ("",))[0]:
        raise UsageError("两次输入的新密码不一样")


ROUTES = (
    Route("GET", "/login", PUBLIC, ask),
    Route("POST", "/login", PUBLIC, enter),
    Route("POST", "/logout", OWN, leave),
    Route("GET", "/password", OWN, ask_password),
    Route("POST", "/password", OWN, new_password),
    Route("GET", "/link/{link}", PUBLIC, open_link),
    Route("POST", "/link/{link}", PUBLIC, use_link),
)
