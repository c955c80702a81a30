"""The operations by which a party's own system reports: its reports in cycles, a draft, and sending one for review."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from pydantic import AfterValidator, ConfigDict, Field

from followthrough.web.accounts.standing import standing_of
from followthrough.web.api.authentication import TokenNeeded, caller
from followthrough.web.api.collections.own_reports import OWN
from followthrough.web.api.described import REFUSED, first_sentence, refuses, writes
from followthrough.web.api.idempotency import once
from followthrough.web.api.problems import problem, wrong_fields
from followthrough.web.followup.actions.drafts import Saved, save_draft
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.answers import LONGEST, read_answers
from followthrough.web.followup.models import Report
from followthrough.web.followup.policy import own_reports
from followthrough.web.followup.reading import asked_of
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.plain_text import UNSTORABLE

MOST_FIELDS = 500
ME = "me"


def _plain(text: str) -> str:
    if UNSTORABLE.search(text):
        raise ValueError(_("holds a character that no text holds"))
    return text


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_plain)]
Name = Annotated[str, Field(max_length=80), AfterValidator(_plain)]
Answers = Annotated[dict[Name, Words | list[Words]], Field(max_length=MOST_FIELDS)]


class DraftIn(Schema):
    """Answers by the names of their fields; ``seen`` is the number of the draft that they were written over."""

    model_config = ConfigDict(extra="forbid")
    answers: Answers
    seen: int = Field(0, ge=0, le=1_000_000)


class SubmissionIn(DraftIn):
    """The answers to send, and replies to comments of the secretariat by the key of the question."""

    replies: Annotated[dict[Name, Words], Field(max_length=MOST_FIELDS)] = Field(default_factory=dict)


class Drafted(Schema):
    """How a draft was saved: its number, and the fields that were taken over from a colleague's."""

    number: int
    taken: list[str]


class Submitted(Schema):
    """What was sent: the version, and when."""

    version: int
    sent: datetime
    late: bool


class Me(Schema):
    """Who a token speaks for, until when, what they may do somewhere, and the parties that they speak for."""

    username: str
    name: str
    token: str
    until: str
    permissions: list[str]
    parties: list[str]


def who_am_i(request: HttpRequest) -> HttpResponse:
    """Say who the token speaks for."""
    who = caller(request)
    standing = standing_of(who.by)
    return json_answer({
        "username": who.by.get_username(), "name": who.by.get_short_name() if hasattr(who.by, "get_short_name") else "",
        "token": who.token.name if who.token else "", "until": who.token.until.isoformat() if who.token else "",
        "permissions": sorted(one.name.lower() for one in standing.permissions), "parties": sorted(standing.parties),
    })  # fmt: skip


def save_own_draft(request: HttpRequest, key: int, entry: DraftIn) -> HttpResponse:
    """Save a draft, which its office alone sees; what a colleague changed meanwhile is joined, or told as 409."""
    by = caller(request).by
    report = get_object_or_404(own_reports(by).select_related("cycle"), pk=key)

    def act() -> HttpResponse:
        saved = save_draft(report, _read(report, entry), by=by, seen=entry.seen)
        return _differs(saved) if saved.differ else json_answer({"number": saved.number, "taken": list(saved.taken)})

    return once(request, act)


def submit_own_report(request: HttpRequest, key: int, entry: SubmissionIn) -> HttpResponse:
    """Send a report for review. What cannot be sent is kept as a draft, and the refusal says what is missing."""
    by = caller(request).by
    report = get_object_or_404(own_reports(by).select_related("cycle"), pk=key)

    def act() -> HttpResponse:
        answers = _read(report, entry)
        try:
            done = submit(report, answers, by=by, seen=entry.seen, replies=entry.replies)
        except InvalidEntry as error:  # the draft is saved, and stays
            return wrong_fields(error.problems)
        if done.submission is None:
            return _differs(done.saved)
        one = done.submission
        answer = json_answer({"version": one.number, "sent": one.sent, "late": one.late})
        answer.status_code = 201
        return answer

    return once(request, act)


def _read(report: Report, entry: DraftIn) -> dict[str, str | list[str]]:
    """Return the answers as a form reads them. Raises ``InvalidEntry`` for fields that the cycle does not have."""
    questions = asked_of(report.cycle_id)
    known = {name for one in questions for name in one.fields}
    if unknown := sorted(set(entry.answers) - known):
        raise InvalidEntry({f"answers.{name}": _("the cycle asks no such thing") for name in unknown[:20]})
    typed = {name: value if isinstance(value, list) else [value] for name, value in entry.answers.items()}
    return read_answers(questions, typed)


def _differs(saved: Saved) -> HttpResponse:
    """Answer 409 with the fields on which a colleague's draft differs; what was sent is kept beside it."""
    said = _("A colleague saved something else meanwhile. Yours is kept aside, as draft %(number)s.")
    errors = [{"field": f"answers.{name}", "detail": _("a colleague answered otherwise")} for name in saved.differ]
    return problem(409, said % {"number": saved.number}, errors=errors)


def register(api: NinjaAPI) -> None:
    """Add the operations of a party's own reports, and the one that says who a token speaks for."""
    common: dict[str, Any] = {"auth": TokenNeeded(), "tags": [OWN.name]}
    at = f"/{OWN.name}/{{id:key}}"
    api.get(
        f"/{ME}", response={200: Me}, auth=TokenNeeded(), tags=[ME], operation_id="who_am_i",
        summary=first_sentence(who_am_i), url_name="api-me", openapi_extra={"responses": refuses(REFUSED)},
    )(who_am_i)  # fmt: skip
    api.put(
        f"{at}/draft", response={200: Drafted}, operation_id="save_own_draft",
        summary=first_sentence(save_own_draft),
        url_name="api-own-draft", openapi_extra=writes(), **common,
    )(save_own_draft)  # fmt: skip
    api.post(
        f"{at}/submission", response={201: Submitted}, operation_id="submit_own_report",
        summary=first_sentence(submit_own_report), url_name="api-own-submission", openapi_extra=writes(), **common,
    )(submit_own_report)  # fmt: skip
