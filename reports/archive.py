"""The index of an archive: a page that opens without the program and leads to every file of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.periods import Period
from domain.standings import Standing
from domain.trail import Entry
from reports.dossier import environment


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is kept, with its files as paths inside the archive."""

    what: str
    note: str = ""
    files: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one sort; `note` says what a reader has to know of them."""

    title: str
    note: str
    rows: tuple[Row, ...]


def archive_page(
    period: Period, standings: Sequence[Standing], sections: Iterable[Section], head: Entry | None, by: str, at: datetime,
    version: str,
) -> str:  # fmt: skip
    """The page as HTML."""
    template = environment().get_template("archive.html")
    told = [(part.title, part.note, part.rows) for part in sections]
    return template.render(period=period, standings=standings, sections=told, head=head, by=by, at=at, version=version)
