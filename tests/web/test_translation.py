"""Messages are found in code and templates, catalogues are written and used, and what has no message is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.test import Client, override_settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, override, pgettext, trans_real
from tools.messages import WEB, messages, update

import pseudo_locale
from followthrough.packs.reading import Pack
from followthrough.web.agreements.models import Document
from followthrough.web.kit.locales import conjunction, language_name
from followthrough.web.kit.wording import day, listing, with_article

pytestmark = pytest.mark.sqlite

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
def show(count, name):
    # Translators: the button that sends
    return _("Send"), ngettext("%(n)s weir", "%(n)s weirs", count) % {"n": count}, pgettext("a month", "May"), _(name)
"""
TEMPLATE = """{% load i18n %}{% if a %}
    <p>{% translate "Weirs" %} plain words</p>
  {% blocktranslate count n=n trimmed %}
    {{ n }} otter
  {% plural %}
    {{ n }} otters
  {% endblocktranslate %}
{% endif %}
"""
FRAGMENT = (
    "{% for one in rows %}<td>{{ _('Banks') }}</td>{{ ngettext('%(num)s reed', '%(num)s reeds', n) }}{% endfor %}"
)
UNMARKED = {
    "/": 11,
    "/agreements": 6,
    "/agreements/asean-rok-2019": 28,
    "/agreements/asean-rok-2019/commitments": 11,
    "/agreements/asean-rok-2019/4.3": 11,
    "/claims/c-031": 6,
    "/lineage": 26,
    "/search?q=air": 17,
    "/sign-in": 0,
}
"""Texts of a page that do not pass through gettext: a number may be lowered, never raised. At 0 the test lists them.

What is left are words of codes that the record and the exports share (stages, kinds, states of targets, groups of a
search), sentences of charts, and citations, which stay as they are.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, content in {"code.py": CODE, "page.html": TEMPLATE, "rows.jinja": FRAGMENT}.items():
        (tmp_path / "source" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "source" / name).write_text(content, encoding="utf-8")
    return tmp_path / "source"


@pytest.fixture(autouse=True)
def several_languages() -> Iterator[None]:
    """Messages are looked up, as where there is more than one language; Django keeps which way it goes."""
    chosen: Any = translation
    with override_settings(USE_I18N=True):
        chosen._trans.__dict__.clear()
        yield
    chosen._trans.__dict__.clear()


@pytest.fixture
def no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django has read no catalogue yet, and forgets those that the test brings."""
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(trans_real, "_default", None)


def test_messages_of_code_templates_and_fragments_are_found(source: Path) -> None:
    found = {(message.id, message.context) for message in messages(source) if message.id}
    assert found == {
        ("Send", None), (("%(n)s weir", "%(n)s weirs"), None), ("May", "a month"), ("Weirs", None),
        (("%(n)s otter", "%(n)s otters"), None), ("Banks", None), (("%(num)s reed", "%(num)s reeds"), None),
    }  # fmt: skip
    assert messages(source).get("Send").auto_comments == ["Translators: the button that sends"]  # type: ignore[union-attr]


def test_a_new_language_is_written_updated_compiled_and_used(source: Path, tmp_path: Path, no_catalogue: None) -> None:
    locale = tmp_path / "locale"
    [path] = update(messages(source), locale, "ko")
    with path.open("rb") as lines:
        catalog = read_po(lines, locale="ko")
    catalog["Weirs"].string, catalog["Send"].string = "보", "보내기"
    catalog["%(n)s otter"].string = ("수달 %(n)s마리",)
    with path.open("wb") as file:
        write_po(file, catalog)
    assert list(update(messages(source), locale)) == [path]
    with override_settings(LOCALE_PATHS=[locale]), override("ko"):
        page = engines["django"].from_string(TEMPLATE)
        assert "보 plain words" in page.render({"a": True, "n": 3})
        assert "수달 3마리" in page.render({"a": True, "n": 3})
        assert (gettext("Send"), pgettext("a month", "May"), ngettext("x", "y", 2)) == ("보내기", "May", "y")
    (source / "page.html").write_text("", encoding="utf-8")
    list(update(messages(source), locale))
    assert '#~ msgid "Weirs"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "written", "month", "joined", "korean"),
    [
        ("en", "26 Sep 2019", "Sep 2019", "a, b and c", "Korean"),
        ("ko", "2019년 9월 26일", "2019년 9월", "a, b 및 c", "한국어"),
        ("id", "26 Sep 2019", "Sep 2019", "a, b, dan c", "Korea"),
        ("th", "26 ก.ย. 2019", "ก.ย. 2019", "a b และc", "เกาหลี"),
        ("vi", "26 thg 9, 2019", "thg 9 2019", "a, b và c", "Tiếng Hàn"),
        ("km", "26 កញ្ញា 2019", "កញ្ញា 2019", "a, b និង c", "កូរ៉េ"),
        ("lo", "26 ກ.ຍ. 2019", "ກ.ຍ. 2019", "a, b, c", "ເກົາຫລີ"),
        ("my", "2019 စက် 26", "2019 စက်", "a၊ b နှင့် c", "ကိုရီးယား"),
    ],
)
def test_dates_lists_and_languages_in_eight_languages(
    language: str, written: str, month: str, joined: str, korean: str
) -> None:
    with override(language):
        assert (day("2019-09-26"), day("2019-09"), listing(["a", "b", "c"])) == (written, month, joined)
        assert language_name("ko") == korean


def test_english_is_as_it_was() -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert [day(f"2019-{at:02}-03") for at in range(1, 13)] == [f"3 {month} 2019" for month in months]
    assert (day("2019"), day("2019-13"), day("soon"), day(""), day("2019-02-31")) == (
        "2019", "2019-13", "soon", "", "2019-02-31",
    )  # fmt: skip
    assert (conjunction([]), conjunction(["a"]), conjunction(["a", "b"])) == ("", "a", "a and b")
    assert (language_name("tl"), language_name("zh"), language_name("lo"), language_name("xx")) == (
        "Filipino", "Chinese", "Lao", "xx",
    )  # fmt: skip
    assert with_article("Republic of Korea") == "the Republic of Korea"
    with override("vi"):
        assert with_article("Republic of Korea") == "Republic of Korea"
    assert day(date(2020, 2, 29).isoformat()) == "29 Feb 2020"


@pytest.mark.slow
def test_what_does_not_pass_through_gettext_grows_less(
    register: Document, bundled: Pack, client: Client, tmp_path: Path, no_catalogue: None
) -> None:
    pseudo_locale.write(messages(WEB), tmp_path)
    data = {str(cell) for rows in bundled.rows.values() for row in rows for cell in row.values()}
    left: dict[str, list[str]] = {}
    with override_settings(LOCALE_PATHS=[tmp_path]), override(pseudo_locale.CODE):
        for address in UNMARKED:
            left[address] = pseudo_locale.unmarked(client.get(address).content.decode(), data)
    more = {address: texts for address, texts in left.items() if len(texts) > UNMARKED[address]}
    assert not more, f"mark these with gettext (CONTRIBUTING.md): {more}"


def test_of_mark_up_to_copy_its_title_is_read() -> None:
    page = "<textarea readonly>&lt;iframe src='/embed/a' title='{}' height='440'>&lt;/iframe></textarea>"
    assert pseudo_locale.unmarked(page.format("⟦The lake⟧"), set()) == []
    assert pseudo_locale.unmarked(page.format("The lake"), set()) == ["The lake"]


def test_a_text_outside_every_message_is_seen() -> None:
    page = "<h1>⟦Six ⟦weirs⟧⟧ 3</h1><p title='Loose'>⟦a⟧ and <b>Mill</b> 26 Nov 2019</p><i>2019</i><style>p</style>"
    assert pseudo_locale.unmarked(page, {"Mill"}) == ["Loose", "and"]
