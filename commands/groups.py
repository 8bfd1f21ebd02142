"""The commands in groups, as `--help` lists them: what is done daily, by hand, when setting up, and in a pipeline."""

from typing import Any

from typer.core import TyperGroup

GROUPS = {
    "日常": (
        "nightly",
        "audit",
        "probe",
        "evidence",
        "status",
        "schedule",
        "scorecard",
        "report",
        "period",
        "notice",
        "letters",
        "slips",
    ),
    "人工": ("findings", "worksheet", "score", "proof", "ledger", "trail"),
    "配置": ("init", "db", "registry", "user", "contacts", "rules", "learn", "demo"),
    "开发": ("gate", "look", "recheck"),
}


class GroupedCommands(TyperGroup):
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
