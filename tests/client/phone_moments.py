"""Moments of a meeting as a phone sees them: changes to the sample `phone_now`, which is a peer in the analysis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from tests.client.stage import ROOT, Show

View = dict[str, Any]
NOW: View = json.loads((ROOT / "tests" / "client" / "samples" / "phone_now.json").read_text(encoding="utf-8"))
QUESTION = NOW["case"]["question"]
PHASES = {phase["id"]: phase for phase in NOW["phases"]}
GLANCES = {
    "look_back": {"nl": "Om de beurt: hoe ben je hier?", "en": "In turn: how are you here?"},
    "inventory": {"nl": "Noem je vraag. Kies er één.", "en": "Say your question. Choose one."},
    "awareness": {
        "nl": "Wat is je vraag nu?",
        "en": "What is your question now?",
        "de": "Wie lautet deine Frage jetzt?",
    },
    "advice": {"nl": "Eén advies per persoon: ik zou ...", "en": "One piece of advice each."},
    "evaluation": {"nl": "Hoe deden we het samen?", "en": "How did we do, together?"},
}
ORDER = list(PHASES)
PEER = ["case_list", "question_list", "advice_list", "parked", "insight"]
OWNER = ["case_list", "question_reformulated", "own_share", "insight"]


def card(note: int, kind: str, seat: str, text: str, **more: Any) -> View:
    """A card as the server tells it."""
    plain = {"note": note, "kind": kind, "case": 1, "about": "", "seat": seat, "text": text}
    return plain | {"heat": "", "pile": "", "asked": False} | more


def at(phase: str, mode: str, captures: list[str], **floor: Any) -> View:
    """The meeting goes to this phase."""
    place = ORDER.index(phase)
    states = [("done" if n < place else "now" if n == place else "next") for n in range(len(ORDER))]
    after = None if place + 1 == len(ORDER) else {"id": ORDER[place + 1], "name": PHASES[ORDER[place + 1]]["name"]}
    return {
        "phase": NOW["phase"]
        | {"id": phase, "index": place, "name": PHASES[phase]["name"], "floor": mode, "next": after}
        | ({"glance": GLANCES[phase]} if phase in GLANCES else {}),
        "phases": [PHASES[one] | {"state": state} for one, state in zip(ORDER, states, strict=True)],
        "floor": NOW["floor"] | {"mode": mode, "captures": captures} | floor,
    }


def mine(**changes: Any) -> View:
    """What only this phone sees."""
    return {"my": NOW["my"] | changes}


OWNS: View = {"me": {"letter": "C", "name": "Chaima", "role": "case_owner", "voice": "known"}, "seat": "C"}
CASE = card(1, "case_list", "B", "Hoe blijf ik rustig als een ouder mij afvalt in het gesprek?")
CASES = [one | {"treated": False} for one in NOW["cases"]]
ADVICE = [
    card(21, "advice_list", "B", "Ik zou haar eerst vragen hoe het met haar gaat."),
    card(22, "advice_list", "D", "Ik zou een rustig moment kiezen, niet tussen twee afspraken.", pile="done"),
    card(23, "advice_list", "E", "Ik zou zeggen wat ik zie, en dan stil zijn."),
]
CHOOSING = at("inventory", "round", ["case_list", "chosen_case"], choice_rule="EGT")
VOTING: View = {
    "cases": CASES,
    "case": NOW["case"] | {"owner": None, "question": ""},
    "choice": NOW["choice"] | {"counted": False, "advised": []},
}
LOOKING = at("evaluation", "round", ["evaluation", "insight", "agreement"])
ANSWERED = {"pr1": 4, "pr2": 3, "pr3": 5, "pr4": 4, "pr5": 4, "pr6": 5, "re5": 4, "felt": 3}
SPREAD = {"answers": 5, "median": 4, "low": 3, "high": 5}

MOMENTS: Mapping[str, View] = {
    "consent": {"stage": "consent", "phase": None, "floor": None, **mine(notes=[])},
    "case": CHOOSING | VOTING | mine(notes=[]),
    "vote": CHOOSING | VOTING | mine(notes=[CASE]),
    "dots": CHOOSING | VOTING | {"choice": VOTING["choice"] | {"rule": "dots"}} | mine(notes=[CASE]),
    "learn": CHOOSING | VOTING | {"choice": VOTING["choice"] | {"rule": "most_learning"}} | mine(notes=[CASE]),
    "counted": CHOOSING | VOTING | {"choice": NOW["choice"]} | mine(notes=[CASE], vote={"2.E": 2, "2.G": 1, "2.T": 0}),
    "questions": {},
    "read": {
        "questions": {"waiting": 2, "asked": [NOW["my"]["notes"][1] | {"asked": True}], "now": 9},
        **mine(notes=[CASE, NOW["my"]["notes"][1] | {"asked": True}]),
    },
    "turn": {
        "round": {"by": "table", "order": ["B", "D", "E", "F"], "done": [], "passed": [], "now": "B"},
        **mine(turn=True),
    },
    "asked": OWNS | mine(notes=[], writes=OWNER),
    "heat": OWNS
    | at("analysis", "silent_writing", ["question_list", "question_heat"])
    | mine(notes=[], writes=OWNER)
    | {
        "questions": NOW["questions"]
        | {"asked": [NOW["questions"]["asked"][0] | {"heat": "warm"}, NOW["questions"]["asked"][1]]}
    },
    "restate": OWNS
    | at("awareness", "case_owner", ["question_reformulated", "own_share"])
    | mine(notes=[], writes=OWNER),
    "behind": at("awareness", "case_owner", ["question_reformulated", "own_share"]),
    "advice": at("advice", "round", ["advice_list", "advice_choice", "action"])
    | mine(notes=[CASE, card(11, "parked", "B", "Ik zou haar leidinggevende erbij vragen.")]),
    "incident": at("analysis", "silent_writing", ["advice_list"], quiet_until=240.0),
    "sort": OWNS
    | at("advice", "round", ["advice_list", "advice_choice", "action"])
    | mine(notes=[], writes=OWNER)
    | {"advice": ADVICE},
    "hypotheses": at("analysis", "peers_only", ["hypothesis_list", "image_list"])
    | mine(notes=[card(31, "hypothesis_list", "B", "Misschien schaamt ze zich voor haar werkdruk.")]),
    "ideas": at("advice", "popcorn", ["option_list"]) | mine(notes=[card(11, "parked", "B", "Samen lunchen.")]),
    "items": LOOKING,
    "answered": LOOKING
    | mine(answers=ANSWERED)
    | {
        "evaluation": {
            "answered": 5,
            "of": 6,
            "results": {"pr1": SPREAD, "pr3": SPREAD | {"low": 4, "high": 4}},
            "pulse": {"answered": 2, "results": {}},
        }
    },
    "pulsed": LOOKING
    | mine(answers=ANSWERED, pulsed=True)
    | {
        "evaluation": {
            "answered": 5,
            "of": 6,
            "results": {},
            "pulse": {"answered": 5, "results": {"sp1": SPREAD, "sp2": SPREAD}},
        }
    },
    "closed": {
        "stage": "closed",
        "phase": None,
        "mine": {"seconds": 842.0, "turns": 27, "backchannels": 3},
        **mine(answers=ANSWERED),
    },
}


def phone(show: Show, moment: str, size: tuple[int, int] = (390, 844), **more: str) -> Page:
    """A phone at this moment."""
    page = show("phone_now", *size, **more)
    tell(page, MOMENTS[moment])
    page.wait_for_function("document.querySelector('[data-task], .mine')")
    return page


def tell(page: Page, changes: View) -> None:
    """The server tells something new."""
    page.evaluate("changes => window.tell(changes)", changes)
