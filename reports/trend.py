"""走势: shares over the last periods as a small picture, drawn here, with the same numbers in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP = 640, 180, 44, 12
PLOT = HEIGHT - TOP - 34
SERIES = (
    ("sites_passed", "网站合格率", "0"),
    ("sites_clean", "无扣分点网站占比", "6 3"),
    ("accounts_passed", "新媒体合格率", "2 3"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One closed period: shares in percent as printed, None where there is no whole; open problems."""

    name: str
    label: str
    sites_passed: float | None
    sites_clean: float | None
    accounts_passed: float | None
    problems: int | None


def trend_svg(points: Sequence[Point]) -> str:
    """An SVG of the shares; empty with fewer than two points. Lines differ by their dashes, not by colour alone."""
    if len(points) < 2:
        return ""
    values = [value for point in points for name, _, _ in SERIES if (value := getattr(point, name)) is not None]
    if not values:
        return ""
    low = max(0, int(min(values) // 10) * 10 - (10 if min(values) % 10 == 0 else 0))
    parts = [_grid(low, points)]
    for number, (name, label, dashes) in enumerate(SERIES):
        places = [
            (_x(n, len(points)), _y(value, low))
            for n, p in enumerate(points)
            if (value := getattr(p, name)) is not None
        ]
        if len(places) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(
                f'<polyline class="s{number}" points="{path}" fill="none" stroke-width="2" stroke-dasharray="{dashes}"/>'
            )
        parts += [f'<circle class="s{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places]
        x = LEFT + number * 190
        parts.append(
            f'<line class="s{number}" x1="{x}" x2="{x + 26}" y1="{HEIGHT + 10}" y2="{HEIGHT + 10}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        )
        parts.append(f'<text x="{x + 32}" y="{HEIGHT + 14}">{label}</text>')
    return f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT + 20}" role="img" aria-label="近 {len(points)} 期合格率走势，数字见下表">{"".join(parts)}</svg>'


def _x(number: int, count: int) -> float:
    return LEFT + 8 + number * (WIDTH - LEFT - 24) / max(1, count - 1)


def _y(value: float, low: float) -> float:
    return TOP + PLOT * (100 - value) / (100 - low)


def _grid(low: int, points: Sequence[Point]) -> str:
    lines = []
    for value in (low, (low + 100) / 2, 100):
        y = _y(value, low)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}%</text>')
    for number, point in enumerate(points):
        lines.append(
            f'<text x="{_x(number, len(points)):.1f}" y="{HEIGHT - 10}" text-anchor="middle">{point.name[2:]}</text>'
        )
    return "".join(lines)
