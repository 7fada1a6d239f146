"""The labelled conversations: whole, by the label guide, each in one place; and the channel of recognition errors."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.acts.cues import ACTS, FAMILY
from speech.acts.encoder import ROLES
from speech.acts.lacking import lacking
from speech.acts.teaching import DATA, HEADER, Channel, DataRefused, languages, lines
from speech.acts.text import plain

KINDS = ("meetings", "talk", "reading")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_every_line_has_an_act_a_role_and_words(language: str, kind: str) -> None:
    taught = lines(kind, language)
    assert taught
    for line in taught:
        assert line.act in ACTS, line
        assert line.role in ROLES, line
        assert plain(line.text), line
        assert line.act not in FAMILY or line.role != "case_owner", line


@pytest.mark.parametrize("language", languages())
def test_what_the_network_read_is_never_what_the_score_is_judged_by(language: str) -> None:
    read = {line.text for line in lines("reading", language) if len(line.text.split()) > 6}
    judged = {line.text for kind in ("meetings", "talk") for line in lines(kind, language)}
    assert not read & judged


def test_a_language_is_complete_or_says_what_it_lacks() -> None:
    assert {language: lacking(language) for language in languages()} == dict.fromkeys(languages(), ())
    german = lacking("de")
    assert any("de.yaml" in line for line in german)
    assert any("data/de/meetings" in line for line in german)


def test_a_language_with_half_a_file_says_which_half(tmp_path: Path) -> None:
    whole = (Path(DATA).parent / "languages" / "en.yaml").read_text("utf-8")
    (tmp_path / "en.yaml").write_text(whole.replace("act: reflection", "act: story").replace("reflection.", "story."))
    (missing,) = lacking("en", languages=tmp_path)
    assert missing == "en.yaml: a cue of reflection"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("n\ttext\n1\tx\n", "first line must be"),
        ("\t".join(HEADER) + "\nm\t1\tanalysis\n", "line 2: needs 7 columns"),
        ("\t".join(HEADER) + "\nm\t1\tanalysis\tA\tpeer\tother\tx\ty\n", "line 2: needs 7 columns"),
        ("\t".join(HEADER) + "\nm\tone\tanalysis\tA\tpeer\tother\tx\n", "line 2: n must be a number"),
        ("\t".join(HEADER) + "\nm\t1\tanalysis\tA\tpeer\tchat\tx\n", "line 2: act must be one of"),
        ("\t".join(HEADER) + "\nm\t1\tanalysis\tA\tboss\tother\tx\n", "line 2: role must be one of"),
    ],
)
def test_a_damaged_file_is_refused_by_file_line_and_cure(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "xx" / "meetings").mkdir(parents=True)
    (tmp_path / "xx" / "meetings" / "m.tsv").write_text(content, "utf-8")
    with pytest.raises(DataRefused, match=rf"^m\.tsv.*{says}"):
        lines("meetings", "xx", tmp_path)


@given(
    words=st.lists(st.text("abcdeor", min_size=1, max_size=9), min_size=1, max_size=30),
    level=st.floats(0, 1),
    seed=st.integers(0, 99),
)
def test_the_channel_always_leaves_words_and_tells_the_same_twice(words: list[str], level: float, seed: int) -> None:
    text, channel = " ".join(words), Channel("en", ["some other words"])
    heard = channel(text, level, random.Random(seed))
    assert heard.split()
    assert heard == channel(text, level, random.Random(seed))


def test_a_channel_without_errors_only_adds_doubt_and_a_bad_one_changes_much() -> None:
    text = "would it not be better to call your manager before you do anything else at all"
    chance = random.Random(1)
    channel = Channel("xx", ["some other words"])
    assert channel(text, 0.0, chance) == text
    changed = [len(set(text.split()) - set(channel(text, 0.4, chance).split())) / 16 for _ in range(200)]
    assert 0.3 < sum(changed) / len(changed) < 0.5
