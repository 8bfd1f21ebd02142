"""Chinese numerals as offices write them: 一, 十, 十二, 二十, 一百零五."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def numeral(number: int) -> str:
    """零 to 九千九百九十九; ValueError beyond."""
    if not 0 <= number < 10_000:
        raise ValueError(f"{number} is no number of a heading")
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        said = _DIGITS[int(digit)] + (_UNITS[place] if digit != "0" else "")
        if digit != "0" or (text and not text.startswith("零")):
            text = said + text
    text = text or "零"
    return text[1:] if 10 <= number < 20 else text
