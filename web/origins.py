"""Whether a form came from our own pages: what the browser says of it first, the token of the form otherwise."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from inspection.entrance.secrets_of import is_form_token

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(method: str, headers: Mapping[str, str], base: str, secret: str, token: str) -> bool:
    """`base`: scheme and host this request was sent to. A sibling host (same-site) is a stranger."""
    if method in SAFE:
        return True
    told = headers.get("sec-fetch-site")
    if told is not None:
        return told in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is not None:
        return origin == base
    return bool(secret and token) and is_form_token(secret, token)


def own_path(address: str) -> str:
    """A path of this console that it is safe to go to; the start page for anything else."""
    parts = urlsplit(address) if address.isprintable() and "\\" not in address else None
    if parts is None or parts.scheme or parts.netloc or address.startswith("//") or not parts.path.startswith("/"):
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
