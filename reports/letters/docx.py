"""A letter or slip as a Word document: the office's template filled in, in the same sandbox as a notice's."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.letter_moves import PaperKind
from domain.letters import Letter, LetterItem
from domain.times import BEIJING
from reports.notice.docx import clean, filled, rendered

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and whom a unit may ask."""

    signature: str = ""
    basis: str = ""
    contact: str = ""
    form: str = ""  # how a reply is signed


def write_letter(letter: Letter, sender: Sender, out: Path, template: Path | None = None) -> None:
    """Fill the template of its kind and write the document."""
    fields = context(letter, sender)
    document = filled(template, fields) if template else rendered(TEMPLATES / f"{letter.kind.value}.docx", fields)
    document.save(str(out))


def context(letter: Letter, sender: Sender) -> dict[str, Any]:
    """What a template may use; docs/how-to/rectification.md lists it."""
    return {
        "title": letter.kind.label,
        "number": letter.name,
        "unit": clean(letter.unit),
        "opening": clean(_opening(letter, sender)),
        "items": [_row(item) for item in letter.items],
        "demand": clean(_demand(letter, sender)),
        "objection": _OBJECTION,
        "consequence": _LATE[letter.kind],
        "contact": clean(sender.contact or "【待补充：联系人和电话】"),
        "signature": clean(sender.signature or "【待补充：落款】"),
        "date": _day(letter.issued_at) if letter.issued_at else "",
        "due": moment(letter.due) if letter.due else "",
    }


_OBJECTION = "对所列问题有不同意见的，请在反馈期限内在回执中填“有异议”并写明理由，由本单位核实后答复；异议成立的予以撤销，不计入考核。"
_LATE = {
    PaperKind.LETTER: "逾期未反馈的，将在通报中列明。",
    PaperKind.SLIP: "逾期未处理的，转为整改通知单办理。",
}


def _opening(letter: Letter, sender: Sender) -> str:
    basis = f"根据{sender.basis}，" if sender.basis else ""
    return f"{basis}经巡检，你单位主办的网站、新媒体存在以下 {len(letter.items)} 个问题，现予{'提示' if letter.kind is PaperKind.SLIP else '通知'}："


def _demand(letter: Letter, sender: Sender) -> str:
    due = f"于 {moment(letter.due)} 前" if letter.due else "及时"
    if letter.kind is PaperKind.SLIP:
        return f"请{due}完成处理并填写回执反馈，无须盖章。"
    return f"请{due}完成整改，填写回执并将{sender.form or '负责人签字、加盖公章'}的回执扫描件一并报送。"


def _row(item: LetterItem) -> dict[str, str]:
    seen = f"{moment(item.seen)} 采集" if item.seen else ""
    mark = f"，校验值 {item.capture[:16]}" if item.capture else ""
    fields = {
        "no": str(item.no), "target": item.target, "title": item.title, "what": item.what, "place": "" if item.place == item.target else item.place,
        "url": item.url, "quoted": item.quoted, "evidence": f"{seen}{mark}（问题编号 {item.fingerprint[:8]}）",
        "indicator": item.indicator, "severity": item.severity, "fix": item.fix,
    }  # fmt: skip
    return {name: clean(text) for name, text in fields.items()}


def moment(value: datetime) -> str:
    """2023年6月7日17时30分 in Beijing."""
    local = value.astimezone(BEIJING)
    return f"{_day(value)}{local.hour}时{f'{local.minute}分' if local.minute else ''}"


def _day(value: datetime) -> str:
    local = value.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"
