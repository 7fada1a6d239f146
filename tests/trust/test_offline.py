"""Nothing leaves the machine: a meeting through the real ears in a network where every packet is recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from server.proof import CONTROL, Packet, destination, lines, prove, rehearsal
from tests.server.test_serving import free_port

CALLS = {
    "a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('203.0.113.7', 53))",
    "a connection": "socket.socket().connect_ex(('203.0.113.7', 443))",
    "a name looked up": "socket.getaddrinfo('telemetry.example', 443)",
    "a name called into the network": "socket.socket(2, 2).sendto(b'x', ('224.0.0.251', 5353))",
    "a datagram of the newer kind": "socket.socket(10, 2).sendto(b'x', ('2001:db8::7', 53))",
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_whatever_a_program_sends_out_is_recorded(call: str) -> None:
    script = f"import socket; socket.setdefaulttimeout(0.5)\ntry: {call}\nexcept OSError: pass"
    proof = prove([sys.executable, "-c", script])
    assert proof.recorder_works
    assert proof.outbound, "it was seen"
    assert not proof.holds
    assert "proves nothing good" in lines(proof)[-1]


def test_a_program_that_talks_to_itself_sends_nothing_out() -> None:
    script = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    proof = prove([sys.executable, "-c", script])
    assert proof.holds
    assert proof.local > 0


def test_a_command_that_fails_proves_nothing() -> None:
    assert not prove([sys.executable, "-c", "raise SystemExit(3)"]).holds


@pytest.mark.audio
def test_a_whole_rehearsal_through_the_real_ears_sends_nothing_out(as_often: Callable[[int, int], int]) -> None:
    port = free_port()
    command = rehearsal(port)
    command[command.index("--speed") + 1] = str(as_often(50, 5))
    proof = prove(command, port)
    assert proof.outbound == ()
    assert proof.code == 0
    assert proof.holds
    assert proof.local > 10, "a screen looked at it meanwhile"
    assert lines(proof)[-1] == "Nothing left this machine."


def test_a_frame_tells_where_it_goes() -> None:
    four = bytes(12) + b"\x08\x00" + bytes([0x45]) + bytes(8) + bytes([17]) + bytes(2) + bytes([127, 0, 0, 1])
    four += bytes([192, 0, 2, 1]) + bytes(2) + (9).to_bytes(2, "big") + bytes(4)
    assert destination(four) == Packet(to=CONTROL[0], port=CONTROL[1], protocol=17)
    assert destination(bytes(12) + b"\x08\x06" + bytes(28)) is None, "who has this address? is no packet beyond it"
    assert destination(bytes(12) + b"\x12\x34" + bytes(28)) is not None, "what is unknown counts"
