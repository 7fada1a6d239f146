"""A method file that is wrong is refused with the line and the cure; a good one keeps all it says."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from methods.document import LARGEST_BYTES
from methods.reader import BUILT_IN, MethodRefused, Problem, load_library, read_method

GOOD = (BUILT_IN / "five_phase.yaml").read_text(encoding="utf-8")
README = BUILT_IN.parent / "README.md"


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[[str | bytes], list[Problem]]:
    """Writes the text as a file and gives what the reader finds wrong."""

    def problems(content: str | bytes) -> list[Problem]:
        path = tmp_path / "mine.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(MethodRefused) as refused:
            read_method(path)
        return list(refused.value.problems)

    return problems


Problems = Callable[[str | bytes], list[Problem]]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


MISTAKES = {
    "a wrong key": (
        changed("minutes: {min: 5, default: 10, max: 15,", "minuts: {min: 5, default: 10, max: 15,"),
        "minuts:",
        "unknown key 'minuts'",
        "Did you mean 'minutes'?",
    ),
    "an unknown key inside a floor": (
        changed("seconds_each: 90", "secondes: 90"),
        "secondes",
        "unknown key 'secondes' in floor",
        "Did you mean 'seconds_each'?",
    ),
    "a code that is not in the vocabulary": (
        changed("deny: [advice, discussion]", "deny: [advise, discussion]"),
        "[advise",
        "'advise' is not a word for deny",
        "Did you mean 'advice'?",
    ),
    "an unknown floor mode": (
        changed("mode: dialogue", "mode: dialog"),
        "mode: dialog",
        "'dialog' is not a word for floor mode",
        "Did you mean 'dialogue'?",
    ),
    "a code that looks like nothing": (
        changed("balance: equal_peers", "balance: zzz"),
        "balance: zzz",
        "'zzz' is not a word for balance",
        "Choose from: case_owner, equal_all, equal_peers, free, none",
    ),
    "a missing language": (
        changed('en: "Analysis", ', ""),
        'name: {nl: "Analyse"',
        "name is missing in language 'en'",
        'Add en: "..."',
    ),
    "something that is no language": (
        changed('de: "Analyse"}', 'german: "Analyse"}'),
        "german",
        "'german' in name is no language code",
        "Use nl, en, de",
    ),
    "two phases with one id": (
        changed("- id: inventory", "- id: look_back"),
        '- id: look_back\n    name: {nl: "Probleem',
        "two phases have the id 'look_back'",
        "an id of its own",
    ),
    "a code both allowed and denied": (
        changed("deny: [advice, discussion]", "deny: [advice, check_in]"),
        "deny: [advice, check_in]",
        "'check_in' is both allowed and denied",
        "Keep it in one of the two",
    ),
    "a role both speaking and silent": (
        changed("{mode: round, speak: [peers, case_owner]}", "{mode: round, speak: [peers], silent: [peers]}"),
        "silent: [peers]",
        "'peers' is asked both to speak and to be silent",
        "Keep it in one of the two",
    ),
    "a glance too long to read across the table": (
        changed('"Stel vragen. Nog geen advies."', '"Stel nu allemaal open vragen en geef nog geen advies."'),
        "Stel nu allemaal",
        "glance (nl) has 10 words",
        "at most 7",
    ),
    "minutes that go down": (
        changed("{min: 10, default: 15, max: 20, basis", "{min: 10, default: 25, max: 20, basis"),
        "default: 25, max: 20",
        "minutes does not go up",
        "Put default between min and max",
    ),
    "minutes that are no number": (
        changed("{min: 10, default: 15, max: 20, basis", '{min: 10, default: "15", max: 20, basis'),
        'default: "15"',
        "minutes default must be a number from 0.5 to 240",
        "digits only",
    ),
    "half a person": (
        changed("ideal: 6", "ideal: 6.5"),
        "ideal: 6.5",
        "group ideal must be a whole number",
        "6.5 is not",
    ),
    "phases that cannot fill the meeting": (
        changed("typical: 105, max: 120", "typical: 150, max: 180"),
        "duration:",
        "the phases cannot make 150 minutes",
        "Change 'typical'",
    ),
    "phases longer than the meeting": (
        changed("min: 90, typical: 105, max: 120", "min: 60, typical: 70, max: 80"),
        "duration:",
        "the phases take 105 minutes, outside the 60 to 80",
        "Change the duration",
    ),
    "turns that cannot fit": (
        changed("seconds_each: 90", "seconds_each: 900"),
        "seconds_each: 900",
        "900 seconds for each of 4 people cannot fit in 20 minutes",
        "Give each fewer seconds",
    ),
    "writing that cannot fit": (
        changed("write_first_minutes: 4", "write_first_minutes: 40"),
        "write_first_minutes: 40",
        "40 minutes of writing cannot fit in a phase of 30",
        "Write for a shorter time",
    ),
    "an empty text": (changed('en: "Analysis"', 'en: " "'), 'en: " "', "name (en) is empty", "Write the text"),
    "a word that YAML takes for yes or no": (
        changed('nl: "Analyse"', "nl: no"),
        "nl: no",
        "name (nl) must be text",
        "between double quotes",
    ),
    "a text where a list belongs": (
        changed("case_types: [problem, relationship, role, incident]", "case_types: problem"),
        "case_types: problem",
        "case_types must be a list",
        "Write [one, two]",
    ),
    "a list where keys belong": (changed("group: {min: 4, ideal: 6, max: 8}", "group: [4, 6, 8]"), "group:", "", ""),
    "a key that comes twice": (
        changed("level: beginner", "level: beginner\nlevel: advanced"),
        "level: advanced",
        "'level' stands twice",
        "Keep one",
    ),
    "four things to say": (
        changed('nl: ["Ik zou ...",', 'nl: ["Of ...", "Ik zou ...",'),
        '["Of ..."',
        "stems has 4 items",
        "Give 1 to 3",
    ),
    "an id with a space": (
        changed("id: five_phase", "id: five phase"),
        "id: five phase",
        "cannot be id",
        "small letters",
    ),
    "a schema of another program": (
        changed("schema: kring-method/1", "schema: intervision-method/1"),
        "schema:",
        "'intervision-method/1' is not a word for schema",
        "kring-method/1",
    ),
    "a tab": (changed("  - id: advice", "\t- id: advice"), "\t- id: advice", "a tab in the indentation", "Use spaces"),
    "an anchor": (
        changed("[advice, discussion]", "&no [advice, discussion]"),
        "&no",
        "anchors (&) and aliases (*) are not accepted",
        "Write the text out",
    ),
    "a forgotten quote": (changed('en: "Analysis"', 'en: "Analysis'), "", "this is not YAML", "quotes"),
    "a hidden character": (
        changed('en: "Analysis"', 'en: "\\e[31mAnalysis"'),
        "\\e[31m",
        "a character here that cannot be shown",
        "Delete it",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_its_cure(mistake: str, problems_of: Problems) -> None:
    text, where, what, cure = MISTAKES[mistake]
    found = problems_of(text)
    assert any(
        what in problem.what and cure in problem.cure and (not where or problem.line == line_of(text, where))
        for problem in found
    ), "\n".join(map(str, found))


def test_a_phase_without_prompt_is_named_at_the_line_where_it_begins(problems_of: Problems) -> None:
    start = GOOD.index("    prompt:", GOOD.index("- id: advice"))
    text = GOOD[:start] + GOOD[GOOD.index("    stems:", start) :]
    (problem,) = problems_of(text)
    assert problem.line == line_of(text, "- id: advice")
    assert problem.what == "the phase has no 'prompt'"


def test_every_mistake_in_a_file_is_named_at_once_in_the_order_of_the_file(problems_of: Problems) -> None:
    text = GOOD.replace("level: beginner", "level: easy").replace("mode: dialogue", "mode: dialog")
    found = problems_of(text)
    assert [problem.line for problem in found] == [line_of(text, "level: easy"), line_of(text, "mode: dialog")]


def test_a_problem_reads_as_file_line_fault_and_cure(problems_of: Problems) -> None:
    (problem,) = problems_of(changed("mode: dialogue", "mode: dialog"))
    assert str(problem) == (
        f"mine.yaml, line {problem.line}: 'dialog' is not a word for floor mode. Did you mean 'dialogue'?"
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b"# only a remark\n", "the file is empty"),
        (b"just words", "the method must be a list of 'key: value'"),
        (GOOD.encode("utf-16"), "this is not UTF-8 text"),
        (GOOD.encode("latin-1"), "this is not UTF-8 text"),
        (b"id: five\x00phase", "a character here that cannot be shown"),
        (b'id: "\\UFFFFFFFF"', ""),
        (b"x" * (LARGEST_BYTES + 1), "the file is larger than 256 kB"),
        (b"[" * 100_000, "nested more than 12 levels deep"),
        (b"---\nid: a\n---\nid: b\n", "this is not YAML"),
    ],
)
def test_a_file_that_is_no_method_at_all_is_refused(content: bytes, what: str, problems_of: Problems) -> None:
    assert any(what in problem.what for problem in problems_of(content))


def test_a_bomb_of_aliases_is_refused_before_it_can_grow(problems_of: Problems) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    (problem,) = problems_of(bomb)
    assert problem.line == 1
    assert "anchors" in problem.what


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(MethodRefused, match=r"nowhere\.yaml: there is no such file"):
        read_method(tmp_path / "nowhere.yaml")


def test_a_windows_file_with_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_method(path) == read_method(BUILT_IN / "five_phase.yaml")


def test_the_example_in_the_guide_is_a_good_method(tmp_path: Path) -> None:
    path = tmp_path / "two_rounds.yaml"
    path.write_text(README.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert [phase.id for phase in read_method(path).phases] == ["questions", "advice"]


def test_a_bad_file_in_a_library_is_skipped_and_explained(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("id: bad", encoding="utf-8")
    library = load_library(BUILT_IN, tmp_path)
    assert set(library) == {method.id for method in library.values()} >= {"five_phase", "six_step"}
    assert {problem.file for problem in library.problems} == {"bad.yaml"}


def test_a_second_method_with_the_same_id_is_skipped_and_explained(tmp_path: Path) -> None:
    (tmp_path / "copy.yaml").write_text(GOOD.replace("typical: 105", "typical: 110"), encoding="utf-8")
    library = load_library(BUILT_IN, tmp_path)
    assert library["five_phase"].minutes == 105
    assert [str(problem) for problem in library.problems] == [
        "copy.yaml: there is already a method with the id 'five_phase', among those that ship with Kring. "
        "Give this one another id"
    ]


def test_a_group_without_methods_of_its_own_is_no_problem(tmp_path: Path) -> None:
    assert load_library(tmp_path / "methods").problems == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_good_file_changed_at_random_is_read_or_refused_but_never_breaks(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(GOOD.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        upto = at + data.draw(st.integers(0, 30))
        junk = data.draw(
            st.binary(max_size=8) | st.sampled_from([b": ", b"- ", b"{", b"]", b'"', b"\n", b"*a", b"!!x "])
        )
        raw[at:upto] = junk
    path = tmp_path / "changed.yaml"
    path.write_bytes(bytes(raw))
    with contextlib.suppress(MethodRefused):
        read_method(path)
