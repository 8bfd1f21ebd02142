"""Footer marks and meta tags of the 网页设计规范 (国办发〔2017〕47号)."""

import re

from crawler.parsing.html.tree import BLOCK, Tree
from domain.captured import Link, Marks

WIDTH = {**{0xFF10 + n: str(n) for n in range(10)}, 0xA0: " ", 0x3000: " ", 0xFF08: "(", 0xFF09: ")"}
_REGIONS = "京津冀晋蒙辽吉黑沪申苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新台港澳国"  # some write the plates' letter, some the old name
_CODE = re.compile(r"(?:标[识志示]|识别)码\s{0,9}[:：]?\s{0,9}[\[(]?\s{0,9}(\d{10}|bm\d{8})(?!\d)", re.I)
_ICP = re.compile(
    rf"[{_REGIONS}]\s?ICP\s?[备证]?\s?[:：]?\s?(?:备|证)?\s?\(?\s?\d{{6,11}}\s?\)?\s?号?(?:\s?-\s?\d{{1,3}})?", re.I
)
_POLICE = re.compile(
    rf"[{_REGIONS}]\s?公\s?(?:网\s?安|安\s?网|网)\s?备?\s?案?\s?(?:字|证|号)?\s?(?:第|号)?\s?[:：]?\s?(\d{{10,14}})\s?号?(?:-\d{{1,3}})?"
)
_RECORD = re.compile(r"recordcode=(\d{10,14})|beian\.mps\.gov\.cn/#/query/webSearch\?code=(\d{10,14})", re.I)
_NEXT = (  # where the name of a sponsor ends: the next label, a number of record, a menu
    r"\s{0,9}(?:承办|协办|技术支持|技术维护|技术保障|制作|设计|开发|建设|运维|运行维护|运行管理|运营|维护|管理|地址|联系|咨询|监督|举报|办公|电话|传真|邮编|邮箱|E-?mail|网站|标[识志]码|识别码|备案|网址|主管|监制|版权|政府)"
    rf"(?:单位|方|机构|序?号|编号|者|人|方式|部门|标[识志]码|识别码|电话|地址|找错|地图)*\s{{0,9}}[:：]|\s{{0,9}}[{_REGIONS}]\s?(?:ICP|公网安备)|\s{{0,9}}ICP|\s{{0,9}}(?:Copyright|©|\(C\))|\s+(?:承办|协办|技术支持|地址|电话|网站标识码|网站识别码|网站地图|联系我们|关于我们|版权所有)"
)
_SPONSOR = re.compile(
    rf"(?:(?:主办单位|主办方|主管单位)\s{{0,9}}[:：]?|主办\s{{0,9}}[:：])\s{{0,9}}((?:(?!{_NEXT})[^\n|｜;；。，,:：]){{4,60}})",
    re.I,
)
_SPONSORED = re.compile(r"(?:^|(?<=[\s|｜:：>]))([一-鿿、·()]{4,40})\s?主办(?![单方办的:：])", re.M)
_CONTACT = re.compile(
    r"(?:联系(?:方式|电话|我们)|(?:咨询|办公|值班|服务)?电话|联系人|网站管理)\s{0,9}[:：]?\s{0,9}((?:[\w一-鿿()]{0,12}\s?)?(?:\(?0\d{2,3}\)?\s?-?\s?\d{7,8}|\d{3,4}-\d{3,4}-?\d{0,4}|12345|1\d{10}|\d{7,8}))"
)
_MAIL = re.compile(r"(?:邮箱|E-?mail)\s*+[:：]?\s*+([\w.+-]{1,64}(?:@|#|\(at\))[\w.-]{1,64}\.\w{1,16})", re.I)
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
    if day := _linked_data_date(tree):
        found.setdefault("datePublished", day)
    return found


_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def _linked_data_date(tree: Tree) -> str:
    """The publish date that a page's JSON-LD tells of an article; empty when it tells several."""
    told = {
        match[1]
        for attrs, script in tree.scripts
        if "ld+json" in (attrs.get("type") or "") and ("Article" in script or "Posting" in script)
        for match in _LINKED_DATE.finditer(script)
    }
    return told.pop() if len(told) == 1 else ""


def read_marks(tree: Tree, links: tuple[Link, ...], text: str, *, home: bool = False) -> Marks:
    """`links`: every link and image of the page; `text`: its visible text. A home page speaks of its site everywhere."""
    everywhere = " ".join(link.url for link in links if _TELLING.search(link.url)) + _scripts(tree)
    labels = [link.text for link in links if "找错" in link.text or "地图" in link.text or "导航" in link.text]
    foot = _foot(tree, text)
    whole = "\n".join(line for line in text.split("\n") if not _PROSE.search(line)) if home else ""
    sponsor = _sponsor(foot) or _sponsor(whole)
    contact = _near(foot, _CONTACT, "电话", "联系", "网站管理") or _near(whole, _CONTACT, "电话", "联系", "网站管理")
    mail = None if contact else _near(foot + whole, _MAIL, "邮箱", "mail", "Mail", "MAIL")
    code = _near(text, _CODE, "标识码", "标志码", "标示码", "识别码")
    return Marks(
        site_code=code[1].lower() if code else _code_in_links(everywhere),
        icp=_whole(_near(text, _ICP, "ICP", "icp", "Icp")),
        police=_whole(_near(text, _POLICE, "公网", "公安", "网安")) or _record(everywhere),
        party_gov="conac.cn" in everywhere
        or any(words in text for words in _EMBLEM)
        or any(link.tag == "img" and _EMBLEM_IMAGE.search(link.text) for link in links),
        jiucuo=bool(_JIUCUO.search(everywhere))
        or "政府网站找错" in text
        or any("网站找错" in label for label in labels),
        sponsor=sponsor,
        contact=(contact or mail)[1].strip() if contact or mail else "",  # type: ignore[index]
        sitemap=any(_SITEMAP.search(label) for label in labels) or "网站地图" in text or "站点地图" in text,
    )


_PROSE = re.compile(r"。|，.*，")
_PARTED = BLOCK | {"span"}
_LAST_LINES = 25


def _foot(tree: Tree, text: str) -> str:
    """Where a page speaks of itself: its footer, else its last lines; texts of notices name other hosts and telephones."""
    if "footer" in tree.places:
        feet = (index for index, place in enumerate(tree.places) if place == "footer")
        texts, tags = tree.texts, tree.tags
        return "".join(texts[at] if not tags[at] else "\n" for at in feet if texts[at] or tags[at] in _PARTED)
    return "\n".join(line for line in text.split("\n")[-_LAST_LINES:] if not _PROSE.search(line))


def _sponsor(foot: str) -> str:
    """主办单位 behind its label, or before the word 主办; 版权所有 names none."""
    plain = foot.translate(WIDTH)
    found = _SPONSOR.search(plain) or _SPONSORED.search(plain)
    return " ".join(found[1].split()).strip("、-— ") if found else ""


_TELLING = re.compile(r"conac|jiucuo|zfwzgl|zhaocuo|kaipuyun|beian|site_?code", re.I)
_EMBLEM = ("党政机关标识", "党政机关网站标识", "事业单位标识", "事业单位网站标识")
_EMBLEM_IMAGE = re.compile(r"党政机关|事业单位(?:网站)?标[识志]")  # a picture that says what it is
_JIUCUO = re.compile(r"jiucuo|zfwzgl\.www\.gov\.cn|zhaocuo|pucha\.kaipuyun", re.I)
_SITEMAP = re.compile(r"(?:网站|站点)地图|站点导航|网站导航")


def _scripts(tree: Tree) -> str:
    found = []
    for attrs, body in tree.scripts:
        found.append(f" {attrs.get('src') or ''} {attrs.get('id') or ''}")
        if len(body) < 20_000 and ("conac" in body or "jiucuo" in body):
            found.append(body)
    return "".join(found)


def _near(text: str, pattern: re.Pattern[str], *words: str) -> re.Match[str] | None:
    """The match next to one of the words, looked for from the end of the page; spelling is kept, width is not."""
    for word in words:
        at = text.rfind(word)
        for _ in range(8):
            if at < 0:
                break
            if match := pattern.search(text[max(0, at - 12) : at + 90].translate(WIDTH)):
                return match
            at = text.rfind(word, 0, at)
    return None


def _whole(match: re.Match[str] | None) -> str:
    return match[0].strip() if match else ""


def _record(addresses: str) -> str:
    record = _RECORD.search(addresses)
    return (record[1] or record[2]) if record else ""


def _code_in_links(addresses: str) -> str:
    match = re.search(r"site_?code=(\d{10}|bm\d{8})", addresses, re.I)
    return match[1].lower() if match else ""
