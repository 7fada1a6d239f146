"""Which methods suit this group, its question and its minutes, and why. Nothing here opens a meeting or learns.

Nothing is suggested silently that does not fit: only where nothing else is left, and then it says what is amiss.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from methods.method import Method, Text, in_language
from server.meeting.choosing_words import HEADS, KINDS, TAILS, WARNINGS
from server.meeting.plan import Plan, fit

MOST = 5
"""More suggestions than this make the choice no easier."""
NEAREST = 3
"""How many are shown of those that do not really fit."""
FIXED = "five_phase"
"""The method that a new group keeps to, where people and minutes allow."""
LEVELS: Mapping[str, frozenset[str]] = {
    "first": frozenset({"beginner"}),
    "some": frozenset({"beginner", "intermediate"}),
    "practised": frozenset({"beginner", "intermediate", "advanced"}),
}
"""Experience of a group to the levels of methods it can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A method to choose, and the sentence that says why."""

    method: str
    why: Text
    fits: bool
    """Whether it takes these people and gives each their turn in these minutes."""
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is known of the group that looks for a method."""

    kind: str | None
    people: int
    minutes: float
    experience: str
    nobody: bool
    content: bool
    familiar: frozenset[str]

    @property
    def fixed(self) -> bool:
        """Whether it does best to keep to one method: it is new and has a case."""
        return self.experience == "first" and not self.nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """A method this group could do, fitted to its people and minutes."""

    method: Method
    plan: Plan
    too_many: int
    """People more, or fewer, than the method takes."""


def suggest(
    methods: Iterable[Method],
    *,
    case_type: str | None,
    people: int,
    minutes: float,
    experience: str,
    nobody_has_a_case: bool = False,
    content_form: bool = False,
    familiar: tuple[str, ...] = (),
) -> tuple[Suggestion, ...]:
    """Methods for this group, the best first; a group that is new gets exactly one, if there is any it can do.

    `experience`: "first", "some" or "practised". `familiar`: ids of the methods the group did before.
    """
    asked = _Asked(
        kind=case_type if case_type in KINDS and not nobody_has_a_case else None,
        people=people,
        minutes=minutes,
        experience=experience,
        nobody=nobody_has_a_case,
        content=content_form,
        familiar=frozenset(familiar),
    )
    options = [_option(method, asked) for method in _candidates(tuple(methods), asked)]
    sized = [option for option in options if not option.too_many]
    fitting = [option for option in sized if option.plan.fits]
    if not fitting:
        nearest = sorted(sized or options, key=lambda option: _distance(option, asked))
        return _in_words(nearest[: 1 if asked.fixed else NEAREST], asked, near=True)
    if asked.fixed:
        return _in_words([min(fitting, key=_for_a_new_group)], asked)
    matching = [option for option in fitting if asked.kind is None or asked.kind in option.method.case_types]
    best = sorted(matching or fitting, key=lambda option: _order(option, asked))
    return _in_words(best[:MOST], asked)


def _candidates(methods: tuple[Method, ...], asked: _Asked) -> list[Method]:
    """The methods of the right sort for this group, whatever its size and minutes."""
    able = [
        method
        for method in methods
        if method.level in LEVELS[asked.experience]
        and (method.form != "content" or asked.content)
        and (method.trust != "high" or asked.experience == "practised")
    ]
    if not asked.nobody:
        return [method for method in able if method.kind == "method" or (method.kind == "debrief" and not asked.fixed)]
    return [method for method in able if _without_a_case(method)] or [
        method for method in able if method.kind == "method" and "success" in method.case_types
    ]


def _without_a_case(method: Method) -> bool:
    """Whether it needs nobody's case: what a method is made for stands first in its case types."""
    return method.kind in ("exercise", "debrief") or (method.kind == "method" and method.case_types[:1] == ("success",))


def _option(method: Method, asked: _Asked) -> _Option:
    return _Option(
        method=method,
        plan=fit(method, asked.people, asked.minutes),
        too_many=max(0, method.group_min - asked.people, asked.people - method.group_max),
    )


def _for_a_new_group(option: _Option) -> tuple[bool, bool, bool, float, float, str]:
    method, plan = option.method, option.plan
    return (method.id != FIXED, not method.verified, _misses(plan), method.minutes, plan.least, method.id)


def _misses(plan: Plan) -> bool:
    """Whether something of the method falls away for want of minutes."""
    return plan.laps < plan.laps_wanted or bool(plan.left_out)


def _distance(option: _Option, asked: _Asked) -> tuple[int, float, bool, str]:
    """How far it is from fitting: people first, for minutes can be found and people cannot."""
    short = max(0.0, option.plan.least - asked.minutes)
    return (option.too_many, short, not option.method.verified, option.method.id)


def _order(option: _Option, asked: _Asked) -> tuple[bool, bool, bool, bool, bool, bool, float, int, str]:
    """The smaller, the better."""
    method, plan = option.method, option.plan
    return (
        # Who asks for an expert's method gets it first, though none has a source for everything.
        asked.content and method.form != "content",
        not method.verified,
        asked.experience == "practised" and method.id in asked.familiar,
        asked.kind is not None and asked.kind != method.case_types[0],
        method.kind == "debrief",
        _misses(plan),
        abs(method.minutes - asked.minutes),
        abs(method.group_ideal - asked.people),
        method.id,
    )


def _in_words(options: Iterable[_Option], asked: _Asked, *, near: bool = False) -> tuple[Suggestion, ...]:
    """Each with a sentence of its own as far as there are reasons: what tells it from those above it is named too."""
    suggestions: list[Suggestion] = []
    for option in options:
        sentences = list(_sentences(option, asked, near))
        taken = [suggestion.why for suggestion in suggestions]
        suggestions.append(
            Suggestion(
                method=option.method.id,
                why=next((sentence for sentence in sentences if sentence not in taken), sentences[0]),
                fits=option.plan.fits and not option.too_many,
                warnings=tuple(_warnings(option, asked)),
            )
        )
    return tuple(suggestions)


def _sentences(option: _Option, asked: _Asked, near: bool) -> Iterator[Text]:
    """Ways to say why, the shortest first; the decisive reason is in all of them."""
    method = option.method
    values: dict[str, str | Text] = {"n": str(asked.people), "m": f"{asked.minutes:g}", "usual": f"{method.minutes:g}"}
    head = _said(
        HEADS["nearest" if near else _head(method, asked)], {**values, "kind": KINDS.get(asked.kind or "", {})}
    )
    first, *more = (_said(TAILS[tail], values) for tail in _tails(option, asked))
    more += [
        _said(TAILS["other"], {"other": KINDS[kind]})
        for kind in method.case_types
        if kind in KINDS.keys() - {asked.kind}
    ]
    for parts in ((head, first), *((head, first, other) for other in more)):
        yield {language: "; ".join(part[language] for part in parts) + "." for language in head}


def _head(method: Method, asked: _Asked) -> str:
    if asked.nobody:
        return method.kind if method.kind in ("exercise", "debrief") else "success"
    if asked.fixed or asked.kind not in method.case_types:
        return "any"
    return "above_all" if asked.kind == method.case_types[0] else "also"


def _tails(option: _Option, asked: _Asked) -> Iterator[str]:
    """The reasons that hold, the decisive one first; there is always one."""
    method, plan = option.method, option.plan
    if asked.fixed:
        yield "fixed"
    # Without any familiar method nothing is known of what is new to the group.
    if asked.experience == "practised" and asked.familiar and method.id not in asked.familiar:
        yield "new"
    if method.form == "content":
        yield "content"
    if asked.experience == "first" or method.level != "beginner":
        yield method.level
    if asked.people == method.group_ideal:
        yield "ideal"
    yield "shorter" if asked.minutes < method.minutes and plan.fits and not _misses(plan) else "usual"


def _warnings(option: _Option, asked: _Asked) -> Iterator[Text]:
    """What is amiss with it, the gravest first."""
    method, plan = option.method, option.plan
    n, m = str(asked.people), f"{asked.minutes:g}"
    if option.too_many:
        yield _said(WARNINGS["people"], {"low": str(method.group_min), "high": str(method.group_max), "n": n})
    if not plan.fits:
        yield _said(WARNINGS["minutes"], {"least": str(math.ceil(plan.least)), "m": m})
    elif plan.laps < plan.laps_wanted:
        yield _said(WARNINGS["laps"], {"laps": str(plan.laps), "wanted": str(plan.laps_wanted)})
    if plan.fits and plan.left_out:
        names = [method.phase(phase).name for phase in plan.left_out]
        phases = {code: ", ".join(in_language(name, code) for name in names) for code in WARNINGS["left_out"]}
        yield _said(WARNINGS["left_out"], {"phases": phases})
    if asked.kind is not None and asked.kind not in method.case_types and not asked.fixed:
        yield _said(WARNINGS["kind"], {"kind": KINDS[asked.kind]})
    if not method.verified:
        yield WARNINGS["unverified"]
    if method.trust == "high":
        yield WARNINGS["trust"]


def _said(words: Text, values: Mapping[str, str | Text]) -> Text:
    """The words with the values filled in, in each language."""
    return {
        language: text.format(
            **{key: value if isinstance(value, str) else in_language(value, language) for key, value in values.items()}
        )
        for language, text in words.items()
    }
