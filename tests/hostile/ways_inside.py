"""Ways in which a drawn page may try to lead the browser to a private address: name -> (body, headers told only to a
browser, status).
"""

INSIDE = "http://10.1.2.3/secret"
_SPELLINGS = {
    "plain": "10.1.2.3", "loopback": "127.0.0.1", "metadata": "169.254.169.254", "decimal": "167838211", "hex": "0x0a010203",
    "octal": "012.1.2.3", "short": "10.66051", "name": "inner.pub.test", "selfname": "self.pub.test", "metaname": "meta.pub.test",
    "localhost": "localhost", "mapped": "[::ffff:10.1.2.3]", "wide": "１０.1.2.3", "zero": "0.0.0.0", "dot": "10.1.2.3.",
}  # fmt: skip


def _script(code: str) -> str:
    return f"<script>{code}</script>"


def _later(code: str) -> str:
    return f"<script>setTimeout(() => {{ {code} }}, 50)</script>"


WAYS: dict[str, tuple[str, dict[str, str], int]] = {
    **{f"location-{name}": (_later(f"location.href='http://{host}/secret'"), {}, 200) for name, host in _SPELLINGS.items()},
    **{f"hop-{name}": (_later(f"location.href='/hop/{host}'"), {}, 200) for name, host in list(_SPELLINGS.items())[:11]},
    "answer302": ("", {"Location": INSIDE}, 302),
    "answer307": ("", {"Location": "http://inner.pub.test/secret"}, 307),
    "header-refresh": ("", {"Refresh": f"0; url={INSIDE}"}, 200),
    "assign": (_later(f"location.assign('{INSIDE}')"), {}, 200),
    "replace": (_later(f"location.replace('{INSIDE}')"), {}, 200),
    "form-get": (f"<form id=f action='{INSIDE}'><input name=a value=b></form>" + _later("f.submit()"), {}, 200),
    "form-post": (f"<form id=f method=post action='{INSIDE}'><input name=a value=b></form>" + _later("f.submit()"), {}, 200),
    "form-post-hop": ("<form id=f method=post action='/post307'><input name=a value=b></form>" + _later("f.submit()"), {}, 200),
    "written-refresh": (_script(f"document.write('<meta http-equiv=refresh content=\"0;url={INSIDE}\">')"), {}, 200),
    "written-base": (_script("document.write('<base href=http://10.1.2.3/><img src=a.png><iframe src=b></iframe>')"), {}, 200),
    "popup": (_script(f"window.open('{INSIDE}')"), {}, 200),
    "popup-blank": (_script(f"let w=window.open('about:blank'); if (w) w.location='{INSIDE}'"), {}, 200),
    "click-blank": (f"<a id=a target=_blank href='{INSIDE}'>x</a>" + _later("a.click()"), {}, 200),
    "click": (f"<a id=a href='{INSIDE}'>x</a>" + _later("a.click()"), {}, 200),
    "download": (f"<a id=a download href='{INSIDE}'>x</a>" + _later("a.click()"), {}, 200),
    "ping": (f"<a id=a href='#x' ping='{INSIDE}'>x</a>" + _later("a.click()"), {}, 200),
    "iframe": (f"<iframe src='{INSIDE}'></iframe>", {}, 200),
    "iframe-hop": ("<iframe src='/hop/10.1.2.3'></iframe>", {}, 200),
    "iframe-srcdoc": (f"<iframe srcdoc=\"<script>location='{INSIDE}'</script>\"></iframe>", {}, 200),
    "object": (f"<object data='{INSIDE}'></object><embed src='{INSIDE}'>", {}, 200),
    "fetch": (_script(f"fetch('{INSIDE}', {{mode: 'no-cors'}})"), {}, 200),
    "fetch-hop": (_script("fetch('/hop/10.1.2.3', {mode: 'no-cors'})"), {}, 200),
    "fetch-post": (_script(f"fetch('{INSIDE}', {{method: 'POST', mode: 'no-cors', body: 'x'}})"), {}, 200),
    "xhr": (_script(f"let x=new XMLHttpRequest(); x.open('GET','{INSIDE}'); x.send()"), {}, 200),
    "beacon": (_script(f"navigator.sendBeacon('{INSIDE}', 'x')"), {}, 200),
    "websocket": (_script("new WebSocket('ws://10.1.2.3:80/secret')"), {}, 200),
    "eventsource": (_script(f"new EventSource('{INSIDE}')"), {}, 200),
    "script": (f"<script src='{INSIDE}'></script>", {}, 200),
    "style": (f"<link rel=stylesheet href='{INSIDE}'><style>@import '{INSIDE}';body{{background:url({INSIDE})}}</style>", {}, 200),
    "preload": (f"<link rel=preload as=fetch href='{INSIDE}'><link rel=prefetch href='{INSIDE}'><link rel=prerender href='{INSIDE}'>", {}, 200),
    "image": (_script(f"new Image().src='{INSIDE}'"), {}, 200),
    "worker": (_script(f"new Worker(URL.createObjectURL(new Blob([\"fetch('{INSIDE}',{{mode:'no-cors'}})\"])))"), {}, 200),
    "worker-hop": (_script("new Worker(URL.createObjectURL(new Blob([\"fetch('http://www.pub.test/hop/10.1.2.3',{mode:'no-cors'})\"])))"), {}, 200),
    "shared-worker": (_script(f"new SharedWorker(URL.createObjectURL(new Blob([\"fetch('{INSIDE}',{{mode:'no-cors'}})\"])))"), {}, 200),
    "service-worker": (_script("navigator.serviceWorker && navigator.serviceWorker.register('/hop/10.1.2.3')"), {}, 200),
    "webrtc": (_script("let p=new RTCPeerConnection({iceServers:[{urls:'stun:10.1.2.3:80'},{urls:'turn:10.1.2.3:80?transport=tcp',username:'a',credential:'b'}]}); p.createDataChannel('x'); p.createOffer().then(o=>p.setLocalDescription(o))"), {}, 200),
    "webtransport": (_script("try { new WebTransport('https://10.1.2.3:80/') } catch (e) {}"), {}, 200),
    "video": (f"<video src='{INSIDE}' autoplay></video><audio src='{INSIDE}' autoplay></audio><track src='{INSIDE}'>", {}, 200),
    "csp-report": ("<img src=http://other.pub.test/x>", {"Content_Security_Policy": f"img-src 'none'; report-uri {INSIDE}"}, 200),
    "link-header": ("", {"Link": f"<{INSIDE}>; rel=preload; as=fetch"}, 200),
    "history": (_later(f"history.pushState({{}}, '', '/x'); location.href='{INSIDE}'"), {}, 200),
    "elsewhere": (_later("location.href='http://other.pub.test/iframe'"), {}, 200),
}  # fmt: skip
