"""Random Chinese for the page families: titles, paragraphs, marks. Everything is invented."""

import random
from datetime import date, timedelta

WHO = [
    "市政府办公室",
    "市发展改革委",
    "教育局",
    "财政局",
    "民政局",
    "卫生健康委",
    "交通运输局",
    "生态环境局",
    "农业农村局",
    "市场监管局",
    "应急管理局",
    "文旅局",
    "东河区",
    "柳林镇",
    "审计局",
    "医保局",
]
VERB = ["召开", "组织开展", "部署", "推进", "调研", "督导", "举办", "启动", "安排", "公布", "印发", "通报"]
WHAT = [
    "安全生产大检查工作",
    "2023年度预算公开",
    "春季义务植树活动",
    "优化营商环境专题会议",
    "老旧小区改造项目",
    "第三季度工作例会",
    "防汛抗旱准备工作",
    "4月20日停水检修安排",
    "“十四五”规划中期评估",
    "高考服务保障工作",
    "2021-2025年人才计划",
    "乡村振兴现场会",
    "食品安全宣传周",
    "第12届运动会筹备工作",
    "1-4月经济运行情况",
    "行政审批制度改革",
]
TAIL = ["", "的通知", "的公告", "的意见", "情况", "（第5号）", "——2023年行动纪实", "公示", "(征求意见稿)", "结果公告"]
COLUMNS = [
    "通知公告",
    "工作动态",
    "政务要闻",
    "部门文件",
    "政策解读",
    "人事任免",
    "规划计划",
    "统计数据",
    "财政预决算",
    "公示公告",
    "领导活动",
    "县区动态",
    "招标采购",
    "应急管理",
]
CITIES = ["清河市", "柳江市", "云阳市", "北川区", "东平县", "南岭市"]
PARA = [
    "会议强调，各级各部门要切实提高政治站位，压实工作责任，确保各项任务落到实处。",
    "据统计，2023年1月15日至3月20日，全市共完成投资12.6亿元，同比增长8.3%。",
    "活动时间：2023年5月1日至5月7日，地点：市文化广场。",
    "近日，调研组一行深入企业车间，详细了解生产经营情况，现场协调解决困难问题。",
    "根据《关于进一步加强管理的通知》（清政发〔2022〕18号）要求，现将有关事项公告如下。",
    "下一步，将持续深化改革，完善长效机制，不断提升群众的获得感、幸福感、安全感。",
    "自2022年12月1日起施行，有效期五年。联系电话：0555-1234567。",
    "今天上午，副市长带队到项目一线检查，要求严把质量关，加快施工进度。",
]
SIDES = ["最新信息", "热点新闻", "点击排行", "相关阅读", "推荐阅读", "最新发布", "热门文章"]


def title(r: random.Random) -> str:
    return f"{r.choice(WHO)}{r.choice(VERB)}{r.choice(WHAT)}{r.choice(TAIL)}"


def paragraphs(r: random.Random) -> list[str]:
    return ["".join(r.choice(PARA) for _ in range(r.randint(1, 4))) for _ in range(r.randint(2, 9))]


def falling(r: random.Random, newest: date, count: int, step: int = 9) -> list[date]:
    days = [newest]
    for _ in range(count - 1):
        days.append(days[-1] - timedelta(days=r.randint(0, step)))
    return days


def marks(r: random.Random) -> dict[str, object]:
    region = r.choice("冀鲁辽湘皖晋苏")
    number = "".join(r.choice("0123456789") for _ in range(14))
    code = f"{r.randint(11, 65)}" + "".join(r.choice("0123456789") for _ in range(8))
    return {
        "site_code": "" if r.random() < 0.15 else code if r.random() < 0.93 else f"bm{code[:8]}",
        "icp": "" if r.random() < 0.1 else f"{region}ICP备{number[:8]}号" + r.choice(["", "-1", "-2"]),
        "police": ""
        if r.random() < 0.2
        else r.choice(
            ["{0}公网安备 {1}号", "{0}公网安备{1}号", "{0}公安网备{1}号", "{0}公网安备{1}", "{0}公网备案号：{1}"]
        ).format(region, number),
        "party_gov": r.random() < 0.8,
        "jiucuo": r.random() < 0.8,
        "sitemap": r.random() < 0.8,
    }


def footer(r: random.Random, m: dict[str, object], city: str) -> str:
    """The marks in one of many footers; with decoys: copyright years, counters, dates."""
    parts = [f"主办单位：{city}人民政府办公室"]
    if m["site_code"]:
        parts.append(
            r.choice(["网站标识码：{}", "政府网站标识码:{}", "网站标识码 {}", "网站标识码（{}）"]).format(
                m["site_code"]
            )
        )
    if m["icp"]:
        parts.append(r.choice(["备案序号：{}", '<a href="https://beian.miit.gov.cn/">{}</a>', "{}"]).format(m["icp"]))
    if m["police"]:
        parts.append(f'<a href="http://www.beian.gov.cn/portal/index"><img src="/images/gaba.png">{m["police"]}</a>')
    if m["jiucuo"]:
        parts.append(
            r.choice(
                [
                    '<script id="_jiucuo_" sitecode="0" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>',
                    '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=0"><img src="/images/jc.png"></a>',
                    '<a href="/jc"><img src="/i/1.png" alt="我为政府网站找错"></a>',
                ]
            )
        )
    if m["party_gov"]:
        parts.append(
            r.choice(
                [
                    "<script>document.write(unescape(\"%3Cspan id='_ideConac'%3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/07/000.js'%3E%3C/script%3E\"));</script>",
                    '<a href="http://bszs.conac.cn/sitename?method=show&id=08A"><img src="/images/red.png"></a>',
                ]
            )
        )
    if m["sitemap"]:
        parts.append(r.choice(['<a href="/wzdt/">网站地图</a>', '<a href="/sitemap.html">站点地图</a>']))
    parts.append(
        r.choice(
            [
                "版权所有 © 2012-2023",
                "Copyright 2010-2022 All Rights Reserved",
                "您是第 20230420 位访客",
                "开通时间：2009-05-01",
                "建议使用1024*768分辨率",
            ]
        )
    )
    r.shuffle(parts)
    joint = r.choice(["　", "</p><p>", "<br>", " | "])
    return (
        f'<div class="{r.choice(["footer", "foot", "bottom", "f_box", "copyright"])}"><p>{joint.join(parts)}</p></div>'
    )
