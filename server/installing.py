"""The page that says how a device comes to trust this Kring's certificate. It has no scripts and knows no meeting."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from server.certificates import fingerprint, is_limited
from server.pages import FIRST_STYLE

_TARGET = "display:inline-block;padding:14px 0"
WORDS = Path(__file__).with_name("install.yaml")


def install_page(authority: Path, language: str) -> str:
    """The whole page in this language. Raises OSError when the certificate cannot be read."""
    say = _words()[language]
    pairs = "<wbr>".join(f"{pair}:" for pair in fingerprint(authority).split(":")).removesuffix(":")
    limited = f"<p>{escape(say['limited'])}</p>" if is_limited(authority) else ""
    body = (
        f"<h1>{escape(say['title'])}</h1><p>{escape(say['why'])}</p>{limited}"
        f'<p><a href="/ca" download="kring-ca.crt" style="{_TARGET}"><b>{escape(say["file"])}</b></a></p>'
        f"<p>{escape(say['compare'])}: <code>{pairs}</code></p>"
        f"{''.join(_device(device, say['remove']) for device in say['devices'])}"
        f'<p><a href="/" style="{_TARGET}">{escape(say["back"])}</a></p>'
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(say["title"])}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{FIRST_STYLE}</style></head><body><main class="first" style="overflow-wrap:anywhere">{body}</main>'
        "</body></html>"
    )


def _device(device: Mapping[str, Any], remove: str) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in device["steps"])
    gone = f"<p><b>{escape(remove)}.</b> {escape(device['remove'])}</p>"
    return f"<section><h2>{escape(device['name'])}</h2><ol>{steps}</ol>{gone}</section>"


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words
