"""The invented city 云川市: its districts, its departments, and what each of them writes about. No real place."""

from dataclasses import dataclass

CITY = "云川市"
PROVINCE = "辽"  # only the first character of licence numbers
AREA_CODE = "2199"  # no city has this number
GOVERNMENT = "云川市人民政府"
OFFICE = "云川市人民政府办公室"


@dataclass(frozen=True, slots=True)
class Body:
    """A body with a website: label is its name in addresses; topics are noun phrases that take 工作 after them."""

    label: str
    name: str
    short: str
    kind: str  # portal, district, department
    topics: tuple[str, ...]
    places: tuple[str, ...] = ()


_COMMON = (
    "优化营商环境",
    "安全生产",
    "乡村振兴",
    "稳岗就业",
    "重点项目建设",
    "生态环境保护",
    "老旧小区改造",
    "基层社会治理",
    "防汛抗旱",
    "义务教育",
    "公共文化服务",
    "养老服务",
)

PORTAL = Body("www", GOVERNMENT, "市政府", "portal", _COMMON, ("云东区", "柳泉区", "望湖区", "桃溪县"))

# label | name | places
_DISTRICTS = """
ycyd|云东区|和平路街道 文昌街道 东苑街道
yclx|临溪区|溪北街道 桥头街道 临溪镇
yclq|柳泉区|柳泉街道 泉东街道 杨柳镇
ycsq|石桥区|石桥街道 南桥街道 上石镇
ycwh|望湖区|湖滨街道 望湖街道 湖东镇
ycdd|东渡区|渡口街道 东港街道 江口镇
ycqh|青禾区|青禾街道 丰收街道 五谷镇
ycfl|枫林区|枫林街道 红叶街道 西林镇
ychw|河湾区|河湾街道 新河街道 大湾镇
ycbl|白鹭县|白鹭镇 鹭洲镇 长滩乡
yctx|桃溪县|桃溪镇 桃源镇 花坪乡
ycml|麦岭县|麦岭镇 北岭镇 双岭乡
ycal|安澜市|安澜街道 东湖街道 平安镇
"""

# label | full name after 云川市 | short name | topics
_DEPARTMENTS = """
fgw|发展和改革委员会|市发展改革委|重点项目建设 价格监测 能源保供 粮食储备 信用体系建设 节能降碳
jyj|教育局|市教育局|义务教育 学前教育 职业教育 校园安全 教师队伍建设 阳光招生
kjj|科学技术局|市科技局|科技创新 科技成果转化 科技型企业培育 科普宣传 创新平台建设 技术合同登记
gxj|工业和信息化局|市工业和信息化局|工业运行 数字化转型 企业服务 产业集群培育 绿色制造 信息通信保障
mzw|民族和宗教事务局|市民族宗教局|民族团结进步 宗教场所安全 少数民族服务 法治宣传 特色村寨保护 依法行政
gaj|公安局|市公安局|社会治安防控 道路交通安全 户籍管理 反诈宣传 出入境管理 禁毒宣传
mzj|民政局|市民政局|养老服务 社会救助 婚姻登记 社会组织管理 地名管理 儿童福利
sfj|司法局|市司法局|法治宣传 人民调解 公共法律服务 行政复议 律师行业管理 社区矫正
czj|财政局|市财政局|预算管理 政府采购 国库集中支付 会计管理 绩效评价 惠民补贴发放
rsj|人力资源和社会保障局|市人力资源社会保障局|稳岗就业 社会保险 技能培训 人才引进 劳动关系协调 根治欠薪
zrzy|自然资源局|市自然资源局|耕地保护 不动产登记 国土空间规划 矿产资源管理 地质灾害防治 测绘管理
sthj|生态环境局|市生态环境局|大气污染防治 水环境治理 土壤污染防治 环境监测 环保督察整改 噪声污染防治
zjj|住房和城乡建设局|市住房城乡建设局|老旧小区改造 建筑工程质量 物业管理 城市更新 房屋安全 绿色建筑
csgl|城市管理行政执法局|市城管执法局|市容环境整治 垃圾分类 户外广告管理 停车管理 城市照明 综合行政执法
jtj|交通运输局|市交通运输局|农村公路建设 公共交通 道路运输安全 公路养护 水上交通安全 物流保通保畅
slj|水务局|市水务局|防汛抗旱 河湖管理 城乡供水 节约用水 水土保持 水利工程建设
nyj|农业农村局|市农业农村局|春耕备耕 农产品质量安全 高标准农田建设 农村人居环境整治 动物疫病防控 农机安全
swj|商务局|市商务局|消费促进 外贸服务 招商引资 电子商务 市场保供 会展服务
wlj|文化旅游和广播电视局|市文化旅游和广电局|公共文化服务 旅游市场管理 文物保护 非遗传承 全民阅读 文艺创作
wjw|卫生健康委员会|市卫生健康委|基层医疗服务 疾病预防控制 妇幼健康 职业健康 中医药发展 卫生监督
tyjr|退役军人事务局|市退役军人局|退役军人就业 双拥共建 优待抚恤 烈士纪念设施保护 军休服务 权益维护
yjj|应急管理局|市应急局|安全生产 防灾减灾 应急演练 森林防灭火 危险化学品监管 应急物资保障
sjj|审计局|市审计局|预算执行审计 政策落实审计 民生资金审计 经济责任审计 工程项目审计 审计整改
gzw|国有资产监督管理委员会|市国资委|国企改革 国有资产监管 企业安全生产 国企招聘 产权管理 投资管理
scjg|市场监督管理局|市市场监管局|食品安全 药品安全 特种设备安全 产品质量监管 知识产权保护 消费维权
tjj|统计局|市统计局|统计调查 统计执法 经济运行监测 统计普法 数据质量管理 经济普查
ybj|医疗保障局|市医保局|医保参保 医保基金监管 异地就医结算 药品集中采购 医保经办服务 医疗救助
xzsp|营商环境建设局|市营商局|政务服务 审批流程优化 诚信建设 企业诉求办理 一网通办 热线办理
xfj|信访局|市信访局|信访接待 矛盾化解 网上信访 依法信访 信访督查 人民建议征集
jrj|金融发展局|市金融发展局|普惠金融 企业上市培育 防范非法集资 融资对接 地方金融监管 金融知识普及
rfb|人民防空办公室|市人防办|人防工程建设 防空警报管理 人防宣传教育 应急支援 人防工程维护 行政审批服务
lyj|林业和草原局|市林草局|国土绿化 森林防灭火 野生动物保护 湿地保护 林业有害生物防治 林长制
gjj|住房公积金管理中心|市公积金管理中心|公积金归集 公积金提取 公积金贷款 窗口服务 线上服务 风险防控
jgsw|机关事务管理局|市机关事务局|公共机构节能 办公用房管理 公务用车管理 后勤服务保障 资产管理 食品节约
dfz|地方志编纂中心|市地方志中心|地方志编纂 年鉴编辑 史料征集 方志馆建设 志书出版 读志用志
daj|档案馆|市档案馆|档案收集 档案利用 档案数字化 档案宣传 档案安全 专题展览
fpb|乡村振兴局|市乡村振兴局|防止返贫监测 产业帮扶 驻村帮扶 乡村建设 社会帮扶 衔接资金管理
dsj|大数据管理局|市大数据局|数据共享 数字政府建设 政务云管理 公共数据开放 网络安全 平台运维
zfyj|政府研究室|市政府研究室|调查研究 政策研究 经济形势分析 课题管理 决策咨询 文稿服务
hzj|残疾人联合会|市残联|残疾人就业 残疾人康复 辅助器具适配 无障碍建设 助残服务 残疾人教育
gxs|供销合作社联合社|市供销社|农资供应 农产品流通 社有企业改革 基层社建设 农业社会化服务 再生资源回收
qxj|气象局|市气象局|气象预报 气象防灾减灾 人工影响天气 气象为农服务 气象科普 气象观测
"""


def _districts() -> tuple[Body, ...]:
    rows = (line.split("|") for line in _DISTRICTS.strip().splitlines())
    return tuple(
        Body(label, f"{name}人民政府", f"{name}政府", "district", _COMMON, tuple(places.split()))
        for label, name, places in rows
    )


def _departments() -> tuple[Body, ...]:
    rows = (line.split("|") for line in _DEPARTMENTS.strip().splitlines())
    return tuple(
        Body(label, CITY + name, short, "department", tuple(topics.split()), PORTAL.places)
        for label, name, short, topics in rows
    )


DISTRICTS = _districts()
DEPARTMENTS = _departments()
BODIES = (PORTAL, *DISTRICTS, *DEPARTMENTS)  # official order


def in_city(name: str) -> str:
    """A name below the city with the city before it; a county-level city stands for itself."""
    return name if name.startswith((CITY, "安澜市")) else CITY + name


def host_of(body: Body) -> str:
    """The registered host name: portals are www.□□□.gov.cn, departments ○○○.yunchuan.gov.cn."""
    if body.kind == "portal":
        return "www.yunchuan.gov.cn"
    return f"www.{body.label}.gov.cn" if body.kind == "district" else f"{body.label}.yunchuan.gov.cn"


def site_code(body: Body) -> str:
    """网站标识码: six digits of the area, four of a running number (invented)."""
    order = BODIES.index(body)
    if body.kind == "district":
        return f"{AREA_CODE}{order + 1:02d}0001"
    return f"{AREA_CODE}00{order + 1:04d}"
