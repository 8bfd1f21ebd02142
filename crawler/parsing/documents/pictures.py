"""Pictures: the lines that text recognition is sure of. Needs the extra `ocr`; nothing is fetched, the models come with it."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

from crawler.parsing.documents.model import Limits, Line, UnreadableDocument

SURE = 0.98  # below, look-alike characters are mixed up (measured: docs/decisions/0008-attachments.md)
PIXELS = 25_000_000


def picture_lines(data: bytes, limits: Limits) -> Iterator[Line]:
    """The surely read lines of a picture, from top to bottom."""
    try:
        from PIL import Image
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as fault:
        raise UnreadableDocument("未安装文字识别组件，图片中的文字未检查") from fault
    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > PIXELS:
            raise UnreadableDocument("图片过大，图片中的文字未检查")
    found, _ = _recogniser(RapidOCR)(data)
    for number, (_, text, score) in enumerate(found or (), 1):
        if float(score) >= SURE and text.strip():
            yield Line(" ".join(text.split()), f"第{number}行文字")


@cache
def _recogniser(maker: Any) -> Any:
    return maker(intra_op_num_threads=1, inter_op_num_threads=1)
