"""Moments as a desk shows them."""

from datetime import datetime

from domain.times import BEIJING


def moment(value: datetime | None) -> str:
    """2023-04-26 09:00, Beijing time."""
    return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M}" if value else ""
