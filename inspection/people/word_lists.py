"""What inspectors said of typos, kept as two lists of the installation that anyone may read and edit.

`DATA/words/wrong.tsv` holds wrong forms that are certain next time, `DATA/words/allowed.tsv` what is right as it stands.
A row tells which finding it came from, who decided and when; taking the decision back takes the row out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checks.text.typos.reviewed_forms import allowed_phrase
from domain.errors import ConfigError
from domain.findings import Finding
from domain.times import BEIJING
from inspection.people.lessons import ALLOWED, STATEMENT, TYPO, WRONG, Lesson, spot_of

FOLDER = "words"
_HEADS = {
    WRONG: "# 自有错词：错误写法<TAB>正确写法<TAB>问题编号<TAB>经办人<TAB>日期。错误写法至少两个字。确认错别字时自动加入，可自行增删；后三列可空。\n",
    ALLOWED: "# 允许写法：写法<TAB>问题编号<TAB>经办人<TAB>日期。判为误报时自动加入，可自行增删；后三列可空。\n",
}
_WIDTHS = {WRONG: 2, ALLOWED: 1}


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The two lists: `wrong<TAB>right` pairs and allowed strings."""

    confirmed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def read_words(data: Path) -> OwnWords:
    """The lists of a data folder; ConfigError names the first faulty row."""
    wrong, allowed = (tuple(_rows(data / FOLDER / name)) for name in (WRONG, ALLOWED))
    return OwnWords(tuple(f"{row[0]}\t{row[1]}" for row in wrong), tuple(row[0] for row in allowed))


def decided_keys(data: Path) -> frozenset[str]:
    """The first digits of everything whose decision stands in the lists."""
    cells = (line.split("\t")[width:] for name, width in _WIDTHS.items() for line in _lines(data / FOLDER / name))
    return frozenset(row[0].strip() for row in cells if row)


def note_review(data: Path, finding: Finding, fingerprint: str, lesson: Lesson | None, by: str, at: datetime) -> str:
    """Put the lesson of a decision into the lists, in place of an earlier one; returns what was noted, for the person.

    `inspection.people.lessons.require_harmless` comes first.
    """
    if finding.check not in {TYPO, STATEMENT}:
        return ""
    key = fingerprint[:8]
    removed = [name for name in (WRONG, ALLOWED) if _remove(data / FOLDER / name, key)]
    if lesson is None:
        return f"已从 {FOLDER}/{'、'.join(removed)} 中撤下相应词条" if removed else ""
    day = at.astimezone(BEIJING).date().isoformat()
    _add(data / FOLDER / lesson.name, [*lesson.words, key, by, day])
    if lesson.name == WRONG:
        return f"已记入自有错词：{lesson.words[0]} → {lesson.words[1]}（{FOLDER}/{WRONG}，以后直接认定）"
    return f"已记入允许写法：{lesson.words[0]}（{FOLDER}/{ALLOWED}，以后不再提示）"


def allowed_by(finding: Finding) -> str:
    """The phrase that rejecting a finding allows; empty where its sentence does not tell."""
    sentence, wrong, at = spot_of(finding)
    return allowed_phrase(sentence, at, wrong) if at >= 0 else ""


def is_covered(finding: Finding, phrase: str) -> bool:
    """Whether the phrase stands over the wrong characters of a finding."""
    sentence, wrong, at = spot_of(finding)
    if at < 0 or not phrase:
        return False
    first = sentence.find(phrase, max(0, at + len(wrong) - len(phrase)))
    return 0 <= first <= at


def _rows(path: Path) -> Iterable[list[str]]:
    width = _WIDTHS[path.name]
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < width or not all(cells[:width]) or len(set(cells[:width])) < width or len(cells[0]) < width:
            raise ConfigError(f"词表 {path} 第 {number} 行有误，现为“{line}”；{_HEADS[path.name].lstrip('# ').strip()}")
        yield cells


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表 {path} 无法读取（{error}）；请保存为 UTF-8 编码的文本。") from error


def _add(path: Path, cells: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = _lines(path) or [_HEADS[path.name].rstrip("\n")]
    known = {tuple(line.split("\t")[: _WIDTHS[path.name]]) for line in lines}
    if tuple(cells[: _WIDTHS[path.name]]) not in known:
        _write(path, [*lines, "\t".join(cell.replace("\t", " ") for cell in cells)])


def _remove(path: Path, key: str) -> bool:
    lines = _lines(path)
    kept = [line for line in lines if line.startswith("#") or key not in line.split("\t")[_WIDTHS[path.name] :]]
    if len(kept) == len(lines):
        return False
    _write(path, kept)
    return True


def _write(path: Path, lines: Sequence[str]) -> None:
    fresh = path.with_suffix(".part")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)
