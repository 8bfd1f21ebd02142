"""The facts that findings carry: what `{...}` in the sentences of rules.yaml may name, and what a person is shown."""

from collections.abc import Mapping

FACTS: Mapping[str, str] = {
    "account": "账号", "age": "距今天数", "articles": "文章数", "asked": "应有数或提交日期", "by": "核查人", "by_hand": "人工核查",
    "checked": "核查日期", "confidence": "把握", "days_left": "剩余天数", "deadline": "应不晚于", "end": "截止", "error": "错误",
    "failed": "失败次数", "fault": "情况", "final": "最终地址", "first": "已有账号", "gap": "间隔天数", "gap_end": "间隔止", "gap_start": "间隔起",
    "host": "域名", "label": "名称", "limit": "期限天数", "looks": "复核次数", "mark": "标识", "masked": "脱敏内容", "message": "说明",
    "missing": "缺少数", "name": "名称", "names": "缺少的内容", "navigation": "导航型首页", "newest": "最近更新", "nights": "出错天数", "note": "备注",
    "numbers": "号码个数", "page": "所在页面", "pages": "页面数", "percent": "失败率（%）", "place": "位置", "platform": "平台", "post": "推文",
    "posts": "推文数", "read": "已读数", "registered": "登记内容", "rule": "更新期限", "sampled": "抽查数", "samples": "访问次数",
    "seconds": "限时（秒）", "seen": "所见", "sentence": "原句", "since": "自何时起", "source": "来源", "start": "起始", "status": "状态",
    "subject": "内容类别", "suggestion": "建议", "text": "链接文字", "title": "标题", "total": "总数", "turned_into": "变为", "undated": "未注明日期条数",
    "url": "地址", "way": "方式", "what": "类别", "why": "原因", "words": "词语", "wrong": "错误",
}  # fmt: skip
FOR_PROGRAM = frozenset({"at", "count", "file", "layer", "linked_from", "paragraph", "tag", "where"})  # shown to nobody
FACT_NAMES = FOR_PROGRAM | FACTS.keys()
