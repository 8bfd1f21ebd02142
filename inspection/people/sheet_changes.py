"""What a sheet would change of what is kept, told before it is written: all of it or nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """The lines that tell the changes, or the faults because of which nothing changes."""

    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
