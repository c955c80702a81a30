"""The list of the commitments of an agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.model.vocabulary import CommitmentKind
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.charts.kind_bar import kind_bar
from followthrough.web.followup.lives import STATES, Lived, lives_of
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.feeds import Feed
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_columns import Column, natural
from followthrough.web.kit.lists import Filter, Table, link, listed
from followthrough.web.kit.wording import capital, fold
from followthrough.web.pages import agreement_sentences
from followthrough.web.pages.agreement_json import commitment_json

KINDS: tuple[str, ...] = tuple(CommitmentKind)
STRENGTHS = {str(n): f"{n} of 5" for n in range(1, 6)}


def _instruments(row: CommitmentRow) -> str:
    return "; ".join(name for _, name in row.instruments)


_strength = lru_cache(maxsize=8)(fragment("agreements/rows.jinja", "strength"))
_summary = fragment("agreements/rows.jinja", "commitment_summary")
_life = fragment("followup/life.jinja", "life_chip")
LIFE = {one.value: words for one, words in STATES.items()}
_NO_INSTRUMENT = lazy("no instrument")


def _kind(row: CommitmentRow) -> int:
    return KINDS.index(row.kind) if row.kind in KINDS else len(KINDS)


def _listed(items: Sequence[str]) -> str:
    return "; ".join(items)


# Ids are whole, so that none reads as a number or a date.
COLUMNS: tuple[Column[CommitmentRow], ...] = (
    Column("id", lazy("Commitment"), attrgetter("id"), lambda row: link(place_address(row.id), row.ref)),
    Column("provision", lazy("Paragraph"), attrgetter("provision"),
           lambda row: link(place_address(row.provision), row.num), extra=True),
    Column("provision_title", lazy("Title of the paragraph"), attrgetter("title"), extra=True),
    Column("summary", lazy("What is undertaken"), attrgetter("summary"), _summary, order=lambda row: natural(row.said)),
    Column("verb", lazy("Verb"), attrgetter("verb")),
    Column("kind", lazy("Kind"), attrgetter("kind"), order=_kind),
    Column("strength", lazy("Strength"), attrgetter("strength"), lambda row: _strength(row.strength)),
    Column("actors", lazy("Who acts"), attrgetter("actors"), extra=True),
    Column("instruments", lazy("Instruments named"), _instruments,
           lambda row: _instruments(row) or format_html('<i class="unk">{}</i>', _NO_INSTRUMENT)),
    Column("goals", lazy("Goals"), lambda row: _listed(row.goals), extra=True),
    Column("deadline", lazy("Deadline"), attrgetter("deadline"), extra=True),
    Column("quantity", lazy("Quantity"), attrgetter("quantity"), extra=True),
    Column("missing", lazy("Missing from the text"), lambda row: _listed(row.missing), extra=True),
)  # fmt: skip


def _lives(request: HttpRequest, facts: DocumentFacts, held: Sequence[CommitmentRow]) -> dict[str, Lived] | None:
    """Return where the commitments are in their life, where an address asks for it: it is worked out, not stored."""
    if "life" not in request.GET.urlencode():
        return None
    return lives_of(facts, held, request.user, timezone.localdate().isoformat())


def _in_life(lives: Mapping[str, Lived]) -> Column[CommitmentRow]:
    """Return the column of where each commitment is in its life."""
    return Column(
        "life", lazy("Life"), lambda row: lives[row.id].state if row.id in lives else "",
        lambda row: _life(lives[row.id]) if row.id in lives else "", extra=True,
    )  # fmt: skip


def _table(
    doc: str,
    held: Sequence[CommitmentRow],
    provisions: Sequence[ProvisionRow],
    lives: Mapping[str, Lived] | None,
    ext: str,
) -> Table[CommitmentRow]:
    named = {key: name for row in held for key, name in row.instruments}
    sections = {one.ref: f"{one.num} {one.title}".strip() for one in provisions if one.kind == "section"}
    by_name = dict(sorted(named.items(), key=lambda pair: fold(pair[1])))
    return Table(
        "commitments",
        lazy("Commitments"),
        "commitment",
        COLUMNS if ext and lives is None else (*COLUMNS, _in_life(lives or {})),
        (
            Filter("section", lazy("Section"), attrgetter("section"), options=sections),
            Filter("kind", lazy("Kind"), attrgetter("kind"), options={kind: capital(kind) for kind in KINDS}),
            Filter(
                "life", lazy("Life"), lambda row: lives[row.id].state if lives and row.id in lives else "", options=LIFE
            ),
            Filter("strength", lazy("Strength"), lambda row: str(row.strength), options=STRENGTHS),
            Filter("instrument", lazy("Instrument"), lambda row: [key for key, _ in row.instruments], options=by_name),
        ),
        _words,
        "pages/commitments.html",
        json=commitment_json,
        about={"document": doc},
        file=f"{doc}-commitments",
        feed=_FEED,
    )


def _words(row: CommitmentRow) -> str:
    """Return what the box of words looks through."""
    return " ".join([row.ref, row.title, row.summary, row.verb, row.actors, *(name for _, name in row.instruments)])


_FEED: Feed[CommitmentRow] = Feed(
    "commitment",
    lambda row: f"{row.ref} {row.summary}",
    lambda row: place_address(row.id),
    lambda row: (row.deadline, row.deadline),
)


@require_safe
def commitments(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the commitments of one agreement; the same query gives files."""
    facts = document_or_404(request, doc)
    provisions = rows.provision_rows([doc])
    full = bool(ext) or "goals" in f"{request.GET.getlist('columns')} {request.GET.get('sort')}"
    held = rows.with_instruments(rows.commitment_rows([doc], provisions, full=full), [doc]) if provisions else []
    lives = _lives(request, facts, held)
    context = {
        "doc": facts,
        "here": "commitments",
        "address": address("commitments", doc),
        "finding": agreement_sentences.says(held, provisions),
        "ladder": kind_bar(held, KINDS),
    }
    return listed(request, _table(doc, held, provisions, lives, ext), held, context, ext)
