"""The console over an opened store: what `serve` and `demo --serve` share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from commands.options import rulebook
from commands.printing import say

if TYPE_CHECKING:
    from domain.ports import Store
    from domain.rules import RuleBook
    from inspection.operations.errands import Errands

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - told apart, not listened on


def run_console(
    store: "Store",
    data: Path,
    rules: Path | None,
    host: str,
    port: int,
    names: tuple[str, ...] = (),
    proxies: tuple[str, ...] = (),
    errands: "Errands | None" = None,
) -> None:
    """Serve until it is stopped."""
    from inspection import clock
    from inspection.entrance.invitations import first_administrator
    from web.app import build_app
    from web.server import serve as serve_app
    from web.visit import Place

    known = frozenset(each.lower() for each in names) | LOOPBACK | ({host} - ANY)
    load = _remembered(rules, data)
    load()
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}" if not names else f"https://{names[0]}"
    made = first_administrator(store, clock.now())
    if made is not None:
        person, secret = made
        say(f"还没有人能登录管理。请用此一次性链接为{person.words}设置密码：")
        say(f"  {base}/link/{secret}")
    say(f"控制台：{base}/（按 Ctrl-C 停止）")
    if host not in LOOPBACK and not proxies:
        say("注意：没有加密，密码会明文经过网络；请放在加密的反向代理之后，并用 --proxy 写明它的地址。")
    try:
        serve_app(build_app(Place(store, data, load, clock.now, known, rules, errands)), host, port, proxies)
    finally:
        if errands is not None:
            errands.stop()


def _remembered(rules: Path | None, data: Path) -> "Callable[[], RuleBook]":
    """The rules, read again when their files have changed."""
    kept: dict[tuple[float, ...], RuleBook] = {}

    def load() -> "RuleBook":
        files = [rules or data / "rules.yaml", *sorted((data / "words").glob("*.tsv"))]
        stamp = tuple(path.stat().st_mtime for path in files if path.exists())
        if stamp not in kept:
            made = rulebook(rules, data)
            kept.clear()
            kept[stamp] = made
        return kept[stamp]

    return load
