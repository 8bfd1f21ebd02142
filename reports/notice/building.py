"""From facts and settings to a notice: the family's sections in its order, without those nobody has facts for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from domain.notices import Facts, Remark
from domain.periods import PeriodKind
from reports.notice import counts, ledger, naming
from reports.notice.attachments import tables
from reports.notice.contradictions import contradictions, warnings
from reports.notice.material import Material
from reports.notice.model import Notice, Piece, Section, Sentence, numbered
from reports.notice.settings import Settings

Says = Callable[[Material], Iterable[Sentence]]
SAYS: Mapping[str, Says] = {
    "sites": lambda at: counts.targets(at, "sites"),
    "sites.district": lambda at: counts.level(at, "level/区县门户", "district"),
    "sites.department": lambda at: counts.level(at, "level/部门", "department"),
    "scores": counts.scores,
    "accounts": lambda at: counts.targets(at, "accounts"),
    "platforms": counts.platforms,
    "messages": ledger.messages,
    "reports": ledger.reports,
    "ledger": ledger.counted,
}
PRAISED = ("sites.district", "sites.department", "accounts", "reports")


def build_notice(facts: Facts, settings: Settings, family: str = "") -> Notice:
    """The notice of a period in the words of a family."""
    name = family or str(settings.data["family"])
    plan = settings.family(name)
    at = Material(facts, settings)
    sections = tuple(_section(at, row, plan) for row in plan["sections"])
    notice = Notice(
        at.fill("title", str(plan["title"])),
        facts.office.addressees,
        facts.office.number,
        (at.say("opening.window" if facts.period.kind is PeriodKind.WINDOW else "opening"),),
        numbered(sections),
        tuple(_closing(at, plan)) if plan.get("closing") else (),
        _or_gap(at, facts.office.signature, "signature.gap", "office:signature"),
        _or_gap(at, _date(facts), "date.gap", "office:issued"),
        tuple(tables(facts)),
        template=str(plan["template"]),
    )  # fmt: skip
    return _checked(notice, facts)


def _checked(notice: Notice, facts: Facts) -> Notice:
    return replace(notice, faults=tuple(contradictions(facts)), warnings=(*warnings(facts), *facts.notes))


def _section(at: Material, row: Mapping[str, Any], plan: Mapping[str, Any]) -> Section:
    key, title = str(row.get("key", "")), str(row["title"])
    parts = tuple(_section(at, part, plan) for part in row.get("parts", ()))
    if key == "problems":
        return Section(key, title, tuple(_problem_head(at)), naming.problem_sections(at))
    if key in {"requirements", "special"}:
        return _own_texts(at, key, title, plan)
    sentences = tuple(SAYS[key](at)) if key else ()
    praise = [_written(remark) for remark in at.facts.remarks if remark.section == key]
    if sentences and not praise and key in PRAISED and "praise" in plan.get("gaps", ()):
        praise = [at.say("praise.gap")]
    return Section(key, title, (*sentences, *praise), parts)


def _problem_head(at: Material) -> Iterator[Sentence]:
    yield from naming.failed(at)
    mended = at.facts.figure("problems.mended")
    if mended and mended.n:
        yield at.say("mended")


def _own_texts(at: Material, key: str, title: str, plan: Mapping[str, Any]) -> Section:
    """What the office writes itself, each text under its own heading; a gap where it has to."""
    texts = [remark for remark in at.facts.remarks if remark.section == key]
    if not texts:
        gap = (at.say("requirements.gap"),) if key in plan.get("gaps", ()) else ()
        return Section(key, title, gap)
    if key == "special" and len(texts) == 1:
        return Section(key, texts[0].title or title, (_written(texts[0]),))
    if not any(remark.title for remark in texts):
        return Section(key, title, tuple(_written(remark) for remark in texts))
    return Section(key, title, (), tuple(Section(key, remark.title, (_written(remark),)) for remark in texts))


def _written(remark: Remark) -> Sentence:
    return Sentence(f"remark.{remark.section}", (Piece(remark.text, (remark.source or "office:remark",)),))


def _closing(at: Material, plan: Mapping[str, Any]) -> Iterator[Sentence]:
    office = at.facts.office
    if office.due is not None:
        text = f"{office.due.year}年{office.due.month}月{office.due.day}日{office.due_hour}"
        yield at.say("due", due=Piece(text, ("office:due",)))
    elif at.facts.named and "due" in plan.get("gaps", ()):
        yield at.say("due.gap")


def _date(facts: Facts) -> str:
    issued = facts.office.issued
    return f"{issued.year}年{issued.month}月{issued.day}日" if issued else ""


def _or_gap(at: Material, text: str, gap: str, source: str) -> Sentence:
    return Sentence(gap.removesuffix(".gap"), (Piece(text, (source,)),)) if text else at.say(gap)
