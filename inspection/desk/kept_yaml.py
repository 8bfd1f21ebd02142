"""Files of the data folder written from the browser: whole or not at all, readable by the owner, the one before kept."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from domain.errors import unwritable

HISTORY = "settings-history"


def file_version(path: Path) -> str:
    """Of a file as it is, and of none."""
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()[:12]


def write_yaml(data: Path, name: str, document: Mapping[str, Any], now: datetime) -> None:
    """Put a document in the place of a file."""
    path, folder = data / name, data / HISTORY
    part = path.with_name(f".{name}.part")
    try:
        if path.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
            kept = folder / f"{now:%Y%m%d-%H%M%S}-{file_version(path)}-{name}"
            kept.touch(mode=0o600)
            kept.write_bytes(path.read_bytes())
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        part.write_text(yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
