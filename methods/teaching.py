"""One sentence for every key of a method file: an editor shows it while somebody writes. Nothing here checks."""

from __future__ import annotations

METHOD = {
    "schema": "Which kind of file this is; always kring-method/1.",
    "id": "A name for machines: small letters, digits and _. Like the name of the file, and no other method's.",
    "names": "What the method is called, per language.",
    "summary": "One or two sentences for who chooses a method.",
    "origin": "Who made the method, and when.",
    "level": "How practised a group has to be.",
    "case_types": "Which kinds of case the method suits.",
    "not_for": "What the method does not suit, in a few words.",
    "group": "How many people, case owner and facilitator included.",
    "duration": "The whole meeting, in minutes. The default minutes of the phases together have to lie within it.",
    "preparation": "What everybody does beforehand.",
    "pitfalls": "What often goes wrong with this method: two or three texts, or [].",
    "sources": "Where the facts come from. Take over steps and times, never sentences.",
    "phases": "The phases, in order.",
    "time_note": "A remark about the times, in English; no screen shows it.",
    "kind": "Leave out for an ordinary method.",
    "form": "Leave out unless a trainer may advise.",
    "verified": "false where a part has no source that could be checked; the list then says so. Else leave out.",
    "trust": "Leave out unless the group has to know each other well.",
    "licence": "What has to be said about the work this text derives from.",
    "roles": "Roles beside case owner, peers and facilitator. Every other role in a floor has to be named here.",
    "materials": "What to lay ready.",
    "variants": "Other ways to do it, a sentence each.",
    "repeat": "Phases that come again in every meeting, for the next person. Not together with per_case.",
    "per_case": "Phases that a second case in the same meeting goes through again: ids in order, without gaps, "
    "without the evaluation. Not together with repeat.",
}
PHASE = {
    "id": "A name for machines, no other phase's: small letters, digits and _.",
    "name": "What the phase is called, in a word or two.",
    "goal": "What the phase is for, in a phrase.",
    "glance": "The phase in at most seven words, as an imperative or a question: it is read from across the table.",
    "prompt": "One or two sentences that the lead reads aloud.",
    "minutes": "How long the phase takes.",
    "floor": "Who may speak, and how the turns go.",
    "balance": "What the picture of speaking time should regard as normal here.",
    "allow": "Kinds of utterance that belong here. Where advice is allowed, nothing is flagged.",
    "deny": "Kinds of utterance that do not belong here. Where advice is denied, the lamp may light.",
    "stems": "Up to three beginnings of sentences, or questions, that fit exactly this phase, per language.",
    "capture": "What the group may write down. With evaluation or agreement the phase looks back on the whole meeting.",
    "pitfall": "What often goes wrong in this phase; only the lead sees it.",
    "choice_rule": "How the group chooses one of several cases in this phase.",
    "optional": "true where a group may leave the phase out.",
}
FLOOR = {
    "mode": "How turns go.",
    "speak": "Who may speak.",
    "silent": "Who listens; leave out when nobody has to.",
    "then": "Who answers after everybody else.",
    "turned_away": "true where the case owner turns the chair or sits apart while the others talk.",
    "seconds_each": "Seconds for each person; times the smallest group it has to fit in the phase.",
    "silence_first_minutes": "Minutes of silence with which the phase begins.",
    "write_first_minutes": "Minutes of writing before anybody speaks.",
    "pause_seconds": "Seconds of silence to keep between two contributions.",
}
MINUTES = {
    "min": "The least; 0 only where the phase is optional.",
    "default": "The usual number of minutes.",
    "max": "The most.",
    "basis": "How sure these minutes are.",
}
SPAN = {"min": "The least.", "ideal": "What suits best.", "typical": "The usual length.", "max": "The most."}
REPEAT = {
    "phases": "The ids of the phases, in order and without gaps, without the evaluation.",
    "times": "people: once for everybody at the table. Or a number.",
}
SOURCE = {"ref": "The book, article or page.", "gives": "What was taken from it."}
