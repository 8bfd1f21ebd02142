"""What a unit answers: the filled form, and the scan of the signed one. A reply is taken whole or not at all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from domain.errors import ConfigError, UsageError
from domain.letter_moves import MOVES, ItemMove, Move, PaperKind
from domain.letters import Claim, Letter, LetterItem, Reply
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.times import beijing_date
from inspection.acting import demand
from inspection.letters.form_reading import MOST_FORM, FormRow, read_form
from inspection.letters.issuing import found_letter, keep
from inspection.people.office_packages import content_within

FORMS = {".docx", ".xlsx"}
SCANS = {".pdf", ".jpg", ".jpeg", ".png"}
MOST_SCAN = 50_000_000
MOST_REPLIES, MOST_OF_LETTER = 40, 200_000_000  # of one letter: a unit does not fill the office's disk
ONLINE = "网上反馈.json"


def answer(
    store: Store, kind: PaperKind, path: Path, actor: Actor, at: datetime, word: str = ""
) -> tuple[Letter, list[str]]:
    """Take a reply; returns the letter as it is now and what to tell."""
    data = _content(path)
    digest = hashlib.sha256(data).hexdigest()
    _demand_new(store, path, digest)
    if path.suffix.lower() in FORMS:
        return _take_form(store, kind, path, data, digest, actor, at, word)
    if not word:
        raise UsageError(f"{path.name} 是扫描件，须写明是哪一份的（--letter）")
    letter = found_letter(store, kind, word)
    _demand_open(letter)
    demand(store, actor, Action.REPLY, letter.unit_id)
    _demand_room(letter, len(data))
    after = replace(letter, replies=(*letter.replies, _reply(letter, path, data, digest, actor, at, is_form=False)))
    store.put_body(data, digest)
    keep(store, letter, after, actor, at, f"登记扫描件 {path.name}（{digest}）")
    return after, [f"{letter.name}已登记扫描件 {path.name}（{actor.name}，校验值 {digest[:16]}）"]


def _content(path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix not in FORMS | SCANS:
        raise UsageError(f"{path.name} 不能作为反馈；回执用 .docx 或 .xlsx，扫描件用 .pdf、.jpg 或 .png")
    return content_within(path, MOST_FORM if suffix in FORMS else MOST_SCAN, "请压缩或降低扫描精度")


def _demand_new(store: Store, path: Path, digest: str) -> None:
    for letter in store.letters():
        for reply in letter.replies:
            if reply.sha256 == digest:
                day = beijing_date(reply.at)
                raise UsageError(f"{path.name} 已于 {day} 作为{letter.name}的反馈登记过，没有重复登记")


def _demand_room(letter: Letter, size: int) -> None:
    if len(letter.replies) >= MOST_REPLIES or size + sum(reply.size for reply in letter.replies) > MOST_OF_LETTER:
        most = f"{MOST_REPLIES} 份、{MOST_OF_LETTER // 1_000_000} MB"
        raise UsageError(f"{letter.name}的反馈已达上限（{most}），没有登记；请与办公室联系")


def _demand_open(letter: Letter) -> None:
    if (letter.state, Move.ANSWER) not in MOVES:
        raise UsageError(f"{letter.name}{letter.state.label}，不再接收反馈")


def _take_form(
    store: Store, kind: PaperKind, path: Path, data: bytes, digest: str, actor: Actor, at: datetime, word: str
) -> tuple[Letter, list[str]]:
    rows, problems = read_form(path, data)
    if not rows and not problems:
        raise UsageError(f"{path.name} 还没有填写任何一项")
    codes = {row.code for row in rows}
    if len(codes) > 1:
        raise UsageError(f"{path.name} 混有 {len(codes)} 份通知单的行；请每份单独填写回执")
    if problems:
        raise ConfigError(f"{path.name} 有 {len(problems)} 处问题，没有登记", problems)
    letter = _letter_of(store, kind, path, codes.pop(), word)
    return _take_rows(store, letter, path, rows, data, digest, actor, at)


def answer_online(
    store: Store, letter: Letter, rows: Sequence[FormRow], actor: Actor, at: datetime
) -> tuple[Letter, list[str]]:
    """The same from a page: what was filled in is kept as it came, like a form."""
    if not rows:
        raise UsageError("还没有填写任何一项")
    document = [{"no": row.no, "claim": row.claim, "new_url": row.new_url, "remark": row.remark} for row in rows]
    head = {"letter": letter.name, "by": actor.name, "at": at.isoformat(), "items": document}
    data = json.dumps(head, ensure_ascii=False, indent=1).encode()
    return _take_rows(store, letter, Path(ONLINE), rows, data, hashlib.sha256(data).hexdigest(), actor, at)


def _take_rows(
    store: Store, letter: Letter, path: Path, rows: Sequence[FormRow], data: bytes, digest: str, actor: Actor,
    at: datetime,
) -> tuple[Letter, list[str]]:  # fmt: skip
    _demand_open(letter)
    demand(store, actor, Action.REPLY, letter.unit_id)
    _demand_room(letter, len(data))
    known = {item.no: item for item in letter.items}
    told: list[str] = []
    for row in rows:
        if row.no not in known:
            raise UsageError(f"{path.name} 中第 {row.no} 项不在{letter.name}中")
        known[row.no] = _reported(known[row.no], row, at, told)
    reply = _reply(letter, path, data, digest, actor, at, is_form=True)
    signed = letter if letter.signed_at else replace(letter, signed_by=actor.name, signed_at=at)
    after = replace(signed, replies=(*letter.replies, reply)).settled(Move.ANSWER, known.values(), at)
    store.put_body(data, digest)
    late = "，逾期" if reply.late else ""
    keep(store, letter, after, actor, at, f"反馈 {len(rows)} 项，{path.name}（{digest}）{late}")
    missing = [item for item in after.items if item.claim is None and not item.state.is_over]
    told += [f"尚有 {len(missing)} 项没有反馈"] if missing else []
    return after, [f"{letter.name}已登记反馈 {len(rows)} 项（{actor.name}）{'，逾期反馈' if reply.late else ''}", *told]


def _letter_of(store: Store, kind: PaperKind, path: Path, code: str, word: str) -> Letter:
    found = next((letter for letter in store.letters() if letter.number and letter.code == code), None)
    if found is None:
        raise UsageError(f"{path.name} 不是这里下发的任何一份的回执；请用下发的回执填写")
    if word and found_letter(store, kind, word).id != found.id:
        raise UsageError(f"{path.name} 是{found.name}（{found.unit}）的回执，不是 {word} 的")
    if found.kind is not kind:
        raise UsageError(f"{path.name} 是{found.name}的回执；请用 xunjian {found.kind.value}s answer 登记")
    return found


def _reported(item: LetterItem, row: FormRow, at: datetime, told: list[str]) -> LetterItem:
    if item.state.is_over:
        told.append(f"第 {item.no} 项已{item.state.label}，不再处理")
        return item
    move = ItemMove.OBJECT if row.claim is Claim.OBJECTION else ItemMove.REPORT
    try:
        moved = item.moved(move)
    except ValueError as error:
        raise UsageError(f"{error}；没有登记") from error
    return replace(moved, claim=row.claim, new_url=row.new_url, remark=row.remark, reported_at=at)


def _reply(letter: Letter, path: Path, data: bytes, digest: str, actor: Actor, at: datetime, *, is_form: bool) -> Reply:
    return Reply(at, actor.name, path.name, digest, len(data), is_form, bool(letter.due and at > letter.due))
