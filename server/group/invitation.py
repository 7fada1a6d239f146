"""An invitation to carry over, and the evening as a calendar file. Both are made when asked for; nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from babel.dates import format_date
from icalendar import Calendar, Event

from methods.method import Method, in_language
from server.group.group import Group
from server.group.rota import brings_next, leads_next

_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "subject": "Intervisie {group} op {day}",
        "hello": "Dag allemaal,",
        "when": "Onze volgende intervisie is op {day}{at}{place}.",
        "at": " om {at} ({minutes} minuten)",
        "brings": "{name} brengt iets in.",
        "theme": "Thema: {text}.",
        "place": ", {place}",
        "leads": "{name} leidt.",
        "guided": "{name} begeleidt.",
        "method": "We werken met: {method}.",
        "different": "Wat we deze keer proberen: {text}",
        "bring": "Denk vast aan een vraag uit je werk. In één zin is genoeg; houd hem bij je tot je hem wilt delen.",
        "away": "Kun je niet? Zeg het de groep op tijd.",
        "summary": "Intervisie",
        "back_subject": "Kom je weer eens bij {group}?",
        "back_hello": "Dag {name},",
        "back": "Wij leiden onze intervisie nu zelf. Je sprak met ons af dat je af en toe terugkomt.",
        "back_why": "We willen graag dat je een avond meekijkt: houden we de vorm vast, en welk doel past nu bij ons?",
        "back_when": "Onze volgende bijeenkomst is op {day}{at}{place}. Kun je dan, of een andere keer?",
        "back_ask": "Wanneer kun je?",
    },
    "en": {
        "subject": "Peer consultation {group} on {day}",
        "hello": "Hello all,",
        "when": "Our next peer consultation is on {day}{at}{place}.",
        "at": " at {at} ({minutes} minutes)",
        "brings": "{name} brings a case.",
        "theme": "Theme: {text}.",
        "place": ", {place}",
        "leads": "{name} leads.",
        "guided": "{name} facilitates.",
        "method": "We work with: {method}.",
        "different": "What we try this time: {text}",
        "bring": "Think of a question from your work. One sentence is enough; keep it until you want to share it.",
        "away": "Can you not come? Tell the group in good time.",
        "summary": "Peer consultation",
        "back_subject": "Will you visit {group} again?",
        "back_hello": "Hello {name},",
        "back": "We lead our peer consultation ourselves now. You agreed with us to come back now and then.",
        "back_why": "We would like you to sit in for an evening: do we keep the form, and which aim fits us now?",
        "back_when": "Our next meeting is on {day}{at}{place}. Can you come then, or another time?",
        "back_ask": "When can you come?",
    },
    "de": {
        "subject": "Intervision {group} am {day}",
        "hello": "Hallo zusammen,",
        "when": "Unsere nächste Intervision ist am {day}{at}{place}.",
        "at": " um {at} ({minutes} Minuten)",
        "brings": "{name} bringt einen Fall ein.",
        "theme": "Thema: {text}.",
        "place": ", {place}",
        "leads": "{name} leitet.",
        "guided": "{name} moderiert.",
        "method": "Wir arbeiten mit: {method}.",
        "different": "Was wir diesmal versuchen: {text}",
        "bring": "Denk schon an eine Frage aus deiner Arbeit. Ein Satz genügt; behalte ihn, bis du ihn teilen willst.",
        "away": "Kannst du nicht? Sag es der Gruppe rechtzeitig.",
        "summary": "Intervision",
        "back_subject": "Kommst du wieder einmal zu {group}?",
        "back_hello": "Hallo {name},",
        "back": "Wir leiten unsere Intervision jetzt selbst. Du hast mit uns vereinbart, ab und zu wiederzukommen.",
        "back_why": "Wir hätten dich gern einen Abend dabei: Halten wir die Form, und welches Ziel passt jetzt zu uns?",
        "back_when": "Unser nächstes Treffen ist am {day}{at}{place}. Kannst du dann, oder ein anderes Mal?",
        "back_ask": "Wann kannst du?",
    },
}
_LOCALES = {"nl": "nl_NL", "en": "en_GB", "de": "de_DE"}


def invitation(group: Group, methods: Mapping[str, Method]) -> dict[str, str] | None:
    """Subject and text in the group's language, ready to copy; None without a date."""
    following, say = group.next, _WORDS[group.language]
    if following.on is None:
        return None
    when = _when(group, following.on)
    lines = [say["hello"], "", say["when"].format(**when)]
    leader = group.member(leads_next(group))
    if group.guided and group.next.lead is None:
        lines.append(say["guided"].format(name=group.facilitator))
    elif leader is not None:
        lines.append(say["leads"].format(name=leader.name))
    if (bringer := group.member(brings_next(group))) is not None and group.form == "process":
        lines.append(say["brings"].format(name=bringer.name))
    if theme := next((one.title for one in group.themes if one.key == following.theme), ""):
        lines.append(say["theme"].format(text=theme))
    if following.method in methods:
        lines.append(say["method"].format(method=in_language(methods[following.method].names, group.language)))
    if following.different:
        lines.append(say["different"].format(text=following.different))
    lines += ["", say["bring"], say["away"]]
    return {"subject": say["subject"].format(group=group.name, **when), "text": "\n".join(lines)}


def come_back(group: Group) -> dict[str, str] | None:
    """The same for the facilitator of before, to come back for an evening; None while there is one, or never was."""
    following, say = group.next, _WORDS[group.language]
    if group.guided or not group.facilitator:
        return None
    asked = say["back_ask"] if following.on is None else say["back_when"].format(**_when(group, following.on))
    lines = [say["back_hello"].format(name=group.facilitator), "", say["back"], say["back_why"], asked]
    return {"subject": say["back_subject"].format(group=group.name), "text": "\n".join(lines)}


def _when(group: Group, on: date) -> dict[str, str]:
    """The day, and the hour and place as far as they are known, as they follow each other in a sentence."""
    say, place = _WORDS[group.language], group.next.place or group.place
    return {
        "day": in_words(on, group.language),
        "at": say["at"].format(at=group.next.at, minutes=group.minutes) if group.next.at else "",
        "place": say["place"].format(place=place) if place else "",
    }


def calendar(group: Group, now: datetime | None = None) -> bytes | None:
    """The next evening as an iCalendar file (RFC 5545); None without a date.

    Its time is a floating one: half past seven at the table, whatever zone or season a clock is set to.
    """
    following = group.next
    if following.on is None:
        return None
    told = Calendar()
    told.add("prodid", "-//Kring//nl")
    told.add("version", "2.0")
    event = Event()
    event.add("uid", f"{sha256(f'{group.id} {group.held + 1}'.encode()).hexdigest()[:24]}@kring.invalid")
    event.add("dtstamp", now or datetime.now(UTC))
    event.add("sequence", len(group.trail))
    event.add("summary", f"{_WORDS[group.language]['summary']} {group.name}")
    if following.at:
        starts = datetime.combine(following.on, time.fromisoformat(following.at))
        event.add("dtstart", starts)
        event.add("dtend", starts + timedelta(minutes=group.minutes))
    else:
        event.add("dtstart", following.on)
        event.add("dtend", following.on + timedelta(days=1))
    if following.place or group.place:
        event.add("location", following.place or group.place)
    told.add_component(event)
    return bytes(told.to_ical())


def in_words(on: date, language: str) -> str:
    """The day as people say it, in that language."""
    return str(format_date(on, format="full", locale=_LOCALES[language]))
