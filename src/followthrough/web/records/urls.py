"""The addresses of the forms for records of an agreement: one for each kind, by its noun."""

from __future__ import annotations

from django.urls import path

from followthrough.web.records import party_views, record_views
from followthrough.web.records.history_views import KEPT, history
from followthrough.web.records.kinds import ENTERED, KINDS

urlpatterns = [
    path("agreements/<str:doc>/parties", party_views.parties, name="document-parties"),
    path("agreements/<str:doc>/records", record_views.records, name="records"),
    *[path(f"history/{kind}/<path:key>", history, {"kind": kind}, name=f"history-{kind}") for kind in KEPT],
    *[
        path(f"agreements/<str:doc>/records/{noun}/new", record_views.new_record, {"noun": noun}, name=f"new-{noun}")
        for noun in ENTERED
    ],
    *[
        path(
            f"agreements/<str:doc>/records/{noun}/<path:key>",
            record_views.correct_record,
            {"noun": noun},
            name=f"correct-{noun}",
        )
        for noun in KINDS
    ],
]
