"""Repeated markup stands in Jinja2 fragments: escaped, on one line, and nowhere in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Library, Template, engines
from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import UndefinedError

import followthrough.web
from followthrough.web.kit.fragments import as_django_escapes, environment, fragment, register_fragments
from followthrough.web.kit.lists import below, chip
from support import nodes_of

WEB = Path(followthrough.web.__file__).parent
ELEMENT = re.compile(r"<[a-z][a-z0-9]*[\s>/]")
NASTY = "<b> & \"double\" 'single' &#39;"
ESCAPED = "&lt;b&gt; &amp; &quot;double&quot; &#x27;single&#x27; &amp;#39;"


def strings(tree: Sequence[ast.AST]) -> Iterator[tuple[int, str]]:
    """Return the line and the words of every string in code, with ``{}`` where a value goes; docstrings left out."""
    owners = [
        node for node in tree if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    ]
    docs = {id(owner.body[0].value) for owner in owners if owner.body and isinstance(owner.body[0], ast.Expr)}
    for node in tree:
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_no_string_in_python_holds_more_than_one_element() -> None:
    code = [path for path in WEB.rglob("*.py") if "migrations" not in path.parts and not path.name.endswith("urls.py")]
    assert len(code) > 100
    built = [
        f"{path.relative_to(WEB)}:{line}"
        for path in code
        for line, words in strings(nodes_of(path))
        if len(ELEMENT.findall(words)) > 1
    ]
    assert built == [], "put this markup into a .jinja fragment (docs/adr/0024)"


def test_every_fragment_compiles() -> None:
    names = [str(path.relative_to(path.parents[1])) for path in WEB.rglob("jinja2/*/*.jinja")]
    assert len(names) >= 5
    for name in names:
        assert engines["fragments"].get_template(name)


def test_values_are_escaped_as_django_escapes_them() -> None:
    assert chip("good", "check", NASTY).endswith(f"{ESCAPED}</span>")
    assert chip("good", "check", NASTY) == format_html("{}{}</span>", SafeString(chip("good", "check", "")[:-7]), NASTY)
    assert below(format_html("<i>{}</i>", "x"), NASTY) == f"<i>x</i><br><span class='small dim'>{ESCAPED}</span>"
    assert isinstance(below("a", "b"), SafeString)
    assert as_django_escapes("&#39;&#34;&amp;#39;") == "&#x27;&quot;&amp;#39;"


def test_line_breaks_of_a_fragment_are_no_part_of_the_page() -> None:
    template = environment(autoescape=True).from_string('<p>\n  <b>{{ x }}</b>\n  and\n</p>{{ "\\n" }}\n')
    assert template.render(x=NASTY) == f"<p><b>{ESCAPED}</b>and</p>\n".replace("&quot;", "&#34;").replace(
        "&#x27;", "&#39;"
    )
    with pytest.raises(UndefinedError):
        template.render()


def test_messages_pass_through_gettext() -> None:
    template = environment(autoescape=True).from_string(
        '{{ _("Weirs") }} {{ ngettext("%(num)s reed", "%(num)s reeds", n) }}'
    )
    assert (template.render(n=1), template.render(n=3)) == ("Weirs 1 reed", "Weirs 3 reeds")


def test_a_macro_is_a_filter_with_or_without_an_argument() -> None:
    library = Library()
    register_fragments(library, "kit/lists.jinja", "options", "matrix_lines")
    option = SimpleNamespace(value="a&b", label=NASTY, chosen=True)
    assert library.filters["options"]([option]) == f'<option value="a&amp;b" selected>{ESCAPED}</option>'
    page = Template("{{ chosen|options }}|{{ lines|matrix_lines:rows }}")
    lines = [SimpleNamespace(id="a"), SimpleNamespace(id="b")]
    context = {"chosen": [option], "lines": lines, "rows": {"a": format_html("<tr>{}</tr>", 1)}}
    assert page.render(Context(context)).endswith("</option>|<tr>1</tr>")


def test_strengths_and_paragraphs() -> None:
    strength = fragment("agreements/rows.jinja", "strength")
    assert strength(2) == (
        '<span class="st"><span class="rung five" aria-hidden="true"><b class="on"></b><b class="on"></b><b></b><b></b>'
        "<b></b></span>2 of 5</span>"
    )
    paragraphs = fragment("agreements/rows.jinja", "paragraphs")
    assert paragraphs([(SimpleNamespace(id="d/1", num="1"), 3)]) == (
        '<a class="r3" href="/agreements/d/1"><span class="vh">Paragraph </span>1</a>'
    )
