"""The one printer: what foreign pages and files say reaches the terminal as text, and steers nothing."""

import re

import typer

# Control characters but line ends and tabs, what turns the direction of a line around, and halves of surrogate pairs.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def say(text: object = "", *, err: bool = False) -> None:
    """Print lines; in a JSON document steering characters are written as JSON writes them, elsewhere they are replaced."""
    typer.echo(harmless(str(text)), err=err)


def harmless(text: str) -> str:
    """Text without what steers a terminal."""
    if text[:1] in ("{", "["):
        return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _STEERING.sub("�", text)
