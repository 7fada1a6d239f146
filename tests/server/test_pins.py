from __future__ import annotations

from pathlib import Path

import pytest

from server.pairing import Door, DoorClosed, Tries
from server.pins import MadePin, Pins, new_pin
from server.screens import FACILITATOR, PARTICIPANT, TABLE
from server.settings import DoorSettings


class Watch:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Told:
    """What the terminal and the screens are told."""

    def __init__(self) -> None:
        self.pins: list[tuple[str, str]] = []

    def __call__(self, role: str, pin: str) -> None:
        self.pins.append((role, pin))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def pins(watch: Watch, told: Told) -> Pins:
    first = {FACILITATOR: MadePin("271828"), PARTICIPANT: MadePin("314159"), TABLE: MadePin("161803")}
    return Pins(first, DoorSettings(), monotonic=watch, renewed=told)


@pytest.fixture
def door(pins: Pins, watch: Watch, data: Path) -> Door:
    return Door(pins=pins, settings=DoorSettings(), folder=data, monotonic=watch)


def refused(door: Door, pin: str, address: str = "a") -> str:
    with pytest.raises(DoorClosed) as why:
        door.pair(address, pin, None)
    return why.value.code


@pytest.mark.parametrize(("role", "pin"), [(FACILITATOR, "271828"), (TABLE, "161803")])
def test_the_made_pin_of_a_tablet_and_of_a_table_screen_is_worth_one_pairing(
    door: Door, pins: Pins, told: Told, role: str, pin: str
) -> None:
    token, device = door.pair("a", pin, None)
    assert device.role == role
    assert refused(door, pin) == "wrong_pin"
    assert told.pins == [(role, pins.now(role))]
    assert pins.now(role) != pin
    assert door.pair("a", pins.now(role), None)[1].role == role
    assert door.device(token) is not None, "who came in first is still in"


def test_a_screen_that_is_in_uses_up_nothing_when_it_gives_the_pin_again(door: Door, pins: Pins, told: Told) -> None:
    token, _ = door.pair("a", "271828", None)
    told.pins.clear()
    assert door.pair("a", pins.now(FACILITATOR), None, token)[0] == token
    assert told.pins == []


def test_a_pin_that_opens_no_place_is_not_used_up(pins: Pins, watch: Watch) -> None:
    door = Door(pins=pins, settings=DoorSettings(devices=1), monotonic=watch)
    door.came(door.pair("a", "271828", None)[0])
    pin = pins.now(FACILITATOR)
    assert refused(door, pin) == "full"
    assert pins.now(FACILITATOR) == pin


def test_a_chosen_pin_stays_for_the_whole_run(watch: Watch, told: Told) -> None:
    pins = Pins({FACILITATOR: "271828", PARTICIPANT: "314159"}, DoorSettings(), monotonic=watch, renewed=told)
    door = Door(pins=pins, settings=DoorSettings(), monotonic=watch)
    for _ in range(3):
        assert door.pair("a", "271828", None)[1].role == FACILITATOR
        door.opened()
        watch.now += 3600
        door.tend()
        assert door.pair("a", "314159", None)[1].role == PARTICIPANT
    assert told.pins == []


def test_the_pin_of_the_phones_lets_many_in_for_half_an_hour(door: Door, pins: Pins, watch: Watch) -> None:
    for _ in range(8):
        assert door.pair("a", "314159", None)[1].role == PARTICIPANT
    watch.now += 1799
    door.tend()
    assert pins.now(PARTICIPANT) == "314159"
    watch.now += 1
    door.tend()
    assert pins.now(PARTICIPANT) != "314159"


def test_somebody_who_is_typing_the_old_pin_still_gets_in_for_two_minutes(door: Door, pins: Pins, watch: Watch) -> None:
    paired, _ = door.pair("a", "314159", "B")
    door.opened()
    assert pins.now(PARTICIPANT) != "314159"
    watch.now += 119
    assert door.pair("a", "314159", None)[1].role == PARTICIPANT
    watch.now += 1
    assert refused(door, "314159") == "wrong_pin"
    assert door.pair("a", pins.now(PARTICIPANT), None)[1].role == PARTICIPANT
    assert door.device(paired) is not None


def test_a_group_that_went_home_knows_no_pin_of_the_next(door: Door, pins: Pins) -> None:
    shown = pins.now(TABLE)
    door.forget(PARTICIPANT, TABLE)
    assert refused(door, "314159") == "wrong_pin"
    assert refused(door, shown) == "wrong_pin"
    assert pins.now(FACILITATOR) == "271828"


def test_a_paired_phone_takes_its_seat_without_a_pin_and_nobody_else_does(door: Door) -> None:
    phone, _ = door.pair("a", "314159", None)
    door.opened()
    assert door.pair("a", None, "B", phone)[1].seat == "B"
    tablet, _ = door.pair("a", "271828", None)
    for token in (None, "forged", tablet):
        with pytest.raises(DoorClosed, match="wrong_pin"):
            door.pair("b", None, "C", token)
    assert door.pair("b", "161803", None)[1].role == TABLE, "no PIN is no guess: nobody waits for it"


def test_no_two_pins_are_ever_alike(door: Door, pins: Pins, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter([MadePin(pin) for pin in ("271828", "314159", "161803", "000001", "000001", "161803", "000002")])
    monkeypatch.setattr("server.pins.new_pin", lambda: next(made))
    door.opened()
    door.pair("a", "161803", None)
    assert [pins.now(role) for role in (FACILITATOR, PARTICIPANT, TABLE)] == ["271828", "000001", "000002"]


def test_pins_are_six_digits_and_seldom_the_same() -> None:
    made = {new_pin() for _ in range(1000)}
    assert len(made) > 990
    assert all(len(pin) == 6 and pin.isdigit() for pin in made)


def test_one_address_that_goes_on_waits_twice_as_long_each_time_up_to_an_hour(watch: Watch) -> None:
    tries, waited = Tries(DoorSettings(), watch), []
    for _ in range(8):
        watch.now += 3600  # what all have together is full again
        for _ in range(5):
            assert not tries.waits("a")
            tries.failed("a")
        began = watch.now
        while tries.waits("a"):
            watch.now += 30
        waited.append(watch.now - began)
    assert waited == [60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_one_address_alone_never_makes_the_others_wait(watch: Watch) -> None:
    tries = Tries(DoorSettings(), watch)
    for _ in range(24 * 60 * 6):
        watch.now += 10
        if not tries.waits("10.0.0.66"):
            tries.failed("10.0.0.66")
        assert not tries.waits("10.0.0.7")


def test_two_hundred_and_fifty_addresses_get_sixty_tries_and_then_one_in_two_minutes(
    door: Door, pins: Pins, watch: Watch
) -> None:
    phone, _ = door.pair("10.0.0.7", "314159", None)
    compared, hours = 0, 10
    for second in range(hours * 3600):
        watch.now += 1
        compared += refused(door, "000000", f"10.0.0.{second % 250}") == "wrong_pin"
    assert 60 + hours * 30 - 1 <= compared <= 60 + hours * 30
    assert refused(door, pins.now(FACILITATOR), "10.0.0.8") == "too_many_tries", "the right one waits as well"
    assert door.device(phone) is not None
    assert door.pair("10.0.0.7", None, "B", phone)[1].seat == "B"
    watch.now += 120
    assert door.pair("10.0.0.8", pins.now(FACILITATOR), None)[1].role == FACILITATOR


def test_guessing_one_pin_takes_years_on_average() -> None:
    settings = DoorSettings()
    tries_a_year = settings.all_tries + 365.25 * 86_400 / settings.all_tries_seconds
    assert 500_000 / tries_a_year > 1.9, "a chosen PIN, each tried once"
    assert 1_000_000 / tries_a_year > 3.8, "a PIN that changes meanwhile"
