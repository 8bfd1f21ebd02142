"""The story of the notice, told by changing the plans of columns; and faults that tests may plant."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from democity.calendar import ANCHOR, Rhythm
from democity.names import Body
from democity.plan import ColumnPlan

RECTIFIED = date(2023, 5, 8)  # the notice asks for it by 10 May
# site label -> column key -> days since the last update at ANCHOR: over the window, far below a veto
OVERDUE = {
    "mzj": {"jcdt": 37, "zcjd": 243},
    "tjj": {"tzgg": 226, "ghjh": 427},
}
# near due: a notice, no points
NEAR = {"sjj": {"jcdt": 11}, "lyj": {"gzdt": 10}, "qxj": {"zcwj": 150}}


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: kind, site label, column key or path."""

    kind: str
    site: str
    where: str = ""


def tell(body: Body, columns: tuple[ColumnPlan, ...], faults: tuple[Fault, ...] = ()) -> tuple[ColumnPlan, ...]:
    """The columns of a body with the story's delays and decorations."""
    late, near = OVERDUE.get(body.label, {}), NEAR.get(body.label, {})
    out = []
    for plan in columns:
        rhythm = plan.rhythm
        if rhythm and plan.key in late:
            plan = replace(plan, rhythm=replace(rhythm, lag=late[plan.key], resumes=RECTIFIED), sidebar=True)
        elif rhythm and plan.key in near:
            plan = replace(plan, rhythm=_near(rhythm, near[plan.key]))
        out.append(plan)
    return tuple(out)


def _near(rhythm: Rhythm, lag: int) -> Rhythm:
    return replace(rhythm, lag=lag, resumes=ANCHOR + timedelta(days=2))
