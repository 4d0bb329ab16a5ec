"""Blobs lie under the digest of their bytes, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from skvorets.storage.blobs import FolderBlobs

DATA = b"a picture"
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_bytes_are_found_under_their_digest(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "files")
    assert not blobs.exists(DIGEST)
    assert blobs.put(DATA) == DIGEST
    assert blobs.exists(DIGEST)
    with blobs.open(DIGEST) as file:
        assert file.read() == DATA
    assert (tmp_path / "files" / DIGEST[:2] / DIGEST[2:4] / DIGEST).read_bytes() == DATA


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put(DATA)
    before = blobs.path(DIGEST).stat().st_ino
    assert blobs.put(DATA) == DIGEST
    assert blobs.path(DIGEST).stat().st_ino == before


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = FolderBlobs(tmp_path)

    def full(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        blobs.put(DATA)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["", "../secret", "A" * 64, DIGEST[:-1], DIGEST + "0", f"/{DIGEST}", "0" * 64])
def test_whatever_is_no_blob_is_not_found(tmp_path: Path, name: str) -> None:
    blobs = FolderBlobs(tmp_path)
    assert not blobs.exists(name)
    with pytest.raises(FileNotFoundError):
        blobs.open(name)


def test_a_blob_may_come_in_pieces(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    with blobs.begin() as writer:
        for piece in (b"a pic", b"ture"):
            writer.write(piece)
        assert not blobs.exists(DIGEST)
        assert writer.finish() == DIGEST
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [blobs.path(DIGEST)]


def test_the_same_pieces_are_kept_once(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put(DATA)
    with blobs.begin() as writer:
        writer.write(DATA)
        assert writer.finish() == DIGEST
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [blobs.path(DIGEST)]


def test_unfinished_pieces_are_forgotten(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    with blobs.begin() as writer:
        writer.write(DATA)
    assert not list(tmp_path.iterdir())


def test_what_a_crash_left_is_removed_after_a_day(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.remove_unfinished()
    young, old = tmp_path / ".new-young", tmp_path / ".new-old"
    for path in (young, old):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    blobs.put(DATA)
    blobs.remove_unfinished()
    assert young.exists()
    assert not old.exists()
    assert blobs.exists(DIGEST)


def test_every_blob_is_walked_through(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    digests = {blobs.put(text) for text in (b"a", b"bb", b"ccc")}
    (tmp_path / ".new-piece").write_bytes(b"unfinished")
    assert {one.digest for one in blobs.every()} == digests
    assert sorted(one.size for one in blobs.every()) == [1, 2, 3]
    assert list(FolderBlobs(tmp_path / "none").every()) == []


def test_an_old_blob_is_removed_and_one_put_again_is_kept(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    digest = blobs.put(DATA)
    put_at = next(blobs.every()).kept_at
    assert blobs.remove_unused(digest, before=put_at) == 0
    assert blobs.exists(digest)
    os.utime(blobs.path(digest), (1, 1))
    assert blobs.put(DATA) == digest  # somebody needs it again
    assert blobs.remove_unused(digest, before=put_at) == 0
    os.utime(blobs.path(digest), (1, 1))
    assert blobs.remove_unused(digest, before=put_at) == len(DATA)
    assert not blobs.exists(digest)
    assert blobs.remove_unused(digest, before=put_at) == 0
    assert blobs.put(DATA) == digest
    assert blobs.exists(digest)
