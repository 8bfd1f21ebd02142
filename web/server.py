"""One process that serves the console until it is stopped."""

import uvicorn
from fastapi import FastAPI

GRACE = 20  # seconds for what is under way when it is stopped


def serve(app: FastAPI, host: str, port: int, proxies: tuple[str, ...] = ()) -> None:
    """Answer requests; headers of a proxy count only when they come from one of `proxies`."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,  # what goes wrong stands in the log files of the data folder
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=GRACE,
    )
    uvicorn.Server(config).run()
