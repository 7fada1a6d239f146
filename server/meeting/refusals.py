"""Why a wish is not granted, in words that say what to do. Nothing here decides."""

from __future__ import annotations

from collections.abc import Mapping

from methods.method import Text


def _say(nl: str, en: str, de: str) -> Text:
    return {"nl": nl, "en": en, "de": de}


class Refused(Exception):
    """A wish that cannot be granted: `code` for screens, `say` for people."""

    def __init__(self, code: str, reasons: Mapping[str, Text] | None = None) -> None:
        """`reasons`: where the words stand, when they are not a meeting's."""
        self.code = code
        self.say: Text = (REASONS if reasons is None else reasons)[code]
        super().__init__(self.say["en"])


REASONS: Mapping[str, Text] = {
    "no_meeting": _say(
        "Er is nog geen bijeenkomst. Begin er eerst een.",
        "There is no meeting yet. Start one first.",
        "Es läuft noch kein Treffen. Beginne zuerst eines.",
    ),
    "balance_is_off": _say(
        "De spreektijd staat uit, dus Kring weet niet wie het minst sprak. Kies een andere volgorde.",
        "Speaking time is off, so Kring does not say who spoke least. Choose another order.",
        "Die Redezeit ist aus, also sagt Kring nicht, wer am wenigsten sprach. Wählt eine andere Reihenfolge.",
    ),
    "days_do_not_fit": _say(
        "Kies hoe lang het blijft staan: een dag tot twee jaar.",
        "Choose how long it stays: one day to two years.",
        "Wähle, wie lange es bleibt: einen Tag bis zwei Jahre.",
    ),
    "meeting_runs": _say(
        "Er loopt al een bijeenkomst. Rond die eerst af.",
        "A meeting is running. Close it first.",
        "Es läuft schon ein Treffen. Schließe es zuerst ab.",
    ),
    "meeting_closed": _say(
        "De bijeenkomst is afgerond. Wis of bewaar haar, dan kan een nieuwe beginnen.",
        "The meeting is closed. Erase or keep it, then a new one can start.",
        "Das Treffen ist abgeschlossen. Lösche oder behalte es, dann kann ein neues beginnen.",
    ),
    "unknown_method": _say(
        "Deze methode ken ik niet. Kies er een uit de lijst.",
        "I do not know this method. Choose one from the list.",
        "Diese Methode kenne ich nicht. Wähle eine aus der Liste.",
    ),
    "unknown_language": _say(
        "Deze methode is er niet in die taal. Kies een andere taal.",
        "This method does not exist in that language. Choose another language.",
        "Diese Methode gibt es nicht in dieser Sprache. Wähle eine andere.",
    ),
    "three_to_eight": _say(
        "Kring werkt met drie tot acht mensen. Pas het aantal stoelen aan.",
        "Kring works with three to eight people. Change the number of seats.",
        "Kring ist für drei bis acht Personen. Ändere die Zahl der Plätze.",
    ),
    "unknown_seat": _say(
        "Die stoel is er niet. Kies een stoel aan tafel.",
        "There is no such seat. Choose a seat at the table.",
        "Diesen Platz gibt es nicht. Wähle einen Platz am Tisch.",
    ),
    "unknown_phase": _say(
        "Die fase hoort niet bij deze methode.",
        "That phase is not part of this method.",
        "Diese Phase gehört nicht zu dieser Methode.",
    ),
    "unknown_flag": _say("Dat lampje is al uit.", "That lamp is out already.", "Dieses Lämpchen ist schon aus."),
    "unknown_sensitivity": _say(
        "Het lampje kan uit, rustig of gewoon. Kies een van die drie.",
        "The lamp can be off, calm or normal. Choose one of the three.",
        "Das Lämpchen kann aus, ruhig oder normal sein. Wähle eines davon.",
    ),
    "advice_is_welcome": _say(
        "In deze fase is advies welkom. Hier hoef je niets aan te merken.",
        "In this phase advice is welcome. There is nothing to mark here.",
        "In dieser Phase ist Rat willkommen. Hier gibt es nichts zu markieren.",
    ),
    "minutes_do_not_fit": _say(
        "Kies tussen 15 en 300 minuten.",
        "Choose between 15 and 300 minutes.",
        "Wähle zwischen 15 und 300 Minuten.",
    ),
    "everybody_agrees_first": _say(
        "Nog niet iedereen heeft ja gezegd. Pas daarna gaat de microfoon open.",
        "Not everybody said yes. Only then the microphone opens.",
        "Noch nicht alle haben ja gesagt. Erst dann öffnet das Mikrofon.",
    ),
    "no_rehearsal": _say(
        "De oefenbijeenkomst is niet te lezen. Haal Kring opnieuw op.",
        "The rehearsal cannot be read. Fetch Kring again.",
        "Die Übung kann nicht gelesen werden. Hole Kring neu.",
    ),
    "runs_by_taps": _say(
        "Niet iedereen zei ja. Deze bijeenkomst gaat met tikken; de microfoon blijft dicht.",
        "Not everybody said yes. This meeting runs by taps; the microphone stays closed.",
        "Nicht alle haben ja gesagt. Dieses Treffen läuft mit Tippen; das Mikrofon bleibt zu.",
    ),
    "consent_first": _say(
        "Lees eerst de afspraken; iedereen zegt ja.",
        "Read the agreements first; everybody says yes.",
        "Lest zuerst die Absprachen; alle sagen ja.",
    ),
    "last_phase": _say(
        "Dit is de laatste fase. Rond de bijeenkomst af.",
        "This is the last phase. Close the meeting.",
        "Das ist die letzte Phase. Schließe das Treffen ab.",
    ),
    "first_phase": _say("Dit is de eerste fase.", "This is the first phase.", "Das ist die erste Phase."),
    "not_listening": _say(
        "De microfoon luistert niet. Zet hem aan, of tik de stoelen aan.",
        "The microphone is not listening. Open it, or tap the seats.",
        "Das Mikrofon hört nicht zu. Schalte es ein, oder tippe die Plätze an.",
    ),
    "paused": _say(
        "Het is pauze. Ga eerst verder.",
        "It is a break. Go on first.",
        "Es ist Pause. Macht zuerst weiter.",
    ),
    "seat_left": _say(
        "Wie hier zat, is weg. Is die persoon terug? Tik dan op ‘is er weer’.",
        "The person of this seat has left. Back again? Then tap 'is back'.",
        "Wer hier saß, ist gegangen. Wieder da? Dann tippe auf ‚ist wieder da‘.",
    ),
    "table_full": _say(
        "Er zijn al acht stoelen. Meer stemmen kan Kring niet uit elkaar houden.",
        "There are eight seats already. Kring cannot tell more voices apart.",
        "Es gibt schon acht Plätze. Mehr Stimmen kann Kring nicht unterscheiden.",
    ),
    "several_speak": _say(
        "Er praten er nu meer tegelijk. Tik als er één spreekt.",
        "Several people speak now. Tap when one of them speaks.",
        "Gerade sprechen mehrere zugleich. Tippe, wenn eine Person spricht.",
    ),
    "nobody_spoke": _say(
        "Er is net niemand gehoord. Tik terwijl die persoon spreekt.",
        "Nobody was heard just now. Tap while the person speaks.",
        "Gerade wurde niemand gehört. Tippe, während die Person spricht.",
    ),
    "unknown_voice": _say(
        "Deze stem heeft al een naam, of is niet meer bekend.",
        "This voice has a name already, or is no longer known.",
        "Diese Stimme hat schon einen Namen, oder ist nicht mehr bekannt.",
    ),
    "two_seats": _say(
        "Kies twee stoelen die allebei gemeten worden.",
        "Choose two seats that are both measured.",
        "Wähle zwei Plätze, die beide gemessen werden.",
    ),
    "nothing_to_undo": _say(
        "Er is niets meer om terug te zetten.",
        "There is nothing left to undo.",
        "Es gibt nichts mehr zurückzunehmen.",
    ),
    "not_now": _say("Dat kan nu niet.", "That cannot be done now.", "Das geht jetzt nicht."),
    "authority": _say(
        "Er is gezag tussen mensen aan tafel. Kies een andere samenstelling, of een thema met een trainer.",
        "There is authority between people here. Choose another composition, or a theme with a trainer.",
        "Hier hat jemand über andere zu bestimmen. Ändert die Runde, oder nehmt ein Thema mit Fachperson.",
    ),
    "no_minutes_to_give": _say(
        "Die fase kan geen minuten missen. Neem ze ergens anders vandaan.",
        "That phase has no minutes to give. Take them from another.",
        "Diese Phase kann keine Minuten abgeben. Nehmt sie woanders her.",
    ),
    "unknown_card": _say(
        "Dat kaartje is er niet meer.",
        "That card is no longer there.",
        "Diese Karte gibt es nicht mehr.",
    ),
    "empty_card": _say(
        "Schrijf eerst iets op, in hoogstens 400 tekens.",
        "Write something first, in at most 400 characters.",
        "Schreib zuerst etwas auf, höchstens 400 Zeichen.",
    ),
    "not_your_card": _say(
        "Dit kaartje is van iemand anders.",
        "This card is somebody else's.",
        "Diese Karte gehört jemand anderem.",
    ),
    "enough_cards": _say(
        "Er liggen al genoeg kaartjes. Haal er eerst een weg.",
        "There are enough cards already. Take one back first.",
        "Es liegen schon genug Karten. Nimm zuerst eine zurück.",
    ),
    "case_owner_only": _say(
        "Dat kiest de inbrenger zelf.",
        "That is for the case owner to choose.",
        "Das wählt die fallgebende Person selbst.",
    ),
    "no_questions": _say(
        "Er wachten geen geschreven vragen meer.",
        "No written questions are waiting.",
        "Es warten keine geschriebenen Fragen mehr.",
    ),
    "no_round": _say(
        "Er loopt nu geen rondje. Begin er eerst een.",
        "No round is running. Begin one first.",
        "Gerade läuft keine Runde. Beginne zuerst eine.",
    ),
    "votes_counted": _say(
        "De stemmen zijn al geteld. Laat eerst opnieuw stemmen.",
        "The votes are counted already. Open the vote again first.",
        "Die Stimmen sind schon gezählt. Öffnet zuerst die Wahl wieder.",
    ),
    "not_these_scores": _say(
        "Zo kan er niet gestemd worden. Laad de pagina opnieuw.",
        "It cannot be voted like this. Load the page again.",
        "So kann man hier nicht wählen. Lade die Seite neu.",
    ),
    "not_these_answers": _say(
        "Deze antwoorden passen niet bij de vragen. Laad de pagina opnieuw.",
        "These answers do not fit the questions. Load the page again.",
        "Diese Antworten passen nicht zu den Fragen. Lade die Seite neu.",
    ),
    "answered_already": _say(
        "Je hebt al geantwoord. Er is geen naam bij, dus het kan niet terug.",
        "You answered already. It has no name to it, so it cannot be taken back.",
        "Du hast schon geantwortet. Es steht kein Name dabei, also geht es nicht zurück.",
    ),
    "no_time_for_another": _say(
        "Voor nog een casus is geen tijd meer, of deze methode kent er maar één.",
        "There is no time for another case, or this method knows only one.",
        "Für noch einen Fall reicht die Zeit nicht, oder die Methode kennt nur einen.",
    ),
    "nothing_kept": _say(
        "Er is niets bewaard.",
        "Nothing is kept.",
        "Es ist nichts aufbewahrt.",
    ),
    "unknown_item": _say(
        "Dat kan niet bewaard worden.",
        "That cannot be kept.",
        "Das kann nicht aufbewahrt werden.",
    ),
    "case_runs": _say(
        "Deze casus loopt nog. Rond hem af, dan kan er nog een.",
        "This case is still running. Finish it, then one more can follow.",
        "Dieser Fall läuft noch. Schließt ihn ab, dann kann noch einer folgen.",
    ),
    "too_few_votes": _say(
        "Er zijn nog te weinig stemmen. Vanaf drie kan er geteld worden, anders is te zien wie wat koos.",
        "There are too few votes yet. They can be counted from three on, else it shows who chose what.",
        "Es sind noch zu wenige Stimmen. Gezählt wird ab drei, sonst sieht man, wer was wählte.",
    ),
    "answers_shown": _say(
        "De antwoorden liggen al op tafel; er kan niets meer bij.",
        "The answers are on the table already; nothing can be added.",
        "Die Antworten liegen schon auf dem Tisch; es kann nichts mehr dazu.",
    ),
}
