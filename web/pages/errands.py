"""Starting an audit or a re-check from a page; what was started is followed under 批次."""

from starlette.responses import Response

from domain.rights import Action
from inspection.desk.errand_desk import demanded, named_targets, of_letter
from inspection.desk.scope import seen_finding, seen_letter
from web.downloads import go
from web.rendering import query
from web.visit import Route, Rule, Subject, Visit

BEGUN = "已开始，本页显示进度；完成后结果立即计入"


def audit(visit: Visit) -> Response:
    """A unit, a site or an account by its name."""
    ids = named_targets(visit.view, [visit.text("unit"), visit.text("name")], visit.now)
    return _audit(visit, ids)


def audit_target(visit: Visit) -> Response:
    """One target."""
    return _audit(visit, named_targets(visit.view, [visit.view.target(visit.params["target"]).id], visit.now))


def _audit(visit: Visit, ids: list[str]) -> Response:
    demanded(visit.place.errands).audit(visit.store, ids, visit.actor, visit.now)
    return _begun()


def recheck_finding(visit: Visit) -> Response:
    """The place of one finding."""
    record = seen_finding(visit.store, visit.view, visit.params["finding"])
    return _recheck(visit, [record.fingerprint], [])


def recheck_letter(visit: Visit) -> Response:
    """The places of everything a letter still asks for."""
    letter = seen_letter(visit.store, visit.view, visit.params["letter"])
    return _recheck(visit, *of_letter(letter))


def _recheck(visit: Visit, fingerprints: list[str], moved_to: list[str]) -> Response:
    demanded(visit.place.errands).recheck(visit.store, fingerprints, moved_to, visit.actor, visit.now)
    return _begun()


def _begun() -> Response:
    return go(f"/runs{query(told=BEGUN)}")


ROUTES = (
    Route("POST", "/runs", Rule(Action.INSPECT, Subject.CITY), audit),
    Route("POST", "/targets/{target:path}/audit", Rule(Action.INSPECT, Subject.TARGET), audit_target),
    Route("POST", "/findings/{finding}/recheck", Rule(Action.INSPECT, Subject.FINDING), recheck_finding),
    Route("POST", "/letters/{letter}/recheck", Rule(Action.INSPECT, Subject.LETTER), recheck_letter),
)
