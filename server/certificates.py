"""Our own certificate authority and this machine's certificate. Private keys never leave the data folder."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from server.folder import write_private

LEAF_DAYS = 397
"""Browsers accept no longer ones."""
CA_DAYS = 3650
RENEW_DAYS = 30
_SKEW = timedelta(days=1)
_NEAR = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8")
"""Addresses that only exist in somebody's own network."""
_NAMES = ("local", "localhost")
"""With all names below them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    """Files to serve with."""

    authority: Path
    certificate: Path
    key: Path


class CertificatesUnusable(Exception):
    """The certificate authority cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Authority:
    """Who signs."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def certificates(folder: Path, names: Sequence[str]) -> Certificates:
    """The certificate for these names (host names and IP addresses), made or remade when needed.

    Raises CertificatesUnusable, or OSError with the name of the file.
    """
    files = Certificates(
        authority=folder / "kring-ca.pem", certificate=folder / "kring-cert.pem", key=folder / "kring-key.pem"
    )
    authority_key = folder / "kring-ca-key.pem"
    if not (files.authority.exists() and authority_key.exists()):
        _make_authority(files.authority, authority_key, names)
    authority = _load_authority(files.authority, authority_key)
    names = [name for name in names if _permits(authority.certificate, name)]
    if not (files.certificate.exists() and files.key.exists() and _serves(files, authority, names)):
        _make_leaf(files, authority, names)
    return files


def fingerprint(authority: Path) -> str:
    """SHA-256 of this certificate as people compare it: pairs of digits. Raises OSError, ValueError."""
    return x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()


def _load_authority(path: Path, key_path: Path) -> _Authority:
    """The authority that tablets trust; it is never remade unasked, because they would all refuse the new one."""
    cure = f"Put back both {path} and {key_path}, or move both away: a new pair is made, which every tablet must trust."
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError:
        raise CertificatesUnusable(f"{path} is damaged: it holds no certificate. {cure}") from None
    try:
        key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise CertificatesUnusable(f"{key_path} is damaged: it holds no key. {cure}") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise CertificatesUnusable(f"{key_path} is not the key of {path}. {cure}")
    return _Authority(certificate=certificate, key=key)


def _serves(files: Certificates, authority: _Authority, names: Sequence[str]) -> bool:
    """Whether certificate and key belong together and to the authority, with all these names and time left."""
    try:
        leaf = x509.load_pem_x509_certificate(files.certificate.read_bytes())
        held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        leaf.verify_directly_issued_by(authority.certificate)
        # As the server will load them; a password that is asked for would wait at the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(files.certificate, files.key, password="")
    except (ValueError, TypeError, x509.ExtensionNotFound, InvalidSignature, ssl.SSLError):
        return False
    known, now = {str(name.value) for name in held}, datetime.now(UTC)
    begun = leaf.not_valid_before_utc <= now  # else it was made while the clock stood in the future
    return begun and set(names) <= known and leaf.not_valid_after_utc - now > timedelta(days=RENEW_DAYS)


def _limits(names: Sequence[str]) -> x509.NameConstraints:
    """What a tablet that trusts this authority trusts it for: this machine and its network, never a site outside."""
    hosts = [name for name in names if isinstance(_name(name), x509.DNSName)]
    permitted = [
        *map(x509.DNSName, dict.fromkeys((*_NAMES, *hosts))),
        *(x509.IPAddress(ip_network(net)) for net in _NEAR),
    ]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def is_limited(authority: Path) -> bool:
    """Whether this authority can speak for the machine and its network only. Raises OSError, ValueError."""
    return _permitted(x509.load_pem_x509_certificate(authority.read_bytes())) is not None


def _permitted(authority: x509.Certificate) -> Sequence[x509.GeneralName] | None:
    """Its limits; None for one made before there were any. It is not remade, because tablets trust it."""
    try:
        return authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    except x509.ExtensionNotFound:
        return None


def _permits(authority: x509.Certificate, name: str) -> bool:
    """Whether the authority may speak for this name. One that it may not would spoil the certificate for all others."""
    limits = _permitted(authority)
    if limits is None:
        return True
    if isinstance(_name(name), x509.IPAddress):
        return any(ip_address(name) in ip_network(str(one.value)) for one in limits if isinstance(one, x509.IPAddress))
    return any(f".{name}".endswith(f".{one.value}") for one in limits if isinstance(one, x509.DNSName))


def _make_authority(path: Path, key_path: Path, names: Sequence[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kring at this table")])
    certificate = (
        _builder(name, name, key.public_key(), CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(_limits(names), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_private(key_path, _pem(key))
    write_private(path, certificate.public_bytes(serialization.Encoding.PEM))


def _make_leaf(files: Certificates, authority: _Authority, names: Sequence[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kring")])
    certificate = (
        _builder(subject, authority.certificate.subject, key.public_key(), LEAF_DAYS)
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    write_private(files.key, _pem(key))
    write_private(files.certificate, certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # A tablet whose clock is a little behind must accept it too.
        .not_valid_before(now - _SKEW)
        .not_valid_after(now - _SKEW + timedelta(days=days))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
