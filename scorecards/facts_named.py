"""Who a facts file names beside what the file or the period already says: nobody twice, nobody that there is not."""

from collections.abc import Iterable, Iterator

from domain.notices import Facts, Named
from domain.scores import Verdict
from domain.standings import Standing


def named_faults(named: Iterable[Named], base: Facts | None) -> Iterator[tuple[str, str]]:
    """(place, sentence) of every entry that repeats another one or contradicts the period it is added to."""
    period = {_key(item): item for item in base.named} if base else {}
    seen: set[tuple[str, ...]] = set()
    for item in named:
        place, key = item.source[0].removeprefix("facts:"), _key(item)
        known = period.get(key)
        if key in seen:
            yield place, f"{_words(item)}的“{item.title}”写了两次，请只保留一个。"
        elif known is not None and known.count != item.count:
            yield (
                place,
                f"{_words(item)}的“{item.title}”写的是 {item.count} 处，程序统计为 {known.count} 处；请核对后删去这一行。",
            )
        elif known is not None:
            yield place, f"{_words(item)}的“{item.title}”本期已经点名，请删去这一行。"
        elif base is not None and base.standings:
            yield from ((place, fault) for fault in _unknown(item, base.standings))
        seen.add(key)


def _unknown(item: Named, standings: Iterable[Standing]) -> Iterator[str]:
    """Whether the period knows the unit and the account, and lets it fail."""
    own = [each for each in standings if item.unit in {each.unit, each.unit_id, each.name}]
    if not own:
        yield f"本期名录中没有单位“{item.unit}”；请照名录的写法填写。"
        return
    if item.target:
        own = [each for each in own if (each.name, each.platform) == (item.target, item.platform)]
    else:
        own = [each for each in own if each.is_site]
    if not own:
        yield f"本期名录中没有{_words(item)}；请照名录的写法填写。"
    elif item.veto and all(each.verdict is Verdict.PASS for each in own):
        yield f"{_words(item)}本期判为合格，不能写 veto: true；请核对。"


def _key(item: Named) -> tuple[str, ...]:
    return item.check, item.unit, item.target, item.platform


def _words(item: Named) -> str:
    return f"{item.unit}“{item.target}”（{item.platform}）" if item.target else f"{item.unit}的网站"
