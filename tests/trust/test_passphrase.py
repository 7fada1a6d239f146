"""A log that is locked with a passphrase: from the command line, at the door, and after a power cut in between."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from server import secret
from server.log import open_log
from server.meeting.events import MeetingOpened, Seat
from server.problems import KeyUnusable, LogUnusable, PassphraseNeeded, WrongPassphrase
from server.store import FILE, KEY_FILE
from tests.server.test_serving import Kring, free_port

ROOT = Path(__file__).parents[2]
PASSPHRASE = "vier woorden voor deze kring"


def opened(stream: str) -> MeetingOpened:
    seats = (Seat(letter="A", name="Zebedeus"),)
    return MeetingOpened(
        at=0.0,
        meeting=stream,
        method="five_phase",
        language="nl",
        plan=(("analysis", 25.0),),
        seats=seats,
        facilitator="A",
    )


def with_a_meeting(data: Path, passphrase: str | None = None) -> str:
    log = open_log(data, None, passphrase)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    log.keep(stream)
    log.close()
    return stream


def kring(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server", *words]
    return subprocess.run(command, cwd=ROOT, input=said, capture_output=True, text=True, timeout=60)


def written(folder: Path, text: str, name: str = "words.txt") -> str:
    (folder / name).write_text(text + "\n", encoding="utf-8")
    return str(folder / name)


def test_a_passphrase_locks_what_was_kept_and_a_wrong_one_says_so(data: Path, tmp_path: Path) -> None:
    with_a_meeting(data)
    right, wrong = written(tmp_path, PASSPHRASE), written(tmp_path, "iets heel anders", "wrong.txt")
    locked = kring("passphrase", "--data", str(data), "--new-file", right)
    assert locked.returncode == 0, locked.stderr
    assert "kring_key" in (data / KEY_FILE).read_text()
    shown = kring("kept", "--data", str(data), "--passphrase-file", right)
    assert "Zebedeus" in shown.stdout
    refused = kring("kept", "--data", str(data), "--passphrase-file", wrong)
    assert refused.returncode == 2
    assert refused.stderr == "kring: That is not the passphrase. Look at capitals and spaces, and try again.\n"
    asked = kring("kept", "--data", str(data))
    assert asked.returncode == 2
    assert "locked" in asked.stderr
    assert "Zebedeus" not in refused.stdout + asked.stdout


def test_the_key_is_another_one_after_every_change_so_that_an_old_copy_opens_nothing(data: Path) -> None:
    from server.passphrase import change

    with_a_meeting(data)
    before = (data / KEY_FILE).read_bytes()
    change(data, None, PASSPHRASE)
    wrapped = (data / KEY_FILE).read_bytes()
    (data / KEY_FILE).write_bytes(before)
    with pytest.raises(LogUnusable, match="does not open"):
        open_log(data)
    (data / KEY_FILE).write_bytes(wrapped)
    change(data, PASSPHRASE, None)
    log = open_log(data)
    assert log.kept()
    log.close()


def test_letters_typed_on_another_keyboard_are_the_same_letters(data: Path) -> None:
    from server.passphrase import change

    with_a_meeting(data)
    change(data, None, "de caf\u00e9s van Zo\u00eb")
    open_log(data, None, "de cafe\u0301s van Zoe\u0308 ").close()
    with pytest.raises(WrongPassphrase):
        open_log(data, None, "De caf\u00e9s van Zo\u00eb")
    with pytest.raises(PassphraseNeeded):
        open_log(data)


def test_a_short_one_is_refused_and_nothing_changes(data: Path, tmp_path: Path) -> None:
    with_a_meeting(data)
    before = (data / KEY_FILE).read_bytes()
    refused = kring("passphrase", "--data", str(data), "--new-file", written(tmp_path, "kort"))
    assert refused.returncode == 2
    assert "12 characters" in refused.stderr
    assert (data / KEY_FILE).read_bytes() == before
    assert not (data / secret.NEXT_FILE).exists()
    open_log(data).close()


@pytest.mark.parametrize("turned", [False, True], ids=["before the log was turned", "after it was"])
def test_a_power_cut_or_ctrl_c_while_the_key_is_replaced_loses_nothing(data: Path, turned: bool) -> None:
    stream = with_a_meeting(data)
    log = open_log(data)

    def turn(key: str) -> None:
        if turned:
            log.turn(key)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        secret.replace(data, PASSPHRASE, turn)
    log.close()
    assert (data / secret.NEXT_FILE).exists()
    again = open_log(data, None, PASSPHRASE)
    assert again.kept() == (stream,)
    again.close()
    assert not (data / secret.NEXT_FILE).exists()
    assert secret.is_wrapped(data) is turned
    open_log(data, None, PASSPHRASE).close()


@pytest.mark.parametrize(
    "damage",
    [
        {"argon2id": {"time": 3, "memory_kib": 1 << 40, "lanes": 4}},
        {"argon2id": {"time": -1, "memory_kib": 65536, "lanes": 4}},
        {"argon2id": None},
        {"salt": "?"},
        {"salt": ""},
        {"nonce": "AAAA"},
        {"key": ""},
        {"key": None},
    ],
    ids=str,
)
def test_a_damaged_key_is_named_and_stops_no_machine(data: Path, damage: dict[str, object]) -> None:
    secret.put_away(data, secret.new_key(), PASSPHRASE)
    told = json.loads((data / KEY_FILE).read_text())
    (data / KEY_FILE).write_text(json.dumps(told | damage))
    with pytest.raises(KeyUnusable):
        secret.keys(data, PASSPHRASE)


def test_a_bit_that_flipped_in_the_wrapped_key_is_no_key(data: Path) -> None:
    secret.put_away(data, "ab" * 32, PASSPHRASE)
    told = json.loads((data / KEY_FILE).read_text())
    assert secret.keys(data, PASSPHRASE) == {KEY_FILE: "ab" * 32}
    for name in ("salt", "nonce", "key"):
        turned = ("B" if told[name][0] == "A" else "A") + told[name][1:]
        (data / KEY_FILE).write_text(json.dumps(told | {name: turned}))
        with pytest.raises(WrongPassphrase):
            secret.keys(data, PASSPHRASE)


def test_a_locked_kring_asks_on_its_first_page_and_then_is_kring(data: Path, ears: Path) -> None:
    from server.passphrase import change

    with_a_meeting(data)
    change(data, None, PASSPHRASE)
    running = Kring(data, ears, free_port())
    running.wait_for_address()
    try:
        page = requests.get(running.url, headers={"Accept-Language": "en"}, timeout=5)
        assert page.status_code == 200
        assert "Kring is locked" in page.text
        assert "Zebedeus" not in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        pinned = requests.post(f"{running.url}/pair", json={"pin": "271828"}, timeout=5)
        assert pinned.status_code == 503, "nobody pairs with what is locked"
        assert requests.get(f"{running.url}/socket.io/?EIO=4&transport=polling", timeout=5).status_code == 503
        wrong = requests.post(f"{running.url}/unlock", data={"passphrase": "iets heel anders"}, timeout=10)
        assert wrong.status_code == 403
        assert "wachtzin niet" in wrong.text
        right = requests.post(f"{running.url}/unlock", data={"passphrase": PASSPHRASE}, timeout=20)
        assert right.status_code == 200
        assert right.url.rstrip("/") == running.url.rstrip("/")
        assert re.search(r'id="page"', right.text), "the page of Kring itself"
        assert requests.post(f"{running.url}/pair", json={"pin": "271828"}, timeout=5).json()["role"] == "facilitator"
    finally:
        running.stop()


def test_who_guesses_has_to_wait_even_with_the_right_one(data: Path, ears: Path) -> None:
    secret.put_away(data, secret.new_key(), PASSPHRASE)
    running = Kring(data, ears, free_port())
    running.wait_for_address()
    try:
        for _ in range(5):
            tried = requests.post(f"{running.url}/unlock", data={"passphrase": "iets heel anders"}, timeout=20)
            assert tried.status_code == 403
        late = requests.post(f"{running.url}/unlock", data={"passphrase": PASSPHRASE}, timeout=20)
        assert late.status_code == 429
        elsewhere = requests.post(
            f"{running.url}/unlock",
            data={"passphrase": PASSPHRASE},
            headers={"Origin": "http://evil.example"},
            timeout=20,
        )
        assert elsewhere.status_code == 400, "no page of another site guesses"
    finally:
        running.stop()
    assert PASSPHRASE not in running.errors.read_text()
    assert not (data / FILE).exists() or PASSPHRASE.encode() not in (data / FILE).read_bytes()
