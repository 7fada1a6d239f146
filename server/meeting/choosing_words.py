"""The words in which a method is suggested, in three languages. Nothing here chooses.

`{kind}`: out of KINDS; `{n}`: people; `{m}`: minutes of the meeting; the others are named as what they hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from methods.method import Text

KINDS: Mapping[str, Text] = {
    "problem": {"nl": "een probleem", "en": "a problem", "de": "ein Problem"},
    "incident": {"nl": "een voorval", "en": "an incident", "de": "ein einzelnes Ereignis"},
    "dilemma": {"nl": "een dilemma", "en": "a dilemma", "de": "ein Dilemma"},
    "moral": {"nl": "een morele vraag", "en": "a moral question", "de": "eine moralische Frage"},
    "emotional": {
        "nl": "een vraag die veel gevoel oproept",
        "en": "a question that stirs strong feelings",
        "de": "eine Frage, die starke Gefühle auslöst",
    },
    "relationship": {
        "nl": "een vraag over de omgang met iemand",
        "en": "a question about dealing with somebody",
        "de": "eine Frage zum Umgang mit jemandem",
    },
    "technical": {"nl": "een vakinhoudelijke vraag", "en": "a technical question", "de": "eine fachliche Frage"},
    "work_product": {
        "nl": "een stuk werk dat je laat zien",
        "en": "a piece of work you show",
        "de": "ein eigenes Arbeitsergebnis",
    },
    "success": {"nl": "een succes", "en": "a success", "de": "eine Erfolgsgeschichte"},
    "decision": {"nl": "een beslissing", "en": "a decision", "de": "eine Entscheidung"},
    "role": {"nl": "een vraag over je rol", "en": "a question about your role", "de": "eine Frage zur eigenen Rolle"},
    "pattern": {
        "nl": "een patroon dat terugkomt",
        "en": "a pattern that keeps coming back",
        "de": "ein Muster, das wiederkehrt",
    },
    "theme": {"nl": "een thema", "en": "a theme", "de": "ein Thema"},
    "personal": {"nl": "een persoonlijke vraag", "en": "a personal question", "de": "eine persönliche Frage"},
}
"""Kind of question (a case type of the vocabulary) to its name; in German nominative and accusative are the same."""

HEADS: Mapping[str, Text] = {
    "above_all": {
        "nl": "Past vooral bij {kind}, met {n} mensen, binnen {m} minuten",
        "en": "Best suited to {kind}, with {n} people, within {m} minutes",
        "de": "Eignet sich vor allem für {kind}, mit {n} Personen, innerhalb von {m} Minuten",
    },
    "also": {
        "nl": "Past ook bij {kind}, met {n} mensen, binnen {m} minuten",
        "en": "Also suited to {kind}, with {n} people, within {m} minutes",
        "de": "Eignet sich auch für {kind}, mit {n} Personen, innerhalb von {m} Minuten",
    },
    "any": {
        "nl": "Past bij {n} mensen en {m} minuten",
        "en": "Suited to {n} people and {m} minutes",
        "de": "Eignet sich für {n} Personen und {m} Minuten",
    },
    "nearest": {
        "nl": "Komt het dichtst bij {n} mensen en {m} minuten",
        "en": "Comes closest to {n} people and {m} minutes",
        "de": "Kommt {n} Personen und {m} Minuten am nächsten",
    },
    "exercise": {
        "nl": "Niemand heeft een casus: een oefening die er geen nodig heeft, met {n} mensen, binnen {m} minuten",
        "en": "Nobody has a case: an exercise that needs none, with {n} people, within {m} minutes",
        "de": "Niemand hat einen Fall: eine Übung, die keinen braucht, mit {n} Personen, innerhalb von {m} Minuten",
    },
    "debrief": {
        "nl": "Niemand heeft een casus: kijk terug op iets wat jullie samen meemaakten, met {n} mensen, "
        "binnen {m} minuten",
        "en": "Nobody has a case: look back on something you all went through, with {n} people, within {m} minutes",
        "de": "Niemand hat einen Fall: Schaut auf etwas zurück, das ihr alle erlebt habt, mit {n} Personen, "
        "innerhalb von {m} Minuten",
    },
    "success": {
        "nl": "Niemand heeft een casus: onderzoek iets wat goed ging, met {n} mensen, binnen {m} minuten",
        "en": "Nobody has a case: explore something that went well, with {n} people, within {m} minutes",
        "de": "Niemand hat einen Fall: Untersucht etwas, das gelungen ist, mit {n} Personen, innerhalb von {m} Minuten",
    },
}
"""How the sentence begins: the kind of question, or that nobody has one, and what there is of people and minutes."""
TAILS: Mapping[str, Text] = {
    "fixed": {
        "nl": "houd de eerste keren één vaste methode aan, dan gaat de aandacht naar het vragen stellen",
        "en": "keep to one fixed method the first few times, so that your attention goes to asking questions",
        "de": "bleibt die ersten Male bei einer festen Methode, dann gilt die Aufmerksamkeit dem Fragen",
    },
    "new": {
        "nl": "deze methode is nieuw voor jullie, en van een andere methode leer je andere dingen",
        "en": "it is new to you, and another method teaches other things",
        "de": "sie ist neu für euch, und bei einer anderen Methode lernt ihr anderes",
    },
    "content": {
        "nl": "een deskundige brengt de theorie in",
        "en": "an expert brings in the theory",
        "de": "eine Fachperson bringt die Theorie ein",
    },
    "beginner": {
        "nl": "een beginnende groep kan het van de pagina doen",
        "en": "a new group can do it from the page",
        "de": "eine neue Gruppe kann sie einfach vom Blatt durchführen",
    },
    "intermediate": {
        "nl": "het vraagt een groep die al een paar keer bij elkaar kwam",
        "en": "it asks for a group that has met a few times",
        "de": "sie braucht eine Gruppe, die sich schon ein paar Mal getroffen hat",
    },
    "advanced": {
        "nl": "het vraagt een ervaren begeleider",
        "en": "it asks for a practised facilitator",
        "de": "sie braucht eine erfahrene Moderation",
    },
    "ideal": {
        "nl": "met {n} mensen werkt het op zijn best",
        "en": "it works at its best with {n} people",
        "de": "mit {n} Personen gelingt sie am besten",
    },
    "usual": {
        "nl": "gewoonlijk duurt het {usual} minuten",
        "en": "it usually takes {usual} minutes",
        "de": "meist dauert sie {usual} Minuten",
    },
    "shorter": {
        "nl": "het kan ook korter dan de gebruikelijke {usual} minuten",
        "en": "it can be done in less than the usual {usual} minutes",
        "de": "sie gelingt auch in weniger als den üblichen {usual} Minuten",
    },
    "other": {
        "nl": "het past ook bij {other}",
        "en": "it also suits {other}",
        "de": "sie eignet sich auch für {other}",
    },
}
"""How it goes on, after a semicolon: what tells this method from others."""
WARNINGS: Mapping[str, Text] = {
    "people": {
        "nl": "Bedoeld voor {low} tot {high} mensen; jullie zijn met {n}.",
        "en": "Meant for {low} to {high} people; there are {n} of you.",
        "de": "Gedacht für {low} bis {high} Personen; ihr seid {n}.",
    },
    "minutes": {
        "nl": "Heeft minstens {least} minuten nodig; jullie hebben er {m}.",
        "en": "Needs at least {least} minutes; you have {m}.",
        "de": "Braucht mindestens {least} Minuten; ihr habt {m}.",
    },
    "laps": {
        "nl": "Er is tijd voor {laps} van de {wanted} beurten.",
        "en": "There is time for {laps} of the {wanted} turns.",
        "de": "Die Zeit reicht für {laps} von {wanted} Durchgängen.",
    },
    "left_out": {
        "nl": "Hiervoor is geen tijd: {phases}.",
        "en": "There is no time for this: {phases}.",
        "de": "Dafür ist keine Zeit: {phases}.",
    },
    "kind": {"nl": "Niet gemaakt voor {kind}.", "en": "Not made for {kind}.", "de": "Nicht für {kind} gedacht."},
    "unverified": {
        "nl": "Van delen van deze methode hebben we geen bron kunnen nakijken.",
        "en": "For parts of this method we could not check a source.",
        "de": "Für Teile dieser Methode konnten wir keine Quelle prüfen.",
    },
    "trust": {
        "nl": "Alleen voor een groep die elkaar goed kent.",
        "en": "Only for a group that knows each other well.",
        "de": "Nur für eine Gruppe, die sich gut kennt.",
    },
}
"""What is amiss; a sentence each."""
