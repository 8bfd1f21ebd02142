"""A baseline: the findings of an earlier gate that are known and accepted. Identities, not counts."""

import json
from pathlib import Path

from domain.errors import UsageError, cause


def read_baseline(path: Path | None) -> frozenset[str]:
    """Fingerprints of an earlier gate JSON; UsageError when the file is none."""
    if path is None:
        return frozenset()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(item["fingerprint"] for item in document["findings"])
    except OSError as error:
        raise UsageError(f"不能读取基线文件 {path}：{cause(error)}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} 不是 xunjian gate --format json 的结果，不能用作基线") from error
