"""The notice of a period as it reads, with its gaps, and as a document."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.persons import Actor
from domain.ports import Store
from domain.rules import RuleBook
from inspection.periods.notices import Made, issue_notice, load_settings_of, notice_of_period, write_notice
from reports.notice.model import GAP

ISSUED = "notices"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the notice: pieces of text, and whether each is a gap to be filled."""

    title: str
    level: int
    pieces: tuple[tuple[str, bool], ...] = ()


def drafted(store: Store, rulebook: RuleBook, data: Path, name: str, version: int = 0) -> Made:
    """The notice of a period."""
    return notice_of_period(store, rulebook, load_settings_of(data), name, version=version)


def paragraphs(made: Made) -> list[Paragraph]:
    """The notice as it reads, gaps told apart."""
    notice = made.notice
    told = [Paragraph(f"{notice.addressees}：", 0)]
    told += [Paragraph("", 0, _pieces(sentence.text)) for sentence in notice.opening]
    for section in notice.sections:
        for part in section.walk():
            text = "".join(sentence.text for sentence in part.sentences)
            told.append(Paragraph(f"{part.number}{part.title}", part.level, _pieces(text)))
    told += [Paragraph("", 0, _pieces(sentence.text)) for sentence in notice.closing]
    return told


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for gap in GAP.finditer(text):
        pieces += [(text[at : gap.start()], False), (gap[0], True)]
        at = gap.end()
    return tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0])


def draft_document(made: Made) -> bytes:
    """The draft as .docx; ConfigError with every contradiction."""
    with TemporaryDirectory() as folder:
        written = write_notice(made, Path(folder) / "草稿.docx", None)
        return written[0].read_bytes()


def issued_document(
    store: Store, data: Path, made: Made, actor: Actor, now: datetime, despite: str = ""
) -> tuple[bytes, str]:
    """(bytes, name) of the notice as somebody issues it: kept in the data folder, its hash in the trail."""
    period = made.facts.period
    folder = data / ISSUED
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"通报 {period.label} 第{period.version}版.docx"
    written = issue_notice(store, actor, now, made, out, None, despite)
    return written[0].read_bytes(), out.name
