"""Every form a report takes: what `--format` and `-o` accept is one table. A form's code is loaded when it is wanted."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from domain.findings import Severity
from domain.scores import Verdict

if TYPE_CHECKING:
    from reports.model import Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to be shown. `target` and `verdict` are those of a gate: what was asked about, and its answer."""

    report: "Report"
    fail_on: Severity = Severity.DEDUCT
    target: str = ""
    verdict: Verdict = Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Format:
    """One form. `text` is what `--format` prints, `write` what `-o FILE.name` writes; None where it has no such side."""

    name: str
    text: Callable[[Wanted], str] | None = None
    write: Callable[["Report", Path], object] | None = None


def _text(wanted: Wanted) -> str:
    import sys

    from reports.terminal import print_report

    print_report(wanted.report, sys.stdout)
    return ""


def _json(wanted: Wanted) -> str:
    from reports.json_gate import gate_document, run_document

    if wanted.target:
        return json.dumps(gate_document(wanted.report, wanted.target, wanted.verdict), ensure_ascii=False)
    return json.dumps(run_document(wanted.report), ensure_ascii=False)


def _junit(wanted: Wanted) -> str:
    from reports.junit import junit_xml

    return junit_xml(wanted.report, fail_on=wanted.fail_on)


def _sarif(wanted: Wanted) -> str:
    from reports.sarif import sarif_document

    return json.dumps(sarif_document(wanted.report), ensure_ascii=False)


def _github(wanted: Wanted) -> str:
    from reports.github import github_annotations

    return "\n".join(github_annotations(wanted.report, fail_on=wanted.fail_on))


def _write_workbook(report: "Report", path: Path) -> object:
    from reports.workbook import write_workbook

    return write_workbook(report, path)


def _write_dossier(report: "Report", path: Path) -> object:
    from reports.dossier import write_dossier

    return write_dossier(report, report.targets, path)


def _write_json(report: "Report", path: Path) -> object:
    from reports.json_gate import run_document

    return path.write_text(json.dumps(run_document(report), ensure_ascii=False, indent=1), encoding="utf-8")


FORMATS = {
    form.name: form
    for form in (
        Format("text", text=_text),
        Format("json", text=_json, write=_write_json),
        Format("junit", text=_junit),
        Format("sarif", text=_sarif),
        Format("github", text=_github),
        Format("xlsx", write=_write_workbook),
        Format("html", write=_write_dossier),
    )
}
SHOWN = tuple(name for name, form in FORMATS.items() if form.text)
WRITTEN = tuple(name for name, form in FORMATS.items() if form.write)
