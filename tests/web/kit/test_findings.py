"""A finding parts into a title and a lead, at the end of its first sentence, and no tag is cut."""

from __future__ import annotations

import pytest
from lxml import html

from followthrough.web.kit.findings import finding


@pytest.mark.parametrize(
    ("said", "title", "lead"),
    [
        ("<strong>6 of 26 were missed.</strong> Nine came again.", "6 of 26 were missed", "Nine came again."),
        ("<strong>12 of 12. Next: 8.</strong> Of 49, 6.", "12 of 12", "<strong>Next: 8.</strong> Of 49, 6."),
        ("<strong>46 of 54 have figures</strong>, around 18 paragraphs. They show.",
         "46 of 54 have figures, around 18 paragraphs", "They show."),
        ("It rose to 9.78 million in 2017. None since.", "It rose to 9.78 million in 2017", "None since."),
        ('By <a href="/a.b">J. Doe</a>. More.', 'By <a href="/a.b">J. Doe</a>', "More."),
        ("Nothing is on record", "Nothing is on record", ""),
        ('Silent in <data value="3">3</data>.', 'Silent in <data value="3">3</data>', ""),
    ],
)  # fmt: skip
def test_a_finding_is_a_title_and_a_lead(said: str, title: str, lead: str) -> None:
    assert finding(said) == (title, lead)
    words = " ".join(str(html.fromstring(f"<p>{said}</p>").xpath("string()")).split())
    again = " ".join(str(html.fromstring(f"<p>{title}. {lead}</p>").xpath("string()")).split())
    assert again.rstrip(". ") == words.rstrip(". ")
