"""What a device trusts when it trusts this Kring: its own machine and network, and nothing beyond."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient

import server.certificates as made
from server import nearby
from server.certificates import Certificates, certificates, fingerprint
from server.pairing import Door
from server.pins import Pins
from server.settings import DoorSettings
from server.web import create_app

NAMES = ("192.168.178.20", "10.42.0.1", "kring.local", "localhost", "127.0.0.1", "table-pi", "table-pi.local")


def verified(files: Certificates, name: str) -> str:
    """What openssl says of the certificate for this name; empty: it is good."""
    kind = "-verify_ip" if name[0].isdigit() else "-verify_hostname"
    command = [
        "openssl",
        "verify",
        "-CAfile",
        str(files.authority),
        "-x509_strict",
        "-purpose",
        "sslserver",
        kind,
        name,
    ]
    done = subprocess.run([*command, str(files.certificate)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr


def signed_by(files: Certificates, folder: Path, names: Sequence[str]) -> Certificates:
    """What somebody who stole the authority's key would make."""
    forged = replace(files, certificate=folder / "forged.pem", key=folder / "forged-key.pem")
    authority = made._load_authority(files.authority, folder / "kring-ca-key.pem")
    made._make_leaf(forged, authority, names)
    return forged


@pytest.mark.parametrize("name", NAMES)
def test_the_certificate_holds_for_every_name_of_this_machine(data: Path, name: str) -> None:
    assert verified(certificates(data, NAMES), name) == ""


@pytest.mark.parametrize("name", ["bank.example", "kring.local.bank.example", "notlocal", "8.8.8.8", "172.32.0.1"])
def test_a_stolen_authority_cannot_speak_for_a_site_outside(data: Path, name: str) -> None:
    forged = signed_by(certificates(data, NAMES), data, [name])
    assert "permitted subtree violation" in verified(forged, name)


def test_the_limits_are_not_for_reading_over(data: Path) -> None:
    authority = x509.load_pem_x509_certificate(certificates(data, NAMES).authority.read_bytes())
    assert authority.extensions.get_extension_for_class(x509.NameConstraints).critical
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


def test_an_address_outside_the_limits_is_left_out_and_spoils_no_other(data: Path) -> None:
    files = certificates(data, ("145.18.12.5", *NAMES, "pi.university.example"))
    assert verified(files, "192.168.178.20") == ""
    assert "145.18.12.5" not in names_in(files)
    again = certificates(data, ("145.18.12.6", *NAMES))
    assert verified(again, "kring.local") == ""


def names_in(files: Certificates) -> set[str]:
    leaf = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    return {str(one.value) for one in leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value}


def test_another_address_gets_another_certificate_from_the_same_authority(data: Path) -> None:
    first = certificates(data, NAMES)
    trusted, before = first.authority.read_bytes(), first.certificate.read_bytes()
    assert certificates(data, NAMES).certificate.read_bytes() == before
    moved = certificates(data, ("192.168.1.77", *NAMES))
    assert moved.certificate.read_bytes() != before
    assert verified(moved, "192.168.1.77") == ""
    assert moved.authority.read_bytes() == trusted


def test_a_certificate_made_while_the_clock_stood_in_the_future_is_made_anew(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = certificates(data, NAMES).authority.read_bytes()

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Ahead:  # type: ignore[override]
            return super().now(tz) + timedelta(days=300)

    with monkeypatch.context() as patched:
        patched.setattr(made, "datetime", Ahead)
        moved = certificates(data, ("192.168.1.77", *NAMES))
    assert "not yet valid" in verified(moved, "192.168.1.77")
    assert verified(certificates(data, ("192.168.1.77", *NAMES)), "192.168.1.77") == ""
    assert moved.authority.read_bytes() == trusted


def make_authority_without_limits(data: Path) -> bytes:
    """As Kring made them before."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    authority = (
        made._builder(name, name, key.public_key(), 3650)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    (data / "kring-ca-key.pem").write_bytes(made._pem(key))
    (data / "kring-ca.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    return (data / "kring-ca.pem").read_bytes()


def test_an_authority_that_tablets_trusted_before_there_were_limits_stays(data: Path) -> None:
    trusted = make_authority_without_limits(data)
    assert not made.is_limited(data / "kring-ca.pem")
    files = certificates(data, ("145.18.12.5", *NAMES))
    assert files.authority.read_bytes() == trusted
    assert "145.18.12.5" in names_in(files)


def test_the_names_of_this_very_machine_can_all_be_served(data: Path) -> None:
    files = certificates(data, nearby.names())
    for name in names_in(files):
        assert verified(files, name) == "", name
    assert {"localhost", "127.0.0.1", "kring.local"} <= names_in(files)


@pytest.fixture
def browser(data: Path) -> FlaskClient:
    door = Door(pins=Pins({}, DoorSettings()), settings=DoorSettings())
    return create_app(door, secure=True, authority=certificates(data, NAMES).authority).test_client()


@pytest.mark.parametrize(
    ("wished", "title"), [("de-DE,de", "Vertrauen"), ("en", "trust"), ("fr", "vertrouwen"), ("", "")]
)
def test_the_install_page_speaks_the_language_of_the_browser(browser: FlaskClient, wished: str, title: str) -> None:
    page = browser.get("/install", headers={"Accept-Language": wished}).get_data(as_text=True)
    assert title in page.partition("<h1>")[2].partition("</h1>")[0]
    assert page.count("<section>") == 4
    assert 'href="/ca"' in page
    assert "<script" not in page


def test_the_install_page_shows_the_fingerprint_that_the_terminal_prints(browser: FlaskClient, data: Path) -> None:
    authority = data / "kring-ca.pem"
    held = x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256()).hex().upper()
    assert fingerprint(authority).replace(":", "") == held
    assert fingerprint(authority) in browser.get("/install").get_data(as_text=True).replace("<wbr>", "")
    assert browser.get("/ca", buffered=True).data == authority.read_bytes()


def test_without_a_certificate_there_is_nothing_to_install() -> None:
    door = Door(pins=Pins({}, DoorSettings()), settings=DoorSettings())
    assert create_app(door, secure=False).test_client().get("/install").status_code == 404
