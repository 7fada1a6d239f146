"""The JSON Schema of a method file for editors, made from the vocabulary and the shape, so that it cannot drift.

`python -m methods.schema` writes methods/schema.json anew. The schema helps while typing; what spans several keys (do
the minutes add up, are the ids there) only the reader can check: `./kring methods check FILE`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from methods import shape
from methods.teaching import FLOOR, METHOD, MINUTES, PHASE, REPEAT, SOURCE, SPAN
from methods.vocabulary import words

FILE = Path(__file__).parent / "schema.json"
Schema = dict[str, Any]
_TEXT = {"$ref": "#/$defs/text"}
_LINE = {"type": "string", "pattern": r"\S"}
_YES = {"type": "boolean"}


def schema() -> Schema:
    """The whole schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kring method",
        "description": "A facilitation method for a peer-consultation group. Guide: methods/README.md.",
        **_object(METHOD, _method(), shape.METHOD_KEYS),
        "not": {"required": ["repeat", "per_case"]},
        "$defs": {"text": _text(), "phase": _object(PHASE, _phase(), shape.PHASE_KEYS), "floor": _floor()},
    }


def _method() -> Mapping[str, Schema]:
    line, text = _LINE, _TEXT
    return {
        "schema": {"const": shape.SCHEMA},
        "id": _identifier(),
        "names": text,
        "summary": text,
        "origin": line,
        "level": _word("level"),
        "case_types": _list(_word("case_type"), least=1, unique=True),
        "not_for": text,
        "group": _span(shape.GROUP_KEYS, shape.GROUP, "integer"),
        "duration": _span(shape.DURATION_KEYS, shape.DURATION),
        "preparation": text,
        "pitfalls": _list(text),
        "sources": _list(_object(SOURCE, dict.fromkeys(shape.SOURCE_KEYS, line), shape.SOURCE_KEYS), least=1),
        "phases": _list({"$ref": "#/$defs/phase"}, least=1, most=shape.PHASES_MOST),
        "time_note": line,
        "kind": _word("kind"),
        "form": _word("form"),
        "verified": _YES,
        "trust": _word("trust"),
        "licence": line,
        "roles": _list(_word("role", without=shape.ALWAYS_THERE), unique=True),
        "materials": text,
        "variants": _list(text, most=shape.VARIANTS_MOST),
        "repeat": _object(
            REPEAT,
            {
                "phases": _list(_identifier(), least=1, unique=True),
                "times": {"anyOf": [{"const": shape.PEOPLE}, _number(shape.TIMES, "integer")]},
            },
            shape.REPEAT_KEYS,
        ),
        "per_case": _list(_identifier(), least=1, unique=True),
    }


def _phase() -> Mapping[str, Schema]:
    least, usual, most = shape.MINUTES_KEYS
    number, from_nothing = _number(shape.MINUTES), _number(shape.Bounds(0, shape.MINUTES.most))
    minutes = {least: from_nothing, usual: number, most: number, "basis": _word("minutes_basis")}
    codes = _list(_word("utterance"), unique=True)
    stems = _list(_LINE, least=1, most=shape.STEMS_MOST)
    return {
        "id": _identifier(),
        "name": _TEXT,
        "goal": _TEXT,
        "glance": _text(rf"^\s*(\S+\s+){{0,{shape.GLANCE_WORDS - 1}}}\S+\s*$"),
        "prompt": _TEXT,
        "minutes": _object(MINUTES, minutes, shape.MINUTES_KEYS),
        "floor": {"$ref": "#/$defs/floor"},
        "balance": _word("balance"),
        "allow": codes,
        "deny": codes,
        "stems": _languages(stems),
        "capture": _list(_word("capture"), unique=True),
        "pitfall": _TEXT,
        "choice_rule": _word("choice_rule"),
        "optional": _YES,
    }


def _floor() -> Schema:
    roles = _list(_word("role"), unique=True)
    first = _number(shape.MINUTES_FIRST, "integer")
    values = {
        "mode": _word("floor_mode"),
        "speak": roles,
        "silent": roles,
        "then": _word("role"),
        "turned_away": _YES,
        "seconds_each": _number(shape.SECONDS_EACH, "integer"),
        "silence_first_minutes": first,
        "write_first_minutes": first,
        "pause_seconds": _number(shape.PAUSE_SECONDS, "integer"),
    }
    return _object(FLOOR, values, shape.FLOOR_KEYS)


def _object(teach: Mapping[str, str], values: Mapping[str, Schema], required: tuple[str, ...]) -> Schema:
    """Exactly these keys, each with the sentence that teaches it. A KeyError here is a key without a sentence."""
    properties = {}
    for key, value in values.items():
        said = " ".join(filter(None, (teach[key], value.get("description"))))
        properties[key] = {**value, "description": said}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _span(names: tuple[str, ...], bounds: shape.Bounds, kind: str = "number") -> Schema:
    return _object(SPAN, dict.fromkeys(names, _number(bounds, kind)), names)


def _number(bounds: shape.Bounds, kind: str = "number") -> Schema:
    return {"type": kind, "minimum": bounds.least, "maximum": bounds.most}


def _identifier() -> Schema:
    return {"type": "string", "pattern": f"^{shape.IDENTIFIER}$"}


def _text(pattern: str = r"\S") -> Schema:
    return _languages({"type": "string", "pattern": pattern})


def _languages(value: Schema) -> Schema:
    """The same kind of value per language; Dutch and English at least."""
    return {
        "type": "object",
        "properties": dict.fromkeys(("nl", "en", "de"), value),
        "required": list(shape.LANGUAGES_NEEDED),
        "propertyNames": {"pattern": f"^{shape.LANGUAGE}$"},
        "additionalProperties": value,
    }


def _list(items: Schema, *, least: int = 0, most: int = shape.LIST_MOST, unique: bool = False) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most, "uniqueItems": unique}


def _word(kind: str, without: tuple[str, ...] = ()) -> Schema:
    """One word of the vocabulary; what each means shows beside it while choosing, and on hovering."""
    meanings = {word: _meaning(meaning) for word, meaning in words()[kind].items() if word not in without}
    return {
        "type": "string",
        "enum": list(meanings),
        "enumDescriptions": list(meanings.values()),
        "description": "; ".join(f"{word}: {meaning}" for word, meaning in meanings.items()) + ".",
    }


def _meaning(meaning: str | Mapping[str, str]) -> str:
    return meaning if isinstance(meaning, str) else meaning["en"]


def written() -> str:
    """The schema as the text of the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
    print(f"written: {FILE}")
