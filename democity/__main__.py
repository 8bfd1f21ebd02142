"""`python -m democity`: serve the city, print one JSON line with the port, end on SIGTERM."""

import argparse
import asyncio
import json
import signal
import sys
from datetime import date

from democity.calendar import ANCHOR
from democity.city import build_city
from democity.server import open_door, run


async def main(args: argparse.Namespace) -> None:
    """Build and serve."""
    city = build_city(args.size, args.seed, args.sites)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    try:
        door = open_door(args.port)
    except OSError as fault:
        sys.exit(f"port {args.port} cannot be opened ({fault.strerror}); choose another, or 0 for any")
    said = json.dumps({"port": door.getsockname()[1], "sites": len(city.sites), "accounts": len(city.accounts)})
    await run(city, door, args.date, stop, lambda: print(said, flush=True))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m democity")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--size", choices=("demo", "small"), default="demo")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sites", type=int, default=0, help="only so many sites")
    parser.add_argument("--date", type=date.fromisoformat, default=ANCHOR)
    asyncio.run(main(parser.parse_args()))
