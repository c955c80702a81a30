"""The page that says what each role may, in words, out of the policy itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.web.accounts.required_factor import NEEDS_ONE
from followthrough.web.accounts.roles import PUBLIC, Over, Role, policy_table
from followthrough.web.kit.wording import listing


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show the policy: each role in a sentence, and every permission with what each role reaches with it."""
    table = policy_table()
    own = {role: [row.words for row in table if row.permission in role.permissions - PUBLIC] for role in Role}
    context = {
        "table": table, "roles": list(Role), "nothing": Over.NOTHING, "factor": NEEDS_ONE,
        "everybody": listing([_(one.value) for one in PUBLIC]),
        "said": [(role, listing(words)) for role, words in own.items()],
    }  # fmt: skip
    return render(request, "accounts/roles.html", context)
