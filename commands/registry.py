"""registry import, registry export."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA, AsOf, By, Data, Database, Rules, acting, moment, opened, rulebook
from commands.printing import say
from domain.errors import RegistryError

registry_app = typer.Typer(help="登记单位、网站和账号", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(registry_app, name="registry")


@registry_app.command("import")
def import_registry(
    file: Annotated[Path, typer.Argument(metavar="文件", help="XLSX、CSV 或 YAML")],
    apply: Annotated[bool, typer.Option("--apply", help="写入；不加时只预览差异")] = False,
    as_of: AsOf = "",
    by: By = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """导入登记表：先看差异，加 --apply 才写入。"""
    from domain.times import beijing_date
    from inspection import clock
    from inspection.people.registering import register_targets
    from registry import build, preview, read_file

    with opened(data, db) as store:
        result = build(read_file(file), store.load_registry(), as_of=beijing_date(moment(as_of, clock.now())))
        say(preview(result))
        if result.problems:
            raise RegistryError(f"{file} 有 {len(result.problems)} 处问题，没有写入")
        if apply and result.changes:
            register_targets(store, acting(store, by, named=False), result.registry, clock.now(), file.name)
            say("已写入。")
        elif result.changes:
            say("以上为预览；加 --apply 写入。")


@registry_app.command("export")
def export_registry(
    file: Annotated[Path, typer.Argument(metavar="文件", help="扩展名决定格式：.xlsx、.csv、.yaml")],
    columns: Annotated[bool, typer.Option("--columns", help="附上自动识别的栏目，可修改后再导入")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """导出登记表。"""
    from inspection.results.column_proposal import proposed_columns
    from registry import export

    with opened(data, db) as store:
        registry = store.load_registry()
        proposal = proposed_columns(store, registry, rulebook(rules, data)) if columns else None
        export(registry, file, columns=proposal)
    say(f"已导出：{file}")
