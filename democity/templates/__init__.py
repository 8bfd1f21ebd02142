"""Template families as real government CMSs make them."""

from democity.names import Body
from democity.templates.family import Family
from democity.templates.hanweb import Hanweb
from democity.templates.trs import Trs

FAMILIES: dict[str, Family] = {family.name: family for family in (Trs(), Hanweb())}
_TURN = ("trs", "hanweb")


def family_of(order: int, body: Body) -> str:
    """Which family a site uses; the portal is always TRS style."""
    return "trs" if body.kind == "portal" else _TURN[order % len(_TURN)]
