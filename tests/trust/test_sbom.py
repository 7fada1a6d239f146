"""The bill of materials: valid, complete for this machine, and the same twice."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from server import sbom
from speech import models

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told() -> str:
    command = [sys.executable, "-m", "server", "sbom"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def bom(told: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(told)
    return whole


def test_it_keeps_to_the_schema_of_cyclonedx(told: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(told) is None
    assert json.loads(told)["specVersion"] == "1.6"


def test_every_package_that_is_pinned_for_this_machine_is_in_it_as_installed(bom: dict[str, Any]) -> None:
    packages = {c["name"]: c for c in bom["components"] if c.get("purl", "").startswith("pkg:pypi/")}
    pinned = sbom.pinned()
    assert {name: packages[name]["version"] for name in packages} == pinned
    assert {"flask", "onnxruntime", "cyclonedx-python-lib"} <= pinned.keys()
    assert not {"pytest", "torch"} & pinned.keys(), "what tests and teaching need does not run"
    assert not [c for c in packages.values() if c.get("properties")], "this machine has what is pinned"


def test_everything_that_installed_packages_need_is_pinned(bom: dict[str, Any]) -> None:
    """What a package brings along without a pin would be installed and stand in no list."""
    pinned = {c["bom-ref"].removeprefix("pypi/") for c in bom["components"] if c["bom-ref"].startswith("pypi/")}
    needed = {other for name in pinned for other in sbom.needs(name)}
    assert needed - pinned <= {"setuptools"}


def test_every_part_says_its_licence(bom: dict[str, Any]) -> None:
    said = {c["name"]: next(iter(c["licenses"])) for c in bom["components"]}
    unknown = [
        name for name, one in said.items() if "id" not in one.get("license", {"id": ""}) and "expression" not in one
    ]
    fetched = {c["name"] for c in bom["components"] if "Vosk" in c["name"] or "vosk" in c["name"]}
    assert set(unknown) <= fetched


def test_the_files_of_the_pages_are_in_it_with_their_sums(bom: dict[str, Any]) -> None:
    files = {file["name"]: file for c in bom["components"] for file in c.get("components", [])}
    vendor = ROOT / "client" / "vendor"
    there = [path for path in vendor.rglob("*") if path.is_file() and path.parent != vendor]
    assert there
    for path in there:
        (digest,) = files[path.relative_to(ROOT).as_posix()]["hashes"]
        assert digest["content"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_model_is_in_it_with_source_licence_and_sum(bom: dict[str, Any]) -> None:
    found = {c["name"]: c for c in bom["components"] if c["type"] == "machine-learning-model"}
    assert found.keys() == {model.name for model in models.installed()}
    assert found["CAM++"]["hashes"][0]["content"] == models.SPEAKER_NETWORK_SHA256
    assert found["pyannote segmentation 3.0"]["hashes"][0]["content"] == models.SEGMENTATION_NETWORK_SHA256
    sums = {file["name"]: file["hashes"][0]["content"] for file in found["dialogue acts"]["components"]}
    assert sums["dialogue acts/encoder.onnx"] == models.ACTS_NETWORK_SHA256
    assert all("from " in model["description"] for model in found.values())


def test_what_is_not_installed_is_said_and_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sbom, "pinned", lambda: {"flask": "0.0.1", "no-such-package": "1.0"})
    flask, missing = sbom.installed_packages()
    assert [p.value for p in flask.properties] == ["pinned is 0.0.1"]
    assert [p.value for p in missing.properties] == ["not installed"]


def test_it_is_the_same_twice_and_names_nobody(told: str) -> None:
    assert sbom.sbom() == told.rstrip("\n")
    assert str(Path.home()) not in told
    assert str(ROOT) not in told
