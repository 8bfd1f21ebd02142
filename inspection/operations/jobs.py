"""The jobs of the clock: what each one calls, when, for how long at most, and when it has nothing to do."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from inspection.operations.addresses import FILE as ADDRESSES
from inspection.operations.addresses import VARIABLE as ADDRESSES_VARIABLE
from inspection.operations.settings import load_settings


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Jobs of one lane follow each other, lanes go beside each other."""

    title: str
    arguments: tuple[str, ...]
    cron: str
    limit: timedelta
    lane: str = "default"


def _hours(number: float) -> timedelta:
    return timedelta(hours=number)


JOBS: Mapping[str, Job] = {
    "nightly": Job("例行巡检", ("nightly", "--scheduled"), "30 22 * * *", _hours(20)),
    "probe": Job("访问监测", ("probe",), "13 * * * *", _hours(0.8), "probe"),  # 24 visits a day; 20 are required
    "evidence": Job("截图取证", ("evidence",), "0 7 * * *", _hours(3)),
    "messages": Job("消息和催办", ("messages", "send", "--scheduled"), "40 8-17 * * *", _hours(0.5), "beside"),
    "learn": Job("用字学习", ("learn",), "0 13 * * 0", _hours(3)),
    "backup": Job("备份", ("backup", "--scheduled"), "30 12 * * *", _hours(4), "beside"),
    "prune": Job("清理", ("prune", "--scheduled"), "0 18 * * *", _hours(3)),
    "webhooks": Job("事件推送", ("webhook", "send"), "*/10 * * * *", _hours(0.15), "beside"),
    "metrics": Job("运行指标", ("metrics",), "*/15 * * * *", _hours(0.2), "beside"),
}
LANES = tuple(dict.fromkeys(job.lane for job in JOBS.values()))


def why_not(name: str, data: Path) -> str:
    """Why a job has nothing to do in a data folder, in Chinese; empty when it has. ConfigError for wrong settings."""
    settings = load_settings(data)
    if name == "backup" and not settings.backup.folder:
        return "settings.yaml 没有写 backup.folder（备份放在哪里）"
    if name == "metrics" and not settings.metrics_file:
        return "settings.yaml 没有写 metrics_file（指标文件）"
    if name == "messages" and not (
        settings.messages.addresses or (data / ADDRESSES).exists() or os.environ.get(ADDRESSES_VARIABLE)
    ):
        return f"没有收件地址（{ADDRESSES} 或环境变量 {ADDRESSES_VARIABLE}）"
    return ""
