"""The launcher knows when everything stands, what is missing, and where a command must go."""

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_launcher() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("kring_launcher", str(ROOT / "kring"))
    spec = importlib.util.spec_from_loader("kring_launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


kring = load_launcher()


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder in which an installation for running was finished."""
    (tmp_path / "requirements.txt").write_text("flask==3.1.3\n", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text("pytest==9.2.0\n", encoding="utf-8")
    interpreter = kring.venv_python(tmp_path / ".venv")
    interpreter.parent.mkdir(parents=True)
    interpreter.touch()
    stamp = kring.stamp_of(tmp_path / ".venv", kring.RUN_FILES)
    stamp.write_text(kring.fingerprint(tmp_path, kring.RUN_FILES), encoding="ascii")
    return tmp_path


def is_ready(root: Path, files: tuple[str, ...] = kring.RUN_FILES) -> bool:
    return bool(kring.is_ready(root, root / ".venv", files))


def test_a_finished_installation_is_ready(installed: Path) -> None:
    assert is_ready(installed)


def test_an_empty_folder_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()
    assert not is_ready(tmp_path)


def test_a_changed_pin_asks_for_installing_again(installed: Path) -> None:
    (installed / "requirements.txt").write_text("flask==3.1.4\n", encoding="utf-8")
    assert not is_ready(installed)


def test_an_installation_that_broke_off_is_not_ready_and_not_built_upon(installed: Path) -> None:
    (installed / ".venv" / kring.UNFINISHED).touch()
    assert not is_ready(installed)
    assert not kring.is_sound(installed / ".venv")


def test_an_environment_without_its_python_is_not_ready(installed: Path) -> None:
    kring.venv_python(installed / ".venv").unlink()
    assert not is_ready(installed)


def test_what_suffices_for_running_does_not_suffice_for_testing(installed: Path) -> None:
    assert not is_ready(installed, kring.TEST_FILES)


def test_a_stamp_of_rubbish_is_not_believed(installed: Path) -> None:
    kring.stamp_of(installed / ".venv", kring.RUN_FILES).write_bytes(b"\xff\x00half")
    assert not is_ready(installed)


def test_a_package_that_dpkg_calls_installed_is_not_missing() -> None:
    needs = (kring.Need("libportaudio2", "", "the microphone"),)
    assert kring.still_missing(needs, "libportaudio2 installed\n") == []


def test_a_package_that_was_removed_again_is_missing() -> None:
    needs = (kring.Need("libportaudio2", "", "the microphone"),)
    assert kring.still_missing(needs, "libportaudio2 config-files\n") == list(needs)


def test_a_program_that_came_from_elsewhere_is_not_missing() -> None:
    needs = (kring.Need("a-shell", "sh" if os.name != "nt" else "cmd", "commands"),)
    assert kring.still_missing(needs, "") == []


def test_what_cannot_be_installed_is_one_line_to_type() -> None:
    line = kring.line_to_type(list(kring.TEST_NEEDS))
    assert line == (
        "sudo apt-get install -y --no-install-recommends libportaudio2 chromium-headless-shell espeak-ng pulseaudio "
        "libasound2-plugins strace iproute2 faketime"
    )


def test_where_debian_has_a_package_not_its_substitute_does(monkeypatch: pytest.MonkeyPatch) -> None:
    typed: list[list[str]] = []
    monkeypatch.setattr(kring, "run_watched", lambda command, progress: (typed.append(command), (0, ""))[1])
    monkeypatch.setattr(kring, "is_known", lambda package: False)
    monkeypatch.setattr(kring.os, "geteuid", lambda: 0)
    monkeypatch.setattr(kring.shutil, "which", lambda program: f"/usr/bin/{program}")
    kring.install_debian([kring.Need("a-new-name", "", "tests", instead="an-old-name"), kring.Need("other", "", "")])
    assert typed[-1][-2:] == ["an-old-name", "other"]


def test_nothing_is_asked_for_that_a_substitute_already_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kring.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(kring.shutil, "which", lambda program: "/usr/bin/sh" if program == "an-old-name" else None)
    kring.install_debian([kring.Need("a-new-name", "a-new-name", "tests", instead="an-old-name")])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [[], ["demo"], ["--port", "8080"], ["demo", "--once"]])
def test_a_meeting_starts_with_a_try_for_the_words_model(arguments: list[str]) -> None:
    assert kring.starts_a_meeting(arguments)


@pytest.mark.parametrize("arguments", [["listen", "a.wav"], ["acts"], ["models", "get", "nl"], ["--help"], ["doctor"]])
def test_a_tool_never_fetches_anything(arguments: list[str]) -> None:
    assert not kring.starts_a_meeting(arguments)


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "nl"),
        (["demo", "--language", "en"], "en"),
        (["--language=en", "--port", "1"], "en"),
        (["demo", "--language"], "en"),
        (["demo", "--once"], "en"),
        (["--port", "1"], "nl"),
    ],
)
def test_the_words_model_is_for_the_language_of_the_meeting(arguments: list[str], language: str) -> None:
    assert kring.language_of(arguments) == language


def test_our_rooms_come_before_what_the_person_already_had_on_the_path() -> None:
    environment = kring.environment_for(Path("/kring"), {"PYTHONPATH": "/mine", "LANG": "nl"})
    assert environment == {"PYTHONPATH": os.pathsep.join([str(Path("/kring")), "/mine"]), "LANG": "nl"}


def test_progress_counts_packages_whether_they_are_new_or_there_already() -> None:
    progress = kring.Progress("Installing packages", 3)
    progress.hear("Collecting flask==3.1.3 (from -r requirements.txt (line 2))")
    progress.hear("  Downloading flask-3.1.3-py3-none-any.whl (103 kB)")
    progress.hear("Requirement already satisfied: numpy==2.4.6 in ./.venv")
    assert progress.line().startswith("Installing packages  2/3  numpy")


def test_the_output_of_an_installer_is_kept_with_its_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    script = "import sys; print('Collecting flask'); print('no network', file=sys.stderr); sys.exit(3)"
    code, output = kring.run_watched([sys.executable, "-c", script], kring.Progress("Installing", 1))
    assert code == 3
    assert "no network" in output
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "no network" not in captured.err


def test_a_launcher_that_hands_over_passes_the_exit_code_on() -> None:
    code = (
        "import importlib.machinery as m, importlib.util as u, os, sys\n"
        f"loader = m.SourceFileLoader('k', {str(ROOT / 'kring')!r})\n"
        "module = u.module_from_spec(u.spec_from_loader('k', loader)); loader.exec_module(module)\n"
        "module.hand_over([sys.executable, '-c', 'raise SystemExit(7)'], dict(os.environ))\n"
    )
    assert subprocess.run([sys.executable, "-B", "-c", code], check=False).returncode == 7


def test_a_python_that_is_too_old_can_still_read_the_launcher() -> None:
    import ast

    ast.parse((ROOT / "kring").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_second_start_reaches_the_command_without_a_subprocess(installed: Path) -> None:
    (installed / "kring").write_bytes((ROOT / "kring").read_bytes())
    interpreter = kring.venv_python(installed / ".venv")
    interpreter.write_text('#!/bin/sh\necho "$@"\necho "$PYTHONPATH"\n', encoding="ascii")
    interpreter.chmod(0o755)
    environment = {"PATH": "/nowhere", "HOME": "/nowhere"}
    said = subprocess.run(
        [sys.executable, "-B", str(installed / "kring"), "methods", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == ["-P -m server methods --json", str(installed)]
    assert said.stderr == ""
