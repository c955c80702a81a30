"""``followthrough people``: administration of accounts by the operator of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.cli.boot import boot, migrate
from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from followthrough.web.accounts.models import User

data_dir = click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the register is kept."
)


@click.group("people")
def people() -> None:
    """Make the first administrator, and keep accounts from the command line."""


@people.command("add")
@click.argument("username")
@click.option("--role", "role", default="", help="A role over the whole register, such as administrator.")
@click.option("--name", default="", help="The name that readers see.")
@click.option("--email", default="", help="Where a link to set the password can be sent.")
@data_dir
def add(username: str, role: str, name: str, email: str, data_dir: Path | None) -> None:
    """Make an account, and ask for its password."""
    boot(data_dir)
    migrate()
    from django.db import transaction

    from followthrough.web.accounts.actions.people import BadAccount, Details, add_person, set_password
    from followthrough.web.accounts.actions.roles import grant_role
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.accounts.roles import Role

    roles = [one.value for one in Role if one is not Role.CONTRIBUTOR]
    if role and role not in roles:
        raise InputRefused(f"--role {role}", "is no role over the whole register", f"name one of {', '.join(roles)}")
    password = _password(username)
    try:
        with transaction.atomic():
            user = add_person(username, Details(name, email), by=SYSTEM)
            set_password(user, password, by=SYSTEM)
            if role:
                grant_role(user, Role(role), by=SYSTEM)
    except BadAccount as error:
        raise InputRefused(f"the account {username}", str(error), "choose another") from error
    click.echo(f"{user.username} can sign in{f' as {role}' if role else ''}.", err=True)


@people.command("password")
@click.argument("username")
@data_dir
def password(username: str, data_dir: Path | None) -> None:
    """Ask for a new password of somebody who cannot set one."""
    user = _held(username, data_dir)
    from followthrough.web.accounts.actions.people import set_password
    from followthrough.web.accounts.policy import SYSTEM

    set_password(user, _password(username), by=SYSTEM)
    click.echo(f"{username} signs in with the new password.", err=True)


@people.command("reset-factor")
@click.argument("username")
@data_dir
def reset_factor(username: str, data_dir: Path | None) -> None:
    """Take away the second factors of somebody who lost them and whom no administrator can help."""
    user = _held(username, data_dir)
    from followthrough.web.accounts.actions.sign_in import reset_second_factor
    from followthrough.web.accounts.policy import SYSTEM

    gone = reset_second_factor(user, by=SYSTEM)
    click.echo(f"{username} signs in with the password alone; {gone} factors were taken away.", err=True)


@people.command("list")
@data_dir
def list_(data_dir: Path | None) -> None:
    """Print who has an account, with which roles."""
    boot(data_dir)
    migrate()
    from followthrough.web.accounts.people_rows import people_rows as everybody

    for one in everybody():
        roles = [role.label for role in one.roles] + ["Superuser"] * one.superuser
        marks = ["closed"] * (not one.active) + ["demo"] * one.demo
        click.echo("\t".join([one.username, one.name, "; ".join(roles), ", ".join(marks)]))


def _held(username: str, data_dir: Path | None) -> User:
    boot(data_dir)
    migrate()
    from followthrough.web.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise InputRefused(f"the account {username}", "is not there", "see `followthrough people list`")
    return user


def _password(username: str) -> str:
    """Return a password, asked for twice without echo, or read from a pipe as one line; weak ones are refused."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from followthrough.web.accounts.models import User

    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        validate_password(typed, User(username=username))
    except ValidationError as error:
        raise InputRefused("the password", " ".join(error.messages), "choose a longer, less common one") from error
    return typed
