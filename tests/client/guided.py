"""What the server tells while a group works: pieces of a view, laid over the sample "guide". No browser here."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from playwright.sync_api import Page

from tests.client.stage import ROOT, Show

View = dict[str, Any]
FLOOR: View = {
    "mode": "dialogue",
    "speak": ["peers", "case_owner"],
    "silent": [],
    "seconds_each": None,
    "pause_seconds": None,
    "then": None,
    "turned_away": False,
    "quiet_until": None,
    "captures": [],
    "choice_rule": None,
}
CASE: View = {
    "number": 1,
    "of": 1,
    "owner": "C",
    "question": "Hoe zeg ik nee tegen mijn leidinggevende zonder dat het ruzie wordt?",
    "restated": "",
    "own_share": "",
    "enough": False,
    "intention": None,
    "earlier": [],
}
QUESTIONS = {
    "B": "Wat gebeurde er de laatste keer dat je nee zei?",
    "D": "Wie wist ervan dat je het eigenlijk niet wilde doen?",
    "E": "Wat zou er gebeuren als je even niets deed?",
    "F": "Wat vraag je van jezelf in zo’n gesprek?",
}
ADVICE = {
    "B": "Ik zou eerst om een dag bedenktijd vragen.",
    "D": "Ik zou zeggen wat er blijft liggen als dit erbij komt.",
    "E": "Ik zou het gesprek met een collega oefenen.",
    "F": "Ik zou opschrijven wat ik wél wil doen.",
}
CASES = {
    "B": "Hoe krijg ik mijn team weer aan het praten?",
    "C": "Hoe zeg ik nee tegen mijn leidinggevende zonder dat het ruzie wordt?",
    "D": "Wat doe ik met een ouder die elke dag belt over hetzelfde?",
    "E": "Hoe neem ik afscheid van een project waar ik zelf om vroeg?",
}


def card(note: int, kind: str, seat: str | None, text: str, **more: object) -> View:
    """A card as the server tells it."""
    whole = {"note": note, "kind": kind, "case": 1, "about": "", "seat": seat, "text": text}
    return whole | {"heat": "", "pile": "", "asked": False} | more


def cards(kind: str, texts: dict[str, str], **more: object) -> list[View]:
    """One card of each of these seats, numbered from 1."""
    return [card(n, kind, seat, text, **more) for n, (seat, text) in enumerate(texts.items(), 1)]


@cache
def method() -> View:
    """The file of the method that the samples show."""
    found: View = yaml.safe_load((ROOT / "methods" / "library" / "five_phase.yaml").read_text(encoding="utf-8"))
    return found


def at(phase: str, **floor: object) -> View:
    """The meeting at another phase of that method, with its texts; `floor` is laid over what the method says."""
    ids = [one["id"] for one in method()["phases"]]
    told = next(one for one in method()["phases"] if one["id"] == phase)
    place = ids.index(phase)
    names = {one["id"]: one["name"] for one in method()["phases"]}
    minutes = told["minutes"]["default"]
    return {
        "phase": {
            **{key: told[key] for key in ("id", "name", "glance", "prompt", "goal", "stems")},
            "index": place,
            "count": len(ids),
            "pitfall": told.get("pitfall"),
            "floor": told["floor"]["mode"],
            "balance": told["balance"],
            "rules": {"welcome": [], "later": [], "not_now": []},
            "minutes": minutes,
            "elapsed": 300,
            "left": minutes * 60 - 300,
            "over": False,
            "lap": 1,
            "one_more": False,
            "previous": {"id": ids[place - 1], "name": names[ids[place - 1]]} if place else None,
            "next": {"id": ids[place + 1], "name": names[ids[place + 1]]} if place + 1 < len(ids) else None,
        },
        "phases": [
            {
                "id": one,
                "name": names[one],
                "minutes": 15,
                "state": "done" if n < place else "now" if n == place else "next",
                "about_a_case": one in ("analysis", "awareness", "advice"),
                "spent": 600 if n < place else 0,
                "lap": 1,
                "per_case": one in ("analysis", "awareness", "advice"),
            }
            for n, one in enumerate(ids)
        ],
        "floor": FLOOR
        | {
            "mode": told["floor"]["mode"],
            "seconds_each": told["floor"].get("seconds_each"),
            "then": told["floor"].get("then"),
            "captures": told["capture"],
            "choice_rule": told.get("choice_rule"),
        }
        | floor,
        "may_mark": phase not in ("look_back", "inventory", "advice", "evaluation"),
    }


def turn(now: str | None, *, done: str = "", passed: str = "", order: str = "BDEFC", by: str = "table") -> View:
    """A round at this turn."""
    return {"round": {"by": by, "order": list(order), "done": list(done), "passed": list(passed), "now": now}}


def choice(**more: object) -> View:
    """The vote."""
    whole = {"rule": "EGT", "voted": 3, "of": 6, "counted": False, "sums": [], "advised": [], "tie": False}
    return {"choice": whole | more}


SUMS = [
    {"note": 1, "parts": {"E": 4, "G": 9, "T": 2}, "total": 15},
    {"note": 2, "parts": {"E": 10, "G": 7, "T": 8}, "total": 25},
    {"note": 3, "parts": {"E": 6, "G": 3, "T": 11}, "total": 20},
    {"note": 4, "parts": {"E": 5, "G": 4, "T": 0}, "total": 9},
]
OPEN_CASES = [one | {"treated": False} for one in cards("case_list", CASES)]
ASKED = [one | {"asked": True} for one in cards("question_list", QUESTIONS)]
NOBODY: View = CASE | {"owner": None, "question": ""}
PEERS_ONLY: View = {"mode": "peers_only", "speak": ["peers"], "silent": ["case_owner"], "turned_away": True}
NOTES = [
    card(21, "hypothesis_list", "B", "Misschien is ja zeggen hier de snelste weg naar rust."),
    card(22, "hypothesis_list", "E", "Misschien ben je de enige die denkt dat het ruzie wordt."),
    card(23, "image_list", "F", "Een bruggetje dat steeds smaller wordt."),
]

STATES: dict[str, View] = {
    "questions": {"questions": {"waiting": 3, "asked": ASKED[:2], "now": 2}, "waiting": {"B": 1, "E": 1, "F": 1}},
    "questions_none": {},
    "heat": {
        **at("analysis", captures=["question_heat"]),
        "questions": {"waiting": 0, "asked": [ASKED[0] | {"heat": "warm"}, *ASKED[1:]], "now": 4},
    },
    "writing": at("analysis", quiet_until=170.0),
    "silent": {**at("analysis", mode="silence", captures=[]), "quiet": {"silence": 0.8, "several": 0, "unknown": 0}},
    "cases": {
        **at("inventory"),
        "case": NOBODY,
        "cases": OPEN_CASES,
        **choice(),
        **turn("D", done="BC", passed="C", order="BCDEFA"),
    },
    "counted": {
        **at("inventory"),
        "case": NOBODY,
        "cases": OPEN_CASES,
        **choice(voted=6, counted=True, sums=SUMS, advised=[2]),
    },
    "tie": {
        **at("inventory"),
        "case": NOBODY,
        "cases": OPEN_CASES,
        **choice(voted=6, counted=True, sums=SUMS, advised=[2, 3], tie=True),
    },
    "chosen": {
        **at("inventory"),
        "cases": [one | {"treated": one["seat"] == "C"} for one in OPEN_CASES],
        **choice(voted=6, counted=True, sums=SUMS, advised=[2]),
    },
    "turn_rule": {
        **at("inventory", choice_rule="turn"),
        "case": NOBODY,
        "cases": OPEN_CASES[:2],
        **choice(rule="turn"),
    },
    "awareness": {
        **at("awareness"),
        "case": CASE
        | {
            "restated": "Hoe kan ik op tijd laten merken wat ik wel en niet doe?",
            "own_share": "Ik zeg ja voor ik heb nagedacht.",
        },
    },
    "awareness_begins": at("awareness"),
    "advice": {
        **at("advice"),
        **turn("E", done="BD"),
        "parked": 3,
        "advice": [
            one | {"pile": pile}
            for one, pile in zip(cards("advice_list", ADVICE), ("done", "fits", "", ""), strict=True)
        ],
    },
    "enough": {
        **at("advice"),
        "case": CASE | {"enough": True},
        "advice": [one | {"pile": "fits"} for one in cards("advice_list", ADVICE)],
    },
    "intention": {**at("advice", captures=["action"]), "case": CASE | {"intention": None}},
    "turned_away": {**at("analysis", **PEERS_ONLY, captures=["hypothesis_list"]), "notes": NOTES},
    "pairs": at("analysis", mode="pairs", captures=[]),
    "breath": at("analysis", mode="round", pause_seconds=10, captures=["image_list"])
    | turn("E", done="BD", passed="D"),
    "story": {**at("analysis", mode="case_owner", captures=["question_original"]), "case": CASE | {"question": ""}},
}
"""Moments of a meeting, by name."""


def over(state: View) -> View:
    """The same phase a minute over its time."""
    return {"phase": state["phase"] | {"elapsed": 1560, "left": -60, "over": True}}


def shown(show: Show, state: str, *size: int, theme: str = "light", language: str = "nl", **more: object) -> Page:
    """The tablet at that moment."""
    page = show("guide", *(size or (1280, 800)), theme=theme, language=language)
    page.evaluate("view => tell(view)", STATES[state] | more)
    page.wait_for_selector(".floor")
    return page
