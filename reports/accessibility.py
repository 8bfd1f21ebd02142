"""The accessibility report as one HTML page, from the document `xunjian.access/1`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.dossier import environment


def write_accessibility(document: Mapping[str, Any], folder: Path) -> Path:
    """Write `accessibility.html` into a folder, made if absent; its path. OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "accessibility.html"
    path.write_text(environment().get_template("accessibility.html").render(document=document), encoding="utf-8")
    return path
