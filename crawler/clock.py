"""The crawler's wall clock: captures carry the moment they were made."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current moment in UTC."""
    return datetime.now(UTC)
