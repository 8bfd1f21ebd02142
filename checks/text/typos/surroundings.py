"""Where a character stands: how familiar its surroundings are, and signs of names and of classical prose."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import is_han
from checks.text.language.passage import Passage
from checks.text.language.statistics import Statistics

_AROUND = 8  # trigrams on each side that tell how familiar the surroundings are
_WIDE = 24
_USUAL, _USUAL_LOG = 0.6, 1.8  # what is assumed where a paragraph ends too soon to tell
Sums = NDArray[np.float64]
Places = NDArray[np.int64]
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净"
)
TRANSLITERATION = "阿埃艾安奥巴白贝本比彼宾波伯博布茨察查达戴丹道德登迪蒂丁杜敦顿多厄恩尔法凡菲费芬佛弗夫福富戈格古哈海汉豪赫黑亨胡华霍基吉季加贾杰金卡坎考科克肯库奎拉莱兰朗劳勒雷里丽利莉立廉良列林留龙卢鲁伦罗洛马玛麦曼梅门蒙米密明莫墨姆穆纳娜内尼涅宁纽农努诺欧帕潘佩彭皮平珀普奇乔切琼让热日荣瑞若萨塞桑瑟森沙山舍申圣施什史士舒斯丝松苏索塔泰坦汤唐特藤提图托瓦万威韦维魏温沃乌武西希锡夏肖谢辛休雅亚扬耶叶伊因英尤约泽扎詹兹佐"
CLASSICAL = "之乎者也矣焉哉兮吾尔曰馀耶乃其遂卒岂汝朕臣卿弗毋勿盖夫诸孰曷"
_SETS = {"surname": SURNAMES, "foreign": TRANSLITERATION, "classical": CLASSICAL, "dot": "·•・", "title": "《〈"}


@cache
def _members(name: str) -> NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for char in _SETS[name]]] = True
    return table


def surroundings(
    passage: Passage, statistics: Statistics, at: NDArray[np.int64], new: NDArray[np.uint16]
) -> dict[str, NDArray[np.generic]]:
    """Features of the setting; nothing that touches the place enters the familiarity of its surroundings."""
    three, codes, one, two = passage.logs[3], passage.codes, passage.logs[1], passage.logs[2]
    han = is_han(codes)
    known, heard, prose = _running(three > 0), _running(three), _running(han)
    foreign = _running(_members("foreign")[codes])
    classical = _running(_members("classical")[codes])
    surname = _members("surname")[codes]
    inside = passage.bounds(at)
    return {
        "one_old": one[at],
        "one_new": statistics.unigrams[statistics.ids[new]],
        "one_left": one[at - 1],
        "one_right": one[at + 1],
        "two_left": two[at - 2],
        "two_right": two[at + 1],
        "han_left": han[at - 1],
        "han_right": han[at + 1],
        "known_left": _mean(known, at, inside, (-_AROUND - 2, -2), _USUAL),
        "known_right": _mean(known, at, inside, (1, _AROUND + 1), _USUAL),
        "heard_left": _mean(heard, at, inside, (-_AROUND - 2, -2), _USUAL_LOG),
        "heard_right": _mean(heard, at, inside, (1, _AROUND + 1), _USUAL_LOG),
        "known_wide": (_mean(known, at, inside, (-_WIDE, -2), _USUAL) + _mean(known, at, inside, (1, _WIDE), _USUAL))
        / 2,
        "han_around": _mean(prose, at, inside, (-10, 11), 1.0),
        "doubled": (codes[at] == codes[at - 1]) | (codes[at] == codes[at + 1]),
        "makes_double": (new == codes[at - 1]) | (new == codes[at + 1]),
        "surname": surname[at] * 1 + surname[at - 1] * 2 + (surname[at - 2] & (at - 2 >= inside[0])) * 4,
        "foreign": _over(foreign, at, inside, -4, 5)[0] - _members("foreign")[codes[at]],
        "classical": _over(classical, at, inside, -12, 13)[0],
        "dot": _over(_running(_members("dot")[codes]), at, inside, -6, 7)[0],
    }


def _running(values: NDArray[np.generic]) -> Sums:
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))


def _over(sums: Sums, at: Places, inside: tuple[Places, Places], low: int, high: int) -> tuple[Sums, Places]:
    """Sum and number of the values from at + low to at + high - 1 that lie in the paragraph."""
    first = np.clip(at + low, *inside)
    last = np.maximum(np.clip(at + high, *inside), first)
    return sums[last] - sums[first], last - first


def _mean(sums: Sums, at: Places, inside: tuple[Places, Places], span: tuple[int, int], usual: float) -> Sums:
    """The mean over a span, mixed with one usual value so that short spans say little."""
    total, count = _over(sums, at, inside, *span)
    mean: Sums = (total + usual) / (count + 1)
    return mean
