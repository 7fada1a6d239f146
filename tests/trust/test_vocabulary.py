"""No word for what Kring must not judge: strict in whatever the machine says, reasoned one by one in what people read.

Methods ask people for their feelings, and people answer aloud or on a card. That is no judgement of a machine. So:
names, fields, keys, codes and sentences that code chooses hold none of these words; texts that people read to each
other may, where a line here says why. A new one is red until somebody says why.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from methods.vocabulary import vocabulary
from server import asking
from server.meeting import evaluating, events, guidance, offering
from server.views import facilitator_view, participant_view, table_view
from speech import events as told
from speech import requests as asked
from tests.trust.evening import FIVE, evening, walk
from tests.trust.test_papers import GROUPS

ROOT = Path(__file__).parents[2]

IN_NAMES = {
    "emotion": "emotion|emotional|affect|sentiment|feeling|feelings|valence|arousal|happy|angry|sad|tone|prosody",
    "mood": "mood|temper",
    "age": "age|ages|young|old|elderly",
    "sex": "sex|gender|male|female|man|woman|pitch",
    "accent": "accent|dialect|native|ethnic|ethnicity|origin",
    "engagement": "engagement|engaged|involvement|participation|motivation",
    "ranking": "rank|ranks|ranking|leaderboard|top|best|worst|winner|winners|podium",
    "score": "score|scores|rating|ratings|grade|grades|performance|kpi|quality|points|badge",
    "personality": "personality|personal|character|trait|dominant|dominates|dominance|introvert|extravert|extraversion",
    "honesty": "honesty|honest|lie|liar|truthful|credibility|deception|sincerity|trustworthy",
    "stress": "stress|stressed|anxiety|tension|nervous|fatigue|tired|burnout",
    "attention": "attention|attentive|focus|concentration|alertness|gaze",
}
"""Whole words inside a name, as names are cut at capitals, dots and underscores."""
NAMES_THAT_MAY = {
    "scores": "points that people give to questions on cards, never to people (CastVote, VoteCast)",
    "origin": "of a method: who made it (facilitator's list of methods)",
    "dominates": "id of a help card, 'one voice takes much room': of time alone, to the lead alone, and never whose",
}

IN_TEXTS = {
    "emotion": r"emoti\w*|affect(?:ive|ief)\w*|sentiment\w*|gevoel\w*|feeling\w*|gef[uü]hl\w*",
    "mood": r"\bmoods?\b|\bstemming\b|\bstimmung\w*|humeur\w*",
    "age": r"\bages?\b|leeftijd\w*|\blebensalter\w*|\baltersgr\w*",
    "sex": r"\bsex\w*|\bgender\w*|geslacht\w*|geschlecht\w*|mannelijk\w*|vrouwelijk\w*|männlich\w*|weiblich\w*",
    "accent": r"\baccent\w*|\bakzent\w*|dialect\w*|dialekt\w*|moedertaal|muttersprach\w*",
    "engagement": r"engage[md]\w*|betrokkenheid|beteiligung\w*|motivati\w*|motivier\w*|motiveer\w*",
    "ranking": r"\brank(?:s|ed|ing|ings)?\b|rangli[js]\w*|rangorde|rangfolge|leaderboard|winn(?:er|aar)\w*|gewinner\w*",
    "score": r"\bscor(?:e|es|ed|ing)\b|\brating\w*|\bcijfer\b|\b(?:punten|punkte|points)\b|prestatie\w*|leistung\w*",
    "personality": r"pers(?:oonlijkheid|önlichkeit|onalit)\w*|\b[ck]h?arakter\w*|\w*tr[ao]ver[ts]\w*|dominan\w*",
    "honesty": r"\beerlijk\w*|\bhonest\w*|\behrlich\w*|\bliars?\b|leugen\w*|\blüg\w*|\bsincer\w*|oprecht\w*",
    "stress": r"\bstress\w*|\bspanning\w*|gespannen|nervös|nervous|zenuwachtig|\bangst\w*|anxi\w*",
    "attention": r"\battent\w*|\baandacht\w*|\baufmerksam\w*|concentr\w*|konzentr\w*",
}

SPOKEN_OF_BY_PEOPLE = "people say or write it themselves; nothing of it is heard or reckoned"
GIVEN_TO_QUESTIONS = "points go to questions on cards, never to people"
MEASURED_TIME = "how much room somebody felt to speak, answered in private; beside it, time and nothing else"
NEVER = "says that it is never measured"
TEXTS_THAT_MAY: Mapping[str, str] = {
    "words:captured.feeling_list": SPOKEN_OF_BY_PEOPLE,
    "words:card.feeling_list": SPOKEN_OF_BY_PEOPLE,
    "words:card_ask.feeling_list": SPOKEN_OF_BY_PEOPLE,
    "words:case_type.emotional": "a kind of question that a lead may tick before choosing a method; not of a person",
    "words:experience.first.more": "where the group's attention goes when a method is new to it; advice to all",
    "words:felt.title": MEASURED_TIME,
    "words:felt.felt": MEASURED_TIME,
    "words:felt.few": MEASURED_TIME,
    "words:felt.alike": MEASURED_TIME,
    "words:felt.apart": MEASURED_TIME,
    "words:felt.both_even": MEASURED_TIME,
    "words:my_felt.you": MEASURED_TIME,
    "words:lookback.worth": "what an intention was worth to oneself, told aloud or not at all; nobody is compared",
    "words:pulse.title": "a question about safety that everybody answers in private",
    "words:pulse.talk": "a question about safety that everybody answers in private",
    "words:cases.decide": GIVEN_TO_QUESTIONS,
    "words:cases.points": GIVEN_TO_QUESTIONS,
    "words:vote.how_dots": GIVEN_TO_QUESTIONS,
    "words:vote.left.other": GIVEN_TO_QUESTIONS,
    "words:vote.dots.other": GIVEN_TO_QUESTIONS,
    "coaching.json:rewrites": "an example of a leading question, as it should not be asked",
    "coaching.json:cues": "turns of phrase that the coach looks for in one's own draft, on one's own phone",
    "evaluation.json:pulse": "a statement about safety that everybody answers in private",
    "help.json:order": "the letter E of EGT, a way to choose among questions",
    "help.json:cards.devices": "a card the lead may open when phones distract; offered by nothing that is measured",
    "questions.json:groups": "questions that one person may ask another",
    "rituals.json:check_in": "what everybody may say of themselves in a check-in round, aloud",
    "rules.json:choice": GIVEN_TO_QUESTIONS,
    "rules.json:computed": NEVER,
}
"""Where a text that people read holds such a word, by file and key (or the beginning of one), and why."""
CODES_THAT_MAY = {
    "feeling": "something people may say in a phase, in a method; not an act that is heard",
    "quality": "a phase of one method in which people name what somebody is good at, aloud",
    "feelings": "a phase of one method in which people say what they felt",
    "feeling_list": "cards on which people write what they felt",
    "emotional": "a kind of question, ticked by the lead",
    "personal": "a kind of question, ticked by the lead",
    "dominant_ideas": "name of a method: ideas that rule a case",
}


def parts(name: str) -> list[str]:
    """The words inside a name."""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower().replace(".", "_").replace("-", "_").split("_")


def judged(names: Iterable[str], may: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Names that hold a word of `IN_NAMES`, and for which."""
    return [
        (name, kind)
        for name in sorted(set(names))
        for kind, words in IN_NAMES.items()
        if name not in may and set(parts(name)) & set(words.split("|"))
    ]


def sentences(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the keys that lead to it, without the language at its end."""
    if isinstance(value, str):
        yield re.sub(r"\.(nl|en|de)$", "", path), value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from sentences(inside, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from sentences(inside, f"{path}.{place}")


def kinds(text: str) -> list[str]:
    return [kind for kind, pattern in IN_TEXTS.items() if re.search(pattern, text, re.IGNORECASE)]


# --- what the machine says: strict ---


@pytest.mark.parametrize(
    "table",
    [events.BY_NAME, asking.BY_NAME, told._BY_NAME, asked._BY_NAME, {kind.__name__: kind for kind in GROUPS}],
    ids=["events", "commands", "what the ears tell", "what the ears are asked", "a group"],
)
def test_no_message_has_a_name_or_a_field_for_it(table: Mapping[str, type[Any]]) -> None:
    assert table
    named = {name for kind in table.values() for name in (kind.__name__, *(field.name for field in fields(kind)))}
    assert judged(named, NAMES_THAT_MAY) == []


def test_no_view_has_a_key_for_it() -> None:
    keys: set[str] = set()
    for table in evening(FIVE):
        room = table.room()
        for view in (facilitator_view(room), table_view(room), *(participant_view(room, seat) for seat in "ABC")):
            keys |= {path[-1] for path, _ in walk(view) if path}
    assert len(keys) > 200
    assert judged(keys, NAMES_THAT_MAY) == []


def test_no_file_that_is_taken_along_has_a_column_for_it() -> None:
    code = (ROOT / "client" / "exports.js").read_text(encoding="utf-8")
    columns = [name for line in re.findall(r"const (?:HEAD|NUMBERS) = \[([^\]]*)\]", code) for name in line.split(",")]
    assert "seat" in code
    assert len(columns) > 10
    assert judged([name.strip(' "') for name in columns], NAMES_THAT_MAY) == []


def test_no_act_cue_hint_card_or_trouble_that_code_chooses_is_about_it() -> None:
    cues = yaml.safe_load((ROOT / "server" / "cues.yaml").read_text(encoding="utf-8"))
    codes = vocabulary().short.keys() - CODES_THAT_MAY.keys()
    of_the_ears = {
        name
        for path in (ROOT / "speech" / "acts" / "languages").glob("*.yaml")
        for found, _ in sentences(yaml.safe_load(path.read_text(encoding="utf-8")))
        for name in found.split(".")
    }
    chosen = {hint.id for hint in vars(guidance).values() if isinstance(hint, guidance.Hint)}
    offered = set(re.findall(r'yield "(\w+)"', inspect.getsource(offering)))
    assert {"overrun", "no_open_question"} <= chosen
    assert {"advice_early", "silent"} <= offered
    assert judged({*cues, *codes, *of_the_ears, *chosen, *offered}, NAMES_THAT_MAY) == []
    texts = [text for hint in vars(guidance).values() if isinstance(hint, guidance.Hint) for text in hint.text.values()]
    assert [text for text in (*texts, *(text for _, text in sentences(cues))) if kinds(text)] == []


def test_what_is_asked_of_people_is_of_the_group_and_shown_from_four_answers_on() -> None:
    assert evaluating.FEWEST >= 4
    assert judged({*evaluating.PROCESS, *evaluating.PULSE, *evaluating.FELT}) == []


# --- what people read: each with its why ---


def read_by_people() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "client" / "words").glob("**/*.json")):
        yield from ((f"words:{key}", text) for key, text in sentences(json.loads(path.read_text(encoding="utf-8"))))
    for path in sorted((ROOT / "client" / "cards").glob("*.json")):
        found = sentences(json.loads(path.read_text(encoding="utf-8")))
        yield from ((f"{path.name}:{key}", text) for key, text in found)


def reason(key: str) -> str | None:
    return next((why for start, why in TEXTS_THAT_MAY.items() if key == start or key.startswith(f"{start}.")), None)


def test_a_text_on_a_screen_that_holds_such_a_word_says_why_it_may() -> None:
    unreasoned = [(key, kinds(text), text) for key, text in read_by_people() if kinds(text) and reason(key) is None]
    assert unreasoned == []


def test_no_reason_is_left_that_nothing_needs() -> None:
    used = {key for key, text in read_by_people() if kinds(text)}
    idle = [start for start in TEXTS_THAT_MAY if not any(key == start or key.startswith(f"{start}.") for key in used)]
    assert idle == []


def test_a_method_speaks_of_feelings_only_as_people_say_them_and_never_of_kring_or_its_measures() -> None:
    """So whatever a method says of feelings is asked of people: nothing in it can be said by the machine."""
    machine = re.compile(
        r"\bkring\b|machine|computer|microfoon|microphone|mikrofon|gemeten|measur|gemessen", re.IGNORECASE
    )
    for path in sorted((ROOT / "methods" / "library").glob("*.yaml")):
        method = yaml.safe_load(path.read_text(encoding="utf-8"))
        said = [text for key, text in sentences(method) if key not in ("schema", "licence", "origin")]
        assert [text for text in said if kinds(text) and machine.search(text)] == [], path.name
        codes = {code for key, code in sentences(method) if re.fullmatch(r"[a-z_]+", code) and "name" not in key}
        assert judged(codes, CODES_THAT_MAY) == [], path.name
