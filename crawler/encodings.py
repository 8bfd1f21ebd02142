"""Which charsets a page may name: Python knows others that cost without bound or are no charsets at all."""

import codecs

_REFUSED = frozenset(
    {"punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "undefined", "mbcs",
     "oem", "palmos", "utf-7"}
)  # fmt: skip
_LONGEST = 40


def charset_of(name: str) -> str:
    """Python's name of a charset that a server or a page names; empty for one that is not to be used."""
    try:
        found = codecs.lookup(name.strip().lower()).name if len(name) <= _LONGEST else ""
    except (LookupError, ValueError):  # ValueError: a NUL in it
        return ""
    return "" if found in _REFUSED else found
