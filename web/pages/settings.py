"""设置: how long things are kept, who is told, what the clock does; programs that read, and their tokens."""

from starlette.responses import Response

from domain.errors import UsageError
from domain.log_in import ACTS, EVERY_SCOPE, SCOPES
from domain.rights import Action
from inspection.desk.job_lines import job_lines
from inspection.desk.settings_desk import settings_groups
from inspection.entrance.tokens import add_token, revoke_token
from web.downloads import go
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit


def show(visit: Visit) -> Response:
    """Everything with its meaning."""
    return _page(visit)


def _page(visit: Visit, secret: str = "") -> Response:
    store, data = visit.store, visit.place.data
    persons = [each for each in store.persons() if each.enabled]
    return page(
        visit, "settings.html", groups=settings_groups(data), jobs=job_lines(store, data, visit.now), secret=secret,
        tokens=list(reversed(store.tokens())), names={each.id: each.words for each in store.persons()},
        persons=persons, scopes=EVERY_SCOPE, reading=SCOPES, acts=ACTS, told=visit.told,
    )  # fmt: skip


def add(visit: Visit) -> Response:
    """A token, shown this once."""
    with visit.place.changing:
        _, secret = add_token(
            visit.store, visit.actor, visit.text("name"), visit.text("person"), visit.texts("scope"),
            visit.number("days"), visit.now,
        )  # fmt: skip
    return _page(visit, secret)


def revoke(visit: Visit) -> Response:
    """It holds no more."""
    if not visit.text("token-id"):
        raise UsageError("请选择要撤销的令牌")
    with visit.place.changing:
        gone = revoke_token(visit.store, visit.actor, visit.text("token-id"), visit.now)
    return go(f"/settings{query(told=f'已撤销令牌 {gone.id}（{gone.name}）')}")


_RULE = Rule(Action.OPERATE, Subject.OFFICE)
ROUTES = (
    Route("GET", "/settings", _RULE, show),
    Route("POST", "/settings/tokens", _RULE, add),
    Route("POST", "/settings/tokens/revoke", _RULE, revoke),
)
