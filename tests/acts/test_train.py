"""Learning the score: twice the same, from data alone, and good on a meeting that it has not seen."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.acts import learned
from speech.acts.classifier import Classifier
from speech.acts.cues import ACTS, FAMILY
from speech.acts.reader import Reader
from speech.acts.teaching import Channel, lines
from speech.acts.train import Example, Learner, examples, precision_at, row, unasked

SEEN = ("nl_dev_01_leraren_vo", "nl_dev_02_verpleegkundigen", "nl_dev_03_jeugdzorg")
UNSEEN = "nl_dev_05_wijkteam_vlaams"


@pytest.fixture(scope="module")
def shown() -> list[Example]:
    wanted = {*SEEN, UNSEEN}
    return examples(Reader.for_language("nl"), [line for line in lines("meetings", "nl") if line.meeting in wanted])


@pytest.fixture(scope="module")
def taught(shown: list[Example]) -> list[Example]:
    return [one for one in shown if one.line.meeting != UNSEEN]


def learn(taught: Sequence[Example]) -> learned.Score:
    learner = Learner(taught)
    return learner.score(learner.fit(learner.inputs(taught), taught), taught)


def test_three_meetings_teach_a_fourth_of_other_people_in_another_tongue(
    shown: list[Example], taught: list[Example]
) -> None:
    judge = Classifier(reader=Reader.for_language("nl"), score=learn(taught))
    for spelling in (shown, unasked(shown)):
        judged = [(one, judge.judge(one.utterance)) for one in spelling if one.line.meeting == UNSEEN]
        figures = row(judged, "nl")
        assert figures["acts"] > 0.8
        assert figures["advice AP"] > 0.95
        assert figures["flags P"] > 0.9
        assert figures["R"] > 0.7


def test_learning_twice_gives_the_same_and_it_survives_being_kept(taught: list[Example], tmp_path: Path) -> None:
    once, again = learn(taught), learn(taught)
    assert np.array_equal(once.dense, again.dense)
    assert np.array_equal(once.runs, again.runs)
    learned.save(once, tmp_path / "score.npz")
    kept = learned.load(tmp_path / "score.npz")
    assert kept.likes.keys() == once.likes.keys()
    for one in taught[:50]:
        before, after = once.probabilities(one.utterance), kept.probabilities(one.utterance)
        assert max(abs(before[act] - after[act]) for act in ACTS) < 0.02
        assert sum(after.values()) == pytest.approx(1)


def test_what_a_learned_flag_is_like_is_a_cue_of_its_family(taught: list[Example]) -> None:
    score = learn(taught)
    flagged = [one for one in taught if one.line.act in FAMILY]
    likes = [score.like(one.utterance, one.line.act) for one in flagged]
    assert all(like is None or like.startswith(f"{one.line.act}.") for like, one in zip(likes, flagged, strict=True))
    assert sum(like is not None for like in likes) > len(likes) / 2


def test_a_new_language_is_taught_without_a_figure_of_its_recogniser() -> None:
    line = replace(lines("meetings", "nl")[0], language="xx")
    (made,) = examples(Reader.for_language("nl"), [line], Channel("xx", [line.text]))
    assert made.utterance.words


def test_the_committed_weights_know_the_acts_and_the_cues_there_are() -> None:
    score = learned.load()
    known = {cue.id for language in ("nl", "en") for cue in Reader.for_language(language).cues}
    assert score.acts == ACTS
    assert score.likes
    assert score.likes.keys() <= known


@given(data=st.data())
def test_precision_at_counts_what_is_raised_where_enough_is_found(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 30))
    truth = np.array([True, *data.draw(st.lists(st.booleans(), min_size=size, max_size=size))])
    chances = np.array(data.draw(st.lists(st.floats(0, 1), min_size=size + 1, max_size=size + 1)))
    told = precision_at(truth, chances)
    assert 0 < told <= 1
    assert precision_at(truth, truth.astype(float)) == 1
