"""Letters and slips on the terminal: where each stands, what is late, what has vanished before it was answered."""

from collections.abc import Iterator
from datetime import datetime

from domain.findings import FindingState
from domain.letter_moves import LetterState
from domain.letters import Letter, LetterItem
from domain.ports import Store
from reports.letters.docx import moment


def letter_line(letter: Letter, gone: int, now: datetime) -> str:
    """One letter."""
    done = sum(item.state.is_over for item in letter.items)
    parts = [letter.id, letter.name, letter.unit, _state(letter, now), f"办结 {done}/{len(letter.items)} 项"]
    parts += [f"期限 {moment(letter.due)}"] if letter.due and not letter.state.is_over else []
    parts += [f"{gone} 项已消失，待反馈"] if gone else []
    forms = [reply for reply in letter.replies if reply.is_form]
    parts += [f"反馈 {len(forms)} 次"] if len(forms) > 1 else []
    late = sum(reply.late for reply in forms)
    parts += [f"逾期反馈 {late} 次"] if late else []
    parts += [f"（{letter.withdrawn}）"] if letter.withdrawn else []
    return "  ".join(parts)


def _state(letter: Letter, now: datetime) -> str:
    return f"{letter.state.label}，逾期" if letter.is_overdue(now) else letter.state.label


def list_lines(store: Store, letters: list[Letter], now: datetime) -> Iterator[str]:
    """Those given, one a line, and their sum."""
    fixed = _fixed(store)
    for letter in letters:
        yield letter_line(letter, sum(is_gone(letter, item, fixed) for item in letter.items), now)
    over = sum(letter.is_overdue(now) for letter in letters)
    if letters:
        yield f"共 {len(letters)} 份，办结 {sum(item.state is LetterState.CLOSED for item in letters)} 份，逾期 {over} 份"


def detail_lines(store: Store, letter: Letter, now: datetime) -> Iterator[str]:
    """One letter with its items and replies."""
    fixed = _fixed(store)
    gone = [item for item in letter.items if is_gone(letter, item, fixed)]
    yield letter_line(letter, len(gone), now)
    for item in letter.items:
        flag = "（已消失，待反馈）" if item in gone else ""
        claim = f"，单位反馈：{item.claim.value}" if item.claim else ""
        claim += f"（{item.remark}）" if item.remark else ""
        yield f"  {item.no}. {item.state.label}{flag}  {item.target}  {item.what}  问题 {item.fingerprint[:8]}{claim}"
        if item.decided_by:
            yield f"     {item.decided_by}：{item.reason}"
        if item.new_url:
            yield f"     整改后网址：{item.new_url}"
    for reply in letter.replies:
        what = "回执" if reply.is_form else "扫描件"
        yield f"  {moment(reply.at)} {what} {reply.file}（{reply.by}，{reply.sha256[:16]}）{'，逾期' if reply.late else ''}"
    for each in letter.deferrals:
        yield f"  期限原为 {moment(each.was)}，{each.by}：{each.reason}"


def _fixed(store: Store) -> frozenset[str]:
    return frozenset(record.fingerprint for record in store.findings() if record.state is FindingState.FIXED)


def is_gone(letter: Letter, item: LetterItem, fixed: frozenset[str]) -> bool:
    """已消失，待反馈: nobody finds it any more, and the unit has not answered yet."""
    out = letter.number > 0 and not letter.state.is_over
    return out and item.state.is_with_unit and item.fingerprint in fixed
