"""The page as it goes out: a first picture, one stylesheet, its scripts named ahead. No meeting is read here.

The files in `client/` stay as they are; nothing is built. What a browser would find out file by file is told at once.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from methods.method import in_language
from server.glance import Glance
from server.pairing import Device

CLIENT = Path(__file__).resolve().parents[1] / "client"
STYLES = "/client/all.css"
LANGUAGES = ("nl", "en", "de")
_SHEET = re.compile(r'<link rel="stylesheet" href="/client/(styles/[\w-]+\.css)">\n?')
_PAPER = re.compile(r'<link rel="stylesheet" href="/client/styles/[\w-]+\.css" media="print">\n?')
_IMPORT = re.compile(r'(?:^|\n)(?:import|export)\s[^;]*?from "(\.[^"]+)"|(?:^|\n)import "(\.[^"]+)"')
_BARE = re.compile(r'(?:^|\n)import\s[^;]*?from "([^."][^"]*)"')
_SCRIPT = '<script type="module" src="/client/main.js"></script>\n'

FIRST_STYLE = """
:root{color-scheme:light dark}html{font:400 20px/1.4 system-ui,sans-serif}
body{margin:0;background:#faf7f1;color:#23211d}
.first{padding:6vh 6vw}.first p{margin:0 0 .6em;font-size:22px}.first h1{margin:0 0 .4em;font-size:44px;line-height:1.1}
@media (min-width:600px){.first h1{font-size:71px}}
@media (prefers-color-scheme:dark){body{background:#171613;color:#f3eee4}}
"""
"""So little that it comes with the page itself; the stylesheets take over."""


def page(device: Device | None, glance: Glance, wished: str | None, monotonic: float | None = None) -> str:
    """The page for this screen. `wished`: language of the browser, if it is one of ours."""
    language = wished if device is None else glance.language
    language = language if language in LANGUAGES else "nl"
    now = time.monotonic() if monotonic is None else monotonic
    whole = _frame()
    whole = whole.replace('<html lang="nl">', f'<html lang="{language}">', 1)
    scripts = "".join(f'<link rel="modulepreload" href="{path}">\n' for path in preloads(_role(device), glance.stage))
    whole = whole.replace("</head>", f"<style>{FIRST_STYLE}</style>\n</head>", 1)
    whole = whole.replace(_SCRIPT, f"{scripts}{_SCRIPT}", 1)
    first = _first(device, glance, language, now)
    return whole.replace('<div id="page"></div>', f'<div id="page">{first}</div>', 1)


def stylesheet() -> str:
    """Every stylesheet of the page, in its order."""
    return "\n".join(_read(sheet) for sheet in _sheets())


def styles_age() -> int:
    """Nanoseconds; another one after a stylesheet changed."""
    return max(sheet.stat().st_mtime_ns for sheet in _sheets())


def _sheets() -> list[Path]:
    return [CLIENT / sheet for sheet in _SHEET.findall(_read(CLIENT / "index.html"))]


@cache
def preloads(role: str, stage: str) -> tuple[str, ...]:
    """Addresses of every script that a screen of this role needs at this stage."""
    entries = ["main.js", *_rooms(role, stage)]
    found = _needed(CLIENT / entry for entry in entries)
    vendor = json.loads(_import_map())["imports"]
    bare = {vendor[name] for path in found for name in _BARE.findall(_read(path)) if name in vendor}
    return (*(f"/client/{path.relative_to(CLIENT).as_posix()}" for path in found), *sorted(bare))


def import_map_and_style() -> tuple[str, str]:
    """The two pieces that stand in the page itself, for the policy that lets them through."""
    return _import_map(), FIRST_STYLE


def _role(device: Device | None) -> str:
    return "stranger" if device is None else device.role


def _rooms(role: str, stage: str) -> list[str]:
    """Files of the pages this screen shows first, out of the client's own list."""
    listed = (CLIENT / "rooms.js").read_text(encoding="utf-8")
    rooms = dict(re.findall(r'(\w+): \(\) => (?:withWords\("\w+", )?import\("\./([^"]+)"\)', listed))
    wanted = {"stranger": "pin", "participant": "phone", "table": "table"}.get(role, stage)
    return [rooms[wanted]] if wanted in rooms else []


def _needed(entries: Iterable[Path]) -> list[Path]:
    """These modules and all they import, each once, the outer ones first."""
    waiting, found = [path.resolve() for path in entries], list[Path]()
    while waiting:
        path = waiting.pop(0)
        if path in found or not path.is_file() or CLIENT not in path.parents:
            continue
        found.append(path)
        imported = (first or second for first, second in _IMPORT.findall(_read(path)))
        waiting += [(path.parent / name).resolve() for name in imported]
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _frame() -> str:
    """The page with one link in the place of its stylesheets, below the first picture: above it, it would hold it up.

    The script stands below the link, so that nothing is drawn before its style is there; what is for a printer stands
    between them: it has the last word on paper.
    """
    whole = _SHEET.sub("", _read(CLIENT / "index.html")).replace(_SCRIPT, "", 1)
    paper = "".join(_PAPER.findall(whole))
    links = f'<link rel="stylesheet" href="{STYLES}">\n{paper}{_SCRIPT}'
    return _PAPER.sub("", whole).replace("</body>", f"{links}</body>", 1)


def _import_map() -> str:
    found = re.search(r'<script type="importmap">(.*?)</script>', _read(CLIENT / "index.html"), re.DOTALL)
    return found.group(1) if found else "{}"


@cache
def _words(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = json.loads(_read(CLIENT / "words" / f"{language}.json"))
    return words


def _first(device: Device | None, glance: Glance, language: str, now: float) -> str:
    """Heading and a line or two: what a person wants to know before the scripts are there."""
    words = _words(language)
    if device is None:
        return _picture((), words["pin.title"], (words["pin.help"],))
    if glance.stage != "running":
        return _picture((), "Kring", (words["waiting"],))
    (n, of), name = glance.place, in_language(glance.phase, language)
    place = words["phase.place"].format(n=n, of=of, name=name)
    left = glance.left(now)
    return _picture((place,), in_language(glance.sentence, language), () if left is None else (_left(words, left),))


def _left(words: Mapping[str, Any], minutes: float) -> str:
    """Minutes left in words, as the countdown says them."""
    n = max(1, math.ceil(minutes)) if minutes > 0 else math.floor(-minutes)
    told = words["minutes.spoken" if minutes > 0 else "over.spoken"]
    return str(told["one" if n == 1 else "other"]).format(n=n)


def _picture(above: Iterable[str], heading: str, below: Iterable[str]) -> str:
    lines = [f"<p>{escape(line)}</p>" for line in above]
    lines += [f"<h1>{escape(heading)}</h1>", *(f"<p>{escape(line)}</p>" for line in below)]
    return f'<main class="first">{"".join(lines)}</main>'
