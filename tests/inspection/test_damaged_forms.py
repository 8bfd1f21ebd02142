"""Reply forms damaged at random: each is read, or refused with one sentence; nothing else comes out of them."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from reply_forms import fill_excel, fill_word
from staff import AT, actor, later, office

from checks.rules.rulebook import load_rules
from domain.errors import XunjianError
from domain.letter_moves import PaperKind
from domain.persons import Role
from inspection.letters.drafting import draft
from inspection.letters.form_reading import read_form
from inspection.letters.issuing import issue, sender_of, write_papers

SEED, TIMES = 20230504, 250


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes of the package, or of one part of it, changed, doubled or cut out."""
    if chance.random() < 0.3:
        return spoilt(bytearray(data), chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        victim = chance.choice(package.namelist())
        for name in package.namelist():
            part = package.read(name)
            if name != victim or chance.random() > 0.1:
                made.writestr(name, spoilt(bytearray(part), chance) if name == victim else part)
    return out.getvalue()


def spoilt(data: bytearray, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    how = chance.randrange(3)
    if how == 0:
        del data[at : at + chance.randint(1, 200)]
    elif how == 1:
        data[at:at] = data[chance.randrange(len(data) or 1) :][:300]
    else:
        for _ in range(chance.randint(1, 10)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_damaged_form_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    store = office(tmp_path)
    first = draft(store, load_rules(), PaperKind.LETTER, actor(Role.INSPECTOR), AT)[0]
    letter = issue(store, first, actor(Role.LEADER), AT, later(7))
    _, word, excel = write_papers(letter, sender_of(store, tmp_path, actor(Role.LEADER), AT), tmp_path)
    answers = {1: ("已整改", "http://a/b", "已更新")}
    whole = (fill_word(word, answers) if kind == "docx" else fill_excel(excel, answers)).read_bytes()
    chance, said = random.Random(SEED), []
    for _ in range(TIMES):
        path = tmp_path / f"m.{kind}"
        path.write_bytes(damaged(whole, chance))
        try:
            rows, problems = read_form(path, path.read_bytes())
            assert len(rows) + len(problems) <= 1 or all("\n" not in problem for problem in problems)
        except XunjianError as error:
            said.append(str(error))
    assert 0 < len(said) < TIMES
    assert not [text for text in said if "\n" in text]
