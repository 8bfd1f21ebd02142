"""Build `variants.tsv`: traditional, Japanese and variant characters with their standard simplified form.

From OpenCC (Apache-2.0): characters outside GB 2312 that its t2s or jp2t+t2s maps to one inside.
Run: python -m training.variants OUT.tsv
"""

import sys
from pathlib import Path

import opencc

HEAD = """# 异体字、繁体字、日文汉字:字形<TAB>规范字。由 training/variants.py 用 OpenCC(Apache-2.0)生成。
"""
_IN_USE = set("著乾瞭祇镕崑崐堃喆淼犇昇甦邨叡璿濬祎彧赟")  # standard, or usual in names


def main(out: Path) -> None:
    """Write the pairs."""
    simple, japanese = opencc.OpenCC("t2s"), opencc.OpenCC("jp2t")
    rows = []
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        if _plain(char) or char in _IN_USE:
            continue
        found = simple.convert(char)
        if found == char:
            found = simple.convert(japanese.convert(char))
        if found != char and len(found) == 1 and _plain(found):
            rows.append(f"{char}\t{found}\n")
    out.write_text(HEAD + "".join(rows), encoding="utf-8")


def _plain(char: str) -> bool:
    return bool(char.encode("gb2312", "ignore"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
