"""A dossier as one file to send: an HTML page with its pictures inside, or a zip with the captures beside the page."""

import base64
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from domain.targets import Account, Site
from reports.dossier import name_of, pictures_of, render_dossier, write_dossier
from reports.model import Report
from reports.sheets import build_sheet

MOST_BYTES = 20_000_000  # of pictures inside a page; mail refuses more


def write_one_file(report: Report, targets: Sequence[Site | Account], path: Path) -> Path:
    """Write `path`: .html with its pictures inside (as far as MOST_BYTES goes), or .zip with page, captures and pictures."""
    if path.suffix == ".zip":
        return _write_zip(report, targets, path)
    inline: dict[str, str] = {}
    left = MOST_BYTES
    for key, body in pictures_of(report, targets):
        if len(body) <= left:
            left -= len(body)
            inline[key] = f"data:image/png;base64,{base64.b64encode(body).decode()}"
    sheets = [build_sheet(report, target) for target in targets]
    page = render_dossier(report, sheets, name_of(report, targets), inline=inline)
    path.write_text(page, encoding="utf-8")
    return path


def _write_zip(report: Report, targets: Sequence[Site | Account], path: Path) -> Path:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dossier(report, targets, folder / "检查档案.html")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    package.write(file, file.relative_to(folder))
    return path
