"""The papers of a letter: what went out, and what came back."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import NotThere, UsageError
from domain.letters import Letter, Reply
from domain.persons import Actor
from domain.ports import Store
from inspection.acting import actor_of
from inspection.desk.scope import GONE
from inspection.letters import issuing

PAPERS = {"letter": 0, "form-docx": 1, "form-xlsx": 2}


def paper(store: Store, data: Path, letter: Letter, kind: str, now: datetime) -> tuple[bytes, str]:
    """(bytes, name) of the letter or its reply form as they go out; NotThere when it was not issued."""
    if kind not in PAPERS or not letter.number:
        raise NotThere(GONE)
    try:
        issuer = actor_of(store, letter.issued_by)
    except UsageError:
        issuer = Actor(letter.issued_by)
    sender = issuing.sender_of(store, data, issuer, letter.issued_at or now)
    with TemporaryDirectory() as folder:
        path = issuing.write_papers(letter, sender, Path(folder))[PAPERS[kind]]
        return path.read_bytes(), path.name


def reply_file(store: Store, letter: Letter, sha256: str) -> tuple[bytes, Reply]:
    """A file of the unit; NotThere unless it belongs to this letter."""
    found = next((reply for reply in letter.replies if reply.sha256 == sha256), None)
    if found is None:
        raise NotThere(GONE)
    return store.body(sha256), found
