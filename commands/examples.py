"""Two examples for the `--help` of every command."""

import typer

from commands.groups import Command, Group

EXAMPLES = {
    "init": ("xunjian init", "xunjian init --data /srv/xunjian"),
    "db upgrade": ("xunjian db upgrade", "xunjian db upgrade --data /srv/xunjian"),
    "status": ("xunjian status", "xunjian status --format json"),
    "schedule": ("xunjian schedule", "xunjian schedule --once nightly"),
    "demo": ("xunjian demo", "xunjian demo --size small --data tour"),
    "registry import": ("xunjian registry import 登记表.xlsx", "xunjian registry import 登记表.xlsx --apply"),
    "registry export": ("xunjian registry export 登记表.xlsx", "xunjian registry export 登记表.yaml"),
    "nightly": ("xunjian nightly", "xunjian nightly --as-of 2023-04-26 --html 报告"),
    "audit": ("xunjian audit 云川市教育局", "xunjian audit --findings 43eb5e8e"),
    "gate": ("xunjian gate public --format junit", "xunjian gate https://www.example.gov.cn --fail-on veto"),
    "probe": ("xunjian probe", "xunjian probe --format json"),
    "evidence": ("xunjian evidence nightly-20230426-165704", "xunjian evidence nightly-20230426-165704 --most 20"),
    "recheck": ("xunjian recheck nightly-20230426-165704", "xunjian recheck nightly-20230426-165704 --rules 新规则.yaml"),
    "worksheet export": ("xunjian worksheet export 核查表.xlsx", "xunjian worksheet export 核查表.xlsx --data /srv/xunjian"),
    "worksheet import": ("xunjian worksheet import 核查表.xlsx", "xunjian worksheet import 核查表.xlsx --data /srv/xunjian"),
    "findings list": ("xunjian findings list", "xunjian findings list 云川市民政局 --all"),
    "findings show": ("xunjian findings show 43eb5e8e", "xunjian findings show 43eb --data /srv/xunjian"),
    "findings confirm": (
        "xunjian findings confirm 43eb5e8e --by 王敏",
        "xunjian findings confirm c171f100 --by 王敏 --context 安排布署",
    ),
    "findings reject": (
        "xunjian findings reject 43eb5e8e --by 王敏 --reason 页面可以打开",
        "xunjian findings reject c171f100 --by 王敏 --reason 人名 --only",
    ),
    "findings waive": (
        "xunjian findings waive 43eb5e8e --by 王敏 --reason 网站改版",
        "xunjian findings waive 43eb5e8e --by 王敏 --reason 网站改版 --until 2023-06-30",
    ),
    "findings reopen": (
        "xunjian findings reopen 43eb5e8e --by 王敏",
        "xunjian findings reopen 43eb5e8e --by 王敏 --reason 误操作",
    ),
    "findings doubts": ("xunjian findings doubts 云川市民政局", "xunjian findings doubts -o 疑点.xlsx"),
    "findings settle": (
        "xunjian findings settle 疑点.xlsx --by 王敏",
        "xunjian findings settle 明细表.xlsx --by 王敏 --apply",
    ),
    "scorecard": ("xunjian scorecard 云川市民政局", "xunjian scorecard -o 明细表.xlsx"),
    "report": ("xunjian report --html 报告", "xunjian report --unit 云川市民政局 -o 民政局.zip"),
    "score": ("xunjian score 问题.yaml", "xunjian score 问题.yaml --format json"),
    "rules": ("xunjian rules column.stale", "xunjian rules confirm D1.8 --by 王敏"),
    "look": ("xunjian look page.html --as-of 2023-04-26", "xunjian look --platform weibo answer.json"),
    "proof": ("xunjian proof 通知.docx", "xunjian proof 稿件 -o 标注"),
    "learn": ("xunjian learn", "xunjian learn 旧稿.txt 公报.txt.xz"),
    "period open": ("xunjian period open 2023-04 --by 王敏", "xunjian period open 2023-Q2 --by 王敏"),
    "period close": ("xunjian period close 2023-04 --by 王敏", "xunjian period close 2023-Q2 --by 王敏"),
    "period reopen": (
        "xunjian period reopen 2023-04 --by 王敏 --reason 补充台账",
        "xunjian period reopen 2023-Q2 --by 王敏 --reason 更正",
    ),
    "period list": ("xunjian period list", "xunjian period list --data /srv/xunjian"),
    "period show": ("xunjian period show 2023-04", "xunjian period show 2023-04 --format json"),
    "notice": ("xunjian notice --period 2023-04 -o 通报.docx", "xunjian notice --facts 事实.yaml -o 通报.docx"),
}  # fmt: skip


def add_examples(app: typer.Typer, before: str = "") -> None:
    """Put the examples below the help of every command, all of it in Chinese."""
    for info in app.registered_commands:
        name = before + (info.name or (info.callback.__name__.replace("_", "-") if info.callback else ""))
        info.cls = Command
        if shown := EXAMPLES.get(name):
            info.epilog = "\b\n例：\n  " + "\n  ".join(shown)
    for group in app.registered_groups:
        group.cls = Group
        if group.typer_instance is not None:
            add_examples(group.typer_instance, f"{group.name} ")
