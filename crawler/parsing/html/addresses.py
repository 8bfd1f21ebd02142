"""Addresses as a browser reads them (WHATWG URL Standard), and what belongs to one site."""

import re
from functools import lru_cache
from urllib.parse import quote

import ada_url

_CLICK = re.compile(r"['\"]([^'\"\s]*(?:/|\.s?html?|\.jsp|\.aspx?|\.php)[^'\"\s]*)['\"]")

_PLAIN_PATH = re.compile(r"/(?!/)(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)?")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?")
_PLAIN_HOST = re.compile(
    r"https?://((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12})/"
)  # what URL parsing leaves as it is
_SCHEMES = ("http:", "https:", "file:")
# {{url}}, ${url}, <%=url%>, [[url]], #{url}, {url}, %url%: a script or the server was to put an address there.
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\$\{|<%|%>|\[\[|#\{|\{(?![0-9A-Fa-f]+\})[A-Za-z_][\w.]*\}|%(?![0-9A-Fa-f]{2})[A-Za-z_]\w*%(?![0-9A-Fa-f]{2})"
)
_SESSION = re.compile(
    r";jsessionid=[^/?#&]*|(?<=[?&])(?:jsessionid|phpsessid|aspsessionid\w*)=[^&#]*(?:&|$)", re.I
)  # what servers themselves append; sid=, sessionid= and the like may name a document


def resolve(base: str, href: str, charset: str = "utf-8", *, keep_session: bool = False) -> str | None:
    """The absolute address of `href` on the page `base`, without fragment.

    None for what is no page address: empty, malformed, a template's placeholder, javascript:, mailto:, tel:, data: and
    other schemes. Paths are sent as UTF-8, a query in the page's charset, existing %XX stay as they are. Session ids that
    servers append are left out unless `keep_session`: they make one page a new address on every visit.
    """
    if _PLAIN_PATH.fullmatch(href):
        origin = _origin_and_folder(base)[0]
        if origin:
            return origin + href
    elif _PLAIN_NAME.fullmatch(href):
        folder = _origin_and_folder(base)[1]
        if folder:
            return folder + href
    url = _resolve_slowly(base, href, charset)
    return url if url is None or keep_session or "=" not in url else _without_session(url)


def _resolve_slowly(base: str, href: str, charset: str) -> str | None:
    href = href.strip(" \t\r\n\f\x00")
    if not href or _PLACEHOLDER.search(href):
        return None
    if not href.isascii() and "?" in href and charset.lower() not in ("utf-8", "utf8"):
        href = _encode_query(href, charset)
    try:
        url = ada_url.join_url(base, href) if base else ada_url.URL(href).href
    except (ValueError, UnicodeError):
        return None
    if not url.startswith(_SCHEMES) or (url.startswith("file:") and not base.startswith("file:")):
        return None
    return url.partition("#")[0]


def _without_session(url: str) -> str:
    bare = _SESSION.sub("", url)
    return url if bare == url else bare.rstrip("?&")


def _encode_query(href: str, charset: str) -> str:
    path, _, query = href.partition("?")
    query, hash_mark, fragment = query.partition("#")
    try:
        sent = quote(query.encode(charset), safe="!$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")
    except (UnicodeError, LookupError):
        return href
    return f"{path}?{sent}{hash_mark}{fragment}"


@lru_cache(maxsize=4096)
def _origin_and_folder(base: str) -> tuple[str, str]:
    try:
        url = ada_url.URL(base)
    except (ValueError, UnicodeError):
        return "", ""
    if url.protocol not in ("http:", "https:"):
        return "", ""
    origin = f"{url.protocol}//{url.host}"
    return origin, origin + url.pathname.rpartition("/")[0] + "/"


@lru_cache(maxsize=65536)
def scope_of(url: str) -> str:
    """Lower-case host, with the port unless it is the scheme's own (80, 443); empty for what is no web address."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1]
    try:
        parsed = ada_url.URL(url)
    except (ValueError, UnicodeError):
        return ""
    return parsed.host


def clicked_address(script: str) -> str:
    """The address in an onclick such as window.open('/a/b.html'); empty when there is none."""
    match = _CLICK.search(script)
    return match[1] if match else ""
