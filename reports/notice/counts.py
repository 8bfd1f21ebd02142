"""The sections of counts: websites, accounts, platforms, scores. A sentence is said only where its figures are there."""

from collections.abc import Iterator

from domain.figures import Figure
from domain.notices import Facts
from reports.notice.material import AND, Material
from reports.notice.model import Piece, Sentence

LAST = "其他"


def targets(at: Material, name: str) -> Iterator[Sentence]:
    """How many there are, how many were inspected, and what came of it; `name`: sites or accounts."""
    facts = at.facts
    registered, inspected = facts.figure(f"{name}.registered"), facts.figure(f"{name}.inspected")
    if registered and inspected and inspected.rate:
        yield at.say(f"{name}.{'all' if inspected.n == registered.n else 'some'}")
    else:
        if registered:
            yield at.say(f"{name}.number")
        if inspected:
            yield at.say(f"{name}.checked")
    if growth := facts.figure(f"{name}.registered.before"):
        yield from _growth(at, f"{name}.growth", growth)
    yield from _parts(at, name, "level")
    yield from _verdicts(at, name)
    if name == "sites" and (clean := facts.figure("sites.clean")) and clean.rate and _judged(facts):
        yield at.say("sites.clean")
    for change, key in (("before", "change"), ("year", "year")):
        if figure := facts.figure(f"{name}.passed.{change}"):
            yield from _change(at, f"{name}.{key}", figure)


def _verdicts(at: Material, name: str) -> Iterator[Sentence]:
    """Who passed; nothing is said where nobody was judged."""
    facts = at.facts
    passed, unknown, failed = (facts.n(f"{name}.{kind}") for kind in ("passed", "unknown", "failed"))
    basic = facts.n(f"{name}.basic")
    if passed is not None:
        if _all_passed(facts, name):
            yield at.say(f"{name}.passed")
        elif basic and failed is not None:
            yield at.say(f"{name}.basic")
        elif _has_rate(at, f"{name}.passed"):
            yield at.say(f"{name}.{'rate' if failed is None else 'failed'}")
    if unknown:
        yield at.say(f"{name}.unknown")


def _all_passed(facts: Facts, name: str) -> bool:
    """全部合格: there is somebody, everyone that there is was inspected, and every one of them was judged and passed."""
    there, running, seen, passed = (
        facts.n(f"{name}.{kind}") for kind in ("registered", "running", "inspected", "passed")
    )
    seen = there if seen is None else seen
    return bool(
        seen
        and seen == passed
        and seen in {there, running}
        and not facts.n(f"{name}.failed")
        and not facts.n(f"{name}.unknown")
    )


def _judged(facts: Facts) -> bool:
    """Whether somebody passed or failed, as far as that was counted."""
    told = [number for kind in ("passed", "failed") if (number := facts.n(f"sites.{kind}")) is not None]
    return any(told) or not told


def _has_rate(at: Material, kind: str) -> bool:
    figure = at.facts.figure(kind)
    return bool(figure and figure.rate)


def _parts(at: Material, name: str, dimension: str) -> Iterator[Sentence]:
    found = [item for item in at.facts.of_kind(f"{name}.registered", dimension) if item.n]
    if len(found) > 1 and not at.facts.standings:  # where targets are known, the sections below say it
        yield at.say(f"{name}.parts", parts=parts_of(at, found, "家" if name == "sites" else "个"))


def parts_of(at: Material, figures: list[Figure], each: str) -> list[Piece]:
    """区县13家、部门42家."""
    pieces: list[Piece] = []
    for figure in figures:
        pieces += ([Piece(AND)] if pieces else []) + [
            Piece(figure.scope.partition("/")[2], (f"figure:{figure.kind}@{figure.scope}",)), at.number(figure), Piece(each),
        ]  # fmt: skip
    return pieces


def _change(at: Material, key: str, figure: Figure) -> Iterator[Sentence]:
    text = figure.printed.lstrip("+-")
    if text.strip("0."):
        way = Piece("上升" if figure.n > 0 else "下降", (f"figure:{figure.kind}@{figure.scope}",))
        yield at.say(key, direction=way, points=at.number(figure, text))


def _growth(at: Material, key: str, figure: Figure) -> Iterator[Sentence]:
    if figure.n:
        way = Piece("增加" if figure.n > 0 else "减少", (f"figure:{figure.kind}@{figure.scope}",))
        yield at.say(key, direction=way, rate=at.number(figure, f"{figure.printed.lstrip('+-')}%"))


def _band(label: str) -> str:
    """110分以上 for ≥110, 100至110分 for 100–110."""
    return f"{label[1:]}分以上" if label.startswith("≥") else f"{label.replace('–', '至')}分"


def level(at: Material, scope: str, key: str) -> Iterator[Sentence]:
    """Full marks among one level of websites, and who has deductions, by name."""
    clean, registered = at.facts.figure("sites.clean", scope), at.facts.figure("sites.registered", scope)
    if clean is None or not clean.n:
        return
    everyone = registered.n if registered else clean.of
    yield at.say(f"{key}.{'all' if clean.n == everyone else 'some'}")
    yield from _listed(at, "full", clean)
    charged = [item for item in at.facts.standings if item.level == scope.partition("/")[2] and item.charges]
    if charged and scope == "level/区县门户":
        names = [(item.unit or item.name, (f"target:{item.target_id}",)) for item in charged]
        yield at.say("deducted", units=at.names(names))
    elif deducted := at.facts.figure("sites.deducted", scope):
        yield from _listed(at, "deducted", deducted)


def _listed(at: Material, key: str, figure: Figure) -> Iterator[Sentence]:
    """The names behind a figure, where somebody has written them; some of them as examples."""
    names = at.facts.lists.get(figure.key)
    if names and figure.n:
        where = (f"facts:lists {figure.kind}@{figure.scope}",)
        yield at.say(key, units=at.names([(name, where) for name in names], total=max(figure.n, len(names))))


def platforms(at: Material) -> Iterator[Sentence]:
    """Accounts by platform, the most first and 其他 last, with pass rates where these are known."""
    facts = at.facts
    counted = list(facts.of_kind("accounts.registered", "platform")) or list(
        facts.of_kind("accounts.inspected", "platform")
    )
    found = [item for item in counted if item.n]
    found.sort(key=lambda item: (item.scope.endswith(LAST), -item.n))
    rows: list[Piece] = []
    for item in found:
        passed = facts.figure("accounts.passed", item.scope)
        name = Piece(item.scope.partition("/")[2], (f"figure:{item.kind}@{item.scope}",))
        said = at.fill("platform", at.settings.phrase("platform.rate" if passed and passed.rate else "platform.number"),
                       name=name, n=at.number(item), rate=at.number(passed, f"{passed.rate}%") if passed and passed.rate else ())  # fmt: skip
        rows += ([Piece("；")] if rows else []) + list(said.pieces)
    if rows:
        yield at.say("platforms", parts=rows)


def scores(at: Material) -> Iterator[Sentence]:
    """Mean, highest, lowest, and the bands."""
    if at.facts.figure("scores.mean"):
        yield at.say("scores.mean")
    if at.facts.figure("scores.max") and at.facts.figure("scores.min"):
        yield at.say("scores.span")
    found = list(at.facts.of_kind("scores.band", "band"))
    if found:
        rows: list[Piece] = []
        for item in found:
            head = Piece(_band(item.scope.partition("/")[2]), (f"figure:{item.kind}@{item.scope}",))
            rows += ([Piece(AND)] if rows else []) + [head, Piece("的"), at.number(item), Piece("家")]
        yield at.say("scores.bands", parts=rows)
