"""Pictures of a site as SVG, drawn with the names they need."""

from democity.site import CitySite

_SLOGANS = ("公开　服务　便民　高效", "建设人民满意的服务型政府", "依法行政　政务公开", "高质量发展　高品质生活")


def _svg(width: int, height: int, inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{inner}</svg>'.encode()


def _text(x: int, y: int, size: int, colour: str, text: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="middle" font-family="sans-serif">{text}</text>'


def banner(site: CitySite) -> bytes:
    """Hills, a river, the slogan of the site."""
    shift = site.order % 7 * 20
    hills = f'<path d="M0 110 Q150 {30 + shift % 50} 320 96 T640 84 T1000 100 V120 H0Z" fill="#2f6f9f"/><path d="M0 118 Q260 {64 + shift % 30} 520 112 T1000 108 V120 H0Z" fill="#1d4f7a"/>'
    sky = '<rect width="1000" height="120" fill="#5b9bd1"/><circle cx="860" cy="36" r="18" fill="#ffe9b0"/>'
    return _svg(1000, 120, sky + hills + _text(600, 100, 20, "#fff", _SLOGANS[site.order % len(_SLOGANS)]))


def conac() -> bytes:
    """The red mark of party and government bodies (a stand-in)."""
    return _svg(
        60,
        72,
        f'<path d="M4 4h52v44q0 14-26 22Q4 62 4 48z" fill="#c8161d"/>{_text(30, 30, 13, "#fff", "党政")}{_text(30, 48, 13, "#fff", "机关")}',
    )


def jiucuo() -> bytes:
    """The entry of 我为政府网站找错 (a stand-in)."""
    return _svg(
        106,
        52,
        f'<rect width="106" height="52" rx="6" fill="#d98a1f"/>{_text(53, 24, 15, "#fff", "政府网站")}{_text(53, 44, 15, "#fff", "找错")}',
    )


def police() -> bytes:
    """A shield."""
    return _svg(16, 18, '<path d="M8 0 16 3v7q0 5-8 8-8-3-8-8V3z" fill="#1f4fa3"/>')


def portrait(number: int) -> bytes:
    """Nobody in particular."""
    tone = ("#7d8da3", "#8a7f73", "#6f8a7a", "#857a92")[number % 4]
    return _svg(
        90,
        120,
        f'<rect width="90" height="120" fill="#e6eaf0"/><circle cx="45" cy="44" r="22" fill="{tone}"/><path d="M8 120q0-46 37-46t37 46z" fill="{tone}"/>',
    )


def news(number: int) -> bytes:
    """A meeting room seen from afar."""
    tone = ("#3d6d99", "#76552f", "#2f6b5a")[number % 3]
    heads = "".join(f'<circle cx="{20 + i * 28}" cy="70" r="9" fill="#333"/>' for i in range(5))
    return _svg(
        150,
        94,
        f'<rect width="150" height="94" fill="#dfe6ee"/><rect x="15" y="12" width="120" height="36" fill="{tone}"/>{_text(75, 36, 16, "#fff", "工作会议")}{heads}',
    )
