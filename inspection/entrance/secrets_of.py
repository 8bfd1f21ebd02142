"""Secrets somebody carries: 256 bits, handed out once, kept as a hash."""

import hashlib
import secrets


def new_secret() -> str:
    """A secret for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What the store keeps of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(secret: str) -> str:
    """What the forms of a session carry; the secret cannot be told from it."""
    return hashlib.sha256(f"form|{secret}".encode()).hexdigest()


def is_form_token(secret: str, token: str) -> bool:
    """Whether a form was made for this session."""
    return secrets.compare_digest(form_token(secret).encode(), token.encode())
