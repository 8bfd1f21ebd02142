"""The machine: disk, browser, fonts, network, clock, rights of the folder."""

import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.browser.rendering import find_browser
from crawler.guard import is_public
from domain.crawl_policy import CrawlPolicy
from domain.ports import Store
from domain.rules import RuleBook
from inspection.operations.health.symptoms import Patient, Symptom, bad, good, notice
from inspection.people.lessons import TYPO
from inspection.texts.installation import KEY, create_key
from storage.exports import space_of

LEAST_FREE = 1 << 30
NIGHTS_AHEAD = 30  # of bodies that should still fit
FEW_HOSTS = 5
SECONDS = 3.0
PRIVATE_FILES = (KEY, "addresses.yaml", "xunjian.db")


def disk(patient: Patient) -> Iterator[Symptom]:
    """Whether the next nights fit."""
    free = shutil.disk_usage(patient.data).free
    used = sum(path.stat().st_size for path in (patient.data / "blobs").glob("*/*") if path.is_file())
    total = used + space_of(patient.url)
    text = f"剩余 {free / 2**30:.1f} GB，快照 {used / 2**30:.2f} GB，数据库 {(total - used) / 2**30:.2f} GB"
    if free < LEAST_FREE:
        yield bad("磁盘", text, "清理磁盘，或运行 xunjian prune --dry-run 查看可清理的内容")
    elif free < total:
        yield notice("磁盘", text, "剩余空间已少于现有数据，请准备扩容或缩短 settings.yaml 中 retention 的天数")
    else:
        yield good("磁盘", text)


def browser(rules: RuleBook | None) -> Iterator[Symptom]:
    """Chromium, and a font to draw Chinese with."""
    policy = CrawlPolicy.from_settings(dict(rules.crawl)) if rules else CrawlPolicy()
    path = find_browser(policy)
    if path:
        yield good("浏览器", path)
    else:
        yield notice(
            "浏览器",
            "没有找到 Chromium，由脚本生成的页面将列为未能判定",
            "安装 Chromium（apt-get install chromium），或在 rules.yaml 的 crawl.browser 中写明路径",
        )
    yield from _fonts()


def words(rules: RuleBook | None) -> Iterator[Symptom]:
    """The words of general Chinese beside the counts of the typo check."""
    if rules is None or TYPO not in rules.checks:
        return
    if path := rules.checks[TYPO].params.get("words"):
        yield good("词语语言模型", str(path))
    else:
        yield notice(
            "词语语言模型",
            "没有安装，错别字检查照常进行，但在本地不熟悉的文字中查出较少、误报略多",
            "安装 Debian 软件包（apt-get install libime-data-language-model），或在 rules.yaml 的 text.typo 中写明 words 的路径",
        )


def _fonts() -> Iterator[Symptom]:
    program = shutil.which("fc-list")
    if program is None:
        yield notice(
            "字体",
            "没有 fc-list，无法确认是否装有中文字体",
            "安装 fontconfig 和 fonts-noto-cjk，否则截图中的汉字可能显示为方框",
        )
        return
    try:
        told = subprocess.run(  # noqa: S603
            [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = ""
    names = sorted({line.partition(",")[0].strip() for line in told.splitlines() if line.strip()})
    if names:
        yield good("字体", f"中文字体 {len(names)} 种，如 {names[0]}")
    else:
        yield notice("字体", "没有中文字体，截图中的汉字将显示为方框", "安装 fonts-noto-cjk")


def network(patient: Patient, store: Store | None, rules: RuleBook | None) -> Iterator[Symptom]:
    """Whether some registered home page or canary takes a connection; no page is asked for."""
    if not patient.ask_network:
        return
    canaries = [str(url) for url in rules.crawl.get("canaries", ())] if rules else []
    sites = store.load_registry().sites if store else ()
    urls = list(dict.fromkeys([site.home_url for site in sites[:: max(1, len(sites) // FEW_HOSTS)]][:FEW_HOSTS]))
    if urls or canaries:
        answers = [_takes(url, allow_private=patient.allow_private) for url in (*urls, *canaries)]
        text = f"试连 {len(answers)} 个首页和参照网址，{sum(answers)} 个可以连接"
        fix = "检查网线、域名服务器和防火墙；本机网络不通时，当晚结果为未能判定"
        yield good("网络", text) if any(answers) else bad("网络", text, fix)
    if canaries:
        silent = [url for url in canaries if not _takes(url, allow_private=patient.allow_private)]
        fix = "在 rules.yaml 的 crawl.canaries 中换成能够访问的网址"
        yield (
            notice("参照网址", f"无法连接：{'、'.join(silent)}", fix)
            if silent
            else good("参照网址", f"{len(canaries)} 个都可以连接")
        )
    elif len(sites) < 3:
        yield notice(
            "参照网址",
            "登记的网站很少，又没有参照网址，全部无应答时分不清是不是本机网络故障",
            "在 rules.yaml 的 crawl.canaries 中写一两个稳定的网址",
        )


def _takes(url: str, *, allow_private: bool) -> bool:
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        address = str(found[0][4][0])
        if not allow_private and not is_public(address.partition("%")[0]):
            return False
        with socket.create_connection((address, port), SECONDS):
            return True
    except (OSError, ValueError):
        return False


def clock(patient: Patient, store: Store | None) -> Iterator[Symptom]:
    """Whether time goes forward, and the time zone is known."""
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        yield bad("时钟", "系统没有时区数据，定时任务无法按北京时间执行", "安装 tzdata")
        return
    newest = max((run.started_at for run in store.runs()), default=None) if store else None
    if newest and newest > patient.now + timedelta(minutes=5):
        text = f"系统时间早于最近一个批次的开始时间（{newest.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}）"
        yield bad("时钟", text, "校准系统时间（timedatectl set-ntp true），再运行巡检")
    else:
        yield good("时钟", f"北京时间 {patient.now.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}")


def rights(patient: Patient) -> Iterator[Symptom]:
    """Whether others can read what holds private data, and we can write."""
    if not os.access(patient.data, os.W_OK | os.X_OK):
        yield bad("文件夹权限", f"{patient.data} 不可写", "检查所有者和权限，或所在磁盘是否只读")
        return
    opened = [
        path for path in _private(patient.data) if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if opened:
        names = "、".join(path.name or str(path) for path in opened)
        yield notice(
            "文件夹权限", f"其他用户可以读取：{names}", "运行 xunjian doctor --repair 收紧权限", partial(_close, opened)
        )
    else:
        yield good("文件夹权限", "只有本用户可以读取")
    if not (patient.data / KEY).exists():
        yield notice(
            "隐私密钥",
            "没有 privacy.key，个人信息的遮盖指纹不是本单位独有",
            "运行 xunjian doctor --repair 生成",
            partial(_make_key, patient.data),
        )


def _private(data: Path) -> Iterator[Path]:
    yield data
    yield from (data / name for name in PRIVATE_FILES)


def _close(paths: list[Path]) -> str:
    for path in paths:
        path.chmod(0o700 if path.is_dir() else 0o600)
    return f"已收紧 {len(paths)} 处权限"


def _make_key(data: Path) -> str:
    create_key(data)
    return "已生成 privacy.key"
