"""Every language says everything, and nothing is said that no page asks for."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from server.pages import _needed

CLIENT = Path(__file__).resolve().parents[2] / "client"
LANGUAGES = ("nl", "en", "de")


@cache
def words(language: str) -> dict[str, Any]:
    """Those of every page, and those that are fetched with a page of their own."""
    found: dict[str, Any] = {}
    for path in sorted((CLIENT / "words").glob(f"**/{language}.json")):
        more = json.loads(path.read_text(encoding="utf-8"))
        assert not found.keys() & more.keys(), path
        found |= more
    return found


def scripts() -> str:
    own = [path for path in CLIENT.rglob("*.js") if "vendor" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in own)


def asked_keys() -> tuple[set[str], set[str]]:
    """Keys asked for by name, and beginnings of keys that are put together (`mic.${state}`)."""
    text = scripts()
    names = set(re.findall(r"\bt(?:\(\)|exts)?\(\s*\"([a-z0-9_.]+)\"", text))
    names |= set(re.findall(r"\? t?\(?\"([a-z_]+\.[a-z_.]+)\"", text))
    beginnings = set(re.findall(r"`([a-z_]+\.)(?:[a-z_]+\.)?[a-z_]*\$\{", text)) | {"ask.", "voice."}
    return names, beginnings


def test_pages_ask_for_keys_at_all() -> None:
    names, beginnings = asked_keys()
    assert len(names) > 60
    assert {"mic.", "kind.", "role."} <= beginnings


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_language_has_the_same_keys_as_dutch(language: str) -> None:
    assert words(language).keys() == words("nl").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_asks_for_a_missing_key(language: str) -> None:
    names, _ = asked_keys()
    assert sorted(names - words(language).keys()) == []


@pytest.mark.parametrize("part", ["group", "phone"])
def test_words_that_come_with_one_page_are_asked_for_by_that_page_alone(part: str) -> None:
    rooms = dict(re.findall(r'(\w+): \(\) => .*?import\("\./([^"]+)"\)', (CLIENT / "rooms.js").read_text("utf-8")))
    others = {path for name, entry in rooms.items() if name != part for path in _needed([CLIENT / entry])}
    elsewhere = "\n".join(path.read_text("utf-8") for path in {*others, *_needed([CLIENT / "main.js"])})
    keys = json.loads((CLIENT / "words" / part / "nl.json").read_text(encoding="utf-8"))
    assert len(keys) > 100
    assert [key for key in keys if f'"{key}"' in elsewhere] == []


def test_no_key_lies_unused() -> None:
    names, beginnings = asked_keys()
    text = scripts()
    unused = [
        key
        for key in words("nl")
        if key not in names and f'"{key}"' not in text and not any(key.startswith(start) for start in beginnings)
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_and_places_for_values_agree_between_languages(language: str) -> None:
    for key, text in words(language).items():
        dutch = words("nl")[key]
        assert type(text) is type(dutch), key
        for form in text if isinstance(text, dict) else ():
            assert form in ("one", "other"), key
        assert places(text) == places(dutch), key


def places(text: str | dict[str, str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text if isinstance(text, str) else text["other"]))


def test_no_microphone_state_and_no_voice_state_is_without_a_word() -> None:
    microphone = ("warming", "off", "opening", "listening", "muted", "lost", "missing", "ended", "ears_down")
    for language in LANGUAGES:
        assert all(f"mic.{state}" in words(language) for state in microphone)
        assert all(f"voice.{state}" in words(language) for state in ("unknown", "learning", "known", "refused"))
