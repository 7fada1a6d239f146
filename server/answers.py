"""What the table answers when Kring itself cannot do what was asked. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass

from server.messages import Answer
from server.problems import DiskFull, LogUnusable, Unwritable
from server.unforeseen import described

GRANTED: Answer = {"ok": True}
NOT_WRITTEN: Answer = {
    "ok": False,
    "refused": "not_written",
    "say": {
        "nl": "Kring kan niet meer schrijven. Kijk op het scherm van de computer wat er te doen is.",
        "en": "Kring cannot write any more. The computer's screen says what to do.",
        "de": "Kring kann nicht mehr schreiben. Auf dem Bildschirm des Rechners steht, was zu tun ist.",
    },
}
NOT_ERASED: Answer = {
    "ok": False,
    "refused": "not_erased",
    "say": {
        "nl": "De schijf is vol, dus wissen of bewaren kan nog niet. Maak ruimte en probeer het nog eens.",
        "en": "The disk is full, so nothing can be erased or kept yet. Make some room and try again.",
        "de": "Der Speicher ist voll, deshalb geht Löschen oder Aufheben noch nicht. Schafft Platz.",
    },
}
FAILED: Answer = {
    "ok": False,
    "refused": "failed",
    "say": {
        "nl": "Er ging iets mis in Kring. Kijk of het gelukt is en probeer het anders nog eens.",
        "en": "Something went wrong inside Kring. See whether it was done, else try again.",
        "de": "In Kring ging etwas schief. Schau, ob es geklappt hat, sonst versuche es noch einmal.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong: told to whoever looks after the computer, and the answer to who asked."""

    told: str
    answer: Answer
    unusable: bool = False
    """Nothing can be written any more."""
    each_time: bool = False
    """Whether it is told again when it happens again."""


def failure(error: Exception) -> Failure:
    """An error that the table met, in words."""
    if isinstance(error, Unwritable):
        return Failure(told=str(error), answer=NOT_WRITTEN)
    if isinstance(error, DiskFull):
        return Failure(told=str(error), answer=NOT_ERASED, each_time=True)
    if isinstance(error, LogUnusable):
        return Failure(told=str(error), answer=NOT_WRITTEN, unusable=True)
    # By kind and place: the text may hold what somebody said.
    return Failure(told=described(type(error), error.__traceback__), answer=FAILED)
