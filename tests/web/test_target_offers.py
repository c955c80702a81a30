"""A measure that the text itself sets is offered as a target: to who may enter one, filled in, until it is made."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.indicators.models import Target
from followthrough.web.links.models import Link

PAGE = "/agreements/asean-rok-2019/4.3"


def offered(client: Client) -> list[str]:
    return [
        unescape(one) for one in re.findall(r'href="([^"]+records/target/new[^"]+)"', client.get(PAGE).content.decode())
    ]


def test_a_quantity_of_the_text_becomes_a_target_in_one_form(register: Document, client: Client) -> None:
    held = Commitment.objects.filter(pk="asean-rok-2019/4.3a")
    held.update(quantity="1,500 flights a week", deadline="2030-12-31", summary="Open the skies.")
    Link.objects.filter(target__isnull=False, commitment__provision="asean-rok-2019/4.3").delete()
    assert offered(client) == [], "a stranger enters nothing"
    editor = User.objects.create_user("editor-of-targets", password="a long enough test password")  # noqa: S106 - in tests
    grant_role(editor, Role.EDITOR, by=SYSTEM)
    client.force_login(editor)
    (form,) = offered(client)
    page = client.get(form).content.decode()
    asked = dict(re.findall(r'name="([\w.]+)"[^>]* value="([^"]*)"', page))
    assert (asked["targets.value"], asked["targets.unit"], asked["linked"]) == ("1500", "flights a week", "4.3a")
    assert "Open the skies." in page and "2030" in asked["targets.due"]
    sent = asked | {"targets.statement": "Open the skies."}
    answer = client.post(form.partition("?")[0], sent)
    assert answer.status_code == 302, answer.content.decode()
    made = Target.objects.get(statement="Open the skies.")
    assert (made.value, made.unit, made.due) == (1500, "flights a week", "2030-12-31")
    assert offered(client) == [], "it has its target now"


def test_a_quantity_without_a_leading_number_is_left_to_the_person(register: Document, client: Client) -> None:
    Commitment.objects.filter(pk="asean-rok-2019/4.3a").update(quantity="double", deadline="")
    Link.objects.filter(target__isnull=False, commitment__provision="asean-rok-2019/4.3").delete()
    superuser = User.objects.create_superuser("keeper-of-targets", password="a long enough test password")  # noqa: S106
    client.force_login(superuser)
    (form,) = offered(client)
    assert "targets.value" not in form and "targets.unit=double" in form
