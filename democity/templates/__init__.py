"""Template families as real government CMSs make them."""

from democity.names import Body
from democity.templates.ajax import Ajax
from democity.templates.cloud import Cloud
from democity.templates.family import Family
from democity.templates.gbk import Gbk
from democity.templates.hanweb import Hanweb
from democity.templates.trs import Trs

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Trs(),
        Hanweb(),
        Cloud(),
        Ajax(),
        Gbk("gbk_meta", header_charset=False),
        Gbk("gbk_header", header_charset=True),
    )
}
_TURN = ("trs", "hanweb", "cloud", "trs", "hanweb", "trs", "gbk_meta", "hanweb", "cloud", "gbk_header")
_AJAX = ("dsj", "scjg")  # few, so that hardly any page needs a browser


def family_of(order: int, body: Body) -> str:
    """Which family a site uses; the portal is always TRS style."""
    if body.kind == "portal":
        return "trs"
    return "ajax" if body.label in _AJAX else _TURN[order % len(_TURN)]
