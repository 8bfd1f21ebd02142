"""The zip packages of Office documents, with a guard against encrypted ones and bombs."""

import io
import zipfile

from crawler.parsing.documents.model import Limits, UnreadableDocument

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED = "文件已加密，未能读取文字"
TOO_LARGE = "文件解压后过大（超大表格或压缩炸弹），未读取文字"


def open_package(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The package; UnreadableDocument for encrypted and oversized ones, BadZipFile for anything else."""
    if data.startswith(_OLE):
        raise UnreadableDocument(ENCRYPTED if _ENCRYPTED in data else "文件是旧版 Office 格式，扩展名不符，未读取文字")
    package = zipfile.ZipFile(io.BytesIO(data))
    parts = package.infolist()
    if len(parts) > limits.parts:
        raise UnreadableDocument(TOO_LARGE)
    for part in parts:
        if part.flag_bits & 1:
            raise UnreadableDocument(ENCRYPTED)
        # Pictures are never unpacked. zipfile reads no more of a part than its announced size.
        if part.file_size > limits.part_bytes and part.filename.lower().endswith((".xml", ".rels")):
            raise UnreadableDocument(TOO_LARGE)
    return package
