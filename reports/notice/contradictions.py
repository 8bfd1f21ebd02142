"""What cannot be true at once in the facts of a notice, and what whoever signs it must know."""

from collections.abc import Iterator

from domain.figures import Figure, Measure
from domain.notices import Facts
from domain.scores import Verdict

_DIMENSIONS = ("level", "group", "platform", "band")
_WITHIN = {
    "messages": (("true", "received"), ("closed", "received"), ("in_time", "received")),
    "reports": (("used", "sent"),),
    "reminders": (("slips_closed", "slips"),),
    "letters": (("answered", "received"), ("in_time", "received")),
    "tests": (("answered", "asked"),),
    "rectified": (("done", "asked"),),
}


def contradictions(facts: Facts) -> Iterator[str]:
    """Every one as a sentence with its place; any of them blocks issuing."""
    for name, word in (("sites", "网站"), ("accounts", "新媒体")):
        yield from _verdicts(facts, name, word)
        yield from _all_well(facts, name, word)
    yield from _rates(facts)
    yield from _sums(facts)
    for head, pairs in _WITHIN.items():
        for part, whole in pairs:
            few, many = facts.n(f"{head}.{part}"), facts.n(f"{head}.{whole}")
            if few is not None and many is not None and few > many:
                yield f"{head}.{part} 为 {few}，多于 {head}.{whole} 的 {many}；请核对。"
    yield from _names(facts)


def _verdicts(facts: Facts, name: str, word: str) -> Iterator[str]:
    for scope in dict.fromkeys(scope for kind, scope in facts.figures if kind.startswith(f"{name}.")):
        told = {
            kind: facts.n(f"{name}.{kind}", scope)
            for kind in ("registered", "inspected", "passed", "basic", "failed", "unknown")
        }
        seen, passed, failed = told["inspected"], told["passed"], told["failed"]
        whole = seen if seen is not None else told["registered"]
        yield from _bases(facts, name, word, scope) if not facts.standings else ()
        if not facts.standings and passed is not None and _nobody(facts, name, scope, whole):
            yield f"{scope}：没有检查任何{word}，不能写检查结论；请核对，或删去 {name} 的这些数字。"
        if told["registered"] is not None and seen is not None and seen > told["registered"]:
            yield f"{scope}：检查的{word} {seen} 个，多于登记的 {told['registered']} 个；请核对。"
        if whole is not None and passed is not None and failed is not None:
            total = passed + failed + (told["basic"] or 0) + (told["unknown"] or 0)
            if total != whole and facts.figure(f"{name}.sampled", scope) is None:
                yield f"{scope}：{word}合格 {passed}、不合格 {failed} 等合计 {total}，与检查数 {whole} 不符；请核对。"


def _bases(facts: Facts, name: str, word: str, scope: str) -> Iterator[str]:
    """Wholes that a file gives and that are not the numbers it gives of the same; 抽查 has wholes of its own."""
    seen, passed, clean = (facts.figure(f"{name}.{kind}", scope) for kind in ("inspected", "passed", "clean"))
    there, unknown = facts.n(f"{name}.registered", scope), facts.n(f"{name}.unknown", scope) or 0
    registered = {there, facts.n(f"{name}.running", scope)}
    if seen and seen.of is not None and there is not None and seen.of not in registered:
        yield f"{scope}：检查数的总数写的是 {seen.of}，登记的{word}是 {there} 个；请核对。"
    whole = None if facts.figure(f"{name}.sampled", scope) else passed and passed.of
    if seen and whole is not None and whole not in {seen.n, seen.n - unknown}:
        yield f"{scope}：合格数的总数写的是 {whole}，检查的{word}是 {seen.n} 个；请核对。"
    if clean and passed and clean.n > passed.n:
        yield f"{scope}：无扣分点的{word} {clean.n} 个，多于合格的 {passed.n} 个；请核对。"


def _all_well(facts: Facts, name: str, word: str) -> Iterator[str]:
    """A file that names somebody although nobody lost a point, or lets somebody fail although all passed."""
    named = [item for item in facts.named if bool(item.target) is (name == "accounts")]
    there = facts.n(f"{name}.inspected") or facts.n(f"{name}.registered")
    if not named or not there:
        return
    failed = [item.unit for item in named if item.veto]
    if failed and facts.n(f"{name}.passed") == there:
        yield f"{word}写的是全部合格（{there} 个），又点名{failed[0]}不合格；请核对。"
    if not facts.standings and facts.n(f"{name}.clean") == there:
        yield f"{word}写的是全部无扣分点（{there} 个），又点名{named[0].unit}；请核对。"


def _nobody(facts: Facts, name: str, scope: str, whole: int | None) -> bool:
    """Whether a file tells of verdicts without anybody to be judged."""
    figure = facts.figure(f"{name}.passed", scope)
    return whole == 0 or bool(figure and figure.of == 0)


def _rates(facts: Facts) -> Iterator[str]:
    for key, printed in facts.stated.items():
        figure = facts.figures[key]
        made = figure.rate if figure.measure is Measure.COUNT else figure.printed.lstrip("+")
        if made != printed.lstrip("+"):
            yield f"{key[0]}（{key[1]}）写的是 {printed}%，按 {figure.n}/{figure.of} 应为 {made}%；请核对。"


def _sums(facts: Facts) -> Iterator[str]:
    for kind in dict.fromkeys(kind for kind, _ in facts.figures):
        total = facts.figure(kind)
        if total is None or total.measure is not Measure.COUNT or "." not in kind:
            continue
        for dimension in _DIMENSIONS:
            parts = list(facts.of_kind(kind, dimension))
            added = sum(part.n for part in parts)
            if (
                parts
                and not kind.startswith("found_")
                and (added > total.n or (added < total.n and (kind, dimension) in facts.partitions))
            ):
                yield f"{kind}：{_shown(parts)} 合计 {added}，与总数 {total.n} 不符；请核对。"


def _shown(parts: list[Figure]) -> str:
    return "、".join(f"{part.scope.partition('/')[2]} {part.n}" for part in parts)


def _names(facts: Facts) -> Iterator[str]:
    for key, names in facts.lists.items():
        figure = facts.figures.get(key)
        if len(set(names)) < len(names):
            yield f"{key[0]}（{key[1]}）的名单有重名：{'、'.join(sorted({n for n in names if names.count(n) > 1}))}；请核对。"
        if figure is not None and len(names) > figure.n:
            yield f"{key[0]}（{key[1]}）列出 {len(names)} 个名字，多于 {figure.n} 个；请核对。"
    for name, side in (("sites", True), ("accounts", False)):
        failed = facts.n(f"{name}.failed")
        named = {(item.unit, item.target) for item in facts.named if item.veto and bool(item.target) is not side}
        if failed is not None and len(named) > failed:
            yield f"点名不合格的{'网站' if side else '新媒体'} {len(named)} 个，多于不合格数 {failed}；请核对。"


def warnings(facts: Facts) -> Iterator[str]:
    """What does not block: rows that nobody confirmed, vetoes nobody could judge, targets nobody inspected."""
    yield from _pending(facts)
    yield from _open_vetoes(facts)
    missed = [item.name for item in facts.standings if not item.inspected]
    if missed:
        yield f"有 {len(missed)} 个登记的对象本期未检查（如{missed[0]}）。"
    waiting = sum(item.candidate for standing in facts.standings for item in standing.items)
    if waiting:
        yield f"有 {waiting} 个疑似问题待人工确认，没有写入通报。"


def _pending(facts: Facts) -> Iterator[str]:
    """Rows that are 待核 and took points or decided a verdict."""
    found: dict[str, list[str]] = {}
    for item in facts.standings:
        for charge in (*item.vetoes, *item.charges) if item.inspected else ():
            if charge.pending:
                found.setdefault(f"{charge.indicator} {charge.title}", []).append(item.name)
    for row, names in found.items():
        yield f"待核指标“{row}”影响了 {len(names)} 个对象的结论（如{names[0]}）；请先运行 xunjian rules confirm 确认。"


def _open_vetoes(facts: Facts) -> Iterator[str]:
    still: dict[str, int] = {}
    for item in facts.standings:
        for title in item.open_vetoes if item.inspected and item.verdict is Verdict.PASS else ():
            still[title] = still.get(title, 0) + 1
    for title, number in still.items():
        yield f"有 {number} 个判为合格的对象，其“{title}”尚未判定完；请在签发前核实，通报中没有写“未发现”。"
