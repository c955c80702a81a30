"""A field of a form has the limits of the pack's column, keeps what was typed, and says what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from lxml import html

from followthrough.packs.schema import TABLES
from followthrough.web.kit.form_fields import LONGEST_DATE, Look, form_field

COLUMNS = [(table.name, column) for table in TABLES for column in table.columns]
LIMITED = [(f"{table}.{one.name}", one) for table, one in COLUMNS if one.kind in ("string", "url")]
DATES = [f"{table}.{one.name}" for table, one in COLUMNS if one.kind == "date"]


@dataclass
class Record:
    title: str = "Otter weir"


def shown(tag: str, **context: Any) -> Any:
    """Return the element of a field that is drawn by ``{% entry ... %}``."""
    return html.fromstring(Template(f"{{% entry {tag} %}}").render(Context(context)))


def control(tag: str, **context: Any) -> Any:
    (found,) = shown(tag, **context).xpath("//input|//select|//textarea")
    return found


@pytest.mark.parametrize(("name", "column"), LIMITED, ids=[name for name, _ in LIMITED])
def test_a_field_that_is_named_after_a_column_has_its_limits(name: str, column: Any) -> None:
    look = form_field(name, "", Look()).look
    assert (look.longest, look.required) == (column.longest, column.required)


@pytest.mark.parametrize("name", DATES)
def test_a_date_says_how_it_is_written(name: str) -> None:
    look = form_field(name, "", Look()).look
    assert (look.kind, look.longest) == ("date", LONGEST_DATE)
    assert "2021" in str(look.hint) or str(look.hint).startswith("Write it")
    assert form_field(name, "", Look(hint="In spring.")).look.hint == "In spring."


def test_what_the_form_says_goes_before_what_the_column_says() -> None:
    look = form_field("claims.statement", "", Look(kind="long", label="Otters", longest=5, required=False)).look
    assert (look.kind, look.label, look.longest, look.required) == ("long", "Otters", 5, False)


def test_a_field_of_no_column_is_a_text_without_limits() -> None:
    look = form_field("otter_name", "", Look()).look
    assert (look.kind, look.label, look.longest, look.required) == ("text", "Otter name", None, False)


def test_a_choice_is_neither_limited_nor_required_unless_the_form_says_so() -> None:
    look = form_field("claims.statement", "a", Look(), options=["a", "b"]).look
    assert (look.kind, look.longest, look.required) == ("choice", None, False)
    assert form_field("claims.kind", "a", Look(required=True), options=["a"]).look.required


def test_a_choice_of_many_marks_all_that_were_chosen_and_a_choice_of_one_the_one() -> None:
    many = form_field("weirs", {"old_weir", "mill"}, Look(size=3), options=["old_weir", ("mill", "The mill"), "otter"])
    assert [(one.label, one.chosen) for one in many.choices] == [
        ("old weir", True),
        ("The mill", True),
        ("otter", False),
    ]
    assert (many.many, many.value) == (True, "")
    one = form_field("weirs", "otter", Look(), options=["mill", "otter"])
    assert ([choice.chosen for choice in one.choices], one.many) == ([False, True], False)


@pytest.mark.parametrize(
    ("hint", "problem", "described"),
    [("", "", ""), ("In metres.", "", "height-hint"), ("", "Too tall.", "height-wrong"),
     ("In metres.", "Too tall.", "height-hint height-wrong")],
)  # fmt: skip
def test_a_field_names_what_describes_it(hint: str, problem: str, described: str) -> None:
    assert form_field("height", "", Look(hint=hint), problem=problem).described == described


def test_the_tag_draws_a_label_that_belongs_to_its_field() -> None:
    field = shown("'sources.title' typed", typed={"sources.title": "Weirs"})
    (label,) = field.xpath("//label")
    (box,) = field.xpath("//input")
    assert (label.get("for"), str(label.text).strip(), box.get("name"), box.get("value")) == (
        box.get("id"), "Title", "sources.title", "Weirs",
    )  # fmt: skip
    assert box.get("maxlength") == "300" or int(box.get("maxlength")) > 0


def test_what_is_wrong_is_said_at_the_field_and_described_by_it() -> None:
    field = shown("'height' '3' hint='In metres.'", problems={"height": "must be <less>"})
    (box,) = field.xpath("//input")
    assert (box.get("aria-invalid"), box.get("aria-describedby")) == ("true", "height-hint height-wrong")
    assert field.xpath("//*[@id='height-wrong']")[0].text == "Must be <less>."
    assert field.xpath("//*[@id='height-hint']")[0].text == "In metres."
    sound = control("'height' '3'", problems={"width": "is no number"})
    assert (sound.get("aria-invalid"), sound.get("aria-describedby")) == (None, None)


@pytest.mark.parametrize("look", ["", "kind='long'", "kind='date'", "kind='email'"])
def test_what_was_typed_is_escaped_and_comes_back_as_it_was(look: str) -> None:
    typed = '"><script>alert(1)</script>&amp;'
    found = shown(f"'otter' typed {look}", typed=typed)
    (box,) = found.xpath("//input|//textarea")
    assert (box.get("value") or box.text) == typed
    assert found.xpath("//script") == []


def test_options_are_escaped_and_the_blank_one_stands_first() -> None:
    found = control("'otter' 'b' options=options blank=none", none="<none>", options=[("a&b", "<i>A</i>"), ("b", "B")])
    assert [(one.get("value"), one.text, one.get("selected") is not None) for one in found] == [
        ("", "<none>", False),
        ("a&b", "<i>A</i>", False),
        ("b", "B", True),
    ]
    assert found.get("multiple") is None


def test_a_choice_of_many_is_drawn_as_high_as_it_says() -> None:
    found = control("'otter' chosen options=options size=4", chosen={"a", "c"}, options=["a", "b", "c"])
    assert (found.get("multiple") is not None, found.get("size")) == (True, "4")
    assert [one.get("value") for one in found if one.get("selected") is not None] == ["a", "c"]


def test_the_words_and_mistakes_of_another_form_are_not_shown() -> None:
    sent = {"typed": QueryDict("note=from+the+other"), "problems": {"note": "is too long"}, "did": "withdraw"}
    ours = shown("'note' typed form='correct' default='ours'", **sent)
    (box,) = ours.xpath("//input")
    assert (box.get("value"), box.get("aria-invalid"), ours.xpath("//*[@class='wrong']")) == ("ours", None, [])
    theirs = shown("'note' typed form='withdraw' default='ours'", **sent)
    (box,) = theirs.xpath("//input")
    assert (box.get("value"), box.get("id")) == ("from the other", "note-withdraw")
    assert theirs.xpath("//*[@id='note-withdraw-wrong']")[0].text == "Is too long."


def test_a_field_that_was_sent_empty_stays_empty_and_one_that_was_not_has_its_default() -> None:
    assert control("'otter' typed default='d'", typed={"otter": ""}).get("value") == ""
    assert control("'otter' typed default='d'", typed={}).get("value") == "d"


def test_a_record_gives_its_own_value_or_the_default() -> None:
    assert control("'title' record", record=Record()).get("value") == "Otter weir"
    assert control("'depth' record default='3'", record=Record()).get("value") == "3"
