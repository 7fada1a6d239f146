"""Fields of a message are checked against what a wish may hold. Nothing here knows a wish."""

from __future__ import annotations

from unicodedata import category

LONGEST = 200
"""Characters in a word or a name."""
TEXTS = frozenset({"text", "step", "purpose"})
SECRET = frozenset({"passphrase", "before", "after"})
"""Fields whose value stands in no error."""
LONGEST_TEXT = 400
"""Characters in what people write for each other."""


def checked(kind: str, key: str, value: object, wanted: str) -> object:
    """The value when it fits the field's type as written above; ValueError otherwise."""
    if value is None and "None" in wanted:
        return None
    if wanted.startswith("bool") and isinstance(value, bool):
        return value
    if (
        wanted.startswith("float")
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < 1e6
    ):
        return float(value)
    if wanted.startswith("int") and isinstance(value, int) and not isinstance(value, bool):
        return value
    longest = LONGEST_TEXT if key in TEXTS else LONGEST
    if wanted.startswith("str") and isinstance(value, str) and len(value) <= longest:
        return _whole(kind, key, value)
    if wanted.startswith("tuple[str") and isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(_whole(kind, key, v[:200]) for v in value)
    if wanted.startswith("tuple[tuple[str, float") and isinstance(value, list | tuple):
        return tuple(_pair(kind, key, pair) for pair in value)
    shown = "that" if key in SECRET else repr(str(value)[:40])
    raise ValueError(f"{kind}.{key} cannot be {shown}")


def _whole(kind: str, key: str, text: str) -> str:
    """The text when it can be written down: JSON may hold half a character (a lone surrogate).

    Signs that steer a terminal are left out: what people wrote is printed there too.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{kind}.{key} holds half a character") from None
    return "".join(sign for sign in text if sign.isspace() or category(sign) != "Cc")


def _pair(kind: str, key: str, value: object) -> tuple[str, float]:
    match value:
        case [str(name), int(number) | float(number)] if 0 <= number < 1e6:
            return _whole(kind, key, name), float(number)
    raise ValueError(f"{kind}.{key} holds pairs of a name and a number")
