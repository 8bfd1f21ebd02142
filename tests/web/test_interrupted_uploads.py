"""An upload that is cut off, by the telephone or by a restart: nothing of it is kept, and it can be sent again."""

import socket
import time

from desk import Desk
from staff import PERSONS, contents
from test_browser import Served
from test_every_route import letter

from domain.persons import Role
from inspection.entrance.sessions import admitted

SCAN = b"%PDF-1.4 " + b"0" * 300_000
BOUNDARY = "----cut"


def request(port: int, secret: str) -> bytes:
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'.encode()
    body = part + SCAN + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST /letters/L1/files HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: xunjian={secret}\r\n"
        f"Sec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def test_an_upload_cut_off_by_a_restart_leaves_nothing_and_is_sent_again(desk: Desk) -> None:
    desk.store.save_letters([letter(1, "0" * 64)])
    secret = admitted(desk.store, PERSONS[Role.LIAISON], "", "", desk.clock())
    before = contents(desk.folder)
    with Served(desk) as served:
        port = int(served.base.rpartition(":")[2])
        whole = request(port, secret)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(whole[: len(whole) // 2])
            time.sleep(0.3)
            served.server.should_exit = True
            time.sleep(0.2)
        served.thread.join(10)
        assert contents(desk.folder) == before
        desk.store.close = lambda: None  # type: ignore[method-assign]  # it goes on in the next process
    with Served(desk) as served:
        port = int(served.base.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(request(port, secret))
            assert line.recv(20).startswith(b"HTTP/1.1 303")
    assert len(desk.store.letter("L1").replies) == 2
