"""Write every report of a run to a folder."""

from pathlib import Path

from reports.model import Report


def write_reports(report: Report, folder: Path) -> dict[str, Path]:
    """Write the city page, the dossiers, the workbook, the JSON and the text doubts of a run; returns title -> path."""
    import json

    from inspection.people.doubt_sheet import write_doubts
    from inspection.people.doubts import suspicions
    from reports.dossier import write_city
    from reports.json_gate import run_document
    from reports.workbook import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    result = folder / "run.json"
    result.write_text(json.dumps(run_document(report), ensure_ascii=False, indent=1), encoding="utf-8")
    files = {"明细表": write_workbook(report, folder / "明细表.xlsx"), "机器可读结果": result}
    if rows := suspicions(report.doubts, report.registry):
        files["文字疑点（不计分，供人工判断）"] = folder / "文字疑点.xlsx"
        write_doubts(folder / "文字疑点.xlsx", rows)
    index = write_city(report, folder, {title: path.name for title, path in files.items()})
    return {"检查总览（用浏览器打开）": index, **files}
