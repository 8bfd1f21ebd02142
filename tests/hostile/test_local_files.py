"""Account sources that name files: nothing outside the data folder, nothing that is no file, nothing without end."""

import os
from pathlib import Path

import pytest

from crawler.accounts.local_files import MISSING, OUTSIDE, TOO_LARGE, UnreadableFile, read_below
from crawler.platforms.refusal import transport_refusal
from crawler.platforms.values import Answer

MOST = 10_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "in").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (data / "in" / "posts.csv").write_text("fine")
    (data / "large.csv").write_bytes(b"x" * (MOST + 1))
    os.mkfifo(data / "pipe")
    (data / "link-out").symlink_to(tmp_path / "secret")
    (data / "link-in").symlink_to(data / "in" / "posts.csv")
    (data / "folder-out").symlink_to(tmp_path)
    (data / "circle").symlink_to(data / "circle")
    (data / "zero").symlink_to("/dev/zero")
    with (data / "holes").open("wb") as file:
        file.truncate(10**12)
    return data


@pytest.mark.parametrize(
    "name", ["in/posts.csv", "./in/../in/posts.csv", "link-in", "in%2Fposts.csv", "//in/posts.csv"]
)
def test_a_file_below_the_data_folder_is_read(folder: Path, name: str) -> None:
    if name.startswith("//"):
        name = "//" + str(folder / "in/posts.csv")  # file:///path
    assert read_below(folder, f"file:{name}", MOST)[0] == b"fine"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("///etc/passwd", OUTSIDE), ("/etc/passwd", OUTSIDE), ("../secret", OUTSIDE), ("in/../../secret", OUTSIDE),
        ("%2e%2e/secret", OUTSIDE), ("link-out", OUTSIDE), ("folder-out/secret", OUTSIDE), ("/dev/zero", OUTSIDE),
        ("zero", OUTSIDE), ("/proc/self/environ", OUTSIDE), ("pipe", OUTSIDE), ("in", OUTSIDE), ("circle", MISSING),
        ("nowhere.csv", MISSING), ("a%00b", MISSING), ("a" * 5000, MISSING), ("large.csv", TOO_LARGE), ("holes", TOO_LARGE),
        ("\ud800", MISSING),
    ],
)  # fmt: skip
def test_nothing_else_is_opened(folder: Path, name: str, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read_below(folder, f"file:{name}", MOST)
    refusal = transport_refusal(Answer("file:x", 0, error=why))
    assert refusal is not None
    assert "文件" in refusal[1]
