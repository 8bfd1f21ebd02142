"""The hosts of the second trap site: which answers stand where, traps for crawlers that never end, certificates."""

import datetime
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import outsider_answers as an
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from outsider_answers import code, ok, page, to
from outsider_site import Spot, link
from trap_server import Asked, Host, Reply, serving

IDN = "xn--fsqu00a.xn--0zwm56d"
MONTHS_SEEN_BY_PEOPLE = 60


@contextmanager
def outsider_city(folder: Path, spots: list[Spot]) -> Iterator[tuple[dict[str, Host], dict[str, str]]]:
    """The hosts, serving, and their origins by name."""
    hosts = build_hosts()
    hosts["sealed"].tls = context(folder / "sealed.pem", expired=True)
    hosts["antique"].tls = context(folder / "antique.pem", expired=False)
    hosts["antique"].tls.minimum_version = hosts["antique"].tls.maximum_version = ssl.TLSVersion.TLSv1_2
    with serving(*hosts.values()):
        yield hosts, furnish(hosts, spots)


def build_hosts() -> dict[str, Host]:
    """The hosts by name; `sealed` and `antique` want certificates before they serve."""
    upkeep = page("系统维护公告", "<p>系统升级维护中，给您带来不便敬请谅解。</p>")
    hosts = {name: Host({}) for name in ("other", "sealed", "antique")} | {"site": Host({}, other=never_ending)}
    return hosts | {"same": Host({}, other=ok()), "upkeep": Host({}, other=ok(upkeep))}


def furnish(hosts: dict[str, Host], spots: list[Spot]) -> dict[str, str]:
    """Put the answers in place once the ports are known; returns the origins by name."""
    origins = {name: f"{'https' if host.tls else 'http'}://127.0.0.1:{host.port}" for name, host in hosts.items()} | {
        "idn": f"http://{IDN}"
    }
    origins["plain"] = origins["site"].replace("http:", "https:")
    served = hosts | {"plain": hosts["site"]}
    for spot in spots:
        for key, answer in spot.answers.items():
            name, _, path = key.partition(":")
            served[name].pages[filled(path, origins, hosts)] = answer
    site = origins["site"]
    body = filled("".join(f"<p>{spot.html}</p>" for spot in spots), origins, hosts)
    hosts["site"].pages |= _pages(body, site)
    hosts["sealed"].pages["/back"] = to(f"{site}/r/back")
    for path in ("/r/protocol", "/r/upper", "/r/secure"):
        hosts["site"].pages[path] = _filled_answer(hosts["site"].pages[path], origins, hosts)
    return origins


def filled(text: str, origins: dict[str, str], hosts: dict[str, Host]) -> str:
    """The text with ports and origins for {port}, {site}..."""
    text = text.replace("{port}", str(hosts["site"].port))
    for name, origin in origins.items():
        text = text.replace(f"{{{name}}}", origin)
    return text


def _filled_answer(answer: an.Answer, origins: dict[str, str], hosts: dict[str, Host]) -> an.Answer:
    def reply(asked: Asked) -> Reply:
        given = answer(asked)
        return Reply(
            given.status, given.body, tuple((name, filled(value, origins, hosts)) for name, value in given.headers)
        )

    return reply


def _pages(body: str, site: str) -> dict[str, an.Answer]:
    gbk = page("通知公告", link("/sp/gbk?w=政务") + link("/sp/gbk-gone?w=政务"), "gbk")
    based = page("资料", link("from-base.html") + link("base-gone.html"), head='<base href="/in-base/">')
    return {
        "/": ok(
            page(
                "某某市应急管理局",
                body + "".join(map(link, ("/gbk.html", "/based/", "/calendar?m=0", "/deeper/", "/s/0"))),
            )
        ),
        "/gbk.html": ok(gbk, "text/html"),
        "/based/": ok(based),
    }


def never_ending(asked: Asked) -> Reply:
    """A calendar without end, folders that contain themselves, a new session id in every address; 404 for the rest."""
    path, _, query = asked.path.partition("?")
    if path == "/r/on":
        return to(f"?n={int(query.partition('=')[2]) + 1}")(asked)
    if path == "/calendar":
        month = int(query.partition("=")[2])
        return Reply(body=page(f"{month}月日程", link(f"?m={month + 1}", "下个月") + link(f"?m={month - 1}", "上个月")))
    if path.startswith("/deeper/"):
        return Reply(body=page("目录", link("deeper/", "下一级目录")))
    if path.startswith("/s/"):
        sessions = (f"/s/{n};jsessionid={secrets.token_hex(16).upper()}" for n in range(6))
        return Reply(body=page("会话", "".join(map(link, sessions))))
    return code(404)(asked)


def context(path: Path, *, expired: bool) -> ssl.SSLContext:
    """A server context with a certificate of its own making, for another name."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "www.elsewhere.example")])
    begin = datetime.datetime(2019, 1, 1)
    end = datetime.datetime(2020 if expired else 2090, 1, 1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begin, end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("10.9.8.7"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(certificate.public_bytes(encoding) + private)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made
