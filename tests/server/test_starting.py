"""What is wrong with the disk or the certificates is told in one line before anything starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from server.certificates import Certificates, CertificatesUnusable, certificates
from server.folder import write_private
from tests.server.test_serving import ROOT, free_port

NAMES = ("localhost", "127.0.0.1")


def refused(data: Path, ears: Path, largest_bytes: int | None = None) -> str:
    """The one line of a Kring that does not start; no file may grow beyond `largest_bytes`."""
    limit = (
        "import resource, runpy, sys; sys.argv.pop(0); "
        f"{f'resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_bytes},) * 2); ' if largest_bytes is not None else ''}"
        "runpy.run_module('tests.server.serve_for_test', run_name='__main__', alter_sys=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", limit, "kring", str(data), str(free_port()), str(ears), "https"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize("largest_bytes", [0, 10, 1000, 20_000])
def test_a_full_disk_is_told_in_one_line_and_leaves_no_half_file(data: Path, ears: Path, largest_bytes: int) -> None:
    said = refused(data, ears, largest_bytes)
    assert str(data / "meetings.") in said
    assert "Make room" in said
    assert [path.name for path in data.iterdir() if path.suffix in (".new", ".room")] == []


@pytest.mark.parametrize(("largest_bytes", "name"), [(0, "kring-ca-key.pem"), (300, "kring-ca.pem")])
def test_a_disk_that_is_full_when_the_certificates_are_made_names_the_file(
    data: Path, largest_bytes: int, name: str
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_bytes, before[1]))
        with pytest.raises(OSError, match="too large") as told:
            certificates(data, NAMES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.filename == str(data / name)
    assert not list(data.glob("*.new"))
    certificates(data, NAMES)


@pytest.mark.parametrize("name", ["kring-ca.pem", "kring-ca-key.pem"])
@pytest.mark.parametrize("content", [b"", b"no PEM at all", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_damaged_authority_is_named_with_its_cure_and_left_as_it_is(
    data: Path, ears: Path, name: str, content: bytes
) -> None:
    certificates(data, NAMES)
    (data / name).write_bytes(content)
    said = refused(data, ears)
    assert f"{data / name} is damaged" in said
    assert "move both away" in said
    assert (data / name).read_bytes() == content


def test_an_authority_with_the_key_of_another_is_refused(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for folder in (data, other):
        certificates(folder, NAMES)
    os.replace(other / "kring-ca-key.pem", data / "kring-ca-key.pem")
    with pytest.raises(CertificatesUnusable, match="is not the key of"):
        certificates(data, NAMES)


def made(folder: Path) -> tuple[Certificates, bytes, bytes]:
    files = certificates(folder, NAMES)
    return files, files.certificate.read_bytes(), files.key.read_bytes()


@pytest.mark.parametrize("damaged", ["certificate", "key"])
@pytest.mark.parametrize("with_what", ["nothing", "nonsense", "that of another"])
def test_a_certificate_that_does_not_load_with_its_key_is_made_anew(
    data: Path, tmp_path: Path, damaged: str, with_what: str
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    files, certificate, key = made(data)
    path = getattr(files, damaged)
    stranger = getattr(certificates(other, NAMES), damaged).read_bytes()
    path.write_bytes({"nothing": b"", "nonsense": b"no PEM", "that of another": stranger}[with_what])
    authority = files.authority.read_bytes()
    _, new_certificate, new_key = made(data)
    assert certificate != new_certificate
    assert key != new_key
    assert files.authority.read_bytes() == authority
    assert made(data)[1:] == (new_certificate, new_key)


def test_a_file_that_cannot_be_written_is_named_and_no_half_one_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder") as told:
        write_private(tmp_path / "folder", b"x")
    assert told.value.filename == str(tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
