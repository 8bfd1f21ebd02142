"""Words that several readings of a page share: names of lists that are none of its own, of sites, and of emptiness."""

import re

SITE_NAME = re.compile(r"(?:人民政府|门户网站|政府网|信息网|官方网站|委员会|管理局|办公室|办公厅|[局厅委网])$")
_BETWEEN = re.compile(
    r"(?<!\s)\s*+[_|｜]+\s*+|(?<!\s)\s++[-–—]{1,2}\s*+|[-–—]{1,2}(?=[^-–—]*+$)(?=[^-–—]*(?:政府|网|局|委|办|厅|部))|(?<!\s)\s*+>>?\s*+"
)

SIDE_NAME = re.compile(
    r"最新(?:信息|发布|文章|更新|动态|内容|资讯|要闻|公开|消息|公告)|^(?:今日|本站|近期|一周|本周|本月)|热[点门文榜搜]|排行|点击|推荐|相关|猜你|大家都在|友情|链接|网站导航|阅读|浏览|延伸|[上下]一篇|站群|随机|扫一扫"
)
# That a page holds nothing, in the words of offices: in a line of its own, anywhere in a page drawn by script, where a list should be.
_EMPTY = re.compile(
    r"暂无(?:信息|数据|内容|记录|相关|文章)?|没有(?:相关|找到|任何|查询到|符合)|(?:内容|栏目)(?:正在)?(?:建设|更新|完善)中|无数据|共\s*0\s*条"
)
EMPTY_ANYWHERE = re.compile(r"暂无|没有(?:相关|信息|内容|找到)|(?:建设|更新|完善)中|共\s*0\s*[条页篇记]")
EMPTY_LIST = re.compile(
    r"(暂无|没有)(相关)?(信息|内容|数据|记录|文章)|(栏目|内容)(正在)?(建设|更新|完善)中|共\s*0\s*[条页篇记]|共\s*[条页篇]\s*0(?!\d)"
)
# That something is missing or broken: in a title or at the beginning, and in a line that says nothing else.
ERROR = re.compile(
    r"(?:^|[\s_|-])(?:404|403|500|502|503)(?=$|[\s_|:,.!，。：！-]*(?:$|error|not|forb|bad|int|serv|[-_|]|页|错|抱歉|很|您|对不起|无|未|没|服务))|(?:错误|HTTP)\W{0,3}[45]0\d|not found|找不到|(?:页面|网页|内容|文章|信息)(?:不存在|已删除|已被删除|已下线|走丢|丢失|不见)|无法(?:访问|找到|显示)|出错|错误提示|禁止访问|forbidden|系统(?:错误|异常)|您访问的|运行时错误|server error",
    re.I,
)
SAYS_ERROR = re.compile(
    r"(?:页面|网页|内容|文章|信息|资源|栏目|地址|文件|您(?:要)?(?:访问|查看|请求|浏览)的).{0,8}(?:不存在|找不到|未找到|没有找到|已被?(?:删除|撤销|撤回|下线|下架|移除|关闭)|未通过审核|走丢|丢失|出错)"
    r"|系统(?:发生|出现)?(?:错误|异常|故障)|服务器.{0,4}(?:错误|异常)|^\W*(?:40[34]|50[0234])\b",
    re.I,
)


def says_empty(text: str) -> bool:
    """Whether the page itself says, in a line of its own, that there is nothing (暂无信息)."""
    return bool(_EMPTY.search(text)) and any(len(line) <= 24 and _EMPTY.search(line) for line in text.split("\n"))


def bare_title(title: str) -> str:
    """A page title without the site's name, which stands behind it on most sites and before it on some."""
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    if len(parts) == 1 and " " in parts[0]:
        site, _, rest = parts[0].partition(" ")
        parts = [site, rest.strip()] if SITE_NAME.search(site) else parts
    others = [part for part in parts if not SITE_NAME.search(part)]
    return next(iter((*others, *parts)), "") if parts and SITE_NAME.search(parts[0]) else next(iter(parts), "")
