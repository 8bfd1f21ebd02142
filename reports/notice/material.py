"""Phrases with their slots filled: every number and name comes from the facts and brings its source along."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.errors import ConfigError
from domain.figures import CITY, Figure
from domain.notices import Facts
from domain.numerals import numeral
from domain.periods import PeriodKind
from domain.times import BEIJING
from reports.notice.model import Piece, Sentence
from reports.notice.settings import SLOT, Settings

AND = "、"


@dataclass
class Material:
    """The facts and the wording; notes which figures were printed."""

    facts: Facts
    settings: Settings
    used: set[tuple[str, str]] = field(default_factory=set)

    def say(self, key: str, **slots: Piece | Sequence[Piece]) -> Sentence:
        """A sentence by the key of its phrase."""
        return self.fill(key, self.settings.phrase(key), **slots)

    def fill(self, key: str, text: str, **slots: Piece | Sequence[Piece]) -> Sentence:
        """A sentence from a phrase; ConfigError for a slot nothing fills."""
        pieces: list[Piece] = []
        for number, part in enumerate(SLOT.split(text)):
            if number % 2 == 0:
                pieces += [Piece(part)] if part else []
                continue
            given = slots.get(part, self._common(part))
            found = self._printed(part) if given is None else given
            if found is None:
                raise ConfigError(f"phrases.{key}：没有可以填入 {{{part}}} 的数据，请检查 notice.yaml。")
            pieces += [found] if isinstance(found, Piece) else found
        return Sentence(key, tuple(pieces))

    def number(self, figure: Figure, text: str = "") -> Piece:
        """A figure, or something made of it, as a piece."""
        self.used.add(figure.key)
        return Piece(text or figure.printed, (f"figure:{figure.kind}@{figure.scope}",))

    def _printed(self, slot: str) -> Piece | None:
        is_rate = slot.endswith("%")
        kind, _, scope = slot.removesuffix("%").partition("@")
        figure = self.facts.figure(kind, scope or CITY)
        if figure is None or (is_rate and not figure.rate):
            return None
        return self.number(figure, f"{figure.rate}%" if is_rate else "")

    def _common(self, slot: str) -> Piece | None:
        office, period = self.facts.office, self.facts.period
        from_period = (f"period:{period.id}",)
        if slot in {"issuer", "basis", "city", "due_form"}:
            return Piece(getattr(office, slot), (f"office:{slot}",))
        if slot == "inspection":
            return Piece(self.inspection, from_period)
        if slot == "when":
            return Piece(self.when, from_period)
        if slot == "month":
            return Piece(
                f"{period.cutoff.astimezone(BEIJING).month}月" if self._is_month else period.label, from_period
            )
        return None

    @property
    def _is_month(self) -> bool:
        return self.facts.period.kind is PeriodKind.MONTH

    @property
    def inspection(self) -> str:
        """2023年第四次检查， else 2023年4月检查."""
        period = self.facts.period
        if period.ordinal:
            return f"{period.start.year}年第{numeral(period.ordinal)}次检查"
        return f"{period.label}检查"

    @property
    def when(self) -> str:
        """4月下旬 for a month, by its cut-off; else the window."""
        period = self.facts.period
        if not self._is_month:
            month = "" if period.end.month == period.start.month else f"{period.end.month}月"
            return f"{period.start.month}月{period.start.day}日至{month}{period.end.day}日"
        local = period.cutoff.astimezone(BEIJING)
        return f"{local.month}月{'上旬' if local.day <= 10 else '中旬' if local.day <= 20 else '下旬'}"

    def names(
        self, found: Sequence[tuple[str, tuple[str, ...]]], each: str = "个", total: int | None = None
    ) -> list[Piece]:
        """Names joined; all of them, or the first ones and 等N个: never 等 with all of them named.

        `total`: how many there are where only some are named.
        """
        total = len(found) if total is None else total
        most = int(self.settings.data["most_named"])
        shown = found if len(found) <= most else found[:most]
        pieces: list[Piece] = []
        for name, sources in shown:
            pieces += ([Piece(AND)] if pieces else []) + [Piece(name, sources)]
        if total > len(shown):
            every = tuple(dict.fromkeys(source for _, sources in found for source in sources))
            pieces.append(Piece(f"等{total}{each}", every))
        return pieces
