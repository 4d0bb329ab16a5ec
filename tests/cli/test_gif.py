"""``skvorets gif``: the collection is filled, listed and thinned out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Shell
from skvorets.core import gifs
from skvorets.storage import gifs as rows
from skvorets.storage.blobs import FolderBlobs
from support.pictures import gif, picture


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Give two GIFs."""
    for number in (1, 2):
        (tmp_path / f"{number}.gif").write_bytes(picture("GIF", (10 * number, 10)))
    return [str(tmp_path / f"{number}.gif") for number in (1, 2)]


def test_files_are_added_listed_and_removed(shell: Shell, files: list[str]) -> None:
    assert shell.done("gif", "add", *files, "--tags", "кот, Happy").splitlines() == ["1  1.gif", "2  2.gif"]
    heads, first, second = shell.done("gif", "list").splitlines()
    assert heads.split() == ["id", "name", "tags", "kB", "pixels", "added"]
    assert first.split()[:6] == ["1", "1.gif", "кот,", "Happy", "1", "10x10"]
    assert second.split()[1] == "2.gif"
    kept = shell.unit(rows.every)
    blobs = FolderBlobs(shell.config.blobs_path)
    assert [blobs.path(one.digest).read_bytes() for one in kept] == [Path(name).read_bytes() for name in files]
    assert [one.name for one in shell.unit(gifs.find_gifs, "hap", 10, 0)] == ["2.gif", "1.gif"]
    assert shell.done("gif", "remove", "1") == "GIF 1 is taken out\n"
    assert [one.id for one in shell.unit(rows.every)] == [2]
    said = shell.run("gif", "remove", "1")
    assert (said.code, said.err) == (1, "skvorets: No such GIF in the collection\n")


def test_a_file_that_is_there_gets_other_tags(shell: Shell, files: list[str]) -> None:
    shell.done("gif", "add", files[0], "--tags", "кот")
    assert shell.done("gif", "add", files[0], "--tags", "собака") == "1  1.gif\n"
    assert [one.tags for one in shell.unit(rows.every)] == ["собака"]


@pytest.mark.parametrize("content", [b"", b"GIF89a", gif(10, 10), picture("PNG"), b"GIF89a" + bytes(11 * 1024**2)])
def test_what_is_no_gif_is_refused_and_not_kept(shell: Shell, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.gif"
    path.write_bytes(content)
    said = shell.run("gif", "add", str(path), "--tags", "x")
    assert said.code == 1
    assert said.err.startswith(f"skvorets: {path}: ")
    assert not shell.config.blobs_path.exists()


def test_tags_are_needed(shell: Shell, files: list[str]) -> None:
    said = shell.run("gif", "add", files[0], "--tags", " , ")
    assert (said.code, said.err) == (1, "skvorets: --tags needs a word with letters or digits\n")
    said = shell.run("gif", "add", "/no/such/file.gif", "--tags", "x")
    assert said.code == 1
    assert "No such file" in said.err
