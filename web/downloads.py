"""Answers that are no page: files to keep, and redirects after a form."""

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from web.headers import PICTURE

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "json": "application/json",
}


def saved(data: bytes, name: str) -> Response:
    """A file to keep."""
    kind = TYPES.get(_ending(name), "application/octet-stream")
    return Response(data, media_type=kind, headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    """Headers of a file to keep; its name goes through percent-encoding, so that nothing in it is read as a header."""
    ending = _ending(name)
    plain = f"file.{ending}" if ending in TYPES else "file"
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"content-disposition": told, "content-security-policy": PICTURE}


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def shown_picture(data: bytes) -> Response:
    """A PNG of ours."""
    return Response(data, media_type="image/png", headers={"content-security-policy": PICTURE})


def go(path: str) -> Response:
    """On to another page after a form, so that reloading sends nothing again."""
    return RedirectResponse(path, status_code=303)
