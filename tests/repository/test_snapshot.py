"""The comparison of two snapshots: one line for one kind of difference, however many pages have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapshot_diff import report
from snapshot_pages import normalised, text_of

PAGE = "200\nContent-Type: text/html\n\n<html><h1>Number {n}</h1><p>{word}</p></html>"


def pages(folder: Path, word: str, **more: str) -> Path:
    """Write a snapshot of three pages, and other files by name."""
    texts = {f"page{n}": PAGE.format(n=n, word=word) for n in range(3)} | more
    for name, text in texts.items():
        path = folder / "register" / "role" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_two_equal_snapshots_differ_in_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(pages(tmp_path / "a", "kept"), pages(tmp_path / "b", "kept"), 1) == 0
    assert "3 the same, 0 kinds" in capsys.readouterr().out


def test_one_change_on_many_pages_is_one_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(pages(tmp_path / "a", "kept"), pages(tmp_path / "b", "broken"), 1) == 1
    said = capsys.readouterr().out
    assert "0 the same, 1 kinds" in said
    assert "3 x - <p>kept + <p>broken" in said


def test_white_space_the_order_of_keys_and_missing_files_are_kinds_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = pages(
        tmp_path / "a",
        "x",
        spaced="<p>a <b>b</b></p>",
        visible="<p>a<b>b</b></p>",
        keys='200\n\n{"a": 1, "b": 2}',
        gone="x",
    )
    after = pages(
        tmp_path / "b",
        "x",
        spaced="<p>\n  a  <b>b</b>\n</p>",
        visible="<p>a <b>b</b></p>",
        keys='200\n\n{"b": 2, "a": 1}',
        new="x",
    )
    assert report(before, after, 1) == 1
    said = capsys.readouterr().out
    assert "3 the same, 5 kinds" in said
    for kind in (
        "white space that is not rendered",
        "the order of the keys of JSON only",
        "gone: ",
        "new: ",
        "white space that may be",
    ):
        assert f"1 x {kind}" in said


def test_only_what_must_vary_is_normalised() -> None:
    form = '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input name="stamp" value="{}">'
    assert normalised(form.format("a1", "s")) == normalised(form.format("b2", "s"))
    assert normalised(form.format("a1", "s")) != normalised(form.format("a1", "t"))
    assert text_of(b"\xff\xfe\xff") == text_of(b"\xff\xfe\xff") != text_of(b"\xff\xfe\xfe")
