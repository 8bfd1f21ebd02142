"""Two examples for the `--help` of every command."""

import typer

from commands.groups import Command, Group

EXAMPLES = {
    "init": ("xunjian init", "xunjian init --data /srv/xunjian"),
    "db upgrade": ("xunjian db upgrade", "xunjian db upgrade --data /srv/xunjian"),
    "status": ("xunjian status", "xunjian status --format json"),
    "serve": (
        "xunjian serve",
        "xunjian serve --host 0.0.0.0 --name xunjian.example.gov.cn --proxy 10.0.0.5",
    ),
    "worker": (
        "xunjian worker --data /srv/xunjian",
        "xunjian worker --db postgresql+psycopg://xunjian@db/xunjian --jobs 4",
    ),
    "schedule": ("xunjian schedule", "xunjian schedule --once nightly"),
    "demo": ("xunjian demo --serve", "xunjian demo --size small --data tour"),
    "access": ("xunjian access", "xunjian access 云川市教育局 --html 无障碍"),
    "registry import": ("xunjian registry import 登记表.xlsx", "xunjian registry import 登记表.xlsx --apply"),
    "registry export": ("xunjian registry export 登记表.xlsx", "xunjian registry export 登记表.yaml"),
    "token add": (
        "xunjian token add 数据大屏 --person 吴刚 --by 钱进",
        "xunjian token add 督办系统 --person 李华 --scope read --scope letters.act --days 30 --by 钱进",
    ),
    "token revoke": ("xunjian token revoke 3f0c9a1b --by 钱进", "xunjian token revoke 3f0c9a1b --by P001"),
    "token list": ("xunjian token list", "xunjian token list --data /srv/xunjian"),
    "webhook add": (
        "xunjian webhook add https://duban.example.gov.cn/events --person 吴刚 --by 钱进",
        "xunjian webhook add https://duban.example.gov.cn/events --person 李华 --event letter.answered --by 钱进",
    ),
    "webhook list": ("xunjian webhook list", "xunjian webhook list --data /srv/xunjian"),
    "webhook remove": (
        "xunjian webhook remove W3f0c9a1b --by 钱进",
        "xunjian webhook remove W3f0c9a1b --by P001",
    ),
    "webhook test": ("xunjian webhook test W3f0c9a1b", "xunjian webhook test W3f0c9a1b --allow-private"),
    "webhook send": ("xunjian webhook send", "xunjian webhook send --data /srv/xunjian"),
    "user add": (
        "xunjian user add 王敏 --role 系统管理员",
        "xunjian user add 李华 --role 单位联络员 --unit 云川市教育局 --by 王敏",
    ),
    "user disable": ("xunjian user disable 李华 --by 王敏", "xunjian user disable P3 --by 王敏"),
    "user invite": (
        "xunjian user invite 李华 --by 王敏",
        "xunjian user invite P003 --by 王敏 --url https://xunjian.example.gov.cn",
    ),
    "user reset": ("xunjian user reset 李华 --by 王敏", "xunjian user reset P003 --by 王敏"),
    "user list": ("xunjian user list", "xunjian user list --data /srv/xunjian"),
    "contacts import": ("xunjian contacts import 联系人.xlsx", "xunjian contacts import 联系人.xlsx --by 王敏 --apply"),
    "contacts list": ("xunjian contacts list", "xunjian contacts list 云川市教育局"),
    "trail list": ("xunjian trail list", "xunjian trail list 王敏 --last 200"),
    "trail verify": ("xunjian trail verify", "xunjian trail verify --head 3f9a0c"),
    "trail export": ("xunjian trail export 留痕.csv", "xunjian trail export 留痕.jsonl"),
    "ledger import": ("xunjian ledger import 台账.xlsx", "xunjian ledger import 台账.xlsx --by 王敏 --apply"),
    "ledger export": ("xunjian ledger export 台账.xlsx", "xunjian ledger export 四月台账.xlsx --month 2023-04"),
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
    "findings request": (
        "xunjian findings request 43eb5e8e --by 李华 --reason 网站迁移 --until 2023-06-30",
        "xunjian findings request c171f100 --by 李华 --reason 原文如此有误 --confirm",
    ),
    "findings grant": ("xunjian findings grant", "xunjian findings grant 43eb5e8e --by 王敏"),
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
    "rules": (
        "xunjian rules column.stale",
        "xunjian rules kept nightly-20230426-010000 当时的文件",
    ),
    "look": ("xunjian look page.html --as-of 2023-04-26", "xunjian look --platform weibo answer.json"),
    "backup": ("xunjian backup /mnt/backup/今夜.backup --key /etc/xunjian/backup.key --by 王敏", "xunjian backup"),
    "messages send": ("xunjian messages send --dry-run", "xunjian messages send --anytime"),
    "messages list": ("xunjian messages list", "xunjian messages list --last 200"),
    "messages alarm": ("xunjian messages alarm xunjian", "xunjian messages alarm xunjian-doctor"),
    "messages on": ("xunjian messages on --by 王敏", "xunjian messages on --by P1"),
    "messages off": ("xunjian messages off --by 王敏", "xunjian messages off --by P1"),
    "messages test": ("xunjian messages test --by 王敏", "xunjian messages test 云川市教育局 --by 王敏"),
    "doctor": ("xunjian doctor", "xunjian doctor --repair --by 王敏"),
    "metrics": ("xunjian metrics -o /var/lib/node_exporter/xunjian.prom", "xunjian metrics --port 9633"),
    "prune": ("xunjian prune --dry-run", "xunjian prune --by 王敏"),
    "restore": (
        "xunjian restore 今夜.backup --data /srv/xunjian-new --key /etc/xunjian/backup.key --by 王敏",
        "xunjian restore 今夜.backup --verify",
    ),
    "proof": ("xunjian proof 通知.docx", "xunjian proof 稿件 -o 标注"),
    "learn": ("xunjian learn", "xunjian learn 旧稿.txt 公报.txt.xz"),
    "period open": (
        "xunjian period open 2023-Q2 --by 王敏",
        "xunjian period open 2023-04 --by 王敏 --cutoff 2023-04-25 --until 家次=2023-04-30",
    ),
    "period close": ("xunjian period close 2023-04 --by 王敏", "xunjian period close 2023-Q2 --by 王敏"),
    "period reopen": (
        "xunjian period reopen 2023-04 --by 王敏 --reason 补充台账",
        "xunjian period reopen 2023-Q2 --by 王敏 --reason 更正",
    ),
    "period list": ("xunjian period list", "xunjian period list --data /srv/xunjian"),
    "period show": ("xunjian period show 2023-04", "xunjian period show 2023-04 --format json"),
    "period archive": (
        "xunjian period archive 2023-04 -o 档案/2023-04 --by 王敏",
        "xunjian period archive 2023-Q2 -o 档案/2023-Q2 --by 王敏 --data /srv/xunjian",
    ),
    "archive verify": ("xunjian archive verify 档案/2023-04", "xunjian archive verify /srv/档案/2023-Q2"),
    "notice": ("xunjian notice --period 2023-04 -o 通报.docx", "xunjian notice --facts 事实.yaml -o 通报.docx"),
}  # fmt: skip
_PAPER = {  # of letters and slips alike
    "draft": ("draft --by 王敏", "draft --by 王敏 --unit 云川市教育局"),
    "submit": ("submit {0}3 --by 王敏", "submit {0}3 --by P2"),
    "issue": ("issue {0}3 --by 王敏 -o 发出", "issue {0}3 --by 王敏 --due 2023-06-07T17:00"),
    "sign": ("sign {0}3 --by 李华", "sign {0}3 --by P5"),
    "answer": ("answer 回执.docx --by 李华", "answer 扫描件.pdf --by 李华 --letter {0}3"),
    "close": ("close {0}3 --by 王敏", "close {0}3 --by 王敏 --item 2 --reason 已现场核实"),
    "decide": ("decide {0}3 --by 王敏 --item 1 --upheld --reason 栏目确已归档", "decide {0}3 --by 王敏 --item 1 --dismissed --reason 证据不足"),
    "due": ("due {0}3 2023-06-09T17:00 --by 王敏 --reason 单位申请延期", "due {0}3 2023-06-12T12:00 --by 王敏 --reason 系统故障"),
    "withdraw": ("withdraw {0}3 --by 王敏 --reason 发错单位", "withdraw {0}3 --by 王敏 --reason 内容有误"),
    "list": ("list", "list {0}3"),
}  # fmt: skip
EXAMPLES |= {
    f"{name} {command}": (f"xunjian {name} {first.format(mark)}", f"xunjian {name} {second.format(mark)}")
    for name, mark in (("letters", "L"), ("slips", "S"))
    for command, (first, second) in _PAPER.items()
}


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
