"""Settings with their meaning: how long things are kept, who is told when, what the clock does."""

from dataclasses import dataclass
from pathlib import Path

from inspection.desk.settings_keeping import EDITABLE, control_of, form_text
from inspection.operations.settings import Settings, load_settings

HIDDEN = "已设置"  # an address may hold a password


@dataclass(frozen=True, slots=True)
class Setting:
    """One of them: what it is called in the file, what it means, what holds, and what would without the file."""

    key: str
    meaning: str
    value: str
    default: str
    shown: str | None = None  # in a form; None where it is not changed here
    control: str = "text"  # text, number, switch, or secret: what goes in and never comes out

    @property
    def is_own(self) -> bool:
        """Whether the office has said otherwise."""
        return self.value != self.default


def settings_groups(data: Path) -> list[tuple[str, list[Setting]]]:
    """All settings by group; ConfigError with every fault of the file."""
    own, shipped = load_settings(data), Settings()
    return [
        ("保存期限", [_of(f"retention.{key}", says, own, shipped) for key, says in _RETENTION.items()]),
        ("备份", [_of(f"backup.{key}", says, own, shipped) for key, says in _BACKUP.items()]),
        ("消息", [_of(f"messages.{key}", says, own, shipped) for key, says in _MESSAGES.items()]),
        ("运行监测", [_of(key, says, own, shipped) for key, says in _PLAIN.items()]),
    ]


def _of(key: str, meaning: str, own: Settings, shipped: Settings) -> Setting:
    shown = form_text(own, key) if key in EDITABLE else None
    return Setting(key, meaning, _value(own, key), _value(shipped, key), shown, control_of(shipped, key))


def _value(settings: Settings, key: str) -> str:
    found: object = settings
    for part in key.split("."):
        found = getattr(found, part)
    if key in _SECRET:
        return HIDDEN if found else "没有设置"
    if isinstance(found, bool):
        return "是" if found else "否"
    if isinstance(found, tuple):
        return "、".join(map(str, found))
    return f"{found} 天" if key.startswith("retention.") else str(found) or "没有设置"


_RETENTION = {
    "bodies": "没有问题引用的页面原文",
    "visits": "每次访问的记录；此期间的每次巡检都能重新判定",
    "logs": "日志",
    "evidence": "已办结问题的证据",
    "private": "个人信息问题整改后，含有它的页面原文和截图",
}
_BACKUP = {"folder": "备份放在哪里；没有设置就不备份", "keep": "保留几份", "key_file": "加密备份的密钥文件"}
_MESSAGES = {
    "addresses": "收件地址的文件；没有设置时用数据文件夹中的 addresses.yaml",
    "hours": "工作日的哪些时段发送",
    "daily": "每天给办公室一条概要，没有问题时也发",
    "flapping": "反复出现又消失的问题，连续几夜存在才告知",
}
_PLAIN = {"heartbeat": "每个任务结束时访问的监测地址", "metrics_file": "运行指标写到哪个文件"}
_SECRET = frozenset({"heartbeat"})
