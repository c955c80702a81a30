"""A picture to take away is one file that any program shows: nothing in it refers to a page."""

from __future__ import annotations

from xml.etree import ElementTree

from followthrough.web.kit.pictures import WIDTH, Drawn, picture

SVG = '<svg class="trend" viewBox="0 0 {} 100" role="img" aria-label="x"><path class="run" d="M0 0"/></svg>'
NS = {"s": "http://www.w3.org/2000/svg"}


def drawing(*widths: int) -> ElementTree.Element:
    drawn = [Drawn(f"Weir <{at}>", SVG.format(width)) for at, width in enumerate(widths)]
    return ElementTree.fromstring(picture("Otters & weirs", drawn, ["dashed: <none>"], "Followthrough, 2020"))  # noqa: S314 - our own


def test_a_picture_is_xml_with_its_title_its_key_and_its_source() -> None:
    root = drawing(900)
    words = [text.text for text in root.findall("s:text", NS)]
    assert words == ["Otters & weirs", "Weir <0>", "dashed: <none>", "Followthrough, 2020"]
    assert root.find("s:title", NS) is not None
    assert root.get("width") == str(WIDTH)


def test_its_looks_are_in_it_in_colours_that_every_program_understands() -> None:
    style = drawing(900).findtext("s:style", "", NS)
    assert ".trend .run" in style
    assert "stroke: #0b5767" in style
    assert not [word for word in ("var(", "light-dark(", "@layer", "@import") if word in style]


def test_narrow_drawings_stand_side_by_side_and_do_not_overlap() -> None:
    root = drawing(240, 240, 240, 240)
    places = [(int(one.get("x", "")), int(one.get("y", ""))) for one in root.findall("s:g/s:svg", NS)]
    assert places[0][1] == places[1][1] == places[2][1] < places[3][1]
    assert places[3][0] == places[0][0]
    assert int(str(root.get("height"))) > places[3][1] + 100
