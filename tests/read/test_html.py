"""Web pages of our own writing: what is text, what is the site around it, and how lists are numbered."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.read import html
from read.makers_office import page
from support import cpu_of


def shown(data: bytes | str) -> list[str]:
    source = html.source(data.encode() if isinstance(data, str) else data, "isles.html")
    return [source.text[line.start : line.end] for line in source.lines if not line.blank]


def test_the_site_around_the_text_is_left_out() -> None:
    assert shown(page("<h1>Joint Declaration</h1><p>We will light\n the <b>strait</b>.</p>")) == [
        "Joint Declaration",
        "We will light the strait.",
    ]


def test_a_title_above_the_main_text_is_kept_and_hidden_parts_are_not() -> None:
    data = "<body><header><h1>Joint Declaration</h1></header><main><p>We will light it.</p><p hidden>No.</p></main>"
    assert shown(data) == ["Joint Declaration", "We will light it."]


def test_a_form_around_the_whole_page_hides_nothing() -> None:
    assert shown("<body><form><div class='menu'><a>x</a></div><p>We will light it.</p></form>") == ["We will light it."]


@pytest.mark.parametrize(
    ("attributes", "marks"),
    [
        ("", ["1.", "2."]),
        ("type=a start=3", ["c.", "d."]),
        ("type=I", ["I.", "II."]),
        ("reversed", ["2.", "1."]),
        ("style='list-style-type: lower-roman'", ["i.", "ii."]),
        ("start=99999999999999999999", ["1.", "2."]),
    ],
)
def test_ordered_lists_get_the_numbers_a_browser_prints(attributes: str, marks: list[str]) -> None:
    assert shown(f"<ol {attributes}><li>Lamps<li><p>Keepers</p></ol>") == [f"{marks[0]} Lamps", f"{marks[1]} Keepers"]


def test_values_nested_lists_and_bullets() -> None:
    source = html.source(b"<ol><li value=4>A lamp<ul><li>wick</ul><li>(a) oil</ol>", "isles.html")
    lines = [(source.text[li.start : li.end], li.hint, li.level) for li in source.lines if not li.blank]
    assert lines == [("4. A lamp", "whole", 0), ("• wick", "bullet", 1), ("(a) oil", "whole", 0)]


def test_tables_go_row_by_row_and_breaks_are_spaces() -> None:
    data = (
        "<table><tr><td>1.</td><td>Lamps</td></tr><tr><td>Isle</td><td>Keeper</td></tr></table><p>one<br>two<br><br>six"
    )
    assert shown(data) == ["1. Lamps", "Isle | Keeper", "one two", "six"]


@pytest.mark.parametrize(
    ("encoding", "head", "words"),
    [
        ("utf-8", "", "Grüße “here”"),
        ("utf-8-sig", "", "Grüße"),
        ("utf-16", "", "Grüße"),
        ("cp1252", "<meta charset=iso-8859-1>", "Grüße “here”"),
        ("cp1252", "", "Grüße “here”"),
        ("cp949", "<meta charset=euc-kr>", "등대 선언"),
        ("cp949", "", "등대 선언을 발표한다"),
        ("utf-8", "<?xml version='1.0' encoding='utf-8'?>", "등대"),
    ],
)
def test_encodings(encoding: str, head: str, words: str) -> None:
    data = f"{head}<html><body><p>{words}</p></body></html>".encode(encoding)
    assert html.recognises(data)
    assert shown(data) == [words]


@pytest.mark.parametrize(
    "data", [b"", b"<html><body></body></html>", b"<p>\x00\x01\x02", b"%PDF-1.7 <html>", b"   ", b"<b>" * 600_000]
)
def test_bad_pages_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputRefused) as refused:
        html.source(data, "isles.html")
    assert "\n" not in str(refused.value)


def test_other_formats_are_not_recognised() -> None:
    for data in (b"# Title\n\nwords", b"Plain <b>words</b>", b"<akomaNtoso><act/></akomaNtoso>", b"PK\x03\x04", b""):
        assert not html.recognises(data)


@pytest.mark.budget
@pytest.mark.parametrize("unit", ["<div>", "<ol><li>", "<table><tr><td>", "<sup>1<a>", "<br>", "<b>x", "&#1;", "<!--"])
def test_deep_and_endless_pages_take_bounded_time(unit: str) -> None:
    def read() -> None:
        with contextlib.suppress(InputRefused):
            html.source((unit * (100_000 // len(unit)) + "words").encode(), "isles.html")

    assert cpu_of(read) < 2


VALID = page(
    "<h1>T</h1><ol type=a><li>x<ul><li>y</ul></ol><table><tr><td>1<td>z</table><p>We will.<br>2. go<sup>1</sup>"
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.integers(0, len(VALID)), st.integers(0, 60))
def test_nothing_but_a_refusal_escapes(noise: bytes, at: int, cut: int) -> None:
    valid = VALID.encode()
    for data in (noise, b"<html>" + noise, valid[:at] + noise[:40] + valid[at + cut :]):
        html.recognises(data)
        try:
            source = html.source(data, "isles.html")
        except InputRefused:
            continue
        assert all(0 <= line.start <= line.end <= len(source.text) for line in source.lines)
