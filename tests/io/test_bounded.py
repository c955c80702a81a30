"""Bounded reads: at most so many bytes come into memory, of files, of pipes and of files that grow."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.io.bounded import TooLarge, read_at_most, read_bounded


@given(size=st.integers(0, 300), largest=st.integers(0, 300))
def test_a_file_is_read_whole_or_refused(tmp_path_factory: pytest.TempPathFactory, size: int, largest: int) -> None:
    path = tmp_path_factory.mktemp("read") / "a.csv"
    path.write_bytes(os.urandom(size))
    if size <= largest:
        assert read_at_most(path, largest) == path.read_bytes()
    else:
        with pytest.raises(TooLarge) as refused:
            read_at_most(path, largest)
        assert refused.value.size == size


@pytest.mark.parametrize(("size", "taken"), [(0, True), (5_000, True), (5_001, False), (3_000_000, False)])
def test_a_pipe_is_read_no_further_than_the_limit(tmp_path: Path, size: int, taken: bool) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def write() -> None:
        with path.open("wb", buffering=0) as pipe:
            try:
                pipe.write(b"x" * size)
            except BrokenPipeError:
                assert not taken

    writer = threading.Thread(target=write)
    writer.start()
    try:
        if taken:
            assert len(read_at_most(path, 5_000)) == size
        else:
            with pytest.raises(TooLarge):
                read_at_most(path, 5_000)
    finally:
        writer.join()


@pytest.mark.parametrize(("more", "taken"), [(50, True), (51, False)])
def test_a_file_that_grows_while_it_is_read_is_still_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, taken: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 50)
    real = os.fstat

    def grows(handle: int) -> os.stat_result:
        found = real(handle)
        with path.open("ab") as file:
            file.write(b"y" * more)
        return found

    monkeypatch.setattr("followthrough.io.bounded.os.fstat", grows)
    if taken:
        assert len(read_at_most(path, 100)) == 100
    else:
        with pytest.raises(TooLarge):
            read_at_most(path, 100)


def test_refusals_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(InputRefused, match=r"cannot be read \(No such file or directory\); name a CSV file"):
        read_bounded(path, 10, "name a CSV file")
    path.write_bytes(b"x" * 11)
    with pytest.raises(InputRefused, match=r"a\.csv: is larger than 10 bytes; split it"):
        read_bounded(path, 10, "name a CSV file")
