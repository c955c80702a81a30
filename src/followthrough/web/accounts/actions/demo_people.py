"""The invented people of the demo: marked as such, and nobody when the register is served for real."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from followthrough.web.accounts.actions.people import Details, add_person
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM


def demo_person(username: str, hashed: str = "", name: str = "") -> User:
    """Return the demo's person of this name, made where they are missing, with a hashed password for this run.

    Without one nobody signs in as them. Raises ``BadAccount`` where somebody real has the name.
    """
    user = User.objects.filter(username=username, demo=True).first()
    if user is None:
        user = add_person(username, Details(name=name or _NAMES.get(username, "")), by=SYSTEM, demo=True)
    user.password = hashed or make_password(None)
    user.save(update_fields=["password"])
    return user


_NAMES = {
    "demo-editor": "Demo editor",
    "demo-coder-a": "Demo coder A",
    "demo-coder-b": "Demo coder B",
    "demo-chair": "Demo chair",
    "demo-focal-point": "Demo focal point",
}
