"""Sheet names, header names and their synonyms: which column of a sheet holds which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.text import key

# Per kind: field -> header names, the official one first (it is the one exported and named in messages).
HEADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "units": {
        "name": ("单位名称", "单位全称", "机构名称", "部门名称", "单位", "名称"),
        "short_name": ("简称", "单位简称", "通报名称"),
        "kind": ("类别", "单位类别", "单位类型", "类型"),
        "order": ("排序", "排序号", "顺序", "顺序号"),
        "id": ("单位编号", "单位代码", "机构代码"),
        "parent": ("上级单位", "上级单位名称", "上级机构", "上级"),
    },
    "sites": {
        "code": ("网站标识码", "政府网站标识码", "标识码", "网站编码"),
        "name": ("网站名称", "政府网站名称", "站点名称"),
        "unit": ("主办单位", "主办单位名称", "责任单位", "主管单位", "单位名称", "单位"),
        "home_url": (
            "首页网址",
            "网站网址",
            "网站地址",
            "网站首页",
            "首页地址",
            "首页链接",
            "网址",
            "域名",
            "网站域名",
            "url",
        ),
        "kind": ("网站类型", "网站类别", "网站性质", "类型"),
        "service": ("办事服务", "有无办事服务", "是否有办事服务", "对外服务"),
        "robots": ("robots", "robots协议", "爬虫协议"),
        "maintenance": ("维护时段", "维护时间", "例行维护"),
        "state": ("状态", "运行状态", "网站状态"),
        "valid_from": ("有效期起", "开通", "开通时间", "开通日期", "上线时间"),
        "valid_to": ("有效期止", "关停时间", "关停日期", "下线时间"),
        "proof": ("关停证明", "关停证明文件", "证明文件"),
    },
    "accounts": {
        "name": (
            "账号名称",
            "新媒体名称",
            "公众号名称",
            "政务新媒体名称",
            "新媒体账号名称",
            "帐号名称",
            "账号名",
            "名称",
        ),
        "platform": ("平台", "账号类型", "新媒体类型", "平台类型", "平台名称", "所属平台", "帐号类型", "类型"),
        "platform_id": ("账号ID", "帐号ID", "平台账号ID", "微信号", "UID", "原始ID", "公众号ID", "账号", "帐号", "ID"),
        "url": ("主页链接", "账号链接", "主页地址", "链接", "链接地址", "网址", "二维码内容", "url"),
        "unit": ("主办单位", "主办单位名称", "责任单位", "主管单位", "服务主体", "单位名称", "单位"),
        "sources": ("采集来源", "数据来源", "采集方式"),
        "verified_body": ("认证主体", "认证单位", "账号主体"),
        "state": ("状态", "账号状态", "运行状态", "帐号状态"),
        "valid_from": ("有效期起", "开设时间", "开通时间", "开设日期", "开通日期", "注册时间"),
        "valid_to": ("有效期止", "关停时间", "关停日期", "注销时间", "注销日期"),
        "proof": ("关停证明", "关停证明文件", "注销证明", "证明文件"),
    },
    "columns": {
        "site": ("网站标识码", "政府网站标识码", "标识码", "网站名称", "首页网址", "网站"),
        "name": ("栏目名称", "栏目"),
        "url": ("栏目网址", "栏目地址", "栏目链接", "网址", "链接", "url"),
        "kind": ("栏目类别", "栏目类型", "类别", "类型"),
        "deadline": ("更新期限", "更新频率", "更新周期", "更新时限"),
        "archived": ("历史专题", "是否历史专题", "归档"),
        "ignored": ("忽略", "是否忽略", "不检查"),
    },
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "units": ("name",),
    "sites": ("home_url",),
    "accounts": ("name", "platform"),
    "columns": ("site", "url"),
}
SHEET_NAMES: Mapping[str, tuple[str, ...]] = {
    "units": ("单位", "units", "单位表", "单位名录", "单位名单", "主办单位"),
    "sites": ("网站", "sites", "网站表", "政府网站", "网站名录", "网站名单", "政府网站名录"),
    "accounts": ("账号", "accounts", "账号表", "新媒体", "政务新媒体", "新媒体账号", "政务新媒体账号", "新媒体名录"),
    "columns": ("栏目", "columns", "栏目表", "网站栏目"),
}
LEDGER_NAMES = ("工作台账", "台账", "ledger")
TITLE = {kind: names[0] for kind, names in SHEET_NAMES.items()}
HEADER_ROWS = 10


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a sheet: `row` counts from 0, `columns` maps field -> column position."""

    kind: str
    row: int
    columns: Mapping[str, int]
    unused: tuple[str, ...]
    repeated: tuple[str, ...]


def official(kind: str, field: str) -> str:
    """The official header name of a field."""
    return HEADERS[kind][field][0]


def header_key(text: str) -> str:
    """A header without its marks: `*网站标识码（10位，必填）` is 网站标识码."""
    bare = key(text).strip("*:：★#")
    opened = bare.find("(", 1)
    return bare[:opened] if bare.endswith(")") and opened > 0 else bare


def kind_of_name(name: str) -> str | None:
    """The kind a sheet or file name speaks of: `网站`, `sites`, `city-sites`, `3.政务新媒体`."""
    bare = re.sub(r"^[\d.、\s]+", "", key(name).removesuffix("表"))
    tail = re.split(r"[-_]", bare)[-1]
    for kind, names in SHEET_NAMES.items():
        if {bare, tail} & {key(word).removesuffix("表") for word in names}:
            return kind
    return None


def is_ledger(name: str) -> bool:
    """Whether a sheet is the work ledger (工作台账), which is imported elsewhere."""
    return key(name).split("-")[-1] in LEDGER_NAMES


def match_header(kind: str, row: int, cells: Sequence[str]) -> Header:
    """Assign the cells of one row to the fields of a kind; a better-placed synonym wins a field."""
    keys = [header_key(cell) for cell in cells]
    columns: dict[str, int] = {}
    for field, names in HEADERS[kind].items():
        wanted = [header_key(name) for name in names]
        found = [word for word in wanted if word in keys]
        if found and keys.index(found[0]) not in columns.values():
            columns[field] = keys.index(found[0])
    repeated = tuple(cells[position] for position in columns.values() if keys.count(keys[position]) > 1)
    used = set(columns.values())
    unused = tuple(cell for position, cell in enumerate(cells) if cell and position not in used)
    return Header(kind, row, columns, unused, repeated)


def find_header(rows: Sequence[Sequence[str]], kinds: Sequence[str], *, named: bool = False) -> Header | None:
    """The best header within the first ten rows for one of the kinds, None when no row has the required columns.

    `named` tells that the sheet's name already speaks of the kind, so that one known column is enough.
    """
    candidates = [match_header(kind, row, cells) for row, cells in enumerate(rows[:HEADER_ROWS]) for kind in kinds]
    complete = [header for header in candidates if all(field in header.columns for field in REQUIRED[header.kind])]
    exact = {id(h): _official_hits(h, rows[h.row]) for h in complete}
    # A lone 单位 in a title row, or a telephone list with 单位名称 and 电话, must not pass for a unit sheet.
    complete = [h for h in complete if len(h.columns) > 1 or (exact[id(h)] and (named or not h.unused))]
    return max(complete, key=lambda h: (len(h.columns), exact[id(h)], -h.row), default=None)


def _official_hits(header: Header, cells: Sequence[str]) -> int:
    names = {header_key(official(header.kind, field)) for field in header.columns}
    return len(names & {header_key(cell) for cell in cells})
