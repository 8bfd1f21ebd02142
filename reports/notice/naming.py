"""主要问题: who is named for what, grouped by kind; units in official order, accounts as “name”platform."""

from collections import Counter
from collections.abc import Iterator, Sequence

from domain.notices import Named
from reports.notice.material import Material
from reports.notice.model import Piece, Section, Sentence

Group = Sequence[Named]


def problem_sections(at: Material) -> tuple[Section, ...]:
    """One section a category, those that are empty left out; who failed comes first."""
    made = []
    for key, category in at.settings.data["categories"].items():
        chosen = [item for item in at.facts.named if at.settings.category(item.check, is_site=not item.target) == key]
        if not chosen:
            continue
        cause = str(category.get("cause") or "")
        first = [Sentence(f"cause.{key}", (Piece(cause, ("settings:cause",)),))] if cause else []
        title = f"{category['title']}"
        made.append(Section(f"problems.{key}", title, (*first, *_sentences(at, chosen), *_repeated(at, chosen))))
    return tuple(made)


def _sentences(at: Material, chosen: Group) -> Iterator[Sentence]:
    for is_site in (True, False):
        side = [item for item in chosen if bool(item.target) is not is_site]
        for check in dict.fromkeys(item.check for item in side):
            yield _sentence(at, check, [item for item in side if item.check == check], "site" if is_site else "account")


def _sentence(at: Material, check: str, group: Group, side: str) -> Sentence:
    sources = tuple(dict.fromkeys(source for item in group for source in item.source))
    names = _units(group)
    each = Counter(unit for unit, _, _ in {(item.unit, item.target, item.platform) for item in group})
    several = any(item.count > 1 for item in group)
    said = at.fill(
        f"problems.{check}",
        at.settings.problem(check, side),
        units=at.names(names, "个单位"),
        accounts=at.names(_accounts(at, group)),
        grade=Piece(at.settings.grade(max(each.values())), sources),
        some=Piece(at.settings.many if several else at.settings.grade(1), sources),
        title=Piece(group[0].title or check, sources),
    )
    return Sentence(said.key, (*said.pieces, Piece("。")))


def _units(group: Group) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for item in group:
        found.setdefault(item.unit, []).extend(item.source)
    return [(unit, tuple(sources)) for unit, sources in found.items()]


def _accounts(at: Material, group: Group) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for item in group:
        name = f"{item.unit}“{item.target}”{at.settings.platform(item.platform)}"
        found.setdefault(name, []).extend(item.source)
    return [(name, tuple(sources)) for name, sources in found.items()]


def _repeated(at: Material, chosen: Group) -> Iterator[Sentence]:
    """Units that had the same kind of problem in the periods before as well."""
    by_length: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for item in {(item.unit_id, item.check): item for item in chosen if item.unit_id}.values():
        figure = at.facts.figure(f"streak.{item.check}", f"unit/{item.unit_id}")
        if figure:
            at.used.add(figure.key)
            row = (item.unit, (f"figure:{figure.kind}@{figure.scope}",))
            if row not in by_length.setdefault(figure.n, []):
                by_length[figure.n].append(row)
    for length, rows in sorted(by_length.items(), reverse=True):
        sources = tuple(source for _, found in rows for source in found)
        yield at.say("repeated", units=at.names(rows), n=Piece(str(length), sources))


def failed(at: Material) -> Iterator[Sentence]:
    """Who is 不合格, with the veto that decided it."""
    rows = [
        (f"{item.name}{f'（{item.platform}）' if item.platform else ''}（{'、'.join(veto.title for veto in item.vetoes) or '得分不足'}）",
         (f"target:{item.target_id}", *(f"finding:{mark}" for veto in item.vetoes for mark in veto.fingerprints)))
        for item in at.facts.standings if item.inspected and item.verdict.value == "fail"
    ]  # fmt: skip
    if rows:
        yield at.say("failed", targets=at.names(rows))
