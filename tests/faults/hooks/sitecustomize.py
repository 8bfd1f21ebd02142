"""Faults of the machine that a test asks for by the environment: no name server, a clock that jumped."""

import os

if names := os.environ.get("FAULT_NAMES"):
    import socket

    real_lookup = socket.getaddrinfo

    def looked_up(host: object, *args: object, **more: object) -> object:
        """`site.test` is this machine while the name server is there."""
        name = host.decode() if isinstance(host, bytes) else host
        if name == "site.test" and names == "up":
            return real_lookup("127.0.0.1", *args, **more)
        if name and names == "down" and not str(name)[0].isdigit():
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real_lookup(host, *args, **more)

    def by_name(host: str) -> str:
        """What threads of Twisted ask."""
        return str(looked_up(host, None)[0][4][0])  # type: ignore[index]

    socket.getaddrinfo = looked_up
    socket.gethostbyname = by_name

if hours := os.environ.get("FAULT_CLOCK"):
    import datetime

    import inspection.clock

    inspection.clock.now = lambda: datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=float(hours))
