"""Lists of persons as they may be published: numbers masked."""

from democity.text import dice

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
_GIVEN = ("建国", "秀英", "桂兰", "志强", "玉珍", "海燕", "文斌", "丽华", "德明", "春梅")


def persons(seed: int) -> list[list[str]]:
    """A table with a header and eight persons."""
    rng = dice("persons", seed)
    rows = [["序号", "姓名", "身份证号", "联系电话"]]
    for number in range(1, 9):
        identity = f"210102********{rng.randint(1000, 9999)}"
        mobile = f"13{rng.randint(0, 9)}****{rng.randint(1000, 9999)}"
        rows.append([str(number), rng.choice(_SURNAMES) + rng.choice(_GIVEN), identity, mobile])
    return rows
