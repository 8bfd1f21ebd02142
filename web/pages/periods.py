"""考核期: figures with their sources, the notice with its gaps and contradictions, the leader's two pages."""

from starlette.responses import Response

from domain.cutoffs import Cutoff
from domain.errors import UsageError
from domain.periods import PeriodState, Scoring
from domain.rights import Action
from domain.times import BEIJING
from inspection.desk.notice_desk import draft_document, drafted, issued_document, paragraphs
from inspection.desk.period_compare import compared_figures, turned
from inspection.desk.period_desk import (
    close,
    failed,
    figure_lines,
    headlines,
    period_sums,
    problems,
    rectification,
)
from inspection.desk.period_papers import workbook
from inspection.periods.closing import cutoff_words, open_period, reopen_period
from inspection.periods.lines import age_lines
from web.downloads import go, saved
from web.moments import day_in, moment_in
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit, reads


def listed(visit: Visit) -> Response:
    """All periods, the newest first."""
    month = f"{visit.now.astimezone(BEIJING):%Y-%m}"
    return page(
        visit,
        "periods.html",
        periods=list(reversed(visit.store.periods())),
        scorings=list(Scoring),
        month=month,
        subjects=list(Cutoff),
    )


def begin(visit: Visit) -> Response:
    """Open one."""
    cutoff = moment_in(visit.text("cutoff"))
    own = {each.value: moment_in(visit.text(f"until-{each.value}")) for each in Cutoff}
    with visit.place.changing:
        made = open_period(
            visit.store, visit.text("name"), visit.actor, visit.now, start=day_in(visit.text("start")),
            end=day_in(visit.text("end")), cutoff=cutoff, ordinal=visit.number("ordinal"),
            scoring=visit.text("scoring") or Scoring.LAST.value,
            cutoffs={name: moment for name, moment in own.items() if moment},
        )  # fmt: skip
    return go(f"/periods/{made.id}")


def show(visit: Visit) -> Response:
    """Its figures, each with what it was counted from."""
    sums = period_sums(visit.store, visit.rules, visit.place.data, visit.params["period"], _version(visit))
    return page(
        visit, "period.html", period=sums.period, lines=figure_lines(sums, visit.rules), ages=age_lines(sums),
        head=headlines(sums, visit.rules), failed=failed(sums), is_open=sums.period.state is PeriodState.OPEN,
        may_close=visit.view.may(Action.CLOSE_PERIOD), asked=_version(visit), told=visit.told,
        current=visit.store.period(sums.period.id), cutoffs=cutoff_words(sums.period),
    )  # fmt: skip


def finish(visit: Visit) -> Response:
    """Close it: its figures are fixed."""
    name = visit.params["period"]
    with visit.place.changing:
        done = close(visit.store, visit.rules, visit.place.data, name, visit.actor, visit.now)
    changes = [f"{item.what}：{item.was} → {item.now}" for item in done.verdicts_changed]
    told = f"已关闭，第 {done.sums.period.version} 版" + (f"；与上一版不同：{'；'.join(changes)}" if changes else "")
    return go(f"/periods/{name}{query(told=told[:300])}")


def again(visit: Visit) -> Response:
    """Open it again."""
    name = visit.params["period"]
    with visit.place.changing:
        reopen_period(visit.store, name, visit.actor, visit.text("reason"), visit.now)
    return go(f"/periods/{name}{query(told='已重新打开')}")


def notice(visit: Visit) -> Response:
    """The notice as it would read now."""
    made = drafted(visit.store, visit.rules, visit.place.data, visit.params["period"], _version(visit))
    gaps = dict.fromkeys(gap for _, sentence in made.notice.sentences() for gap in sentence.gaps)
    return page(
        visit, "notice.html", kept=visit.store.issued_notices(made.facts.period.id), said=visit.told, made=made, notice=made.notice, period=made.facts.period, told=paragraphs(made),
        gaps=list(gaps), asked=_version(visit), may_issue=visit.view.may(Action.CLOSE_PERIOD),
    )  # fmt: skip


def draft(visit: Visit) -> Response:
    """The draft to keep."""
    made = drafted(visit.store, visit.rules, visit.place.data, visit.params["period"], _version(visit))
    return saved(draft_document(made), f"通报草稿 {made.facts.period.label}.docx")


def issue(visit: Visit) -> Response:
    """The notice as somebody issues it; the hash of the document stands in the trail."""
    with visit.place.changing:
        made = drafted(visit.store, visit.rules, visit.place.data, visit.params["period"])
        if made.facts.period.state is PeriodState.OPEN:
            raise UsageError(f"{made.facts.period.label}尚未关闭，数字还会变动；请先关闭，再出具通报")
        data, name = issued_document(visit.store, visit.place.data, made, visit.actor, visit.now, visit.text("despite"))
    return saved(data, name)


def printed(visit: Visit) -> Response:
    """Two pages for a leader."""
    sums = period_sums(visit.store, visit.rules, visit.place.data, visit.params["period"], _version(visit))
    return page(
        visit, "period_print.html", period=sums.period, head=headlines(sums, visit.rules), failed=failed(sums),
        problems=problems(sums), ages=age_lines(sums), letters=rectification(visit.store, sums, visit.now),
        cutoffs=cutoff_words(sums.period),
    )  # fmt: skip


def _version(visit: Visit) -> int:
    word = visit.asked("version", "0")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 5 else 0


def figures(visit: Visit) -> Response:
    """The figures and every target's result as a workbook."""
    sums = period_sums(visit.store, visit.rules, visit.place.data, visit.params["period"], _version(visit))
    return saved(*workbook(sums, visit.rules))


def compare(visit: Visit) -> Response:
    """Two periods beside each other."""
    name, other = visit.params["period"], visit.asked("with")
    after = period_sums(visit.store, visit.rules, visit.place.data, name)
    others = [each for each in visit.store.periods() if each.id != name]
    before = period_sums(visit.store, visit.rules, visit.place.data, other) if other else None
    return page(
        visit, "compare.html", period=after.period, others=others, other=before.period if before else None,
        figures=compared_figures(before, after, visit.rules) if before else [],
        turned=turned(before, after) if before else [],
    )  # fmt: skip


_CITY = reads(Subject.CITY)
_CLOSING = Rule(Action.CLOSE_PERIOD, Subject.CITY)
ROUTES = (
    Route("GET", "/periods", _CITY, listed),
    Route("POST", "/periods", _CLOSING, begin),
    Route("GET", "/periods/{period}", _CITY, show),
    Route("POST", "/periods/{period}/close", _CLOSING, finish),
    Route("POST", "/periods/{period}/reopen", _CLOSING, again),
    Route("GET", "/periods/{period}/notice", _CITY, notice),
    Route("POST", "/periods/{period}/notice", _CLOSING, issue),
    Route("GET", "/periods/{period}/notice.docx", _CITY, draft),
    Route("GET", "/periods/{period}/print", _CITY, printed),
    Route("GET", "/periods/{period}/figures.xlsx", _CITY, figures),
    Route("GET", "/periods/{period}/compare", _CITY, compare),
)
