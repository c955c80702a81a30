"""The forms of a page as a browser sees them, filled in and sent: ``stamped`` and ``forms_of``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from django.http import HttpResponse
from django.test import Client

HIDDEN_FROM_PEOPLE = {"website"}
"""A field that people do not see and robots fill in."""


@dataclass(slots=True)
class Form:
    """One form that posts: its values as the page gives them, and what a person may type into."""

    page: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The address that it is sent to."""
        return self.action or self.page

    @property
    def deeds(self) -> list[str]:
        """What its buttons say is to be done; nothing but itself where it has one that says nothing."""
        return [value for name, value in self.buttons if name == "do"] or [""]


def forms_of(html: str, page: str) -> list[Form]:
    """Return the forms of a page that post, signing in and out apart."""
    tree = lxml.html.fromstring(html)
    by_id: dict[str, Form] = {}
    found = []
    for one in tree.iter("form"):
        if one.get("method", "").lower() != "post" or one.get("action", "").startswith("/sign-"):
            continue
        form = Form(page, one.get("action", ""))
        _fill(form, one.iter("input", "select", "textarea", "button"))
        found.append(form)
        if one.get("id"):
            by_id[str(one.get("id"))] = form
    for key, form in by_id.items():
        _fill(form, (one for one in tree.iter() if one.get("form") == key))
    return found


def _fill(form: Form, controls: Iterable[Any]) -> None:
    for one in controls:
        name, kind = one.get("name", ""), one.get("type", "")
        if one.tag == "button":
            form.buttons.append((name, one.get("value", "")))
        elif name in HIDDEN_FROM_PEOPLE or not name:
            continue
        elif one.tag == "select":
            options = list(one.iter("option"))
            picked = [o for o in options if o.get("selected") is not None] or options[: not one.get("multiple")]
            form.values.setdefault(name, []).extend(o.get("value", o.text or "") for o in picked)
        elif one.tag == "textarea":
            form.values.setdefault(name, []).append((one.text or "").removeprefix("\n"))
            form.texts.append(name)
        elif kind in ("checkbox", "radio"):
            form.values.setdefault(name, []).extend([one.get("value", "on")] * (one.get("checked") is not None))
        elif kind == "file":
            form.files.append(name)
        else:
            form.values.setdefault(name, []).append(one.get("value", ""))
            if kind != "hidden":
                form.texts.append(name)


def stamp_for(client: Client, page: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the stamp that the form on ``page`` carries which ``data`` would be typed into."""
    answer = client.get(page)
    for form in forms_of(answer.content.decode(), page) if answer.status_code == 200 else ():
        same = all(str(data[key]) in form.values.get(key, []) for key in ("cell", "suggestion") if key in data)
        if same and ("do" not in data or str(data["do"]) in form.deeds) and "stamp" in form.values:
            return {"stamp": form.values["stamp"][0]}
    return {}


def stamped(client: Client, address: str, data: Mapping[str, Any], page: str = "") -> HttpResponse:
    """Open a page and send its form, with what it says it showed."""
    return client.post(address, {**stamp_for(client, page or address, data), **data})  # type: ignore[return-value]
