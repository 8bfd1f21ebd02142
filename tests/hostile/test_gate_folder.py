"""A folder with a pipe, with links that lead out, and addresses that are no names: refused with a sentence, never read."""

import os
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from domain.errors import UsageError
from inspection.runs.served_folder import served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    made.mkdir()
    (made / "index.html").write_text("<title>x</title>")
    (made / "news").mkdir()
    (made / "news" / "index.html").write_text("<title>news</title>")
    (made / "inner.html").symlink_to(made / "index.html")
    (tmp_path / "secret.html").write_text("secret")
    return made


def asked(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""


@pytest.mark.parametrize("kind", ["pipe", "link to a file outside", "link to a folder outside", "link to /etc/passwd", "circle", "device", "socket"])  # fmt: skip
def test_a_folder_with_more_than_files_is_refused(folder: Path, kind: str, tmp_path: Path) -> None:
    place = folder / "news" / "odd.html"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "socket":
        import socket

        with socket.socket(socket.AF_UNIX) as made:
            os.chdir(place.parent)
            made.bind(place.name)
    else:
        targets = {"link to a file outside": tmp_path / "secret.html", "link to a folder outside": tmp_path, "link to /etc/passwd": Path("/etc/passwd"), "circle": place, "device": Path("/dev/zero")}  # fmt: skip
        place.symlink_to(targets[kind])
    with pytest.raises(UsageError, match=r"odd\.html"), served(folder):
        pass


def test_what_appears_later_is_not_read_either(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with served(folder) as url:
        os.mkfifo(folder / "later.html")
        (folder / "out.html").symlink_to("/etc/passwd")
        (folder / "up").symlink_to("/etc")
        codes = [asked(f"{url}{name}")[0] for name in ("later.html", "out.html", "up/passwd", "%00", "a%00b.html", "%2e%2e/secret.html", "..%2fsecret.html", "x" * 3000, "news%00/", "%ff%fe")]  # fmt: skip
        assert codes == [404] * len(codes)
        assert asked(url)[0] == asked(f"{url}news/")[0] == asked(f"{url}inner.html")[0] == 200
    assert "Traceback" not in capfd.readouterr().err
