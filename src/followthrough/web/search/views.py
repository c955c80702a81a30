"""The page of the words that a search treats alike, where an editor adds, changes and removes sets of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.policy import may
from followthrough.web.accounts.requests import signed_in
from followthrough.web.accounts.roles import Permission
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.search.actions import alike_words
from followthrough.web.search.word_rows import set_rows


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Show every set of words, and to who may edit the form of the one that was chosen, or of a new one."""
    rows, outcome = set_rows(), Outcome()
    chosen = request.POST.get("set") or request.GET.get("set", "")
    if request.method == "POST":
        outcome = run_action(lambda: _do(request, chosen))
        if outcome.done:
            return redirect(f"{address('search-words')}#{chosen}" if chosen else address("search-words"))
    row = next((one for one in rows if one.key == chosen), None)
    context = {
        "rows": rows,
        "row": row,
        "may_edit": request.user.is_authenticated and may(request.user, Permission.EDIT),
        "stamp": alike_words.words_stamp(row.key) if row else "",
        "typed": request.POST,
        **outcome.context,
    }
    return render(request, "search/words.html", context, status=outcome.status)


def _do(request: HttpRequest, key: str) -> None:
    by, what, seen = signed_in(request), request.POST.get("do", ""), seen_stamp(request)
    written = typed_text(request, alike_words.FIELD)
    if what == "remove":
        alike_words.remove_set(key, by=by, seen=seen)
    elif what == "undo":
        alike_words.undo_change(key, by=by, seen=seen)
    elif key:
        alike_words.change_set(key, written, by=by, seen=seen)
    else:
        alike_words.add_set(written, by=by)
