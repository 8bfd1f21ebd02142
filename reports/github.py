"""Annotations for GitHub Actions: workflow commands, one line each."""

from collections.abc import Iterator

from domain.findings import Severity
from reports.machine import failing, sentence, shown_records
from reports.model import Report

MOST_UNJUDGED = 10


def github_annotations(report: Report, *, fail_on: Severity = Severity.DEDUCT) -> Iterator[str]:
    """Errors for what fails, warnings for what counts less, notices for the rest and for what the baseline knows.

    Waived and rejected ones stay out.
    """
    for target in report.targets:
        for record in shown_records(report, target.id):
            if not record.state.is_open:
                continue
            known = record.fingerprint in report.accepted
            mild = record.counts and record.severity.rank >= Severity.PROBLEM.rank and not known
            level = "error" if failing(report, record, fail_on) else "warning" if mild else "notice"
            prefix = "基线中的已知问题：" if known else "" if record.counts else "疑似问题，待人工确认："
            title = f"{report.wording.title(record.finding.check)} {target.name}"
            place = report.files.get(record.fingerprint)
            where = "" if place is None else f"file={_property(place.path)},line={max(place.line, 1)},"
            yield _command(level, title, f"{prefix}{sentence(report, record)} {record.finding.ref.url}", where)
        questions = report.unjudged.get(target.id, ())
        for item in questions[:MOST_UNJUDGED]:
            title = f"未能判定 {report.wording.title(item.check)} {target.name}"
            yield _command("notice", title, f"{item.reason} {item.ref.url}")
        if len(questions) > MOST_UNJUDGED:
            yield _command("notice", f"未能判定 {target.name}", f"另有 {len(questions) - MOST_UNJUDGED} 处未能判定")


def _command(level: str, title: str, message: str, where: str = "") -> str:
    return f"::{level} {where}title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    # Other line separators would end the line for some readers and let page text issue commands of its own.
    flat = "\n".join(text.splitlines())
    return flat.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
