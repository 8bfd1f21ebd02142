"""How targets stood by day; every kept card learns how many open findings of each severity it had."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0022"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SEVERITIES = ("veto", "deduct", "problem", "notice")
OPEN = {"new", "persisting", "reopened"}
Day = tuple[tuple[bool, datetime], dict[str, Any]]


def upgrade() -> None:
    """Add the table, and fill it from what is kept."""
    table = op.create_table(
        "target_day",
        sa.Column("target_id", BYTEWISE, primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("lost", sa.Float(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in SEVERITIES),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("unjudged", sa.Integer(), nullable=False),
        sa.Column("oldest", MOMENT),
        sa.Column("why", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_target_day_day", "target_day", ["day", "target_id"])
    connection = op.get_bind()
    for rows in _days(connection):
        connection.execute(table.insert(), rows)


def _days(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    """The rows of one day after the other."""
    runs = connection.execute(sa.text("SELECT id, kind, state FROM run ORDER BY as_of, no")).all()
    severities: dict[str, dict[str, str]] = defaultdict(dict)  # target -> open finding -> severity
    best: dict[str, Day] = {}
    for run_id, kind, state in runs:
        _follow(connection, run_id, severities)
        for card in _counted_cards(connection, run_id, severities) if kind in {"nightly", "audit"} else ():
            card["complete"] = card.get("complete", True) and state != "unknown"  # our own network was down
            row, key = _row(card), (card["complete"], datetime.fromisoformat(card["as_of"]))
            if best and next(iter(best.values()))[1]["day"] != row["day"]:
                yield [row for _, row in best.values()]
                best = {}
            known = best.get(row["target_id"])
            if known is None or key >= known[0]:
                best[row["target_id"]] = (key, row)
    if best:
        yield [row for _, row in best.values()]


def _follow(connection: sa.Connection, run_id: str, severities: dict[str, dict[str, str]]) -> None:
    """What a run saw or closed."""
    noted = sa.text("SELECT fingerprint, target_id, document FROM finding_run WHERE run_id = :run")
    for fingerprint, target_id, document in connection.execute(noted, {"run": run_id}):
        told = json.loads(document)
        sure = not told["finding"].get("candidate") or told.get("review", {}).get("verdict") == "confirmed"
        if told["state"] in OPEN and sure:
            severities[target_id][fingerprint] = told["severity"]
        else:
            severities[target_id].pop(fingerprint, None)


def _counted_cards(
    connection: sa.Connection, run_id: str, severities: dict[str, dict[str, str]]
) -> list[dict[str, Any]]:
    """The cards of a run, each with its counts; they are kept so."""
    kept = sa.text("SELECT document FROM scorecard WHERE run_id = :run ORDER BY position")
    cards = [json.loads(text) for (text,) in connection.execute(kept, {"run": run_id})]
    changed = []
    for card in cards:
        blind = card["verdict"] == "unknown" and not card.get("problems")  # our own network was down
        counts = Counter() if blind else Counter(severities[card["target_id"]].values())
        if counts:
            card["counts"] = {name: counts[name] for name in SEVERITIES if counts[name]}
            text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
            changed.append({"run": run_id, "target": card["target_id"], "text": text})
    if changed:
        update = "UPDATE scorecard SET document = :text WHERE run_id = :run AND target_id = :target"
        connection.execute(sa.text(update), changed)
    return cards


def _row(card: dict[str, Any]) -> dict[str, Any]:
    counts = card.get("counts", {})
    titles = card.get("vetoes", ()) if card["verdict"] == "fail" else card.get("blocked", ())
    return {
        "target_id": card["target_id"],
        "day": _beijing(card["as_of"]),
        "run_id": card["run_id"],
        "as_of": _utc(card["as_of"]),
        "verdict": card["verdict"],
        "score": card.get("score"),
        "lost": round(sum(row["points"] for row in card.get("deductions", ())), 2),
        "complete": card["complete"],
        **{name: counts.get(name, 0) for name in SEVERITIES},
        "judged": card.get("judged", 0),
        "unjudged": card.get("unjudged", 0),
        "oldest": _utc(card["oldest"]) if card.get("oldest") else None,
        "why": "、".join(dict.fromkeys(row["title"] for row in titles)),
    }


def _beijing(text: str) -> date:
    return (datetime.fromisoformat(text).astimezone(UTC) + timedelta(hours=8)).date()


def _utc(text: str) -> datetime:
    """As `storage.columns.Moment` keeps it: SQLite has no zones."""
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return moment.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else moment


def downgrade() -> None:
    """Take it away; cards keep what they learned."""
    op.drop_index("ix_target_day_day", "target_day")
    op.drop_table("target_day")
