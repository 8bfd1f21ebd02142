"""What an uploaded file is, by its content: what it calls itself decides nothing."""

from domain.errors import UsageError
from web.visit import Upload

LONGEST_NAME = 80
_SIGNS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"PK\x03\x04": "zip"}
_OFFICE = {"docx", "xlsx"}


def kind_of(upload: Upload) -> str:
    """pdf, jpg, png, docx or xlsx; UsageError for anything else, or when name and content differ."""
    ending = upload.name.rpartition(".")[2].lower()
    ending = "jpg" if ending == "jpeg" else ending
    found = next((kind for sign, kind in _SIGNS.items() if upload.data.startswith(sign)), "")
    if found == "zip" and ending in _OFFICE:
        return ending
    if found and found == ending:
        return found
    raise UsageError(f"“{shown_name(upload.name)}”的内容不是它的扩展名所说的格式；请上传 PDF、JPG、PNG 或下发的回执")


def picture_kind(upload: Upload) -> str:
    """Jpg or png; UsageError for anything else."""
    found = kind_of(upload)
    if found not in {"jpg", "png"}:
        raise UsageError("截图须为 JPG 或 PNG")
    return found


def shown_name(name: str) -> str:
    """The last part of a file name, without what no name holds."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return kept.strip(" .")[-LONGEST_NAME:] or "文件"
