"""What was typed, without what no keyboard types: control characters, halves of characters, marks that turn text round."""

import re

# Control characters but tab and line ends; surrogates; marks of direction, with which one name passes for another; non-characters.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def cleaned(text: str) -> str:
    """The text that a page, a table and a Word file can hold alike."""
    return _ODD.sub("", text)
