"""Where a date may stand on an article page. The value is the sentence that `look` prints; rules go by the member."""

from enum import Enum


class Spot(Enum):
    """A place, from the surest for a publish date to what is certainly none."""

    LABELLED_ABOVE = "标题与正文之间，有日期标签"
    ALONE_ABOVE = "标题与正文之间，单独成行"
    PIECES_ABOVE = "标题与正文之间，日期分在几个元素里"
    LABELLED_AT_END = "正文末尾，有日期标签"
    LABELLED_BELOW = "正文之后，有日期标签"
    OVER_HEADLINE = "标题上方，单独成行"
    LABELLED_ELSEWHERE = "页面其他位置，有日期标签"
    ALONE_BELOW = "紧接正文，单独成行"
    WRITTEN = "成文或生成日期，仅在没有发布日期时参考"
    SIGNED = "在正文里单独成行，不能确定是发布日期"
    UNPLACED = "不在标题与正文之间，也没有日期标签"
    OF_ELSE = "旁边的文字说明它不是发布日期"
    OF_ATTACHED = "是所附文件或相关信息的日期"
    IN_HEADLINE = "在标题里"
    IN_TEXT = "在正文里"
    IN_A_LIST = "在别的文章的列表里"
    AHEAD = "晚于监测时间点"
    HIDDEN = "不显示"


ABOVE = frozenset({Spot.LABELLED_ABOVE, Spot.ALONE_ABOVE, Spot.PIECES_ABOVE})
