"""The shelf notices methods that come, change and go; what is no method is explained, and never waited for."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import server.library
from methods.document import LARGEST_BYTES
from methods.method import Method
from methods.problems import MOST_PROBLEMS
from methods.reader import BUILT_IN, MOST_FILES, method_or_problems
from server.cli import kring
from server.library import Shelf

README = (BUILT_IN.parent / "README.md").read_text(encoding="utf-8")
GOOD = README.split("```yaml\n")[1].split("```")[0]
SIX_STEP = (BUILT_IN / "six_step.yaml").read_text(encoding="utf-8")


def named(name: str) -> str:
    """A good method with that id."""
    return GOOD.replace("id: two_rounds", f"id: {name}")


@pytest.fixture
def ships(tmp_path: Path) -> Path:
    """A small folder in the place of the one that ships: it has six_step."""
    folder = tmp_path / "ships"
    folder.mkdir()
    (folder / "six_step.yaml").write_text(SIX_STEP, encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the group, empty."""
    folder = tmp_path / "data" / "methods"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def ticks() -> Iterator[float]:
    """Moments two seconds apart."""
    return iter(range(0, 1000, 2))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []

    def reading(path: Path) -> object:
        names.append(path.name)
        return method_or_problems(path)

    monkeypatch.setattr(server.library, "method_or_problems", reading)
    return names


def said(shelf: Shelf) -> str:
    return "\n".join(map(str, shelf.problems))


def test_a_shelf_is_full_from_the_beginning(ships: Path, own: Path) -> None:
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    shelf = Shelf(ships, own)
    assert list(shelf.methods) == ["six_step", "ours"]
    assert shelf.problems == ()


def test_nothing_new_is_nothing_new_and_reads_nothing(
    ships: Path, own: Path, ticks: Iterator[float], reads: list[str]
) -> None:
    shelf = Shelf(ships, own)
    assert reads == ["six_step.yaml"]
    assert not shelf.look(next(ticks))
    assert not shelf.look(next(ticks))
    assert reads == ["six_step.yaml"]


def test_a_file_that_comes_is_noticed_and_alone_is_read(
    ships: Path, own: Path, ticks: Iterator[float], reads: list[str]
) -> None:
    shelf = Shelf(ships, own)
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    assert shelf.look(next(ticks))
    assert "ours" in shelf.methods
    assert reads == ["six_step.yaml", "a.yaml"]
    assert not shelf.look(next(ticks))


def test_a_file_that_changes_is_noticed(ships: Path, own: Path, ticks: Iterator[float]) -> None:
    path = own / "a.yaml"
    path.write_text(named("ours"), encoding="utf-8")
    shelf = Shelf(ships, own)
    path.write_text(named("ours").replace("Two rounds", "Three rounds"), encoding="utf-8")
    assert shelf.look(next(ticks))
    assert shelf.methods["ours"].names["en"] == "Three rounds"


def test_a_file_of_the_same_size_and_time_put_in_its_place_is_noticed(
    ships: Path, own: Path, ticks: Iterator[float]
) -> None:
    path = own / "a.yaml"
    path.write_text(named("ours"), encoding="utf-8")
    shelf = Shelf(ships, own)
    draft = own / "a.new"
    draft.write_text(named("ours").replace("Two rounds", "New rounds"), encoding="utf-8")
    os.utime(draft, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    draft.replace(path)
    assert shelf.look(next(ticks))
    assert shelf.methods["ours"].names["en"] == "New rounds"


def test_a_file_saved_again_as_it_was_is_nothing_new(
    ships: Path, own: Path, ticks: Iterator[float], reads: list[str]
) -> None:
    path = own / "a.yaml"
    path.write_text(named("ours"), encoding="utf-8")
    shelf = Shelf(ships, own)
    os.utime(path, (1, 1))
    assert not shelf.look(next(ticks))
    assert reads == ["six_step.yaml", "a.yaml", "a.yaml"]


def test_a_file_that_goes_is_noticed_and_a_method_in_use_stays_what_it_was(
    ships: Path, own: Path, ticks: Iterator[float]
) -> None:
    path = own / "a.yaml"
    path.write_text(named("ours"), encoding="utf-8")
    shelf = Shelf(ships, own)
    before, in_use = shelf.methods, shelf.methods["ours"]
    path.unlink()
    assert shelf.look(next(ticks))
    assert list(shelf.methods) == ["six_step"]
    assert before["ours"] is in_use


def test_a_file_that_goes_bad_is_explained_and_comes_back_when_it_is_cured(
    ships: Path, own: Path, ticks: Iterator[float]
) -> None:
    path = own / "a.yaml"
    path.write_text(named("ours"), encoding="utf-8")
    shelf = Shelf(ships, own)
    path.write_text(named("ours").replace("level:", "levl:"), encoding="utf-8")
    assert shelf.look(next(ticks))
    assert "ours" not in shelf.methods
    assert "a.yaml, line 6: unknown key 'levl' in the method. Did you mean 'level'?" in said(shelf)
    path.write_text(named("ours"), encoding="utf-8")
    assert shelf.look(next(ticks))
    assert "ours" in shelf.methods
    assert shelf.problems == ()


def test_it_looks_once_a_second_at_most(ships: Path, own: Path) -> None:
    shelf = Shelf(ships, own)
    assert not shelf.look(10.0)
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    assert not shelf.look(10.9)
    assert "ours" not in shelf.methods
    assert shelf.look(11.0)


def test_a_clock_that_was_set_back_does_not_make_it_blind(ships: Path, own: Path) -> None:
    shelf = Shelf(ships, own)
    shelf.look(1000.0)
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    assert shelf.look(5.0)


def test_a_method_that_ships_is_not_replaced(own: Path) -> None:
    (own / "a.yaml").write_text(SIX_STEP.replace('en: "', 'en: "Our '), encoding="utf-8")
    shelf = Shelf(BUILT_IN, own)
    assert not shelf.methods["six_step"].names["en"].startswith("Our")
    assert (
        "a.yaml: there is already a method with the id 'six_step', among those that ship with Kring. "
        "Give this one another id" in said(shelf)
    )


def test_of_two_of_the_group_with_one_id_the_first_stays_and_the_other_comes_when_it_goes(
    ships: Path, own: Path, ticks: Iterator[float]
) -> None:
    for name in ("a", "b"):
        (own / f"{name}.yaml").write_text(named("ours").replace("Two rounds", name), encoding="utf-8")
    shelf = Shelf(ships, own)
    assert shelf.methods["ours"].names["en"] == "a"
    assert "b.yaml: there is already a method with the id 'ours', in a.yaml" in said(shelf)
    (own / "a.yaml").unlink()
    assert shelf.look(next(ticks))
    assert shelf.methods["ours"].names["en"] == "b"
    assert shelf.problems == ()


def test_a_folder_that_comes_later_is_noticed(ships: Path, tmp_path: Path, ticks: Iterator[float]) -> None:
    folder = tmp_path / "later"
    shelf = Shelf(ships, folder)
    assert shelf.problems == ()
    folder.mkdir()
    (folder / "a.yml").write_text(named("ours"), encoding="utf-8")
    assert shelf.look(next(ticks))
    assert "ours" in shelf.methods


def test_a_folder_that_is_a_file_is_explained(ships: Path, tmp_path: Path) -> None:
    (tmp_path / "methods").write_text("x", encoding="utf-8")
    shelf = Shelf(ships, tmp_path / "methods")
    assert list(shelf.methods) == ["six_step"]
    assert "methods: the folder of methods cannot be read (Not a directory)" in said(shelf)


def test_what_editors_and_systems_leave_is_not_read(ships: Path, own: Path) -> None:
    for name in (".a.yaml.swp", "._a.yaml", ".yaml", "a.yaml~", "notes.txt", "a.yaml.new"):
        (own / name).write_bytes(b"\x00")
    shelf = Shelf(ships, own)
    assert shelf.problems == ()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred letters at most
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def holding(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


BOMB = b"a0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)
)
STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "this is a folder"),
    "a pipe": (pipe, "this is no ordinary file"),
    "a socket": (plug, "cannot be read"),
    "a device": (link_to("/dev/zero"), "this is no ordinary file"),
    "a link to nothing": (link_to("nowhere"), "this is a link to nothing"),
    "a link to itself": (link_to("x.yaml"), "cannot be read"),
    "ten megabytes": (holding(b"a: b\n" * 2_000_000), f"larger than {LARGEST_BYTES // 1024} kB"),
    "another encoding": (holding(GOOD.encode("utf-16")), "this is not UTF-8 text"),
    "an old encoding": (holding(GOOD.encode("latin-1")), "this is not UTF-8 text"),
    "a bomb": (holding(BOMB), "anchors"),
    "a tower": (holding(b"[" * 100_000), "nested"),
    "nothing": (holding(b""), "the file is empty"),
    "a page": (holding(b"\x7fELF\x00\x00"), "a character here that cannot be shown"),
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_strange_thing_in_the_folder_is_explained_at_once(
    what: str, ships: Path, own: Path, ticks: Iterator[float]
) -> None:
    make, explained = STRANGE[what]
    shelf = Shelf(ships, own)
    make(own / "x.yaml")
    (own / "y.yaml").write_text(named("ours"), encoding="utf-8")
    begun = time.monotonic()
    assert shelf.look(next(ticks))
    assert not shelf.look(next(ticks))
    assert time.monotonic() - begun < 5
    assert list(shelf.methods) == ["six_step", "ours"]
    assert explained in said(shelf)
    assert {problem.file for problem in shelf.problems} == {"x.yaml"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_explained_until_it_may(ships: Path, own: Path, ticks: Iterator[float]) -> None:
    path = own / "a.yaml"
    path.write_text(named("ours"), encoding="utf-8")
    path.chmod(0)
    shelf = Shelf(ships, own)
    assert "a.yaml: the file cannot be read (Permission denied)" in said(shelf)
    path.chmod(0o600)
    assert shelf.look(next(ticks))
    assert "ours" in shelf.methods


def test_a_link_whose_file_comes_later_is_noticed(ships: Path, own: Path, ticks: Iterator[float]) -> None:
    (own / "a.yaml").symlink_to("there.txt")
    shelf = Shelf(ships, own)
    (own / "there.txt").write_text(named("ours"), encoding="utf-8")
    assert shelf.look(next(ticks))
    assert "ours" in shelf.methods


@pytest.mark.parametrize(
    "name", [b"caf\xe9.yaml", b"red\x1b[31m.yaml", b"two\nlines.yaml", b"%s.yaml" % (b"a" * 200)], ids=repr
)
def test_a_name_that_cannot_be_shown_is_shown_as_far_as_it_can(name: bytes, ships: Path, own: Path) -> None:
    (own / os.fsdecode(name)).write_text("id: x", encoding="utf-8")
    shelf = Shelf(ships, own)
    assert shelf.problems
    for problem in shelf.problems:
        assert problem.file.isprintable()
        assert len(problem.file) <= 60
        str(problem).encode("utf-8")


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace("case_types: [problem]", "case_types: [" + "problen, " * 25_000 + "]"),
        GOOD + "".join(f"key{n}: x\n" for n in range(20_000)),
        GOOD.replace("names: {", "names: {" + "".join(f"{n}x: y, " for n in range(20_000))),
        GOOD + "\ta: b\n" * 30_000,
        GOOD.replace("pitfalls: []", "pitfalls: [" + "{}, " * 50_000 + "]"),
    ],
    ids=["words", "keys", "languages", "tabs", "texts"],
)
def test_a_file_with_endless_mistakes_costs_no_more_than_a_bad_one(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(content, encoding="utf-8")
    assert path.stat().st_size <= LARGEST_BYTES
    begun = time.monotonic()
    problems = method_or_problems(path)
    assert time.monotonic() - begun < 5
    assert not isinstance(problems, Method)
    assert 1 <= len(problems) <= MOST_PROBLEMS + 1


def test_a_folder_with_too_many_files_is_read_in_part(ships: Path, own: Path) -> None:
    for number in range(MOST_FILES + 1):
        (own / f"m{number:04}.yaml").write_text("", encoding="utf-8")
    shelf = Shelf(ships, own)
    assert len(shelf.problems) == MOST_FILES + 1
    assert f"there are {MOST_FILES + 1} methods in this folder" in said(shelf)


def check(*files: Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(kring, ["methods", "check", *map(str, files)])
    return done.exit_code, done.stdout, done.stderr


def test_good_files_are_told_to_be_good(own: Path) -> None:
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    code, out, err = check(own / "a.yaml", BUILT_IN / "six_step.yaml")
    assert (code, err) == (0, "")
    assert "a.yaml is a good method: ours, 2 phases, 25 minutes." in out
    assert "six_step.yaml is a good method" in out


def test_a_bad_file_among_good_ones_is_told_with_line_and_cure_and_two(own: Path) -> None:
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    (own / "b.yaml").write_text(named("theirs").replace("level:", "levl:"), encoding="utf-8")
    code, out, err = check(own / "a.yaml", own / "b.yaml", own / "c.yaml")
    assert code == 2
    assert "a.yaml is a good method" in out
    assert "b.yaml, line 6: unknown key 'levl' in the method. Did you mean 'level'?" in err
    assert "c.yaml: there is no such file. Check the name and the folder" in err


def test_a_file_that_would_not_be_taken_because_of_its_id_is_not_good(own: Path) -> None:
    (own / "a.yaml").write_text(SIX_STEP, encoding="utf-8")
    code, out, err = check(own / "a.yaml")
    assert (code, out) == (2, "")
    assert "among those that ship with Kring" in err


def test_beside_the_one_that_ships_a_copy_is_the_one_that_is_not_good(own: Path) -> None:
    (own / "a.yaml").write_text(SIX_STEP, encoding="utf-8")
    code, out, err = check(own / "a.yaml", BUILT_IN / "six_step.yaml")
    assert code == 2
    assert out.startswith("six_step.yaml is a good method")
    assert err.startswith("a.yaml: there is already")


def test_a_file_given_twice_is_checked_once(own: Path) -> None:
    (own / "a.yaml").write_text(named("ours"), encoding="utf-8")
    code, out, _ = check(own / "a.yaml", own / ".." / "methods" / "a.yaml")
    assert (code, out.count("good method")) == (0, 1)


def test_a_pipe_is_not_waited_for(own: Path) -> None:
    os.mkfifo(own / "a.yaml")
    code, _, err = check(own / "a.yaml")
    assert code == 2
    assert "this is no ordinary file" in err
