"""xunjian (巡检): the command line. Commands live in `commands/`; here are only the way in and the way out."""

import importlib
import os
import sys
from typing import Annotated

import typer

from commands.early_signals import note_interrupts
from commands.examples import add_examples
from commands.groups import GroupedCommands
from commands.printing import harmless
from commands.usage import usage_sentence
from domain.errors import ConfigError, XunjianError, cause

INTERRUPTED = 130  # what typer makes of Ctrl-C
TOPICS = (
    "system",
    "clockwork",
    "registry",
    "persons",
    "tokens",
    "runs",
    "probe",
    "evidence",
    "access",
    "worksheets",
    "findings",
    "scorecards",
    "rules",
    "trail",
    "periods",
    "notice",
    "letters",
    "ledger",
    "serve",
    "workers",
    "look",
    "proof",
    "backup",
    "pruning",
    "messages",
    "webhooks",
    "doctor",
    "metrics",
)


def build_app() -> typer.Typer:
    """The program with all its commands; what a command needs is imported when it runs."""
    app = typer.Typer(
        name="xunjian",
        help="巡检：政府网站与政务新媒体的检查、评分与通报",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        cls=GroupedCommands,
    )
    app.callback()(_program)
    for topic in TOPICS:
        importlib.import_module(f"commands.{topic}").register(app)
    add_examples(app)
    return app


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"xunjian {version('xunjian')}")
        raise typer.Exit


def _program(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_say_version, help="显示版本")] = False,
) -> None:
    """巡检：政府网站与政务新媒体的检查、评分与通报"""


def main(argv: list[str] | None = None) -> None:
    """Run one command; every exit other than 0 says why on the last line of standard error."""
    note_interrupts()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # we multiply no matrices: its threads would only start and wait
    try:
        code = run(sys.argv[1:] if argv is None else argv)
    except SystemExit as ended:
        # whoever read our output has seen enough: typer puts this in the place of stdout, and would end with 1 (fail)
        is_unread = type(sys.stdout).__name__ == "PacifyFlushWrapper"
        code = 0 if is_unread else ended.code if isinstance(ended.code, int) else 2
        if is_unread:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)


def run(argv: list[str]) -> int:
    """The exit code of a command line: 0 pass, 1 fail, 2 usage or configuration, 3 could not judge."""
    try:
        result = build_app()(args=argv, prog_name="xunjian", standalone_mode=False)
    except ConfigError as error:
        sys.stderr.writelines(f"  {harmless(problem)}\n" for problem in error.problems)
        return _fail(str(error), error.exit_code)
    except XunjianError as error:
        return _fail(str(error), error.exit_code)
    except typer.Abort:
        return _fail("已中断", 3)
    except KeyboardInterrupt:
        return _fail("已中断", 3)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(f"{error.format_message()}\n")
            return _fail("缺少命令；以上是可用的命令", 2)
        return _fail(usage_sentence(error), 2)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        return _fail(f"不能读写{where}（{cause(error)}）；请检查路径、权限和磁盘空间", 2)
    if result == INTERRUPTED:
        return _fail("已中断", 3)
    return result if isinstance(result, int) else 0


def _fail(why: str, code: int) -> int:
    sys.stderr.write(f"{harmless(' '.join(why.split(chr(10))))}\n")
    return code


if __name__ == "__main__":
    main()
