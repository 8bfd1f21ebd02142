"""What happened lately: the runs of a store as text or JSON."""

import json

from domain.ports import Store
from domain.times import BEIJING

STATES = {"running": "进行中", "complete": "完成", "partial": "未完成", "unknown": "未能判定（本机网络）"}


def run_lines(store: Store, *, as_json: bool = False, last: int = 20) -> str:
    """The latest runs, newest first."""
    runs = list(reversed(store.runs()))[:last]
    if as_json:
        rows = [
            {
                "run": r.id,
                "kind": r.kind.value,
                "state": r.state.value,
                "as_of": r.as_of.isoformat(),
                "targets": len(r.targets),
            }
            for r in runs
        ]
        return json.dumps({"schema": "xunjian.status/1", "runs": rows}, ensure_ascii=False)
    if not runs:
        return "还没有巡检批次。"
    return "\n".join(
        f"{run.id}  {run.kind.label}  监测时间点 {run.as_of.astimezone(BEIJING):%Y-%m-%d %H:%M}  "
        f"{len(run.targets)} 个对象  {STATES[run.state.value]}{'：' + run.reason if run.reason else ''}"
        for run in runs
    )
