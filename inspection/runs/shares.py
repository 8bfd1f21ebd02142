"""How many processes a night is shared among, where nobody said it: the cores, as far as sites and memory go."""

import os
from pathlib import Path

SITES_EACH = 8  # fewer are not worth the start of a process
MEMORY_EACH = 400 << 20  # bytes a crawling process may come to need
AUTO, MOST = "auto", 32


def shares(sites: int, cores: int, memory: int | None) -> int:
    """The number of crawling processes for so many sites; `memory` in bytes, None where the system does not tell."""
    bounds = [cores, sites // SITES_EACH, MOST]
    if memory is not None:
        bounds.append(memory // MEMORY_EACH)
    return max(1, min(bounds))


def usable_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def available_memory(told: Path = Path("/proc/meminfo")) -> int | None:
    """Bytes that programs may still take, as Linux estimates them."""
    try:
        lines = told.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    sizes = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(sizes[0]) << 10 if sizes else None
