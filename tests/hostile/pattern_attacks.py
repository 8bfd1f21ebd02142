"""Every regular expression of a package, and hostile strings made from its own parts."""

import ast
import importlib
import pkgutil
import re
import re._constants as c
import re._parser as parser
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

ANCHORED = frozenset({"match", "fullmatch"})
METHODS = ANCHORED | {"search", "sub", "subn", "findall", "finditer", "split"}
Text = Any  # str or bytes


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and by which methods it is used."""

    place: str
    pattern: "re.Pattern[Any]"
    methods: frozenset[str] = field(default=frozenset({"search"}))


def patterns_of(package: str) -> Iterator[Used]:
    """Patterns in module globals (also inside tuples, mappings and dataclasses), and those written in place."""
    root = importlib.import_module(package)
    seen: set[re.Pattern[Any]] = set()
    for info in pkgutil.walk_packages(root.__path__, f"{package}."):
        module = importlib.import_module(info.name)
        source = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        used = _methods(source)
        for name, value in vars(module).items():
            for pattern in _inside(value, 0):
                if pattern not in seen:
                    seen.add(pattern)
                    yield Used(f"{info.name}.{name}", pattern, _known(used.get(name, frozenset())))
        for pattern, method, line in _in_place(source):
            if pattern not in seen:
                seen.add(pattern)
                yield Used(f"{info.name}:{line}", pattern, _known(frozenset({method})))


def _known(methods: frozenset[str]) -> frozenset[str]:
    """A pattern that is handed on may be searched with."""
    return methods or frozenset({"search"})


def _inside(value: Any, depth: int) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4 or isinstance(value, ModuleType | type | str | bytes):
        return
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _inside(item, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _inside(item, depth + 1)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _inside(getattr(value, name, None), depth + 1)


def _methods(source: ast.AST) -> dict[str, frozenset[str]]:
    """Name -> methods called on it; a name that is passed on anywhere is not listed."""
    called: dict[str, set[str]] = {}
    attributes = {id(node.value): node.attr for node in ast.walk(source) if isinstance(node, ast.Attribute)}
    for node in ast.walk(source):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            called.setdefault(node.id, set()).add(attributes.get(id(node), "search"))
    return {name: frozenset(methods & METHODS or {"search"}) for name, methods in called.items()}


def _in_place(source: ast.AST) -> Iterator[tuple["re.Pattern[Any]", str, int]]:
    for node in ast.walk(source):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in METHODS
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield re.compile(node.args[0].value, _flags(node)), node.func.attr, node.lineno


def _flags(call: ast.Call) -> int:
    texts = [ast.unparse(item) for item in (*call.args[1:], *(word.value for word in call.keywords))]
    return sum(
        {"re.I": re.I, "re.S": re.S, "re.M": re.M, "re.A": re.A}.get(part, 0)
        for text in texts
        for part in text.split(" | ")
    )


def attacks(pattern: "re.Pattern[Any]") -> list[Callable[[int], Text]]:
    """Makers of strings of about `n` characters on which a pattern may lose itself."""
    binary = isinstance(pattern.pattern, bytes)
    tree = parser.parse(pattern.pattern, pattern.flags)
    pieces: dict[tuple[str, str, str], None] = {}
    for before, body in _loops(list(tree), ""):
        for pump in dict.fromkeys((body, before + body, before, *(body[:1] for _ in body[:1]))):
            if pump:
                pieces[before, pump, "\x01!"] = None
                pieces["", pump, "\x01!"] = None
    for start in _starts(list(tree)):
        pieces["", start, "\x01!"] = None
    for plain in (" ", "\n", "<", "a", "1", "中", "年"):
        pieces["", plain, "\x01!"] = None
    return [_maker(*piece, binary=binary) for piece in pieces]


def _maker(before: str, pump: str, after: str, *, binary: bool) -> Callable[[int], Text]:
    def make(size: int) -> Text:
        text = before + pump * max(1, size // len(pump)) + after
        return text.encode("utf-8", "replace") if binary else text

    return make


def _starts(items: list[Any]) -> Iterator[str]:
    """What the first one, two, three... parts match: restarted again and again."""
    for end in range(1, len(items) + 1):
        if text := _example(items[:end]):
            yield text


def _loops(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """(an example of what stands before a loop, one turn of it) for every loop of a parsed pattern, at any depth."""
    for at, (op, argument) in enumerate(items):
        lead = before + _example(items[:at])
        if op in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
            _, most, body = argument
            if most > 20:
                for turn in _examples(list(body)):
                    yield lead, turn
            yield from _loops(list(body), lead)
        elif op is c.SUBPATTERN:
            yield from _loops(list(argument[3]), lead)
        elif op is c.BRANCH:
            for branch in argument[1]:
                yield from _loops(list(branch), lead)
        elif op in {c.ASSERT, c.ASSERT_NOT}:
            yield from _loops(list(argument[1]), lead)
        elif op is c.ATOMIC_GROUP:
            yield from _loops(list(argument), lead)


def _examples(items: list[Any]) -> list[str]:
    """A few texts that one turn of a loop matches."""
    if len(items) == 1 and items[0][0] is c.BRANCH:
        return [text for branch in items[0][1][1][:6] if (text := _example(list(branch)))]
    if len(items) == 1 and items[0][0] is c.IN:
        return list(dict.fromkeys(_of_set(items[0][1])))[:6] or ["a"]
    if len(items) == 1 and items[0][0] is c.SUBPATTERN:
        return _examples(list(items[0][1][3]))
    return [_example(items)] if _example(items) else []


def _example(items: list[Any]) -> str:
    """A shortest text that parts of a pattern match, as far as that is plain."""
    text = ""
    for op, argument in items:
        if op is c.LITERAL:
            text += chr(argument)
        elif op is c.NOT_LITERAL:
            text += "a" if argument != ord("a") else "b"
        elif op is c.ANY:
            text += "x"
        elif op is c.IN:
            text += next(iter(_of_set(argument)), "a")
        elif op in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
            text += _example(list(argument[2])) * min(max(argument[0], 0), 50)
        elif op is c.SUBPATTERN:
            text += _example(list(argument[3]))
        elif op is c.ATOMIC_GROUP:
            text += _example(list(argument))
        elif op is c.BRANCH:
            text += min((_example(list(branch)) for branch in argument[1]), key=len)
    return text


_CATEGORIES = {
    c.CATEGORY_DIGIT: "1", c.CATEGORY_SPACE: " \n", c.CATEGORY_WORD: "a1中", c.CATEGORY_NOT_SPACE: "a<",
    c.CATEGORY_NOT_DIGIT: "a ", c.CATEGORY_NOT_WORD: " -",
}  # fmt: skip


def _of_set(items: list[Any]) -> Iterator[str]:
    negated = bool(items) and items[0][0] is c.NEGATE
    if negated:
        taken = set(_of_set(items[1:]))
        yield from (text for text in "a1 <.中\"'" if text not in taken)
        return
    for op, argument in items:
        if op is c.LITERAL:
            yield chr(argument)
        elif op is c.RANGE:
            yield chr(argument[0])
        elif op is c.CATEGORY:
            yield from _CATEGORIES.get(argument, "a")


class Late(Exception):
    """A pattern took longer than it may."""


def _ring(number: int, frame: FrameType | None) -> None:
    raise Late


def seconds(pattern: "re.Pattern[Any]", method: str, text: Text, limit: float = 2.0) -> float:
    """Processor seconds of one use; Late after `limit`: the engine of `re` looks for signals now and then."""
    call = getattr(pattern, method)
    signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    started = time.process_time()
    try:
        if method in {"sub", "subn"}:
            call(b"" if isinstance(text, bytes) else "", text)
        elif method == "finditer":
            for _ in call(text):
                pass
        else:
            call(text)
        return time.process_time() - started
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


LONG, MEASURABLE = 4_096, 0.0015  # characters; seconds within which no doubling can be told from chance


def growth(pattern: "re.Pattern[Any]", method: str, make: Callable[[int], Text]) -> float:
    """By what factor the time grows when a hostile string is doubled; 2 is linear, 4 is quadratic, 1 is nothing.

    The smallest of three doublings counts, each the best of three.
    """
    try:
        if seconds(pattern, method, make(LONG)) < MEASURABLE:
            return 1.0
        sizes = (LONG // 2, LONG, 2 * LONG, 4 * LONG)
        times = [min(seconds(pattern, method, make(size)) for _ in range(3)) for size in sizes]
    except Late:
        return float("inf")
    return min(after / before for before, after in pairwise(times))
