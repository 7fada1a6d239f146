"""The papers about privacy are true of this code: every field, key, file and number that they must name, they name."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest

from server.group import group
from server.log import KEPT
from server.meeting.events import BY_NAME, Seat
from server.meeting.written import PRIVATE
from speech.frames import RATE
from speech.recent import Window
from speech.voices import Voices

ROOT = Path(__file__).parents[2]
PAPERS = ROOT / "docs" / "privacy"
MAP = (PAPERS / "data-map.md").read_text(encoding="utf-8")
EXPECTED = {
    *("README.md", "data-map.md", "dpia.md", "works-council.md", "ai-act.md", "processing-register.md"),
    *("information-sheet.nl.md", "information-sheet.en.md", "information-sheet.de.md"),
}
CITED = re.compile(
    r"`((?:server|speech|client|methods|tests|docs)/[\w./-]+\.(?:py|js|yaml|md|json|css|html))(?:::\w+)?`"
)
NUMBER = re.compile(r"`([\w/]+\.(?:py|js))` `([\w.]+)` = ([\d.]+) ?(\w*)")


GROUPS = tuple(made for made in vars(group).values() if is_dataclass(made) and made.__module__ == group.__name__)
"""Everything that a group's file may hold."""


def section(number: int) -> str:
    """One section of the map."""
    return MAP.partition(f"\n## {number}. ")[2].partition("\n## ")[0]


def rows(text: str) -> dict[str, list[str]]:
    """Tables: what stands in backticks in the first cell, to the other cells."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for name in re.findall(r"`([^`]+)`", cells[0]) if cells else ():
            found[name] = cells[1:]
    return found


# --- the map against the code ---


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_the_map_names_every_event_with_every_field(name: str) -> None:
    told = rows(section(3))
    assert name in told, f"add {name} to section 3 of docs/privacy/data-map.md"
    named = set(re.findall(r"`(\w+)`", told[name][0]))
    assert named == {field.name for field in fields(BY_NAME[name])} - {"at"}
    own = set(re.findall(r"`(\w+)` \(own\)", told[name][0]))
    assert own == set(PRIVATE.get(name, ()))


def test_the_map_names_no_event_that_is_not_there() -> None:
    assert rows(section(3)).keys() == {*BY_NAME, KEPT}
    assert all(f"`{field.name}`" in section(3) for field in fields(Seat))


def test_the_map_says_who_sees_everything_that_is_somebodys_own() -> None:
    told = rows(section(4))
    assert told.keys() == PRIVATE.keys()
    for event, own in PRIVATE.items():
        assert set(re.findall(r"`(\w+)`", told[event][0])) == set(own)


def browser_keys() -> Iterator[tuple[str, str]]:
    """Every key that a page writes: "localStorage" or "sessionStorage", and its name."""
    for path in (ROOT / "client").glob("**/*.js"):
        if "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        constants = dict(re.findall(r'const (\w+) = "([^"]+)";', text))
        for store, given in re.findall(r"(localStorage|sessionStorage)\.setItem\(([^,]+),", text):
            if given.startswith("`kring.${"):
                names = re.search(r"const KEPT = \[([^\]]*)\]", text)
                assert names, path
                yield from ((store, f"kring.{name}") for name in re.findall(r'"(\w+)"', names[1]))
            else:
                yield store, constants.get(given.strip(), given.strip('"'))


def test_the_map_names_every_key_that_a_page_writes_and_no_other() -> None:
    named = {
        (store, key)
        for line in section(8).splitlines()
        if (store := next((s for s in ("localStorage", "sessionStorage") if line.startswith(f"| {s}")), None))
        for key in re.findall(r"`(kring\.\w+)`", line)
    }
    assert named == set(browser_keys())
    used = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "client").glob("**/*.js") if "vendor" not in p.parts)
    assert not re.search(r"indexedDB|caches\.open|document\.cookie", used), "a place the map does not know"


FILE_NAME = re.compile(
    r"[\w.*-]*\.(?:db|json|pem|key|lock|next|new|room|txt|log|crt|sqlite|wav)|kring-[\w-]+|-wal|-shm|-journal"
)
READ_ONLY = {
    "requirements.txt": "read by `./kring sbom`",
    ".json": "the ending of rehearsals and exports",
    "*.json": "rehearsals that are read",
    "kring-ca.crt": "the name under which a browser saves the certificate",
    "kring-passphrase": "a credential of systemd that is read",
    ".txt": "the ending of the file that asks on a stick; read and removed",
    "kring-wis-alles": "read on a stick",
    "kring-erase-all": "read on a stick",
    "kring-alles-loeschen": "read on a stick",
    ".wav": "the ending of recordings that are read",
}
"""Names in the server's code of what it never writes itself."""


def file_names() -> set[str]:
    """Every text in the server's code that looks like the name of a file."""
    found: set[str] = set()
    for path in (ROOT / "server").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and FILE_NAME.fullmatch(node.value):
                found.add(node.value)
    return found


def is_named(name: str, named: set[str]) -> bool:
    """As it is; or, where the code holds the end or the beginning of a name, as such."""
    if name.startswith((".", "-")):
        return any(one.endswith(name) for one in named)
    return name in named or (name.endswith("-") and any(one.startswith(name) for one in named))


def test_the_map_names_every_file_that_the_server_writes() -> None:
    assert {"meetings.db", "devices.json", "kring-key.pem", ".room", "-wal"} <= file_names()
    named = set(re.findall(r"`([^`]+)`", section(5) + section(6)))
    unnamed = [name for name in sorted(file_names() - READ_ONLY.keys()) if not is_named(name, named)]
    assert unnamed == [], "say in docs/privacy/data-map.md what this file holds, or above that it is only read"


WRITES = {"write_private", "write_text", "write_bytes", "touch", "mkdtemp", "mkstemp", "NamedTemporaryFile"}
WRITES_SOUND = {*WRITES, "save", "savez", "tofile", "dump"} - {"touch"}


def writers(paths: Iterable[Path], ways: set[str]) -> set[str]:
    """The modules that call one of these, or open a file to write in it."""
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            modes = [
                one.value for one in (*node.args, *(k.value for k in node.keywords)) if isinstance(one, ast.Constant)
            ]
            opens = name in ("open", "fdopen") and any(
                re.fullmatch("[rwax]b?[+]?t?", str(m)) and m not in ("r", "rb") for m in modes
            )
            if name in ways or opens:
                found.add(path.name)
    return found


def test_what_writes_files_in_the_server_is_known() -> None:
    """A new way of writing must be looked at: these modules write, and the map names what."""
    known = {
        *("certificates.py", "folder.py", "pairing.py", "secret.py", "starting.py", "stick.py", "store.py"),
        *("groupfiles.py", "groupcli.py", "sticks.py"),  # a sealed file, here or on a stick
        *("earsprocess.py",),  # how soon the system ends the ears: a file of the kernel
    }
    assert writers((ROOT / "server").glob("*.py"), WRITES) <= known, "and docs/privacy/data-map.md, section 5 or 6"


def test_nothing_of_the_ears_writes_sound_or_words() -> None:
    ears = [*(ROOT / "speech").glob("*.py"), *(ROOT / "speech" / "words").glob("*.py")]
    found = writers(ears, WRITES_SOUND)
    assert "fetch.py" in found
    assert found <= {"fetch.py", "whisper_files.py", "__main__.py"}, "models, before anybody is heard; the pipe"


@pytest.mark.parametrize("kind", GROUPS, ids=lambda kind: kind.__name__)
def test_the_map_names_every_field_of_a_group(kind: type) -> None:
    told = rows(section(10))
    assert told.keys() == {kind.__name__ for kind in GROUPS}
    assert set(re.findall(r"`(\w+)`", told[kind.__name__][0])) == {field.name for field in fields(kind)}


# --- every paper ---


def papers() -> list[Path]:
    return sorted(PAPERS.glob("*.md"))


def test_all_papers_are_there() -> None:
    assert {path.name for path in papers()} == EXPECTED
    guide = (PAPERS / "README.md").read_text(encoding="utf-8")
    assert all(name in guide for name in EXPECTED - {"README.md"})


@pytest.mark.parametrize("path", papers(), ids=lambda path: path.name)
def test_every_file_that_a_paper_names_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [cited for cited in CITED.findall(text) if not (ROOT / cited).is_file()] == []
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (PAPERS / link).exists()] == []


def value(file: str, name: str) -> float:
    """The number that the code holds under this name."""
    if file.endswith(".js"):
        found = re.search(rf"const {name} = ([\d.]+);", (ROOT / file).read_text(encoding="utf-8"))
        assert found, (file, name)
        return float(found[1])
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    first, _, rest = name.partition(".")
    held = getattr(module, first)
    if rest:
        assert is_dataclass(held)
        held = next(field.default for field in fields(held) if field.name == rest)
    return float(held)


@pytest.mark.parametrize("path", papers(), ids=lambda path: path.name)
def test_every_number_beside_a_constant_is_that_constant(path: Path) -> None:
    for file, name, number, unit in NUMBER.findall(path.read_text(encoding="utf-8")):
        held = value(file, name)
        assert float(number) in (held, held / RATE), f"{file} {name} is {held}, {path.name} says {number} {unit}"


def test_the_map_gives_the_numbers_that_matter() -> None:
    told = {(file, name) for file, name, _, _ in NUMBER.findall(MAP)}
    assert {
        ("speech/utterances.py", "_RING"),
        ("speech/attribution.py", "REMEMBERED"),
        ("speech/noting.py", "KEPT"),
        ("speech/recent.py", "KEPT"),
        ("server/settings.py", "UnattendedSettings.undecided_seconds"),
        ("server/settings.py", "DoorSettings.device_seconds"),
    } <= told


def test_sound_and_words_keep_to_what_is_promised() -> None:
    """30 seconds of sound in any one place, 10 seconds of words."""
    sound = [
        ("speech/utterances.py", "_RING"),
        ("speech/attribution.py", "REMEMBERED"),
        ("speech/noting_when.py", "WAITING"),
    ]
    assert all(value(*place) <= 30 for place in sound)
    assert value("speech/microphone.py", "_WAITING") * value("speech/microphone.py", "_BLOCK") <= 30
    assert value("speech/noting.py", "KEPT") <= 10


PROMISES = {
    "information-sheet.nl.md": ("10 seconden", "20 seconden", "10 minuten", "5 minuten", "een uur"),
    "information-sheet.en.md": ("10 seconds", "20 seconds", "10 minutes", "5 minutes", "an hour"),
    "information-sheet.de.md": ("10 Sekunden", "20 Sekunden", "10 Minuten", "5 Minuten", "einer Stunde"),
}


@pytest.mark.parametrize("name", sorted(PROMISES))
def test_what_members_read_are_the_numbers_of_the_code(name: str) -> None:
    settings = "server/settings.py"
    assert value("speech/noting.py", "KEPT") <= 10
    assert max(value("speech/utterances.py", "_RING"), value("speech/noting_when.py", "WAITING")) == 20
    assert value(settings, "UnattendedSettings.quiet_seconds") == 10 * 60
    assert value(settings, "UnattendedSettings.unwatched_seconds") == 5 * 60
    assert value(settings, "UnattendedSettings.undecided_seconds") == 3600
    text = (PAPERS / name).read_text(encoding="utf-8")
    assert [promise for promise in PROMISES[name] if promise not in text] == []


def test_what_the_map_admits_is_still_so() -> None:
    """When one of these turns red it was mended: take it out of section 9 of the map, and of the sheets."""
    admitted = section(9)
    held = {field.name for field in fields(BY_NAME["UtteranceNoted"])} - set(PRIVATE.get("UtteranceNoted", ()))
    assert {"seat", "act", "advice", "start"} <= held
    assert "A flag has no name on any screen, but while a meeting lies in the log it can be worked out" in admitted
    assert "seats" not in PRIVATE["MeetingOpened"]
    assert "Kept numbers hold names" in admitted
    voices = Voices(lambda sound: np.ones(192, np.float32))
    voices.learn("C", [Window(start=0, end=1, vector=np.ones(192, np.float32))], 5.0)
    voices.leave_out("C", True)
    assert voices.seats == ("C",)
    assert "Who is left out is still heard" in admitted
