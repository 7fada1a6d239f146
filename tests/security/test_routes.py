"""Every route, and what is none: no file but the client's, strict headers with every answer, nothing to debug."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest

from server.web import CLIENT
from tests.security.raw import Answer, asked
from tests.server.tables import eventually
from tests.server.test_serving import ROOT, Kring, Tablet, free_port

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
SECRET = "Our own certificate authority"
"""Stands in server/certificates.py."""
UP = (
    "..",
    "%2e%2e",
    "%252e%252e",
    ".%2e",
    "..%2f..",
    "..%5c..",
    "..\\..",
    "%c0%ae%c0%ae",
    "%uff0e%uff0e",
    "....//",
    "..;",
    "..%00",
    "%2e%2e%2f%2e%2e",
    "．．",
)
PREFIXES = (
    "/",
    "/client/",
    "/client/vendor/",
    "/client/all.css/",
    "/ca/",
    "/install/",
    "/socket.io/",
    "//",
    "/client//",
)
TARGETS = ("server/certificates.py", "etc/passwd")
ABSOLUTE = (
    "/client//etc/passwd",
    "/client/%2fetc%2fpasswd",
    "/client/%252fetc%252fpasswd",
    "/client/file:///etc/passwd",
    "/client/C:%5cWindows%5cwin.ini",
    f"/client/{quote(str(ROOT / 'server/certificates.py'), safe='')}",
    f"/client/{ROOT}/server/certificates.py",
    "/client/main.js%00.css",
    "/client/main.js\\..\\..\\server\\certificates.py",
    "/client/.git/config",
    "/.git/config",
    "/.venv/kring-run.stamp",
    "/devices.json",
    "/kring-ca-key.pem",
    "/client/%2e%2e%2fkring-ca-key.pem",
    "/methods/library/five_phase.yaml",
    "/client/",
    "/client",
    "/client/vendor/",
    "/client/.",
)


def paths() -> list[str]:
    climbing = (
        f"{prefix}{'/'.join([up] * times)}/{target}"
        for prefix, up, times, target in product(PREFIXES, UP, (1, 2, 8), TARGETS)
    )
    return [quote(path, safe="/%;:\\.~") for path in (*climbing, *ABSOLUTE)]


def test_no_path_leads_out_of_the_client_s_folder(served: Kring) -> None:
    assert SECRET in (ROOT / "server/certificates.py").read_text()
    assert len(paths()) > 700
    for path in paths():
        told = asked(served, path)
        assert told.status in (301, 308, 400, 404), (path, told.status)
        assert SECRET.encode() not in told.body, path
        assert b"root:" not in told.body, path
        assert told.headers.get("location", "/").startswith(("/", f"http://127.0.0.1:{served.port}/")), path


def test_what_is_served_of_the_client_is_what_lies_there(served: Kring) -> None:
    assert asked(served, "/client/main.js").body == (CLIENT / "main.js").read_bytes()


# --- headers ---

ROUTES = {
    "the page": ("GET", "/", 200),
    "a script": ("GET", "/client/main.js", 200),
    "all styles": ("GET", "/client/all.css", 200),
    "who this is": ("GET", "/whoami", 200),
    "health": ("GET", "/healthz", 200),
    "no certificate here": ("GET", "/ca", 404),
    "nothing to install here": ("GET", "/install", 404),
    "a wrong PIN": ("POST", "/pair", 400),
    "leaving": ("POST", "/leave", 200),
    "not there": ("GET", "/elsewhere", 404),
    "a script that is not there": ("GET", "/client/nowhere.js", 404),
    "another method": ("DELETE", "/pair", 405),
    "what may be asked": ("OPTIONS", "/pair", 200),
    "only the head": ("HEAD", "/", 200),
    "the line": ("GET", "/socket.io/?EIO=4&transport=polling", 200),
    "a line of old": ("GET", "/socket.io/?EIO=3&transport=polling", 400),
    "a line that is gone": ("GET", "/socket.io/?EIO=4&transport=polling&sid=gone", 400),
    "a way that is not there": ("GET", "/socket.io/?EIO=4&transport=pigeon", 400),
}
STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "microphone=(), camera=(), geolocation=()",
}


def is_strict(told: Answer) -> None:
    assert {name: told.headers.get(name) for name in STRICT} == STRICT
    policy = told.headers["content-security-policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe" not in policy
    assert told.headers["cache-control"] in ("no-store", "no-cache")
    assert "x-powered-by" not in told.headers


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_comes_with_strict_headers_and_no_version(served: Kring, route: str) -> None:
    method, path, status = ROUTES[route]
    told = asked(served, path, method=method)
    assert told.status == status
    is_strict(told)
    assert not any(sign.isdigit() for sign in told.headers.get("server", ""))


def test_the_headers_come_with_a_refusal_of_a_strange_name_and_of_a_strange_page_too(served: Kring) -> None:
    for path in ("/", "/socket.io/?EIO=4&transport=polling"):
        is_strict(asked(served, path, host="evil.example"))
        is_strict(asked(served, path, "Origin: https://evil.example"))


def test_where_there_is_no_gunicorn_the_server_tells_no_version_and_no_debugger_either(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "ears").mkdir()
    kring = WithoutGunicorn(data, tmp_path / "ears", free_port())
    kring.wait_for_address()
    try:
        for path in ("/", "/elsewhere", "/console", "/socket.io/?EIO=4&transport=polling"):
            told = eventually(lambda path=path: as_soon_as_it_listens(kring, path))
            is_strict(told)
            assert told.headers["server"] == "kring"
            assert b"debugger" not in told.body.lower()
    finally:
        kring.stop()


def as_soon_as_it_listens(kring: Kring, path: str) -> Answer | None:
    """It prints its address a moment before."""
    try:
        return asked(kring, path)
    except ConnectionRefusedError:
        return None


class WithoutGunicorn(Kring):
    """As on Windows."""

    command = (
        "-c",
        "import runpy, sys; sys.modules['gunicorn'] = None; "
        "runpy.run_module('tests.server.serve_for_test', run_name='__main__', alter_sys=True)",
    )


# --- nothing to debug, nothing to upload ---


@pytest.mark.parametrize(
    "path",
    [
        "/console",
        "/?__debugger__=yes&cmd=resource&f=style.css",
        "/client/main.js?__debugger__=yes&cmd=printpin&s=x",
        "/_debug_toolbar",
        "/debug",
        "/server-status",
        "/metrics",
        "/admin",
        "/static/main.js",
        "/socket.io/admin",
    ],
)
def test_there_is_nothing_to_debug(served: Kring, path: str) -> None:
    told = asked(served, path)
    assert told.status in (200, 400, 404)
    assert b"debugger" not in told.body.lower()
    assert b"Werkzeug" not in told.body
    assert told.status != 200 or "__debugger__" in path, "the page and the script as they always are"


def test_a_fault_of_our_own_tells_no_stranger_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from server.pairing import Door
    from server.pins import Pins
    from server.settings import DoorSettings
    from server.web import create_app

    door = Door(pins=Pins({}, DoorSettings()), settings=DoorSettings())
    monkeypatch.setattr(door, "device", lambda token: 1 / 0)
    app = create_app(door, secure=True)
    app.config["PROPAGATE_EXCEPTIONS"] = None
    app.logger.disabled = True
    told = app.test_client().get("/whoami")
    assert told.status_code == 500
    assert b"Traceback" not in told.data
    assert b"ZeroDivision" not in told.data
    assert told.headers["X-Content-Type-Options"] == "nosniff"


UPLOAD = b'--x\r\nContent-Disposition: form-data; name="pin"; filename="../../x.py"\r\n\r\n271828\r\n--x--\r\n'


@pytest.mark.parametrize("path", ["/pair", "/leave", "/", "/ca", "/client/main.js", "/healthz", "/install"])
def test_nothing_can_be_uploaded(served: Kring, path: str) -> None:
    told = asked(served, path, "Content-Type: multipart/form-data; boundary=x", method="POST", body=UPLOAD)
    assert told.status in (400, 404, 405) or path == "/leave"
    assert "set-cookie" not in told.headers or "kring=;" in told.headers["set-cookie"]
    for method in ("PUT", "PATCH", "DELETE", "MKCOL", "PROPFIND"):
        assert asked(served, path, method=method, body=b"x").status in (400, 404, 405, 501), method


def test_a_large_upload_is_refused_wherever_it_goes(served: Kring) -> None:
    for path in ("/pair", "/leave", "/unlock"):
        told = asked(
            served, path, "Content-Type: multipart/form-data; boundary=x", method="POST", body=UPLOAD + b"a" * 9000
        )
        assert told.status in (0, 400, 404, 413) or path == "/leave"


@pytest.mark.parametrize(
    "body", [b"[" * 4000, b'{"a":' * 800, b"9" * 4000, b"\xff\xfe", b'{"pin": "\\ud800"}', b"\x00"]
)
def test_what_is_no_json_is_refused_and_no_fault_of_ours(served: Kring, body: bytes) -> None:
    assert asked(served, "/pair", "Content-Type: application/json", method="POST", body=body).status in (400, 403)


def test_a_pin_is_taken_from_no_address_and_from_no_form(served: Kring) -> None:
    for body, kind in ((b"", ""), (b"pin=271828", "application/x-www-form-urlencoded")):
        told = asked(served, "/pair?pin=271828", f"Content-Type: {kind}", method="POST", body=body)
        assert told.status == 400
    assert asked(served, "/pair?pin=271828").status == 405
    tablet = Tablet(served)
    assert asked(served, f"/whoami?kring={tablet.session.cookies['kring']}").body.startswith(b'{"role":null')
    tablet.close()
