"""`./kring sbom`: what is installed to run, what the pages bring along and the models, as CycloneDX. Never fetches."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from server import VERSION
from speech.models import Model, installed

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "requirements.txt"
VENDOR = ROOT / "client" / "vendor"
STATE = "kring:state"
"""Property of what is pinned and not there, or there and not whole."""

_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
"""What packages wrote before there was a field for it; those of them that say "BSD License" have three clauses."""
_UNSAID = {"sqlcipher3": "Zlib"}
"""Out of the licence file of a package whose metadata say nothing."""
_VENDORED = re.compile(
    r"^\| `(?P<folder>[^`]+)` \| `(?P<name>[^`]+)` (?P<version>[\w.]+)[^|]*\| (?P<licence>[\w.-]+)", re.MULTILINE
)


def sbom() -> str:
    """The bill of materials of this machine's Kring as CycloneDX 1.6 JSON; the same as long as nothing changes."""
    bom = Bom()
    bom.metadata.timestamp = None  # type: ignore[assignment]
    kring = Component(
        name="kring",
        version=VERSION,
        type=ComponentType.APPLICATION,
        licenses=[_licence("Apache-2.0")],
        bom_ref="kring",
    )
    bom.metadata.component = kring
    packages = {str(canonicalize_name(one.name)): one for one in installed_packages()}
    others = [*_vendored(), *_models(installed())]
    bom.components.update([*packages.values(), *others])
    bom.register_dependency(kring, [*(packages[name] for name in _direct(packages)), *others])
    for name, package in packages.items():
        bom.register_dependency(package, [packages[other] for other in needs(name) if other in packages])
    bom.serial_number = uuid5(NAMESPACE_URL, JsonV1Dot6(_without_number(bom)).output_as_string())
    return JsonV1Dot6(bom).output_as_string(indent=2)


def _without_number(bom: Bom) -> Bom:
    bom.serial_number = uuid5(NAMESPACE_URL, "kring")
    return bom


# --- packages ---


def pinned() -> dict[str, str]:
    """Name and version of every package that this machine needs to run."""
    lines = PINNED.read_text(encoding="utf-8").splitlines()  # the hashes stand on lines of their own
    wanted = [Requirement(line.partition("#")[0].strip(" \\")) for line in lines if re.match(r"[\w.-]+==", line)]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    return {one.name: str(one.specifier).removeprefix("==") for one in here}


def installed_packages() -> Iterator[Component]:
    """What is pinned, with the version and the licence that are there; what is not there says so."""
    for name, version in pinned().items():
        found = _distribution(name)
        there = None if found is None else found.version
        yield Component(
            name=name,
            version=there or version,
            licenses=[] if found is None else [_licence(_licence_of(name, found))],
            purl=PackageURL(type="pypi", name=str(canonicalize_name(name)), version=there or version),
            bom_ref=f"pypi/{canonicalize_name(name)}",
            properties=_state("" if there == version else f"pinned is {version}" if there else "not installed"),
        )


def _distribution(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _licence_of(name: str, found: importlib.metadata.Distribution) -> str:
    """As the package says it: an SPDX expression, else a word, else the end of its classifier."""
    told = found.metadata
    fields = [told[field] for field in ("License-Expression", "License") if field in told]
    classifiers = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if "License" in line]
    said = [*fields, *classifiers, _UNSAID.get(name)]
    short = [one for one in said if one and one != "UNKNOWN" and "\n" not in one and len(one) < 80]
    return _SPDX.get(short[0], short[0]) if short else "unknown"


def _direct(packages: Iterable[str]) -> list[str]:
    """What no other of them brings along."""
    brought = {other for name in packages for other in needs(name)}
    return [name for name in packages if name not in brought]


def needs(name: str) -> list[str]:
    """Canonical names of what a package needs on this machine."""
    found, needed = _distribution(name), []
    for line in (found.requires if found is not None else None) or ():
        try:
            wanted = Requirement(line)
        except InvalidRequirement:
            continue
        if wanted.marker is None or wanted.marker.evaluate():
            needed.append(str(canonicalize_name(wanted.name)))
    return needed


# --- what the pages bring along ---


def _vendored() -> Iterator[Component]:
    lines = (line.partition("  ") for line in (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines())
    sums = {path: digest for digest, _, path in lines}
    for told in _VENDORED.finditer((VENDOR / "LICENSES.md").read_text("utf-8")):
        group, _, name = told["name"].rpartition("/")
        files = {path: digest for path, digest in sums.items() if path.startswith(f"{told['folder']}/")}
        yield Component(
            name=name,
            group=group or None,
            version=told["version"],
            licenses=[_licence(told["licence"])],
            purl=PackageURL(type="npm", namespace=group or None, name=name, version=told["version"]),
            bom_ref=f"npm/{told['name']}",
            components=[_file(f"client/vendor/{path}", digest) for path, digest in files.items()],
        )


# --- models ---


def _models(found: Iterable[Model]) -> Iterator[Component]:
    for model in found:
        files = {} if model.path is None else _sums(model.path)
        only = next(iter(files.values())) if model.path is not None and model.path.is_file() and files else None
        yield Component(
            name=model.name,
            type=ComponentType.MACHINE_LEARNING_MODEL,
            description=f"{model.kind}; from {model.source}",
            licenses=[_licence(model.licence)],
            hashes=[] if only is None else [HashType(alg=HashAlgorithm.SHA_256, content=only)],
            bom_ref=f"model/{model.name}",
            properties=_state("" if model.whole else f"not whole: {model.problem}"),
            components=[] if only is not None else [_file(f"{model.name}/{n}", digest) for n, digest in files.items()],
        )


def _sums(path: Path) -> dict[str, str]:
    """Name inside the folder (or of the file) and sha256 of every file."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    top = path.parent if path.is_file() else path
    return {file.relative_to(top).as_posix(): _sha256(file) for file in files if "__pycache__" not in file.parts}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- parts ---


def _file(name: str, digest: str) -> Component:
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest)]
    return Component(name=name, type=ComponentType.FILE, hashes=hashes, bom_ref=f"file/{name}")


def _licence(said: str) -> License:
    return LicenseFactory().make_from_string(said)


def _state(told: str) -> list[Property]:
    return [Property(name=STATE, value=told)] if told else []
