"""The bundle for machines without a network: its script is sound, and the wheel holds what the program reads."""

import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
UV = next((path for path in (ROOT / ".tools/bin/uv",) if path.exists()), None)


def test_the_scripts_are_sound() -> None:
    for script in ("bundle.sh", "browser.sh"):
        done = subprocess.run(["sh", "-n", str(ROOT / "tools" / script)], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), script


@pytest.mark.slow
@pytest.mark.skipif(UV is None, reason="uv lies elsewhere: the wheel is not built")
def test_the_wheel_holds_rules_layers_templates_and_pages(tmp_path: Path) -> None:
    subprocess.run([str(UV), "build", "--quiet", "--wheel", "--out-dir", str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= {
        "rules.yaml", "rules/liaoning.yaml", "web/static/console.css", "web/templates/base.html", "reports/templates/archive.html",
        "storage/migrations/env.py", "scheduler.py",
    }  # fmt: skip
