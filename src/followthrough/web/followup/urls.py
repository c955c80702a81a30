"""The addresses of reporting cycles, of reports and of their review."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.followup import (
    confirm_views,
    cycle_views,
    lead_views,
    life_views,
    link_views,
    opening_views,
    reminding_views,
    report_views,
    review_views,
    workbook_views,
)

urlpatterns = [
    path("agreements/<str:doc>/cycles", cycle_views.cycles, name="cycles"),
    path("agreements/<str:doc>/cycles/new", opening_views.new, name="new-cycle"),
    re_path(r"^agreements/(?P<doc>[^/]+)/life(?:\.(?P<ext>json|csv|xlsx))?$", life_views.lives, name="life"),
    path("agreements/<str:doc>/life/<str:ref>", life_views.life_of, name="life-of"),
    re_path(r"^cycles/(?P<key>[-\w]+)(?:\.(?P<ext>json|csv|xlsx|atom|ics))?$", cycle_views.cycle, name="cycle"),
    path("cycles/<slug:key>/dates", cycle_views.dates, name="cycle-dates"),
    path("cycles/<slug:key>/leads", lead_views.leads, name="cycle-leads"),
    path("cycles/<slug:key>/remind", reminding_views.remind, name="remind"),
    path("cycles/<slug:key>/reports", report_views.own, name="own-reports"),
    path("cycles/<slug:key>/reports/together", report_views.together, name="answer-together"),
    re_path(
        r"^cycles/(?P<key>[-\w]+)/excel(?:\.(?P<ext>xlsx))?$", workbook_views.reports_in_excel, name="reports-excel"
    ),
    path("cycles/<slug:key>/review", review_views.queue, name="review-queue"),
    path("reports/<id:key>", report_views.report, name="report"),
    path("reports/<id:key>/review", review_views.review, name="review"),
    path("reports/<id:key>/published", report_views.published, name="published-report"),
    path("cycles/<slug:key>/record", confirm_views.own_record, name="own-record"),
    re_path(
        r"^cycles/(?P<key>[-\w]+)/record/excel(?:\.(?P<ext>xlsx))?$",
        workbook_views.record_in_excel,
        name="record-excel",
    ),
    path("cycles/<slug:key>/links", confirm_views.links, name="confirm-links"),
    path("confirm/<str:token>", link_views.by_link, name="confirm-link"),
    re_path(r"^confirm/(?P<token>[^/]+)/excel(?:\.(?P<ext>xlsx))?$", link_views.in_excel, name="confirm-link-excel"),
    path("confirm/<str:token>/workbooks/<id:key>", link_views.workbook, name="confirm-link-workbook"),
    path("confirm/<str:token>/workbooks/<id:key>/marked.xlsx", link_views.marked, name="confirm-link-marked"),
    path("checks", confirm_views.checks, name="checks"),
    path("workbooks/<id:key>", workbook_views.workbook, name="workbook"),
    path("workbooks/<id:key>/marked.xlsx", workbook_views.marked, name="marked-workbook"),
]
