"""What an import has to say about rows: warnings and problems with their place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from registry.sheets import Row
from registry.text import CellError

T = TypeVar("T")


@dataclass(slots=True)
class Notes:
    """Collects sentences while rows are read; problems stop the import, warnings do not."""

    warnings: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def warn(self, row: Row, name: str, text: str) -> None:
        """Add a warning about one cell."""
        self.warnings.append(f"{row.at(name)}：{text}")

    def refuse(self, row: Row, name: str, text: str) -> None:
        """Add a problem with one cell."""
        self.problems.append(f"{row.at(name)}：{text}")

    def read(self, row: Row, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        """The parsed cell, or `otherwise` when the sheet lacks the column or the cell is faulty (a problem then)."""
        if not row.has(name):
            return otherwise
        try:
            return parse(row.cells[name])
        except CellError as error:
            self.refuse(row, name, str(error))
            return otherwise

    def warner(self, row: Row, name: str) -> Callable[[str], None]:
        """A function that warns about one cell."""
        return lambda text: self.warn(row, name, text)
