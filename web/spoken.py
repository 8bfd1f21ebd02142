"""Sentences written for the command line, told to somebody who has a page instead."""

import re
from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "user": "人员", "rules": "规则", "period": "考核期", "nightly": "批次", "audit": "批次", "status": "批次",
    "recheck": "批次", "registry": "登记表", "contacts": "登记表", "findings": "问题", "worksheet": "人工核查",
    "letters": "整改", "slips": "整改", "scorecard": "全市", "trail": "留痕", "ledger": "台账", "notice": "考核期",
}  # fmt: skip
_OPTION = re.compile("（--[a-z][^（）]{0,60}）")
_COMMAND = re.compile(r"(?:运行|用) ?xunjian ([a-z]+)((?: (?:[\x21-\x7e][^\s；，。、：（）]*|文件|日期))*) ?")
_HAN = re.compile("[\u4e00-\u9fff]")


def spoken(text: str) -> str:
    """The same advice with the page in place of the command; options nobody can type here are left out."""
    return _COMMAND.sub(_page, _OPTION.sub("", text))


def _page(found: re.Match[str]) -> str:
    label = PAGES.get(found[1])
    if label is None:
        return found[0]
    goes_on = _HAN.match(found.string, found.end())
    return f"到“{label}”页{'' if goes_on else '办理'}"
