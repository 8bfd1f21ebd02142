"""设置: how long things are kept, who is told, what the clock does; programs, their tokens, and what they are told."""

from starlette.responses import Response

from domain.errors import UsageError
from domain.log_in import ACTS, EVERY_SCOPE, SCOPES
from domain.rights import Action
from domain.webhooks import EVENTS, secret_words
from inspection.desk.job_lines import job_lines
from inspection.desk.plan_keeping import keep_plan, plan_rows, plan_version
from inspection.desk.settings_desk import settings_groups
from inspection.desk.settings_keeping import EDITABLE, keep_settings, settings_version
from inspection.entrance.tokens import add_token, revoke_token
from inspection.operations.webhooks.registering import add_webhook, hook_rows, remove_webhook
from web.downloads import go
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit


def show(visit: Visit) -> Response:
    """Everything with its meaning."""
    return _page(visit)


def _page(visit: Visit, secret: str = "", key: str = "") -> Response:
    store, data = visit.store, visit.place.data
    persons = [each for each in store.persons() if each.enabled]
    return page(
        visit, "settings.html", groups=settings_groups(data), version=settings_version(data), plan=plan_rows(data), plan_version=plan_version(data), jobs=job_lines(store, data, visit.now), secret=secret,
        tokens=list(reversed(store.tokens())), names={each.id: each.words for each in store.persons()},
        persons=persons, scopes=EVERY_SCOPE, reading=SCOPES, acts=ACTS, told=visit.told,
        key=key, hooks=hook_rows(store), events=EVENTS,
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


def keep(visit: Visit) -> Response:
    """What differs is written, as if it had been written by hand."""
    given = {key: visit.text(f"set-{key}") for key in EDITABLE if f"set-{key}" in visit.form}
    with visit.place.changing:
        told = keep_settings(visit.store, visit.place.data, given, visit.text("version"), visit.actor, visit.now)
    return go(f"/settings{query(told='；'.join(told)[:300] or '没有改动')}")


def keep_times(visit: Visit) -> Response:
    """Which job runs when."""
    given = {
        name: (visit.text(f"on-{name}") == "1", visit.text(f"at-{name}"), visit.text(f"days-{name}") == "work")
        for name in visit.texts("job")
        if f"at-{name}" in visit.form
    }
    with visit.place.changing:
        told = keep_plan(visit.store, visit.place.data, given, visit.text("version"), visit.actor, visit.now)
    return go(f"/settings{query(told='；'.join(told)[:300] or '没有改动')}")


def add_hook(visit: Visit) -> Response:
    """An address to tell; its secret is shown this once."""
    inside = visit.place.errands is not None and visit.place.errands.allow_private
    with visit.place.changing:
        _, secret = add_webhook(
            visit.store, visit.place.data, visit.text("url"), visit.text("person"), visit.texts("event"), visit.actor,
            visit.now, allow_private=inside,
        )  # fmt: skip
    return _page(visit, key=secret_words(secret))


def remove_hook(visit: Visit) -> Response:
    """It is told nothing any more."""
    with visit.place.changing:
        gone = remove_webhook(visit.store, visit.place.data, visit.text("hook-id"), visit.actor, visit.now)
    return go(f"/settings{query(told=f'已取消事件推送 {gone.id}')}")


_RULE = Rule(Action.OPERATE, Subject.OFFICE)
ROUTES = (
    Route("GET", "/settings", _RULE, show),
    Route("POST", "/settings", _RULE, keep),
    Route("POST", "/settings/plan", _RULE, keep_times),
    Route("POST", "/settings/tokens", _RULE, add),
    Route("POST", "/settings/tokens/revoke", _RULE, revoke),
    Route("POST", "/settings/webhooks", _RULE, add_hook),
    Route("POST", "/settings/webhooks/remove", _RULE, remove_hook),
)
