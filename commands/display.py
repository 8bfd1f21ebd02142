"""What the inspecting commands show: progress while they work, results in the wanted format, the last line."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import typer

from commands.printing import say
from domain.errors import RegistryError

if TYPE_CHECKING:
    from domain.findings import Severity
    from domain.targets import Site
    from inspection.people.sheet_changes import SheetChanges
    from inspection.runs.gate import GateResult
    from reports.formats import Wanted
    from reports.model import Report


class Display:
    """Progress on standard error: one live line on a terminal, a plain line every ten seconds elsewhere."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.is_live = sys.stderr.isatty() and not quiet
        self.quiet = quiet
        self._counts: dict[str, list[Any]] = {}
        self._accounts = (0, 0)
        self._ticks = 0

    def __enter__(self) -> "Display":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_live:
            sys.stderr.write("\r\x1b[K")

    def progress(self, line: Mapping[str, Any]) -> None:
        """Show one progress line of a crawling process."""
        if "targets" in line:
            self._show(f"核对站外链接：{line['checked']}/{line['targets']}")
            return
        if "work" in line:
            self._show("由工作进程采集：{done}/{all} 组完成，{held} 组进行中".format_map(line["work"]))
            return
        self._counts.update(line.get("sites", {}))
        self._accounts = line.get("accounts", self._accounts)
        rows = self._counts.values()
        busy = sum(1 for row in rows if not row[2])
        text = f"采集中：{sum(row[0] for row in rows)} 个页面，{len(rows)} 个网站（{busy} 个进行中）"
        if self._accounts[1]:
            text += f"，账号 {self._accounts[0]}/{self._accounts[1]}"
        self._show(text)

    def _show(self, text: str) -> None:
        self._ticks += 1
        if self.is_live:
            sys.stderr.write(f"\r\x1b[K{text}")
        elif not self.quiet and self._ticks % 10 == 1:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def judging(self, site: "Site") -> None:
        """Show which site is being judged."""
        if self.is_live:
            sys.stderr.write(f"\r\x1b[K判定中：{site.name}")
            sys.stderr.flush()

    def say(self, text: str) -> None:
        """Print a line between two reports."""
        say(text)

    def report(self, report: "Report", written: Mapping[str, Path]) -> None:
        """Print the report of a run and where its files lie."""
        from reports.terminal import print_report

        if self.is_live:
            sys.stderr.write("\r\x1b[K")
        print_report(report, sys.stdout, written)


def show_run(report: "Report", output: str, html: Path | None) -> None:
    """Print a run in the wanted format and write its reports."""
    from inspection.results.report_files import write_reports
    from reports.formats import Wanted

    written = write_reports(report, html) if html else {}
    if output == "text":
        from reports.terminal import print_report

        print_report(report, sys.stdout, written)
    else:
        _show(Wanted(report), output)


def show_gate(result: "GateResult", output: str, html: Path | None, fail_on: "Severity | None" = None) -> None:
    """Print a gate's result; its verdict becomes the exit code, its reason the last line of standard error."""
    from domain.findings import Severity
    from domain.scores import Verdict
    from reports.formats import Wanted

    report = result.report
    if html:
        from inspection.results.report_files import write_reports

        write_reports(report, html)
    _show(Wanted(report, fail_on or Severity.DEDUCT, result.target_id, result.verdict), output)
    if result.verdict is Verdict.PASS:
        if output == "text":
            say(f"{report.run.kind.label}{result.why}")
        return
    say(f"{report.run.kind.label}{result.why}", err=True)
    raise typer.Exit(1 if result.verdict is Verdict.FAIL else 3)


def _show(wanted: "Wanted", output: str) -> None:
    from reports.formats import FORMATS

    if (show := FORMATS[output].text) and (text := show(wanted)):
        say(text)


def show_changes(file: Path, found: "SheetChanges", same: str, *, applied: bool) -> None:
    """Print what a sheet changes, or `same`; RegistryError with all its faults when it changes nothing because of them."""
    if found.lines or not found.problems:
        say("\n".join(found.lines) or same)
    if found.problems:
        raise RegistryError(f"{file} 有 {len(found.problems)} 处问题，没有写入", found.problems)
    if found.lines:
        say("已写入。" if applied else "以上为预览；加 --apply 写入。")
