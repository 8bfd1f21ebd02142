"""One finding as a person sees it: what it says, what it rests on, and its way from night to night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.findings import FindingRecord, FindingState
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind, RunState
from domain.times import beijing_date
from domain.trail import Deed, Entry
from inspection.people.fact_words import fact_lines
from inspection.people.findings import REVIEWS, find, state_words, target_names, unread_words
from inspection.wording import RuleWording


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a finding from one day to another, in so many runs."""

    words: str
    first: date
    last: date
    runs: int = 1

    @property
    def line(self) -> str:
        """As it is shown."""
        days = f"{self.first}" if self.first == self.last else f"{self.first} 至 {self.last}"
        return f"　{days}  {self.words}{f'（{self.runs} 次）' if self.runs > 1 else ''}"


def finding_details(store: Store, rulebook: RuleBook, key: str) -> str:
    """Everything known of one finding."""
    record = find(store, key)
    finding, wording = record.finding, RuleWording(rulebook)
    name = target_names(store).get(record.target_id, "")
    unread = unread_words(store, record)
    lines = [
        wording.message(finding),
        f"编号：{record.fingerprint}",
        f"对象：{name}（{record.target_id}）" if name else f"对象：{record.target_id}",
        f"检查项：{finding.check}（{wording.title(finding.check)}，{record.severity.label}）",
        f"地址：{finding.ref.url}",
        f"首次发现：{beijing_date(record.first_seen)}，最近：{beijing_date(record.last_seen)}，共 {record.nights} 次巡检发现",
        f"状态：{state_words(record)}{f'，{unread}' if unread else ''}",
        *(f"见于：{page}" for page in finding.found_on),
        *fact_lines(finding.check, finding.facts),
        f"整改建议：{wording.fix(finding)}",
        "经过：",
        *(step.line for step in steps(store, record)),
        *decision_lines(record),
        *_deeds(store, record),
    ]
    return "\n".join(lines)


def steps(store: Store, record: FindingRecord) -> Iterator[Step]:
    """The way of a finding, night by night; nights that say the same are one step."""
    told: Step | None = None
    state: FindingState | None = None
    for run in store.runs():
        if run.as_of < record.first_seen or not _looked(run, record.target_id):
            continue
        row = next(
            (r for r in store.findings((record.target_id,), run.id) if r.fingerprint == record.fingerprint), None
        )
        if row is None and (state is None or not state.is_open or run.settings.get("only_places")):
            continue
        state = row.state if row else state
        day, words = beijing_date(run.as_of), state_words(row) if row else "本次未复核"
        if told and told.words == words:
            told = Step(words, told.first, day, told.runs + 1)
            continue
        if told:
            yield told
        told = Step(words, day, day)
    if told:
        yield told


def _looked(run: Run, target_id: str) -> bool:
    wanted = run.kind in {RunKind.NIGHTLY, RunKind.AUDIT} and run.state is not RunState.RUNNING
    return wanted and target_id in run.targets


def decision_lines(record: FindingRecord) -> Iterator[str]:
    """What persons said of it."""
    review, waiver = record.review, record.waiver
    if review.by:
        day = f"{beijing_date(review.at)}，" if review.at else ""
        yield f"复核：{REVIEWS[review.verdict]}，{day}{review.by}，{review.reason or '未写理由'}"
    if waiver:
        until = f"至 {waiver.expires}" if waiver.expires else "长期"
        yield f"豁免：{beijing_date(waiver.at)}，{waiver.by}，{until}，{waiver.reason}"


def _deeds(store: Store, record: FindingRecord) -> Iterator[str]:
    """Everything persons did to it, in order, as the trail has it; the last decision stands above already."""
    deeds = [deed for deed in map(_deed, store.trail()) if deed is not None and deed.subject == record.fingerprint]
    if len(deeds) > 1:
        yield "处理记录："
        for deed in deeds:
            change = f"{deed.was} → {deed.now}" if deed.was else deed.now
            yield f"　{beijing_date(deed.at)}  {deed.by}  {deed.act.label}：{change}"


def _deed(entry: Entry) -> Deed | None:
    try:
        return Deed.read(entry.text)
    except ValueError:  # spoiled: `trail verify` says so
        return None
