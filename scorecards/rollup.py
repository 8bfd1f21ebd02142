"""Scorecards of single targets to the counts and percentages of a unit, a kind of unit and the city."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from domain.scores import Rollup, Scorecard, Tally, Verdict
from domain.targets import Registry, UnitKind

UNREGISTERED = "未登记主办单位"


@dataclass(frozen=True, slots=True)
class Percentage:
    """How a percentage is printed. Liaoning truncates its 合格率 to one digit and rounds shares to whole numbers."""

    digits: int
    mode: Literal["truncate", "round"]

    def of(self, part: int, whole: int) -> str:
        """`part` of `whole` in percent without trailing zeros; empty when `whole` is 0.

        Rounding up never prints 100 while one is missing. ValueError when part is negative or exceeds the whole.
        """
        if part < 0 or part > whole:
            raise ValueError(f"{part} is no part of {whole}")
        if whole == 0:
            return ""
        step = Decimal(1).scaleb(-self.digits)
        with localcontext(prec=50):
            value = Decimal(100 * part) / Decimal(whole)
            printed = value.quantize(step, ROUND_DOWN if self.mode == "truncate" else ROUND_HALF_UP)
            if part < whole and printed >= 100:
                printed = value.quantize(step, ROUND_DOWN)
        text = f"{printed:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


PASS_RATE = Percentage(1, "truncate")
SHARE = Percentage(0, "round")


@dataclass(frozen=True, slots=True)
class Rollups:
    """The whole city, its kinds of units and its units, both in official order."""

    city: Rollup
    kinds: tuple[Rollup, ...]
    units: tuple[Rollup, ...]


def build_rollups(
    registry: Registry,
    cards: Sequence[Scorecard],
    *,
    city_name: str = "全市",
    pass_rate: Percentage = PASS_RATE,
    share: Percentage = SHARE,
) -> Rollups:
    """Roll cards up. Units without a card are left out; cards of unknown units are gathered under their own heading."""
    kind_of = {unit.id: unit.kind.value for unit in registry.units}

    def build(id_: str, name: str, keep: Callable[[Scorecard], bool]) -> Rollup | None:
        chosen = [card for card in cards if keep(card)]
        return roll(id_, name, chosen, pass_rate, share) if chosen else None

    kinds = [
        build(kind, kind or UNREGISTERED, lambda card, kind=kind: kind_of.get(card.unit_id, "") == kind)  # type: ignore[misc]
        for kind in (*(kind.value for kind in UnitKind), "")
    ]
    units = [build(unit.id, unit.name, lambda card, unit=unit: card.unit_id == unit.id) for unit in registry.units]  # type: ignore[misc]
    units.append(build("", UNREGISTERED, lambda card: card.unit_id not in kind_of))
    return Rollups(
        roll("city", city_name, cards, pass_rate, share),
        tuple(rollup for rollup in kinds if rollup is not None),
        tuple(rollup for rollup in units if rollup is not None),
    )


def roll(id_: str, name: str, cards: Iterable[Scorecard], pass_rate: Percentage, share: Percentage) -> Rollup:
    """One rollup over the cards of sites and accounts."""
    cards = list(cards)
    scores = [card.score for card in cards if card.score is not None]
    return Rollup(
        id_,
        name,
        tally([card for card in cards if card.target_kind != "account"], pass_rate, share),
        tally([card for card in cards if card.target_kind == "account"], pass_rate, share),
        problems=sum(card.problems for card in cards),
        unjudged=sum(card.unjudged for card in cards),
        lowest_score=min(scores, default=None),
    )


def passes(card: Scorecard) -> bool:
    """Whether a target is 合格."""
    return card.verdict is Verdict.PASS


def tally(cards: Sequence[Scorecard], pass_rate: Percentage, share: Percentage) -> Tally:
    """Counts and rates. The pass rate divides by the judged targets, the 无扣分点 share by all of them."""
    verdicts = [card.verdict for card in cards]
    passed, failed = verdicts.count(Verdict.PASS), verdicts.count(Verdict.FAIL)
    clean = sum(card.verdict is Verdict.PASS and not card.deductions for card in cards)
    return Tally(
        total=len(cards),
        passed=passed,
        failed=failed,
        unknown=len(cards) - passed - failed,
        without_deduction=clean,
        pass_rate=pass_rate.of(passed, passed + failed),
        without_deduction_share=share.of(clean, len(cards)),
        open_vetoes=tuple(
            Counter(row.title for card in cards if passes(card) for row in card.open_vetoes).most_common()
        ),
    )
