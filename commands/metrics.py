"""metrics."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA, Data, Database, database_url, opened
from commands.printing import say
from domain.errors import UsageError, cause


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(metrics)


def metrics(
    out: Annotated[
        Path | None, typer.Option("-o", help="写到这个 .prom 文件，默认按 settings.yaml 的 metrics_file")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="在这个端口提供，直到被停止")] = 0,
    address: Annotated[str, typer.Option("--address", help="监听地址，默认只限本机")] = "127.0.0.1",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """运行指标（Prometheus）：写成 node_exporter 读取的文件，或在一个端口上提供。"""
    from inspection import clock
    from inspection.operations.metrics import Figures, registry_of, write_figures
    from inspection.operations.settings import load_settings
    from storage import open_store

    with opened(data, db):  # said at once when there is no store
        figures = Figures(lambda: open_store(database_url(data, db), data), data, clock.now)
    if port:
        from prometheus_client import start_http_server

        try:
            _, thread = start_http_server(port, address, registry_of(figures))
        except OSError as error:
            raise UsageError(f"不能监听 {address}:{port}（{cause(error)}）；请换一个端口") from error
        say(f"运行指标：http://{address}:{port}/metrics")
        thread.join()
        return
    told = load_settings(data).metrics_file
    path = out or (Path(told) if told else None)
    if path is None:
        raise UsageError("没有写明指标文件；请用 -o 指定，或在 settings.yaml 写 metrics_file")
    write_figures(figures, path)
    say(f"已写入 {path}")
