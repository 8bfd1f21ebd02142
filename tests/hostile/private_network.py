"""Run a Python program in a network of its own: loopback only, on which public and private addresses lie side by side."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PUBLIC = ("93.184.1.10", "93.184.1.11", "93.184.1.12")
PRIVATE = ("10.1.2.3", "169.254.169.254", "192.168.7.7")
NAMES = {
    "www.pub.test": PUBLIC[0], "good.pub.test": PUBLIC[1], "other.pub.test": PUBLIC[2], "inner.pub.test": PRIVATE[0],
    "self.pub.test": "127.0.0.1", "meta.pub.test": PRIVATE[1],
}  # fmt: skip
_SETUP = """
ip link set lo up
for a in {addresses}; do ip addr add "$a/32" dev lo; done
mount --bind {hosts} /etc/hosts
exec "$@"
"""


def needs_namespace() -> None:
    """Skip where no network namespace can be made."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("a private network namespace needs root, unshare and ip")
    tried = subprocess.run(["unshare", "-n", "-m", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("this machine does not let us make a network namespace")


def run_inside(folder: Path, program: Path, *arguments: str, seconds: float = 240) -> str:
    """Standard output of a program of this folder, run inside."""
    hosts = folder / "hosts"
    rows = [f"{address} {name}" for name, address in NAMES.items()]
    hosts.write_text("\n".join(["127.0.0.1 localhost", *rows, ""]))
    script = _SETUP.format(addresses=" ".join((*PUBLIC, *PRIVATE)), hosts=hosts)
    command = ["unshare", "-n", "-m", "bash", "-ec", script, "ns", sys.executable, str(program), *arguments]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}:{Path(__file__).parents[1] / 'traps'}"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
