"""Why something a group asks is not granted, and texts to carry over. Nothing here decides."""

from __future__ import annotations

from collections.abc import Mapping

from methods.method import Text
from server.meeting.refusals import Refused


def _say(nl: str, en: str, de: str) -> Text:
    return {"nl": nl, "en": en, "de": de}


REASONS: Mapping[str, Text] = {
    "no_group": _say(
        "Er is geen groep open. Open jullie groep met de wachtzin.",
        "No group is open. Open your group with its passphrase.",
        "Keine Gruppe ist offen. Öffnet eure Gruppe mit ihrer Passphrase.",
    ),
    "group_is_open": _say(
        "Er is al een groep open. Sluit die eerst.",
        "A group is open already. Close it first.",
        "Es ist schon eine Gruppe offen. Schließt sie zuerst.",
    ),
    "wrong_passphrase": _say(
        "Deze wachtzin opent hier geen groep. Let op hoofdletters en spaties.",
        "This passphrase opens no group here. Look at capitals and spaces.",
        "Diese Passphrase öffnet hier keine Gruppe. Achtet auf Großschreibung und Leerzeichen.",
    ),
    "weak_passphrase": _say(
        "Een wachtzin heeft twaalf tekens of meer. Vier eigen woorden zijn goed.",
        "A passphrase has twelve characters or more. Four words that are yours do well.",
        "Eine Passphrase hat zwölf Zeichen oder mehr. Vier eigene Wörter sind gut.",
    ),
    "passphrase_taken": _say(
        "Neem een andere wachtzin.",
        "Take another passphrase.",
        "Nehmt eine andere Passphrase.",
    ),
    "too_many_tries": _say(
        "Te veel pogingen. Wacht een minuut.",
        "Too many tries. Wait a minute.",
        "Zu viele Versuche. Wartet eine Minute.",
    ),
    "too_many_groups": _say(
        "Op dit apparaat staan al zoveel groepen als er passen. Laat er een naar een ander apparaat verhuizen.",
        "This device holds as many groups as it can. Let one move to another device.",
        "Auf diesem Gerät sind so viele Gruppen, wie passen. Lasst eine auf ein anderes Gerät umziehen.",
    ),
    "name_missing": _say("Geef een naam.", "Give a name.", "Gebt einen Namen."),
    "name_taken": _say(
        "Die naam is er al in jullie groep. Voeg een letter toe, dan haalt niemand ze door elkaar.",
        "That name is in your group already. Add a letter, so that nobody mixes them up.",
        "Den Namen gibt es schon in eurer Gruppe. Fügt einen Buchstaben hinzu, dann verwechselt sie niemand.",
    ),
    "name_at_table": _say(
        "Deze naam staat nu aan tafel. Verander hem na de bijeenkomst.",
        "This name sits at the table now. Change it after the meeting.",
        "Dieser Name sitzt jetzt am Tisch. Ändert ihn nach dem Treffen.",
    ),
    "too_many": _say(
        "Meer past hier niet. Haal eerst iets weg.",
        "No more fits here. Take something away first.",
        "Mehr passt hier nicht. Nehmt zuerst etwas weg.",
    ),
    "unknown_member": _say(
        "Die persoon staat niet in jullie groep.",
        "That person is not in your group.",
        "Diese Person ist nicht in eurer Gruppe.",
    ),
    "not_there": _say(
        "Dat staat er niet meer.",
        "That is not there any more.",
        "Das ist nicht mehr da.",
    ),
    "does_not_fit": _say(
        "Dat past hier niet. Kies iets van het scherm.",
        "That does not fit here. Choose something from the screen.",
        "Das passt hier nicht. Wählt etwas vom Bildschirm.",
    ),
    "no_date": _say(
        "Dat is geen datum of tijd. Schrijf bijvoorbeeld 2027-01-20 en 19:30.",
        "That is no date or time. Write for example 2027-01-20 and 19:30.",
        "Das ist kein Datum oder keine Uhrzeit. Schreibt zum Beispiel 2027-01-20 und 19:30.",
    ),
    "date_past": _say(
        "Die dag is al geweest. Kies een dag vanaf vandaag. Klopt de datum van dit apparaat?",
        "That day is over. Choose a day from today on. Is the date of this device right?",
        "Dieser Tag ist vorbei. Wählt einen Tag ab heute. Stimmt das Datum dieses Geräts?",
    ),
    "date_far": _say(
        "Die dag ligt meer dan twee jaar weg. Kies een dag dichterbij.",
        "That day is more than two years away. Choose a nearer one.",
        "Dieser Tag liegt mehr als zwei Jahre entfernt. Wählt einen näheren.",
    ),
    "not_alone_yet": _say(
        "Eerst vier begeleide bijeenkomsten of een begeleid seizoen, en samen ja op elke zin.",
        "First four guided meetings or a guided season, and together a yes to each sentence.",
        "Zuerst vier begleitete Treffen oder eine begleitete Saison, und gemeinsam ein Ja zu jedem Satz.",
    ),
    "no_facilitator": _say(
        "Schrijf eerst bij Wij wie jullie begeleidt.",
        "First write under Us who facilitates.",
        "Schreibt zuerst unter Wir, wer moderiert.",
    ),
    "no_evening": _say(
        "Deze bijeenkomst kwam niet verder dan de afspraken. Er is niets om te onthouden; wis haar.",
        "This meeting did not get beyond the agreements. There is nothing to remember; erase it.",
        "Dieses Treffen kam nicht über die Vereinbarungen hinaus. Es gibt nichts zu behalten; löscht es.",
    ),
    "open_group_first": _say(
        "Deze avond is van een groep die nog dicht is. Open haar met de wachtzin; dan kan zij kiezen wat blijft.",
        "This evening is of a group that is not open. Open it with its passphrase; then it can choose what stays.",
        "Dieser Abend gehört einer Gruppe, die noch zu ist. Öffnet sie; dann kann sie wählen, was bleibt.",
    ),
    "damaged_here": _say(
        "Deze wachtzin opent hier geen groep. Een bestand hier is beschadigd: haal jullie kopie van de stick.",
        "This passphrase opens no group here. A file on this device is damaged: bring your copy from the stick.",
        "Diese Passphrase öffnet hier keine Gruppe. Eine Datei ist beschädigt: holt eure Kopie vom Stick.",
    ),
    "no_memory": _say(
        "Het apparaat heeft nu te weinig geheugen. Sluit iets anders en probeer het nog eens.",
        "The device is short of memory now. Close something else and try again.",
        "Das Gerät hat gerade zu wenig Speicher. Schließt etwas anderes und versucht es noch einmal.",
    ),
    "not_yours": _say(
        "Dit vertelt de inbrenger zelf.",
        "The case owner tells this.",
        "Das erzählt, wer den Fall eingebracht hat.",
    ),
    "other_group": _say(
        "Deze bijeenkomst is van een andere groep, of begon zonder groep. Wis haar of open die groep.",
        "This meeting is another group's, or began without a group. Erase it or open that group.",
        "Dieses Treffen gehört einer anderen Gruppe oder begann ohne Gruppe. Löscht es oder öffnet jene Gruppe.",
    ),
    "no_stick": _say(
        "Die stick is er niet (meer), of dat bestand staat er niet op. Steek hem in het apparaat en kijk opnieuw.",
        "That stick is not there (any more), or that file is not on it. Put it into the device and look again.",
        "Der Stick ist nicht (mehr) da, oder die Datei ist nicht darauf. Steckt ihn ins Gerät und schaut noch einmal.",
    ),
    "stick_full": _say(
        "De stick is vol of kan niet worden beschreven. Er is niets veranderd; neem een andere.",
        "The stick is full or cannot be written. Nothing was changed; take another one.",
        "Der Stick ist voll oder nicht beschreibbar. Nichts wurde verändert; nehmt einen anderen.",
    ),
    "file_damaged": _say(
        "Dit bestand is beschadigd. Neem een andere kopie.",
        "This file is damaged. Take another copy.",
        "Diese Datei ist beschädigt. Nehmt eine andere Kopie.",
    ),
    "file_foreign": _say(
        "Dit is geen groep van Kring. Neem het bestand dat Kring op de stick zette.",
        "This is no group of Kring. Take the file that Kring put on the stick.",
        "Das ist keine Gruppe von Kring. Nehmt die Datei, die Kring auf den Stick geschrieben hat.",
    ),
    "file_newer": _say(
        "Een nieuwere Kring maakte dit bestand. Werk Kring op dit apparaat bij; het bestand blijft zoals het is.",
        "A newer Kring made this file. Update Kring on this device; the file stays as it is.",
        "Ein neueres Kring hat diese Datei gemacht. Aktualisiert Kring hier; die Datei bleibt, wie sie ist.",
    ),
    "copy_differs": _say(
        "Deze kopie en de groep hier gingen elk een eigen weg. Er is niets veranderd. Vergeet eerst de andere.",
        "This copy and the group here went separate ways. Nothing was changed. Choose one: forget the other first.",
        "Diese Kopie und die Gruppe hier gingen getrennte Wege. Nichts wurde verändert. Vergesst zuerst die andere.",
    ),
    "copy_locked": _say(
        "Deze groep staat hier al, met een andere wachtzin. Er is niets veranderd; open haar met die wachtzin.",
        "This group is here already, with another passphrase. Nothing was changed; open it with that one.",
        "Diese Gruppe ist schon hier, mit einer anderen Passphrase. Nichts wurde verändert; öffnet sie mit jener.",
    ),
    "copy_older": _say(
        "Deze groep staat hier al, en later bijgewerkt dan deze kopie. Er is niets veranderd.",
        "This group is here already, written later than this copy. Nothing was changed.",
        "Diese Gruppe ist schon hier, und neuer als diese Kopie. Nichts wurde verändert.",
    ),
}


def refused(code: str) -> Refused:
    """The refusal with that code."""
    return Refused(code, REASONS)
