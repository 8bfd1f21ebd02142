"""`python -m democity`: serve the city, print one JSON line with the port, end on SIGTERM."""

import argparse
import asyncio
import json
import signal
from datetime import date

from democity.calendar import ANCHOR
from democity.city import build_city
from democity.server import run


async def main(args: argparse.Namespace) -> None:
    """Build and serve."""
    city = build_city(args.size, args.seed, args.sites)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def started(port: int) -> None:
        print(json.dumps({"port": port, "sites": len(city.sites)}), flush=True)

    await run(city, args.port, args.date, started, stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m democity")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--size", choices=("demo", "small"), default="demo")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sites", type=int, default=0, help="only so many sites")
    parser.add_argument("--date", type=date.fromisoformat, default=ANCHOR)
    asyncio.run(main(parser.parse_args()))
