"""Types of columns that hold what foreign servers said: every value is tamed on its way in."""

import math
from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Float, Integer, Text, TypeDecorator

from storage.taming import tamed_moment, tamed_number, tamed_text

Serial = BigInteger().with_variant(Integer, "sqlite")  # a number that the database gives
# Sorted by bytes everywhere, as Python sorts: PostgreSQL would sort by the language of the machine.
Bytewise = Text().with_variant(Text(collation="C"), "postgresql")


class ForeignText(TypeDecorator[str]):
    """Text as a server or a person wrote it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without what a database refuses."""
        return None if value is None else tamed_text(value)


class ForeignAddress(ForeignText):
    """The same where it is compared and sorted: an address, the id of a post."""

    impl = Bytewise  # type: ignore[assignment]
    cache_ok = True


class ForeignNumber(TypeDecorator[int]):
    """A whole number as a server told it: a status."""

    impl = Integer
    cache_ok = True
    bits = 32

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Within the range of the column."""
        return None if value is None else tamed_number(value, self.bits)


class ForeignSize(ForeignNumber):
    """A large one: the bytes of a body."""

    impl = BigInteger
    cache_ok = True
    bits = 64


class Seconds(TypeDecorator[float]):
    """A stretch of time."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        """0 for what is no number."""
        return None if value is None else (value if math.isfinite(value) else 0.0)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC and given back aware on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone."""
        if value is None:
            return None
        value = tamed_moment(value)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
