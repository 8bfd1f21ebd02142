"""Working days: the calendar of the State Council, what the office writes over it, and plain weekdays past its data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import chinese_calendar
import yaml

from domain.errors import ConfigError
from domain.times import BEIJING, beijing_date

OWN = "calendar.yaml"
KEYS = {"work": True, "rest": False}


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked; `own`: those of the office."""

    own: Mapping[date, bool] = field(default_factory=dict)

    def is_known(self, day: date) -> bool:
        """Whether somebody said so: the office or the published calendar."""
        if day in self.own:
            return True
        try:
            chinese_calendar.is_workday(day)
        except NotImplementedError:
            return False
        return True

    def is_worked(self, day: date) -> bool:
        """Whether a day is worked; a weekday where nobody knows."""
        if day in self.own:
            return self.own[day]
        return bool(chinese_calendar.is_workday(day)) if self.is_known(day) else day.weekday() < 5

    def due(self, start: datetime, days: int, hour: time) -> tuple[datetime, str]:
        """The moment so many working days after a day, and a warning where weekdays were only assumed to be worked."""
        day, unknown = beijing_date(start), ""
        for _ in range(days):
            day += timedelta(days=1)
            while not self.is_worked(day):
                unknown = unknown or self._warning(day)
                day += timedelta(days=1)
            unknown = unknown or self._warning(day)
        return datetime.combine(day, hour, BEIJING), unknown

    def _warning(self, day: date) -> str:
        if self.is_known(day):
            return ""
        return f"{day.year} 年的节假日安排尚未收录，期限按周一至周五推算；请核对，或在 {OWN} 中写明"


def load_working_days(data: Path) -> WorkingDays:
    """`calendar.yaml` of the data folder: `work: [2027-02-06]`, `rest: [2027-02-08]`; ConfigError for anything else."""
    path = data / OWN
    if not path.exists():
        return WorkingDays()
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} 无法读取（{' '.join(str(error).split())}）；请改正") from error
    if not isinstance(found, dict) or not found.keys() <= KEYS.keys():
        raise ConfigError(f"{path} 只能写 work（上班）和 rest（休息）两项，各为日期的列表")
    own: dict[date, bool] = {}
    for key, days in found.items():
        for day in days if isinstance(days, list) else [days]:
            if type(day) is not date:
                raise ConfigError(f"{path} 的 {key} 中“{day}”不是日期；请写成 2027-02-06")
            own[day] = KEYS[key]
    return WorkingDays(own)
