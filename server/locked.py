"""What is served while the log is locked: one page that asks for the passphrase, then Kring itself takes over.

Nothing of a meeting is known here. A guess costs 64 MiB and a fifth of a second or more; there may be as many as of
PINs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from html import escape
from threading import Lock
from typing import Any, Protocol

from flask import Flask, Response, redirect, request

from server.pages import FIRST_STYLE, LANGUAGES
from server.pairing import Tries
from server.problems import LogUnusable, WrongPassphrase
from server.settings import DoorSettings
from server.web import guard

POST_BYTES = 4096
_STYLE = (
    FIRST_STYLE
    + """
form{max-width:34rem}label{display:block;margin:1em 0 .3em}
input,button{font:inherit;width:100%;box-sizing:border-box;min-height:56px;padding:.5em .7em;border-radius:12px}
input{border:2px solid #6d675c;background:transparent;color:inherit}
button{margin:.8em 0 1.2em;border:0;background:#23211d;color:#faf7f1;font-weight:700}
:focus-visible{outline:3px solid #4a8fb3;outline-offset:3px}.first .wrong{font-weight:700}
@media (prefers-color-scheme:dark){button{background:#f3eee4;color:#171613}}
"""
)
_SAY = {
    "nl": {
        "title": "Kring is op slot",
        "text": "Wat jullie bewaarden, staat hier versleuteld. Geef de wachtzin van dit apparaat.",
        "label": "Wachtzin",
        "go": "Openen",
        "wrong": "Dat is de wachtzin niet. Let op hoofdletters en spaties.",
        "wait": "Te veel pogingen. Wacht een minuut.",
        "forgotten": "Wachtzin kwijt? Dan kan niemand dit nog lezen. Op het apparaat wist ./kring erase alles.",
    },
    "en": {
        "title": "Kring is locked",
        "text": "What you kept lies here encrypted. Give the passphrase of this device.",
        "label": "Passphrase",
        "go": "Open",
        "wrong": "That is not the passphrase. Look at capitals and spaces.",
        "wait": "Too many tries. Wait a minute.",
        "forgotten": "Passphrase lost? Then nobody can read this any more. On the device, ./kring erase erases it all.",
    },
    "de": {
        "title": "Kring ist gesperrt",
        "text": "Was ihr aufgehoben habt, liegt hier verschlüsselt. Gib die Passphrase dieses Geräts ein.",
        "label": "Passphrase",
        "go": "Öffnen",
        "wrong": "Das ist nicht die Passphrase. Achte auf Großschreibung und Leerzeichen.",
        "wait": "Zu viele Versuche. Warte eine Minute.",
        "forgotten": "Passphrase verloren? Dann kann niemand das mehr lesen. Am Gerät löscht ./kring erase alles.",
    },
}


class Running(Protocol):
    """Kring itself, once it is open."""

    @property
    def app(self) -> Flask:
        """What serves."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    def well(self) -> bool:
        """Whether it still moves."""
        ...

    def stop(self) -> None:
        """End."""
        ...


class Gate:
    """Serves the page until somebody knows the passphrase; from then on, Kring."""

    def __init__(self, unlock: Callable[[str], Running], settings: DoorSettings) -> None:
        """`unlock` makes Kring with a passphrase. Raises WrongPassphrase, LogUnusable."""
        self._unlock, self._tries = unlock, Tries(settings)
        self._inside: Running | None = None
        self._one = Lock()
        self.app = _page_app(self._open)
        self._page = self.app.wsgi_app
        self.app.wsgi_app = self._serve  # type: ignore[method-assign]

    def start(self) -> None:
        """There is nothing to begin with yet."""

    def well(self) -> bool:
        """A page that waits is well."""
        return self._inside is None or self._inside.well()

    def stop(self) -> None:
        """End what was begun."""
        if self._inside is not None:
            self._inside.stop()

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        inside = self._inside
        if inside is not None:
            return inside.app(environ, start_response)
        return self._page(environ, start_response)

    def _open(self, address: str, passphrase: str) -> str:
        """ "open", "wrong" or "wait". One guess at a time, from wherever it comes: each takes 64 MiB."""
        with self._one:
            if self._inside is not None:
                return "open"
            if self._tries.waits(address):
                return "wait"
            try:
                inside = self._unlock(passphrase)
            except WrongPassphrase:
                self._tries.failed(address)
                return "wrong"
            inside.start()
            self._inside = inside
            return "open"


def _page_app(open_with: Callable[[str, str], str]) -> Flask:
    app = Flask("kring locked", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=POST_BYTES, MAX_FORM_MEMORY_SIZE=POST_BYTES)

    @app.after_request
    def named(response: Response) -> Response:
        # A form tells where it comes from only under this policy; under no-referrer it says "null", and is refused.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    guard(
        app,
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )

    @app.get("/")
    def page() -> Response:
        return _page("")

    @app.get("/healthz")
    def healthz() -> Response:
        return Response('{"ok": true, "locked": true}\n', mimetype="application/json")

    @app.post("/unlock")
    def unlock() -> Any:
        try:
            told = open_with(request.remote_addr or "", request.form.get("passphrase", ""))
        except LogUnusable as why:
            return Response(f"kring: {why}\n", 503, mimetype="text/plain")
        return redirect("/", 303) if told == "open" else _page(told)

    @app.errorhandler(404)
    def elsewhere(_error: object) -> Response:
        return Response("Kring is locked. Open its first page.\n", 503, mimetype="text/plain")

    return app


def _page(problem: str) -> Response:
    language = request.accept_languages.best_match(LANGUAGES) or "nl"
    say = {name: escape(text) for name, text in _SAY[language].items()}
    wrong = f'<p class="wrong" role="alert">{say[problem]}</p>' if problem else ""
    body = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{say["title"]}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f'<main class="first"><h1>{say["title"]}</h1><p>{say["text"]}</p><form method="post" action="/unlock">'
        f'{wrong}<label for="passphrase">{say["label"]}</label><input id="passphrase" name="passphrase" '
        f'type="password" autocomplete="off" required autofocus><button>{say["go"]}</button></form>'
        f"<p><small>{say['forgotten']}</small></p></main></body></html>"
    )
    status = {"": 200, "wrong": 403, "wait": 429}[problem]
    return Response(body, status, mimetype="text/html")
