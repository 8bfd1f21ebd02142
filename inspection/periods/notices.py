"""The notice of a period: facts from the store or from a file, built, checked, written. Nothing is issued by it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.errors import ConfigError, NotJudged, UsageError, unwritable
from domain.ledger import ledger_remarks
from domain.notices import Facts, Named, Office
from domain.periods import PeriodState
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.standings import Standing
from domain.trail import Act
from inspection.acting import demand, note
from inspection.periods.closing import Sums, sums_of
from reports.notice.building import build_notice
from reports.notice.model import Notice
from reports.notice.settings import Settings, load_settings
from reports.notice.sidecar import notice_document
from scorecards.facts_file import read_facts
from scorecards.figures import FigureRules

OWN = "notice.yaml"
_GROUPS = ("区县", "市本级", "部门", "直属", "驻外", "")


@dataclass(frozen=True, slots=True)
class Made:
    """A notice and what it was made from."""

    notice: Notice
    facts: Facts
    settings: Settings
    family: str = ""
    is_by_hand: bool = False  # from a facts file alone, without a period of the store

    @property
    def document(self) -> dict[str, Any]:
        """All figures and sentences with their sources."""
        return notice_document(self.notice, self.facts)


def load_settings_of(data: Path) -> Settings:
    """The wording of the office: `notice.yaml` of the data folder over what comes along."""
    own = data / OWN
    return load_settings(own if own.exists() else None)


def facts_of(sums: Sums, settings: Settings) -> Facts:
    """What a period says by itself; ledgers, praise and requirements come from a facts file."""
    office = _shipped(settings, Office())
    notes = []
    if sums.period.state is PeriodState.OPEN:
        notes.append(f"{sums.period.label}尚未关闭，数字可能变动；定稿前请运行 xunjian period close {sums.period.id}。")
    return Facts(
        sums.period,
        {figure.key: figure for figure in sums.figures},
        named=tuple(named_of(sums.standings)),
        office=office,
        standings=sums.standings,
        notes=tuple(notes),
    )


def named_of(standings: tuple[Standing, ...]) -> Iterator[Named]:
    """Who is named: areas first, then departments, each kind of problem of a target once; mended ones are not."""
    ordered = sorted(standings, key=lambda item: (_GROUPS.index(item.group), item.order))
    for standing in ordered:
        counted: dict[str, list[str]] = {}
        titles: dict[str, str] = {}
        for item in standing.named_items if standing.inspected else ():
            counted.setdefault(item.check, []).append(f"finding:{item.fingerprint}")
            titles[item.check] = item.title
        vetoed = {mark for veto in standing.vetoes for mark in veto.fingerprints}
        for check, sources in counted.items():
            yield Named(
                check, standing.unit or standing.name, titles[check],
                "" if standing.is_site else standing.name, standing.platform, len(sources),
                any(source.removeprefix("finding:") in vetoed for source in sources),
                standing.unit_id, (f"target:{standing.target_id}", *sources),
            )  # fmt: skip


def notice_of_period(
    store: Store, rulebook: RuleBook, settings: Settings, name: str, *, version: int = 0, added: Path | None = None,
    family: str = "",
) -> Made:  # fmt: skip
    """The notice of a period of the store; `added`: a facts file with what ledgers and persons say."""
    rules = FigureRules(settings.printing, settings.bands)
    sums = sums_of(store, rulebook, rules, name, version)
    if not any(item.inspected for item in sums.standings):
        raise NotJudged(f"{sums.period.label}内没有任何完整的判定，不能生成通报；请先运行 xunjian nightly")
    facts = facts_of(sums, settings)
    facts = replace(facts, remarks=tuple(ledger_remarks(store.ledger(), facts.period)))
    wanted = ""
    if added is not None:
        facts, wanted = read_facts(added, _titles(rulebook), rules, facts)
    return Made(build_notice(facts, settings, family or wanted), facts, settings, family or wanted)


def notice_of_file(path: Path, rulebook: RuleBook, settings: Settings, *, family: str = "") -> Made:
    """The notice of a period that was written by hand."""
    rules = FigureRules(settings.printing, settings.bands)
    facts, wanted = read_facts(path, _titles(rulebook), rules)
    facts = replace(facts, office=_shipped(settings, facts.office))
    return Made(build_notice(facts, settings, family or wanted), facts, settings, family or wanted, is_by_hand=True)


def _shipped(settings: Settings, told: Office) -> Office:
    """What the settings say of the office, where the facts say nothing."""
    words = {key: str(value) for key, value in settings.data["office"].items() if not getattr(told, key)}
    return replace(told, **words)  # type: ignore[arg-type]  # all of them are texts


def with_dates(made: Made, issued: date | None, due: date | None) -> Made:
    """The same with the dates of the command line."""
    office = replace(made.facts.office, issued=issued or made.facts.office.issued, due=due or made.facts.office.due)
    if office.issued and office.due and office.due < office.issued:
        raise UsageError(f"整改期限 {office.due} 早于成文日期 {office.issued}；请改正")
    facts = replace(made.facts, office=office)
    return replace(made, facts=facts, notice=build_notice(facts, made.settings, made.family))


def write_notice(made: Made, out: Path, template: Path | None, despite: str = "", stamp: str = "") -> list[Path]:
    """The document and the JSON beside it; ConfigError with every contradiction unless a reason is given for issuing it.

    `stamp` says in the document's properties what it rests on.
    """
    from reports.notice.docx import write_docx

    if made.notice.faults and not despite.strip():
        raise ConfigError(
            f"通报的数字自相矛盾（{len(made.notice.faults)} 处），未生成；请改正，或用 --despite 写明理由后生成。",
            made.notice.faults,
        )
    sidecar = out.with_name(f"{out.stem}.sources.json")
    _demand_places(out, sidecar, template)
    document: Mapping[str, Any] = {**made.document, "despite": despite.strip() or None}
    drafts = [path.with_name(f".{path.name}.part") for path in (out, sidecar)]
    try:
        write_docx(made.notice, drafts[0], template, stamp)
        drafts[1].write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        for draft, path in zip(drafts, (out, sidecar), strict=True):
            draft.replace(path)
    except OSError as error:
        raise unwritable(f"{out} 和 {sidecar.name}", error) from error
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return [out, sidecar]


def _demand_places(out: Path, sidecar: Path, template: Path | None) -> None:
    """UsageError unless both files can stand where they are wanted: both are written or neither."""
    if out.suffix.lower() != ".docx":
        raise UsageError(f"不能写成 {out.suffix or '没有扩展名的文件'}；请用 .docx")
    if template is not None and template.exists() and out.exists() and out.samefile(template):
        raise UsageError(f"{out} 是模板本身，不能用通报盖掉它；请换一个文件名")
    for path in (out, sidecar):
        if path.is_dir():
            raise UsageError(f"不能写入 {path}（是文件夹，不是文件）；请换一个文件名")


def issue_notice(
    store: Store, actor: Actor, at: datetime, made: Made, out: Path, template: Path | None, despite: str = ""
) -> list[Path]:
    """`write_notice` of a period of the store, by somebody who may, with the hash of the document in the trail."""
    demand(store, actor, Action.CLOSE_PERIOD)
    head, period = store.trail_head(), made.facts.period
    stamp = f"底稿：{period.id} 第 {period.version} 版；审计记录第 {head.number if head else 0} 号 {head.hash if head else ''}"
    written = write_notice(made, out, template, despite, stamp)
    digest = hashlib.sha256(written[0].read_bytes()).hexdigest()
    why = f"，矛盾未改：{despite.strip()}" if made.notice.faults else ""
    note(
        store,
        actor,
        Act.NOTICE,
        made.facts.period.id,
        at,
        now=f"{out.name}，第 {made.facts.period.version} 版，{digest}{why}",
    )
    return written


def _titles(rulebook: RuleBook) -> dict[str, str]:
    return {rule.id: rule.title for rule in rulebook.checks.values()}
