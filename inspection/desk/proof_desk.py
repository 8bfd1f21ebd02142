"""发稿前校对 in the browser: a pasted text or a file, marked; nothing of it is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from domain.errors import UsageError
from domain.rules import RuleBook
from inspection.people.office_packages import demand_harmless
from inspection.texts.manuscripts import kind_of_bytes
from inspection.texts.marked_copies import marked_docx, marked_html
from inspection.texts.proof import Proofread, judge_by, read_proof

KINDS = ("docx", "txt")
LONGEST = 150_000  # characters pasted; a field of a form takes 500,000 bytes
MOST = 10_000_000
_AT_ONCE = BoundedSemaphore(1)  # it takes a whole core


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; with a note where something was found."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was looked at."""

    found: Proofread
    kind: str
    body: bytes

    def lines(self, suspected: bool) -> list[tuple[str, str, str]]:
        """(place, note, sentence) of everything found."""
        hits = [hit for hit in self.found.hits if suspected or hit.reported]
        return [(self.found.place_of(hit.start), self.found.note_of(hit), hit.sentence) for hit in hits]

    def pieces(self, suspected: bool) -> Sequence[Piece]:
        """The text with its hits apart; overlapping ones are told in the list only."""
        return tuple(self._pieces(suspected))

    def _pieces(self, suspected: bool) -> Iterator[Piece]:
        text, at = self.found.text, 0
        for hit in sorted(self.found.hits, key=lambda hit: hit.start):
            if hit.start < at or not (suspected or hit.reported):
                continue
            yield Piece(text[at : hit.start])
            yield Piece(text[hit.start : hit.end], self.found.note_of(hit))
            at = hit.end
        yield Piece(text[at:])

    def copy(self, suspected: bool) -> tuple[bytes, str]:
        """(bytes, name) of the marked copy: comments in Word, or a page."""
        if self.kind == "docx":
            return marked_docx(self.body, self.found, suspected), "校对.docx"
        return marked_html(self.found, "校对结果", suspected).encode(), "校对.html"


def checked_text(rulebook: RuleBook, text: str) -> Checked:
    """A pasted text."""
    if not text.strip():
        raise UsageError("请粘贴文字，或选择文件")
    if len(text) > LONGEST:
        raise UsageError(f"文字超过 {LONGEST} 字；请分几次校对，或上传文件")
    with _AT_ONCE:
        return Checked(read_proof(text, judge=judge_by(rulebook)), "txt", text.encode())


def checked_file(rulebook: RuleBook, name: str, data: bytes) -> Checked:
    """An uploaded file."""
    ending = Path(name).suffix.lower().lstrip(".")
    if ending not in KINDS or len(data) > MOST:
        raise UsageError(f"请上传 {'、'.join(f'.{kind}' for kind in KINDS)} 文件，不超过 {MOST // 1_000_000} MB")
    if ending == "docx":
        demand_harmless(Path(name), data, "请用 Word 重新保存后再上传")
    elif kind_of_bytes(data) != "txt":
        raise UsageError("这个文件的内容不是文字；请另存为 .txt 或 .docx")
    with _AT_ONCE:
        return Checked(read_proof(data, ending, judge=judge_by(rulebook)), ending, data)
