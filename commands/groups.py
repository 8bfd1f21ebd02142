"""The commands in groups, as `--help` lists them: what is done daily, by hand, when setting up, and in a pipeline."""

from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

GROUPS = {
    "日常": (
        "nightly",
        "audit",
        "probe",
        "evidence",
        "access",
        "status",
        "schedule",
        "serve",
        "worker",
        "scorecard",
        "report",
        "period",
        "archive",
        "notice",
        "letters",
        "slips",
    ),
    "人工": ("findings", "worksheet", "score", "proof", "ledger", "trail"),
    "配置": ("init", "db", "registry", "user", "token", "contacts", "rules", "learn", "demo"),
    "维护": ("doctor", "backup", "restore", "prune", "messages", "webhook", "metrics"),
    "开发": ("gate", "look", "recheck"),
}


HELP = {
    "install_completion": "为当前的命令行（bash、zsh、fish）安装命令补全，重新打开终端后按 Tab 键使用",
    "show_completion": "显示补全脚本，供手工安装",
    "help": "显示本说明",
}


def in_chinese(params: list[Any]) -> list[Any]:
    """The options, those that typer adds explained in Chinese."""
    for param in params:
        if param.name in HELP and isinstance(param, TyperOption):
            param.help = HELP[param.name]
    return params


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options."""
        return in_chinese(super().get_params(ctx))


class Group(TyperGroup):
    """The same of a group."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options."""
        return in_chinese(super().get_params(ctx))


class GroupedCommands(Group):
    """The list of commands, one section a group; a command nobody has placed stands last, so that it is seen."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the sections."""
        placed = {name for names in GROUPS.values() for name in names}
        rest = tuple(name for name in self.list_commands(ctx) if name not in placed)
        for title, names in (*GROUPS.items(), ("其他", rest)):
            rows = []
            for name in names:
                command = self.get_command(ctx, name)
                if command is not None and not command.hidden:
                    rows.append((name, command.get_short_help_str(limit=100)))
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
