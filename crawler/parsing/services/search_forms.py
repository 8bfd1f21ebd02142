"""The in-site search of a home page: its form, and how a browser without scripts would send it. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from lxml import html as lxml_html
from lxml.etree import ParserError

from crawler.parsing.html.addresses import resolve, scope_of
from crawler.spans import spans

_STRONG = re.compile(
    r"^(?:q|qt|wd|kw|key_?words?|search_?(?:words?|keys?|text|content|value|input)?|sea_?key|query(?:_?(?:str|string|text))?"
    r"|text_?search|sousuo|full_?text|ss_?(?:key|word|text)?|s_?key)$",
    re.I,
)
_SIGN = re.compile(r"search|sousuo|soso|搜索|检索|站内|全文|关键[字词]", re.I)
_OTHER_USE = re.compile(r"办件|信件|进度|编号|证号|单号|密码|查询码|邮箱|e-?mail|订阅|手机号|姓名|用户名", re.I)
_CAPTCHA = re.compile(r"captcha|yzm|verify_?code|v_?code|check_?code|valid_?code|rand_?code|验证码", re.I)
_TEXT = frozenset({"", "text", "search"})
_SCRIPT, _SCRIPT_END = re.compile(r"<script\b[^<>]*>", re.I), re.compile(r"</script>", re.I)
_SOURCE = re.compile(r"\bsrc\s*=", re.I)
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A form that can be sent as it stands. `handles`: what a script could hook it by."""

    action: str
    method: str  # get or post
    field: str
    others: tuple[tuple[str, str], ...]
    charset: str
    handles: frozenset[str]
    scripted: bool  # says itself that a script has a hand in it

    def request_for(self, words: str) -> tuple[str, str]:
        """(address, body of a POST or empty) of a search for `words`."""
        pairs = [*self.others, (self.field, words)]
        text = urlencode(pairs, encoding=self.charset, errors="xmlcharrefreplace")
        if self.method == "post":
            return self.action, text
        parts = urlsplit(self.action)
        return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", text, "")), ""


def find_search(page: str, url: str, charset: str, scopes: Collection[str]) -> SearchForm | str:
    """The search form of a page, or why there is none to send: no_form, script, other_host, captcha."""
    try:
        root = _parsed(page)
    except ParserError:  # nothing but comments, or nothing at all
        return "no_form"
    base = _base_of(root, url)
    ranked = sorted(((_score(form, field), form, field) for form, field in _candidates(root)), key=lambda row: -row[0])
    refusals: list[str] = []
    for points, form, field in ranked:
        if points < _ENOUGH:
            break
        found = _read(form, field, base, charset, scopes)
        if isinstance(found, SearchForm):
            return found
        refusals.append(found)
    if refusals:
        return refusals[0]
    return "script" if any(_is_loose_box(field) for field in root.iter("input")) else "no_form"


def _parsed(page: str) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)


def inline_scripts(page: str) -> str:
    """The text of all scripts inside a page, and of all its event attributes."""
    found = [inner for head, inner in spans(page, _SCRIPT, _SCRIPT_END) if not _SOURCE.search(head[0])]
    return "\n".join((*found, *re.findall(r"\son\w+\s*=\s*[\"']([^\"']*)", page, re.I)))


def _base_of(root: lxml_html.HtmlElement, url: str) -> str:
    href = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    return (resolve(url, href) or url) if href else url


def _candidates(root: lxml_html.HtmlElement) -> Iterator[tuple[lxml_html.HtmlElement, lxml_html.HtmlElement]]:
    for form in root.iter("form"):
        fields = [node for node in form.iter("input") if (node.get("type") or "").lower() in _TEXT]
        if any((node.get("type") or "").lower() == "password" for node in form.iter("input")):
            continue
        for field in fields:
            if not _OTHER_USE.search(_words_of(field)):
                yield form, field


def _words_of(node: lxml_html.HtmlElement) -> str:
    names = ("id", "name", "class", "placeholder", "title", "value", "action", "aria-label", "alt", "src")
    return " ".join(node.get(name) or "" for name in names)


def _score(form: lxml_html.HtmlElement, field: lxml_html.HtmlElement) -> int:
    """How surely a text field of a form is a search box."""
    buttons = " ".join(_words_of(node) + (node.text_content() or "") for node in _buttons(form))
    return (
        3 * bool(_STRONG.match(field.get("name") or ""))
        + 2 * bool(_SIGN.search(_words_of(field)))
        + 2 * bool(_SIGN.search(_words_of(form)))
        + 2 * bool(_SIGN.search(buttons))
    )


def _buttons(form: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    inputs = [node for node in form.iter("input") if (node.get("type") or "").lower() in ("submit", "image", "button")]
    return [*form.iter("button"), *inputs]


def _read(
    form: lxml_html.HtmlElement, field: lxml_html.HtmlElement, base: str, charset: str, scopes: Collection[str]
) -> SearchForm | str:
    if any(_CAPTCHA.search(_words_of(node)) for node in form.iter("input", "img")):
        return "captcha"
    href = (form.get("action") or "").strip()
    name = field.get("name")
    if not name or not href or href.startswith("#") or not (action := resolve(base, href)):
        return "script"
    if scope_of(action) not in scopes:
        return "other_host"
    buttons = _buttons(form)
    submits = [node for node in buttons if (node.get("type") or "submit").lower() in ("submit", "image")]
    scripted = any(key.startswith("on") for node in (form, *buttons) for key in node.keys())  # noqa: SIM118
    accepted = (form.get("accept-charset") or "").replace(",", " ").split()
    return SearchForm(
        action,
        "post" if (form.get("method") or "").strip().lower() == "post" else "get",
        name,
        tuple(_others(form, field, submits)),
        _charset(accepted[0] if accepted else charset),
        frozenset(_handles(form, field, buttons)),
        scripted or not submits,
    )


def _others(
    form: lxml_html.HtmlElement, field: lxml_html.HtmlElement, submits: list[lxml_html.HtmlElement]
) -> Iterator[tuple[str, str]]:
    """What a browser sends beside the words."""
    for node in form.iter("input", "select"):
        name, kind = node.get("name"), (node.get("type") or "").lower()
        if not name or node is field or node.get("disabled") is not None:
            continue
        if node.tag == "select":
            options = list(node.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), None)
            chosen = options[0] if chosen is None and options else chosen
            if chosen is not None:
                yield name, chosen.get("value") if chosen.get("value") is not None else (chosen.text_content() or "")
        elif kind in ("radio", "checkbox"):
            if node.get("checked") is not None:
                yield name, node.get("value") or "on"
        elif kind in _TEXT or kind == "hidden":
            yield name, node.get("value") or ""
    pressed = next((node for node in submits if node.get("name") and node.get("type") != "image"), None)
    if pressed is not None:
        yield pressed.get("name") or "", pressed.get("value") or ""


def _handles(
    form: lxml_html.HtmlElement, field: lxml_html.HtmlElement, buttons: list[lxml_html.HtmlElement]
) -> Iterator[str]:
    for node in (form, field, *buttons):
        yield from (value for key in ("id", "name") if (value := node.get(key)) and len(value) > 1)
        yield from (word for word in (node.get("class") or "").split() if _SIGN.search(word))


def _charset(name: str) -> str:
    try:
        "搜".encode(name)
    except (LookupError, UnicodeEncodeError):
        return "utf-8"
    return "gb18030" if name.lower().replace("-", "").startswith("gb") else name


def _is_loose_box(field: lxml_html.HtmlElement) -> bool:
    """A search box that no form can send."""
    return (field.get("type") or "").lower() in _TEXT and bool(
        _SIGN.search(_words_of(field)) or _STRONG.match(field.get("name") or "")
    )
