"""A form of very many fields, parts or files is turned away before a view sees it, and never breaks one."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.errors import InputRefused
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.workbench.actions import uploads
from makers_hostile import TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
EDGE = "x" * 32


def part(name: str, body: str, more: str = "") -> str:
    return f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{body}\r\n'


FORMS = {
    "10,000 fields": ("application/x-www-form-urlencoded", "&".join(f"f{n}=1" for n in range(10_000))),
    "10,000 values of one field": ("application/x-www-form-urlencoded", "address=1&" * 10_000),
    "10,000 parts": ("multipart", "".join(part(f"f{n}", "1") for n in range(10_000)) + f"--{EDGE}--"),
    "2,000 files": (
        "multipart",
        "".join(part("file", "1", '; filename="a.txt"') for _ in range(2_000)) + f"--{EDGE}--",
    ),
    "a part with 100 kB of head": ("multipart", part("a", "1", f'; x="{"y" * 100_000}"') + f"--{EDGE}--"),
    "a field of 3 MB": ("multipart", part("address", "1" * 3_000_000) + f"--{EDGE}--"),
    "a part without end": ("multipart", part("file", "1", '; filename="a.txt"')[:-40]),
    "edges and nothing else": ("multipart", f"--{EDGE}\r\n" * 50_000),
}


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("editor", password="a long enough test password")  # noqa: S106 - in tests only
    grant_role(user, Role.EDITOR, by=SYSTEM)
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_bounds_is_refused(client: Client, editor: User, name: str) -> None:
    kind, body = FORMS[name]
    kind = f"multipart/form-data; boundary={EDGE}" if kind == "multipart" else kind
    client.raise_request_exception = False
    assert 400 <= client.post("/catalogue", body.encode(), content_type=kind).status_code < 500
    assert client.post("/sign-in", body.encode(), content_type=kind).status_code < 500
    client.logout()
    assert client.post("/sign-in", body.encode(), content_type=kind).status_code < 500


def test_an_address_of_10_000_parameters_is_refused(client: Client, editor: User) -> None:
    client.raise_request_exception = False
    assert 400 <= client.get("/agreements?" + "q=1&" * 10_000).status_code < 500


@pytest.mark.slow
def test_an_uploaded_bomb_is_one_line_on_the_page(client: Client, editor: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("bomb.pdf", TEXTS["a pdf of 130 MB a page"]())
    answer = client.post("/catalogue", {"file": file})
    assert answer.status_code == 422
    assert (
        "bomb.pdf: its reader broke off: it is damaged, or takes more than 270 MB of memory" in answer.content.decode()
    )


def test_what_is_too_large_is_refused_before_it_is_read(editor: User) -> None:
    with pytest.raises(InputRefused, match="is larger than 25 MB"):
        uploads.take_in(TEXTS["50 MB of dashes"](), "dashes.txt", by=editor)
