"""The addresses at which people sign in and out, and at which administrators keep accounts."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from followthrough.web.accounts import people_views

urlpatterns = [
    path(
        "sign-in",
        LoginView.as_view(template_name="accounts/sign_in.html", redirect_authenticated_user=True),
        name="sign-in",
    ),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("people", people_views.index, name="people"),
    path("people/new", people_views.new, name="person-new"),
    path("people/<id:pk>", people_views.person, name="person"),
]
