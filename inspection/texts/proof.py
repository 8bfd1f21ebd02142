"""发稿前校对: all text checks on one document, before it is published."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from checks.text.formats import UNPAIRED
from checks.text.former_names import check_former_names
from checks.text.hits import Hit, Level
from checks.text.judge import TextJudge
from checks.text.language.starter import load_language
from checks.text.misstatement import load_phrases
from checks.text.privacy import KINDS
from checks.text.sheets import place_in, shared_judge
from checks.text.typos.analyser import PROBABLE, Analyser
from checks.text.typos.reviewed_forms import whole_word
from domain.rules import RuleBook
from inspection.texts.manuscripts import Manuscript, read_manuscript

Row = Mapping[str, object]


@dataclass(frozen=True)
class Proofread:
    """A document as read, and what was found in it; offsets are characters of `text`."""

    text: str
    hits: tuple[Hit, ...]
    places: tuple[tuple[int, str], ...] = ()  # line number (from 1) -> where it stands, until the next
    cut: bool = False  # too long: the rest was left out

    def place_of(self, offset: int) -> str:
        """第3段, 第2页, 第1个表格第5行...: where a character stands; its line where the document has no such places."""
        line = self.text.count("\n", 0, offset) + 1
        at = bisect_right(self.places, line, key=lambda place: place[0]) - 1
        return self.places[at][1] if at >= 0 else f"第{line}行"

    @cached_property
    def places_by_line(self) -> Mapping[int, str]:
        """Line number -> its place, of every line that has one."""
        ends = [line for line, _ in self.places[1:]] + [self.text.count("\n") + 2]
        return {
            line: place for (start, place), end in zip(self.places, ends, strict=False) for line in range(start, end)
        }

    def note_of(self, hit: Hit) -> str:
        """One sentence for a list, a tooltip or a comment, with the whole word that holds a wrong character."""
        sure = {Level.CERTAIN: "", Level.PROBABLE: "很可能", Level.SUSPECTED: "疑似，请核对："}[hit.level]
        sure = "" if hit.check == "text.format" else sure
        if hit.check == "text.privacy":
            return f"{NAMES[hit.check]}：{hit.text} 是完整的{KINDS.get(hit.layer.partition(':')[0], '号码')}"
        if hit.layer == UNPAIRED:
            remark = hit.suggestion or f"“{hit.text}”"
            return f"{NAMES[hit.check]}：{remark}"
        wrong, right = self._whole(hit)
        change = f"“{wrong}”应为“{right}”" if right else f"“{wrong}”"
        why = f"（{hit.layer}）" if hit.check in _EXPLAINED and hit.layer else ""
        return f"{NAMES.get(hit.check, hit.check)}：{sure}{change}{why}"

    def _whole(self, hit: Hit) -> tuple[str, str]:
        at = place_in(hit.sentence, self.text, hit.start)
        if hit.check != "text.typo" or len(hit.text) > 1 or not hit.suggestion or at < 0:
            return hit.text, hit.suggestion
        return whole_word(hit.sentence, at, hit.text, hit.suggestion) or (hit.text, hit.suggestion)

    def rows(self, suspected: bool = False) -> list[dict[str, object]]:
        """The JSON rows (DESIGN.md section 6): certain and probable ones, with `suspected` all."""
        return [_row(hit) for hit in self.hits if suspected or hit.reported]


def proof(
    source: bytes | str, kind: str = "txt", language: str = "", suspected: bool = False
) -> list[dict[str, object]]:
    """Check one document. `language` is a folder of learnt statistics; empty: the starter table."""
    return read_proof(source, kind, language).rows(suspected)


def judge_by(rulebook: RuleBook) -> TextJudge:
    """The judge the nightly run uses: its statistics, word lists and phrases."""
    typo, statement = (rulebook.checks[name].params for name in ("text.typo", "text.misstatement"))
    files = {name: Path(statement[name]) for name in ("protected", "wording") if statement.get(name)}
    lists = {name: tuple(typo.get(name, ())) for name in ("allowed", "confirmed")}
    judge = shared_judge(
        typo.get("language", ""),
        typo.get("probable", PROBABLE),
        **lists,
        model=typo.get("model", ""),
        words=typo.get("words", ""),
    )
    return replace(judge, phrases=load_phrases(**files))


def read_proof(source: bytes | str, kind: str = "txt", language: str = "", judge: TextJudge | None = None) -> Proofread:
    """Read and check a document; text given as a string is taken as it is. Without a judge the shipped lists are used."""
    read = Manuscript(source) if isinstance(source, str) else read_manuscript(source, kind)
    text = read.text
    judge = judge or TextJudge(Analyser(load_language(language)))
    starts, paragraphs = [], []
    place = 0
    for line in text.split("\n"):
        starts.append(place)
        paragraphs.append(line.rstrip("\r"))
        place += len(line) + 1
    found = [[*hits, *old] for hits, old in zip(judge.judge(paragraphs), check_former_names(paragraphs), strict=True)]
    hits = [
        replace(hit, start=start + hit.start, end=start + hit.end)
        for start, row in zip(starts, found, strict=True)
        for hit in row
        if hit.layer != UNPAIRED or kind.lstrip(".").lower() != "pdf"  # a line of a PDF is no paragraph
    ]
    return Proofread(text, tuple(sorted(hits, key=lambda hit: (hit.start, hit.end))), read.places, read.cut)


def _row(hit: Hit) -> dict[str, object]:
    return {
        "start": hit.start, "end": hit.end, "text": hit.text, "suggestion": hit.suggestion or None,
        "check": hit.check, "severity": hit.severity, "confidence": hit.confidence, "sentence": hit.sentence,
    }  # fmt: skip


def has_reported(rows: Sequence[Row]) -> bool:
    """Whether `proof` should exit with 1."""
    return bool(rows)


NAMES = {
    "text.typo": "错别字", "text.format": "格式", "text.misstatement": "表述待核实", "text.privacy": "个人信息未遮盖",
}  # fmt: skip
_EXPLAINED = frozenset({"text.format", "text.misstatement"})  # their layer is a Chinese reason or source
