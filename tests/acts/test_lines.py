"""Labelling JSON Lines."""

import json
from itertools import islice

import pytest

from speech.acts.lines import label_lines


def line(**said: object) -> str:
    return json.dumps({"meeting": "m", "n": 1, "speaker": "A", "role": "peer", "phase": "analysis", **said})


def test_lines_come_back_one_for_one_in_order_with_their_numbers() -> None:
    given = [line(n=7, text="Have you tried setting limits?"), line(n=8, text="Ja."), line(meeting="x", n=1, text="")]
    labels = [json.loads(label) for label in label_lines(given, "en")]
    assert [(label["meeting"], label["n"]) for label in labels] == [("m", 7), ("m", 8), ("x", 1)]
    assert labels[0]["act"] == "advice_question"
    assert labels[0]["advice"] >= 0.5 > labels[1]["advice"]


def test_a_line_is_answered_before_the_next_is_read() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield line(text="What happened?")

    assert len(list(islice(label_lines(endless(), "en"), 3))) == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"n": 1}', "no text"),
        ('{"text": 3}', "no text"),
        ('{"text": "x", "role": "boss"}', "role"),
        ('{"text": "x", "phase": 3}', "phase"),
    ],
)
def test_a_wrong_line_is_named_with_its_number_and_the_cure(wrong: str, says: str) -> None:
    with pytest.raises(ValueError, match=rf"line 2 .*{says}.*Write one JSON object a line"):
        list(label_lines([line(text="What?"), wrong], "en"))
