"""What the table answers when Kring itself cannot do what was asked. Nothing is decided here."""

from __future__ import annotations

from server.messages import Answer

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
        "nl": "De schijf is vol, dus de vorige bijeenkomst is nog niet gewist. Maak ruimte en probeer het nog eens.",
        "en": "The disk is full, so the last meeting is not erased yet. Make some room and try again.",
        "de": "Der Speicher ist voll, deshalb ist das letzte Treffen noch nicht gelöscht. Schafft Platz.",
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
