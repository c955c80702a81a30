"""Collects the messages of templates and code, and brings every language's catalogue up to date.

make messages               write locale/django.pot, update every .po by it, compile every .mo
make messages LOCALE=ko   the same, with a new, empty catalogue for Korean (Django's code of the language)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
WEB = ROOT / "src" / "followthrough" / "web"
LOCALE = WEB / "locale"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **{name: None for name in ("_", "gettext", "gettext_lazy", "gettext_noop", "lazy")},
    **{name: (1, 2) for name in ("ngettext", "ngettext_lazy", "ngettext_noop")},
    **{name: ((1, "c"), 2) for name in ("pgettext", "pgettext_lazy")},
    **{name: ((1, "c"), 2, 3) for name in ("npgettext", "npgettext_lazy")},
}
METHODS = {".py": "python", ".html": "python", ".jinja": "jinja2"}
OPTIONS = {"jinja2": {"extensions": "jinja2.ext.i18n", "silent": "false"}}


def messages(source: Path) -> Catalog:
    """Return every message of the code and the templates below ``source``, without translations."""
    catalog = Catalog(project="Followthrough", charset="utf-8", fuzzy=False)
    for path in sorted(path for path in source.rglob("*") if path.suffix in METHODS):
        method = METHODS[path.suffix]
        for _, message, comments, context in extract(
            method, BytesIO(_readable(path)), KEYWORDS, ("Translators:",), OPTIONS.get(method)
        ):
            catalog.add(
                message, locations=[(str(path.relative_to(source)), 0)], auto_comments=comments, context=context
            )
    return catalog


def _readable(path: Path) -> bytes:
    """Return code as it is, and a Django template as the calls of gettext that Django finds in it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        if not settings.configured:
            settings.configure()
        text = "\n".join(line.lstrip() for line in templatize(text).split("\n"))
    return text.encode()


def update(template: Catalog, locale: Path, new: str = "") -> Iterator[Path]:
    """Update every catalogue below ``locale`` by ``template``, with one for the language ``new``; yield each.

    Translations of messages that are gone are kept in the file as obsolete; those of changed ones are marked fuzzy and
    are not compiled.
    """
    if new:
        path = locale / to_locale(new) / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write(Catalog(to_locale(new), project="Followthrough", fuzzy=False), path)
    for path in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as lines:
            catalog = read_po(lines, locale=path.parent.parent.name)
        catalog.update(template)
        _write(catalog, path)
        compile_catalog(catalog, path.with_suffix(".mo"))
        yield path


def compile_catalog(catalog: Catalog, path: Path) -> None:
    """Write the compiled form of ``catalog``, which Django reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def write_template(template: Catalog, path: Path) -> None:
    """Write every message once, without the time and the places, so that it differs where a message does."""
    with path.open("wb") as file:
        write_po(file, template, width=100, sort_output=True, no_location=True, omit_header=True)


def _write(catalog: Catalog, path: Path) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)


def main(new: str = "") -> None:
    """Run ``make messages``."""
    template = messages(WEB)
    LOCALE.mkdir(exist_ok=True)
    write_template(template, LOCALE / "django.pot")
    sys.stdout.write(f"{len(template)} messages in {(LOCALE / 'django.pot').relative_to(ROOT)}\n")
    for path in update(template, LOCALE, new):
        sys.stdout.write(f"updated {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
