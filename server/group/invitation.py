"""An invitation to carry over, and the evening as a calendar file. Both are made when asked for; nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date
from icalendar import Calendar, Event

from methods.method import Method, in_language
from server.group.group import Group
from server.group.rota import leads_next

_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "subject": "Intervisie {group} op {day}",
        "hello": "Dag allemaal,",
        "when": "Onze volgende intervisie is op {day}{at}{place}.",
        "at": " om {at}",
        "place": ", {place}",
        "leads": "{name} leidt.",
        "guided": "{name} begeleidt.",
        "method": "We werken met: {method}.",
        "different": "Wat we deze keer proberen: {text}",
        "bring": "Denk vast aan een vraag uit je werk. In één zin is genoeg; houd hem bij je tot je hem wilt delen.",
        "away": "Kun je niet? Zeg het de groep op tijd.",
        "summary": "Intervisie",
    },
    "en": {
        "subject": "Peer consultation {group} on {day}",
        "hello": "Hello all,",
        "when": "Our next peer consultation is on {day}{at}{place}.",
        "at": " at {at}",
        "place": ", {place}",
        "leads": "{name} leads.",
        "guided": "{name} facilitates.",
        "method": "We work with: {method}.",
        "different": "What we try this time: {text}",
        "bring": "Think of a question from your work. One sentence is enough; keep it until you want to share it.",
        "away": "Can you not come? Tell the group in good time.",
        "summary": "Peer consultation",
    },
    "de": {
        "subject": "Intervision {group} am {day}",
        "hello": "Hallo zusammen,",
        "when": "Unsere nächste Intervision ist am {day}{at}{place}.",
        "at": " um {at}",
        "place": ", {place}",
        "leads": "{name} leitet.",
        "guided": "{name} moderiert.",
        "method": "Wir arbeiten mit: {method}.",
        "different": "Was wir diesmal versuchen: {text}",
        "bring": "Denk schon an eine Frage aus deiner Arbeit. Ein Satz genügt; behalte ihn, bis du ihn teilen willst.",
        "away": "Kannst du nicht? Sag es der Gruppe rechtzeitig.",
        "summary": "Intervision",
    },
}
_LOCALES = {"nl": "nl_NL", "en": "en_GB", "de": "de_DE"}


def invitation(group: Group, methods: Mapping[str, Method]) -> dict[str, str] | None:
    """Subject and text in the group's language, ready to copy; None without a date."""
    following, say = group.next, _WORDS[group.language]
    if following.on is None:
        return None
    on, place = in_words(following.on, group.language), following.place or group.place
    at = say["at"].format(at=following.at) if following.at else ""
    where = say["place"].format(place=place) if place else ""
    lines = [say["hello"], "", say["when"].format(day=on, at=at, place=where)]
    leader = group.member(leads_next(group))
    if group.season.guided and group.facilitator:
        lines.append(say["guided"].format(name=group.facilitator))
    elif leader is not None:
        lines.append(say["leads"].format(name=leader.name))
    if following.method in methods:
        lines.append(say["method"].format(method=in_language(methods[following.method].names, group.language)))
    if following.different:
        lines.append(say["different"].format(text=following.different))
    lines += ["", say["bring"], say["away"]]
    return {"subject": say["subject"].format(group=group.name, day=on), "text": "\n".join(lines)}


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
    event.add("uid", f"{group.id}-{group.held + 1}@kring.invalid")
    event.add("dtstamp", now or datetime.now(UTC))
    event.add("sequence", group.revision)
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
