"""Footer marks and meta tags of the 网页设计规范 (国办发〔2017〕47号)."""

import re

from crawler.parsing.dates import fold
from crawler.parsing.tree import Tree
from domain.captured import Link, Marks

_REGIONS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳国"
_CODE = re.compile(r"标[识志示]码\s*[:]?\s*[\[(]?\s*(\d{10}|bm\d{8})(?!\d)", re.I)
_ICP = re.compile(
    rf"[{_REGIONS}]\s?ICP\s?[备证]?\s?[:]?\s?(?:备|证)?\s?\(?\s?\d{{6,11}}\s?\)?\s?号?(?:\s?-\s?\d{{1,3}})?", re.I
)
_POLICE = re.compile(
    rf"[{_REGIONS}]\s?公\s?(?:网\s?安|安\s?网|网)\s?备?\s?案?\s?(?:字|证|号)?\s?(?:第|号)?\s?[:]?\s?(\d{{10,14}})\s?号?(?:-\d{{1,3}})?"
)
_RECORD = re.compile(r"recordcode=(\d{10,14})|beian\.mps\.gov\.cn/#/query/webSearch\?code=(\d{10,14})", re.I)
_SPONSOR = re.compile(r"(?:主办单位|主办方|主办|主管单位|版权所有)\s*[:]?\s*(?:©|\(C\))?\s*([^\s|:,;，；。]{4,40})")
_CONTACT = re.compile(
    r"(?:联系(?:方式|电话|我们)|(?:咨询|办公|值班|服务)?电话|联系人|网站管理)\s*[:]?\s*((?:[\w一-鿿()]{0,12}\s?)?(?:\(?0\d{2,3}\)?\s?-?\s?\d{7,8}|\d{3,4}-\d{3,4}-?\d{0,4}|12345|1\d{10}|\d{7,8}))"
)
_MAIL = re.compile(r"(?:邮箱|E-?mail)\s*[:]?\s*([\w.+-]+(?:@|#|\(at\))[\w.-]+\.\w+)", re.I)
_META = {
    name.lower(): name
    for name in [
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
        "Keywords",
        "Author",
        "Description",
        "Image",
        "Url",
    ]
}


def read_meta(tree: Tree) -> dict[str, str]:
    """Meta tags by their official spelling; the first that says something wins."""
    found: dict[str, str] = {}
    for attrs in tree.metas:
        name = (attrs.get("name") or attrs.get("property") or "").strip()
        if not name:
            continue
        name = _META.get(name.lower(), name)
        content = " ".join((attrs.get("content") or "").split())
        if not found.get(name):
            found[name] = content
    return found


def read_marks(tree: Tree, links: tuple[Link, ...], text: str) -> Marks:
    """`links`: every link and image of the page; `text`: its visible text."""
    written, text = text, fold(text)
    scripts = " ".join(
        f"{attrs.get('src') or ''} {attrs.get('id') or ''} {body[:600] if 'conac' in body or 'jiucuo' in body else ''}"
        for attrs, body in tree.scripts
    )
    addresses = " ".join(link.url for link in links)
    code, icp, contact = _CODE.search(text), _ICP.search(text), _CONTACT.search(text) or _MAIL.search(text)
    sponsor = _SPONSOR.search(text)
    everywhere = addresses + scripts
    return Marks(
        site_code=code[1].lower() if code else _code_in_links(everywhere),
        icp=written[icp.start() : icp.end()].strip() if icp else "",
        police=_police(written, text, addresses),
        party_gov="conac.cn" in everywhere or bool(re.search(r"党政机关(?:网站)?标识|事业单位(?:网站)?标识", text)),
        jiucuo=bool(re.search(r"jiucuo|zfwzgl\.www\.gov\.cn|zhaocuo|pucha\.kaipuyun", everywhere, re.I))
        or "政府网站找错" in text.replace(" ", "")
        or any("网站找错" in link.text for link in links),
        sponsor=sponsor[1] if sponsor else "",
        contact=contact[1].strip() if contact else "",
        sitemap=any(re.search(r"(?:网站|站点)地图|站点导航|网站导航", link.text) for link in links)
        or bool(re.search(r"(?:网站|站点)地图", text)),
    )


def _police(written: str, text: str, addresses: str) -> str:
    if match := _POLICE.search(text):
        return written[match.start() : match.end()].strip()
    record = _RECORD.search(addresses)
    return (record[1] or record[2]) if record else ""


def _code_in_links(addresses: str) -> str:
    match = re.search(r"site_?code=(\d{10}|bm\d{8})", addresses, re.I)
    return match[1].lower() if match else ""
