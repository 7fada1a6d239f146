"""Files that somebody brings, or that a power cut left half: each is read or refused in words, and none is changed."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import strategies as st
from sqlalchemy import update

from methods.reader import BUILT_IN, MethodRefused, load_library, method_or_problems
from server import secret
from server.log import Log, open_log
from server.meeting import events as happened
from server.pairing import FILE as DEVICES
from server.pairing import Door
from server.pins import Pins
from server.problems import KeyUnusable, LogUnusable, PassphraseNeeded, WrongPassphrase
from server.resuming import NotResumable, resumable
from server.screens import ROLES
from server.settings import DoorSettings
from server.store import FILE as LOG_FILE
from server.store import LOG
from speech.sources import Recording, SoundUnreadable, read_stretch
from tests.meeting.table import Played
from tests.security.fuzz import JSON, AsOften, fuzz, mutated

SECONDS_EACH = 10.0
"""More than any of these files may take; a hundred times what one takes."""
SEEDS = Path(__file__).with_name("seeds")


def seeds(kind: str) -> list[bytes]:
    """Files that were found to fail once."""
    return [path.read_bytes() for path in sorted((SEEDS / kind).glob("*"))]


# --- methods ---


def test_any_method_file_is_read_or_refused_with_its_reasons(as_often: AsOften, tmp_path: Path) -> None:
    path = tmp_path / "somebody.yaml"

    def check(data: bytes) -> None:
        path.write_bytes(data)
        began = time.monotonic()
        try:
            read = method_or_problems(path)
        except MethodRefused as refused:
            read = refused.problems
        assert time.monotonic() - began < SECONDS_EACH
        if isinstance(read, tuple):
            assert read, "a refusal without a reason"
            assert all(str(problem) for problem in read)
        assert path.read_bytes() == data

    good = [file.read_bytes() for file in sorted(BUILT_IN.glob("*.yaml"))]
    bombs = [
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c]\n" % (n + 1, n + 1, n, n, n, n) for n in range(97, 112)),
        b"[" * 100_000,
        b"- " * 50_000,
        b"? " * 20_000,
        b"a: !!python/object/apply:os.system ['true']",
        b"\xff\xfe" + "a: 1".encode("utf-16-le"),
        b"a: " + b"9" * 100_000,
        b"a: 1e999999999",
        b"a: 2026-99-99",
        b"a: 0x" + b"f" * 50_000,
        b"a: 1:" + b"59:" * 20_000 + b"1",
    ]
    cases = (
        mutated(st.sampled_from(good))
        | st.binary(max_size=300)
        | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
    )
    fuzz(check, cases, as_often(60, 8000), bool(as_often(0, 1)), [*bombs, *seeds("methods")])


# --- sound ---

FORMATS = {
    "wav": "PCM_16",
    "flac": "PCM_16",
    "ogg": "VORBIS",
    "ogg-opus": "OPUS",
    "mp3": "MPEG_LAYER_III",
    "w64": "PCM_16",
}


def sounds(folder: Path) -> dict[str, bytes]:
    """A second and a half of noise in every form that is read."""
    noise = np.random.default_rng(7).normal(0, 0.1, 24_000).astype(np.float32)
    made = {}
    for name, subtype in FORMATS.items():
        kind = name.partition("-")[0].upper()
        path = folder / f"good.{name}"
        soundfile.write(path, noise, 16_000, subtype=subtype, format=kind)
        made[name] = path.read_bytes()
    return made


def test_any_recording_is_heard_or_said_to_be_unreadable(as_often: AsOften, tmp_path: Path) -> None:
    good = sounds(tmp_path)

    def check(case: tuple[str, bytes]) -> None:
        name, data = case
        path = tmp_path / f"somebody.{name.partition('-')[0]}"
        path.write_bytes(data)
        began, refused = time.monotonic(), ""
        try:
            for number, _ in enumerate(Recording(path)):
                if number > 2000:  # a minute: more than there ever was
                    break
            read_stretch(path, 0.0, 1e9)
        except SoundUnreadable as why:
            refused = str(why)
        assert str(tmp_path) not in refused
        assert time.monotonic() - began < SECONDS_EACH

    cases = st.sampled_from(sorted(good)).flatmap(lambda name: st.tuples(st.just(name), mutated(st.just(good[name]))))
    found = [(name, data[: len(data) * part // 16]) for name, data in good.items() for part in range(17)]
    found += [(path.suffix[1:], path.read_bytes()) for path in sorted((SEEDS / "sound").glob("*"))]
    fuzz(check, cases, as_often(250, 12_000), bool(as_often(0, 1)), found)


# --- the log ---


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, str]:
    """The file of a log with one meeting, its key, and the name of the meeting."""
    folder = tmp_path_factory.mktemp("logged")
    log = open_log(folder)
    stream = log.open_stream()
    log.append(stream, evening())
    log.close()
    return (folder / LOG_FILE).read_bytes(), (folder / secret.KEY_FILE).read_bytes(), stream


def evening() -> list[happened.Event]:
    played = Played(load_library(BUILT_IN)["five_phase"]).open()
    for number in range(30):
        played.turn("ABCDE"[number % 5], number * 10.0, number * 10.0 + 7.0)
    return played.log


def read_all(log: Log) -> None:
    for stream in log.unfinished():
        log.events(stream)
    log.kept(), log.closed(), log.kept_until()


def test_any_damaged_log_is_refused_with_its_cure_and_left_as_it_is(
    as_often: AsOften, tmp_path: Path, logged: tuple[bytes, bytes, str]
) -> None:
    good, key, _ = logged

    def check(data: bytes) -> None:
        for old in tmp_path.iterdir():
            old.unlink()
        (tmp_path / LOG_FILE).write_bytes(data)
        (tmp_path / secret.KEY_FILE).write_bytes(key)
        try:
            log = open_log(tmp_path, only_look=True)
        except LogUnusable:
            assert (tmp_path / LOG_FILE).read_bytes() == data
        else:
            try:
                read_all(log)
            except LogUnusable:
                pass
            finally:
                log.close()
        assert (tmp_path / secret.KEY_FILE).read_bytes() == key

    fuzz(check, mutated(st.just(good)), as_often(120, 4000), bool(as_often(0, 1)), [good, b"", b"x", *seeds("log")])


def test_any_row_is_an_event_or_of_another_version(
    as_often: AsOften, tmp_path: Path, logged: tuple[bytes, bytes, str]
) -> None:
    good, key, stream = logged
    (tmp_path / LOG_FILE).write_bytes(good)
    (tmp_path / secret.KEY_FILE).write_bytes(key)
    log = open_log(tmp_path)
    library = load_library(BUILT_IN)
    rows = [happened.to_json(event) for event in evening()]

    def check(case: tuple[int, str, str]) -> None:
        number, name, body = case
        with log._engine.begin() as connection:
            connection.execute(update(LOG).where(LOG.c.seq == number).values(name=name, body=body))
        with contextlib.suppress(LogUnusable):
            log.events(stream)
        with contextlib.suppress(NotResumable):
            resumable(log, stream, library.methods)
        with log._engine.begin() as connection:
            told = dict(rows[number])
            row = update(LOG).where(LOG.c.seq == number)
            connection.execute(row.values(name=told.pop("event"), body=json.dumps(told)))

    def spoilt(number: int) -> st.SearchStrategy[tuple[int, str, str]]:
        told = dict(rows[number])
        name = st.just(str(told.pop("event"))) | st.sampled_from(sorted(happened.BY_NAME)) | st.text(max_size=12)
        changed = st.dictionaries(st.sampled_from(sorted(told) or ["at"]), JSON, max_size=3)
        body = changed.map(lambda more: json.dumps({**told, **more})) | JSON.map(json.dumps) | st.text(max_size=30)
        return st.tuples(st.just(number), name, body.map(lambda text: text.encode("utf-8", "replace").decode()))

    cases = st.integers(0, len(rows) - 1).flatmap(spoilt)
    opened = {key: value for key, value in rows[0].items() if key != "event"}
    found = [
        (0, "MeetingOpened", json.dumps({**opened, **more}))
        for more in ({"method": {}}, {"method": []}, {"plan": [[1, 2]]})
    ]
    fuzz(check, cases, as_often(150, 6000), bool(as_often(0, 1)), found)
    log.close()


# --- keys and devices ---


def test_any_key_file_is_a_key_or_none(as_often: AsOften, tmp_path: Path) -> None:
    key = secret.new_key()
    secret.put_away(tmp_path, key, "four words of ours")
    wrapped = (tmp_path / secret.KEY_FILE).read_bytes()
    cheap = json.loads(wrapped) | {"argon2id": {"time": 1, "memory_kib": 8, "lanes": 1}}
    path = tmp_path / secret.KEY_FILE

    def check(case: tuple[bytes, str | None]) -> None:
        data, passphrase = case
        path.write_bytes(data)
        began = time.monotonic()
        try:
            found = secret.keys(tmp_path, passphrase)
        except (KeyUnusable, PassphraseNeeded, WrongPassphrase):
            found = {}
        assert all(len(one) == 64 for one in found.values())
        assert time.monotonic() - began < SECONDS_EACH
        assert path.read_bytes() == data

    cost = st.fixed_dictionaries(
        {},
        optional={
            "time": st.integers(-1, 2) | JSON,
            "memory_kib": st.integers(-1, 64) | JSON,
            "lanes": st.integers(-1, 2) | JSON,
        },
    )
    fields = {"kring_key": JSON, "argon2id": cost | JSON, "salt": JSON, "nonce": JSON, "key": JSON}
    changed = st.dictionaries(st.sampled_from(sorted(fields)), JSON, max_size=2)
    spoilt = changed.map(lambda more: json.dumps({**cheap, **more}).encode("utf-8", "replace"))
    any_cost = cost.map(lambda one: json.dumps({**cheap, "argon2id": one}).encode("utf-8", "replace"))
    files = (
        spoilt
        | any_cost
        | mutated(st.just(json.dumps(cheap).encode()))
        | mutated(st.just(key.encode()))
        | st.binary(max_size=99)
    )
    phrases = st.none() | st.just("four words of ours") | st.text(max_size=30)
    found = [(wrapped, "four words of ours"), (wrapped, None), (wrapped, "no"), *((one, "x") for one in seeds("keys"))]
    fuzz(check, st.tuples(files, phrases), as_often(250, 6000), bool(as_often(0, 1)), found)


def test_any_list_of_devices_lets_in_who_was_in_or_nobody(as_often: AsOften, tmp_path: Path) -> None:
    path = tmp_path / DEVICES
    name = "0" * 64

    def check(data: bytes) -> None:
        path.write_bytes(data)
        door = Door(pins=Pins({}, DoorSettings()), settings=DoorSettings(), folder=tmp_path)
        for token in (None, "", "x", name):
            device = door.device(token)
            assert device is None or device.role in ROLES
        door.forget(*ROLES)

    entry = st.dictionaries(
        st.sampled_from(("role", "seat", "until", "more")), JSON | st.sampled_from(ROLES), max_size=4
    )
    listed = st.dictionaries(st.text(max_size=5) | st.just(name), entry | JSON, max_size=3) | JSON
    files = listed.map(lambda one: json.dumps(one).encode("utf-8", "replace")) | st.binary(max_size=80)
    found = [
        b"[" * 100_000,
        b'{"x": ' * 50_000,
        b'{"a": {"role": "table", "seat": null, "until": 1e400}}',
        b'{"a": {"role": "table", "seat": null, "until": ' + b"9" * 400 + b"}}",
        b"\xff\xfe",
        b"9" * 9999,
    ]
    fuzz(check, files, as_often(250, 6000), bool(as_often(0, 1)), [*found, *seeds("devices")])
