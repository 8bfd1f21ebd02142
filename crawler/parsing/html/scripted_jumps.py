"""Where a script sends every visitor on: only what surely runs counts, and only addresses that can be put together.

What stands in a condition, a function nobody calls, a string or a comment sends nobody on.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|<!--[^\n]*|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?|\n|[A-Za-z_$][\w$]*|\d[\w.]*|=>|[=!<>]=+|&&|\|\||[^\s\w]",
    re.S,
)
_COMMENT = ("//", "/*", "<!--")
_CONDITIONS = frozenset(("if", "else", "for", "while", "do", "switch", "catch", "case", "?", "&&", "||"))
_ROOTS = frozenset(("window", "self", "top", "parent", "document", "this", "globalThis"))
_CALLERS = frozenset(("setTimeout", "$", "jQuery", "ready", "addEventListener", "onload", "load", "DOMContentLoaded"))
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_OPEN = frozenset(("else", "do", "return", "new", "typeof", "var", "let", "const", "in", "of"))
_LONGEST = 20_000


@dataclass(slots=True)
class Sent:
    """What scripts do with a visitor: addresses of sure jumps, and whether some jump is not understood."""

    targets: list[str] = field(default_factory=list)
    unclear: bool = False


def sent_on(scripts: Sequence[str], events: Sequence[str], url: str) -> Sent:
    """What the inline `scripts` and the load `events` (onload=...) of a page at `url` do."""
    bodies: dict[str, list[str]] = {}
    sent, variables = Sent(), _variables(url)
    for script in (*scripts, *events):
        if len(script) <= _LONGEST and ("location" in script or "open" in script or "(" in script):
            _run(_tokens(script), sent, bodies, variables, set())
    return sent


def _variables(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    told = {"protocol": f"{parts.scheme}:", "host": parts.netloc, "hostname": parts.hostname or "", "origin": origin, "pathname": parts.path, "search": "", "href": url}  # fmt: skip
    return {f"location.{name}": value for name, value in told.items()}


def _tokens(script: str) -> list[str]:
    """The words of a script, with the semicolons that ends of lines stand for."""
    found: list[str] = []
    words = [token for token in _TOKEN.findall(script) if not token.startswith(_COMMENT)]
    for at, word in enumerate(words):
        if word != "\n":
            found.append(word)
        elif (
            found and _WORD.fullmatch(next((later for later in words[at:] if later != "\n"), "")) and _is_closed(found)
        ):
            found.append(";")
    return found


def _is_closed(words: list[str]) -> bool:
    """Whether a statement may end here; not behind the head of a condition."""
    last = words[-1]
    if last != ")":
        return last[0] in "\"'`]" or (last not in _OPEN and re.fullmatch(r"[\w$]+", last) is not None)
    depth = 0
    for at in range(len(words) - 1, -1, -1):
        depth += (words[at] == ")") - (words[at] == "(")
        if depth == 0:
            return at == 0 or words[at - 1] not in _CONDITIONS
    return False


def _run(
    tokens: list[str], sent: Sent, bodies: dict[str, list[str]], variables: dict[str, str], called: set[str]
) -> None:
    """Go through the statements that surely run, in order."""
    bodies.update(_functions(tokens))
    for statement, sure in _statements(tokens):
        _assign(statement, variables)
        found = _jump(statement, variables)
        if found is not None:
            if sure and found:
                sent.targets.append(found)
            else:
                sent.unclear = True
        for name in _calls(statement) if sure else ():
            if name in bodies and name not in called:
                called.add(name)
                _run(bodies[name], sent, bodies, variables, called)


def _functions(tokens: list[str]) -> dict[str, list[str]]:
    """Bodies of named functions."""
    found = {}
    for at, token in enumerate(tokens):
        if token == "function" and at + 1 < len(tokens) and re.fullmatch(r"[A-Za-z_$][\w$]*", tokens[at + 1]):  # noqa: S105
            start, stop = _block(tokens, at)
            found[tokens[at + 1]] = tokens[start:stop]
    return found


def _block(tokens: list[str], at: int) -> tuple[int, int]:
    """The inside of the next braces."""
    depth, start = 0, 0
    for index in range(at, len(tokens)):
        if tokens[index] == "{":
            depth += 1
            start = start or index + 1
        elif tokens[index] == "}":
            depth -= 1
            if depth == 0:
                return start, index
    return (start, len(tokens)) if start else (len(tokens), len(tokens))


def _statements(tokens: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Simple statements with whether they surely run; blocks of conditions and of functions that are only kept do not."""
    at = 0
    current: list[str] = []
    stack: list[bool] = []  # of each open brace: whether what is inside runs
    sure = True
    while at < len(tokens):
        token = tokens[at]
        if token in ("function", "=>"):
            start, stop = _block(tokens, at)
            named = token == "function" and at + 1 < len(tokens) and tokens[at + 1] not in ("(", "*")  # noqa: S105
            if not named and (
                not current or _CALLERS.intersection(current) or current in (["("], ["!"], ["+"], ["("] * 2)
            ):
                yield from ((inner, sure and runs) for inner, runs in _statements(tokens[start:stop]))
            current, at = [], stop + 1
            continue
        if token == ";" and current.count("(") > current.count(")"):  # noqa: S105 - the head of a loop
            current.append(token)
        elif token in "{};" or (token == "else"):  # noqa: S105
            if current:
                yield current, sure and _CONDITIONS.isdisjoint(current)
            conditional = not _CONDITIONS.isdisjoint(current) or token == "else"  # noqa: S105
            if token == "{":  # noqa: S105
                stack.append(sure)
                sure = sure and not conditional
                current = []
            elif token == "}":  # noqa: S105
                sure = stack.pop() if stack else True
                current = []
            else:
                current = ["else"] if token == "else" else []  # noqa: S105
        else:
            current.append(token)
        at += 1
    if current:
        yield current, sure and _CONDITIONS.isdisjoint(current)


def _assign(statement: list[str], variables: dict[str, str]) -> None:
    words = statement[1:] if statement[0] in ("var", "let", "const") else statement
    if len(words) > 2 and words[1] == "=" and re.fullmatch(r"[A-Za-z_$][\w$]*", words[0]) and words[0] != "location":
        value = _value(words[2:], variables)
        if value is not None:
            variables[words[0]] = value
        else:
            variables.pop(words[0], None)


def _jump(statement: list[str], variables: Mapping[str, str]) -> str | None:
    """Where a statement leads; empty where it leads somewhere unknown; None when it is no jump."""
    words = _plain(statement)
    for at, word in enumerate(words):
        rest = words[at + 1 :]
        if word in ("location", "location.href") and rest[:1] == ["="]:
            return _value(rest[1:], variables) or ""
        if word in ("location.replace", "location.assign", "navigate") and rest[:1] == ["("]:
            return _value(_argument(rest), variables) or ""
        if (
            word == "open"
            and rest[:1] == ["("]
            and any(token.strip("\"'`") in ("_self", "_top", "_parent") for token in rest)
        ):
            return _value(_argument(rest), variables) or ""
    return None


def _plain(statement: list[str]) -> list[str]:
    """Members joined, their windows left out: window["location"].href is location.href."""
    text = "\x00".join(statement)
    text = re.sub(r"\x00?\[\x00[\"'](location|href|replace|assign)[\"']\x00\]", "\x00.\x00\\1", text)
    words = text.split("\x00")
    joined: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        while at + 2 < len(words) and words[at + 1] == "." and re.fullmatch(r"[A-Za-z_$][\w$]*", words[at + 2] or ""):
            word = words[at + 2] if word in _ROOTS else f"{word}.{words[at + 2]}"
            at += 2
        joined.append(word)
        at += 1
    return joined


def _argument(words: list[str]) -> list[str]:
    """The first argument behind an opening bracket."""
    depth, found = 0, []
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth == 0 or (depth == 1 and word == ","):
            break
        if word != "(" or depth > 1:
            found.append(word)
    return found


def _value(words: list[str], variables: Mapping[str, str]) -> str | None:
    """A text put together from strings, known variables and parts of the page's own address; None for anything else."""
    parts: list[str] = []
    for number, word in enumerate(_plain(list(words))):
        if number % 2:
            if word != "+":
                return None if word not in (")", ",") else "".join(parts)
        elif word[:1] in "\"'" or (word[:1] == "`" and "${" not in word):
            parts.append(re.sub(r"\\(.)", r"\1", word[1:-1]))
        elif word in variables:
            parts.append(variables[word])
        else:
            return None
    return "".join(parts) if parts else None


def _calls(statement: list[str]) -> Iterator[str]:
    words = _plain(statement)
    yield from (word for word, following in itertools.pairwise(words) if following == "(")
    if "=" in words and words[0] in ("onload", "document.onload", "body.onload"):
        yield words[-1]
    if _CALLERS.intersection(words):
        yield from (
            word.strip("\"'()") for word in words if re.fullmatch(r"[\"']?[A-Za-z_$][\w$]*(?:\(\))?[\"']?", word)
        )
