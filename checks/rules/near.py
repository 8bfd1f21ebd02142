"""What somebody may have meant: the nearest of the known names."""

from collections.abc import Iterable
from difflib import get_close_matches


def meant(written: object, known: Iterable[object]) -> str:
    """“，是否指“window”” for a near miss of a known name, else nothing."""
    close = get_close_matches(str(written), [str(name) for name in known], n=1, cutoff=0.6)
    return f"，是否指“{close[0]}”" if close else ""
