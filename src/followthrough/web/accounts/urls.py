"""The addresses at which people sign in and out, keep their own account, and at which administrators keep all of them.

Names with an underscore are those that django-allauth leads to by itself.
"""

from __future__ import annotations

from django.urls import path, re_path
from django.views.generic import RedirectView

from followthrough.web.accounts import (
    audit_views,
    hand_over_views,
    invitation_views,
    notice_views,
    own_views,
    people_views,
    provider_sign_in,
    role_views,
    signing_in,
    webhook_views,
)

urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign-in"),
    path("sign-in", signing_in.sign_in, name="account_login"),
    path("sign-in/second-step", signing_in.second_step, name="mfa_authenticate"),
    path("sign-in/passkey", signing_in.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:provider_id>", provider_sign_in.leave, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back", provider_sign_in.come_back, name="openid_connect_callback"),
    path("sign-in/refused", provider_sign_in.refused, name="socialaccount_login_cancelled"),
    path("sign-in/refused", provider_sign_in.refused, name="socialaccount_login_error"),
    path("sign-in/refused", provider_sign_in.refused, name="socialaccount_signup"),
    path("sign-in/refused", provider_sign_in.refused, name="socialaccount_connections"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
    path("sign-out", signing_in.sign_out, name="account_logout"),
    path("account", own_views.own_account, name="account"),
    path("account/sessions", own_views.own_sessions, name="account-sessions"),
    path("account/notices", notice_views.own, name="account-notices"),
    path("account/password", own_views.change_password, name="account_change_password"),
    path("account/password/again", own_views.password_again, name="account_reauthenticate"),
    path("account/reset", own_views.reset, name="account_reset_password"),
    path("account/reset", own_views.reset, name="account_set_password"),
    path("account/reset/sent", own_views.reset_done, name="account_reset_password_done"),
    path("account/reset/done", own_views.set_by_link_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^account/set/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,100})$",
        own_views.set_by_link,
        name="account_reset_password_from_key",
    ),
    path("account/second-factor", own_views.second_factor, name="mfa_index"),
    path("account/second-factor/app", own_views.add_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove", own_views.remove_app, name="mfa_deactivate_totp"),
    path("account/second-factor/codes", own_views.codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new", own_views.new_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/again", own_views.code_again, name="mfa_reauthenticate"),
    path("account/second-factor/passkey-again", own_views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/passkeys", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/new", own_views.add_passkey, name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<id:pk>/remove", own_views.remove_passkey, name="mfa_remove_webauthn"),
    re_path(r"^audit(?:\.(?P<ext>json|csv|xlsx))?$", audit_views.audit_record, name="audit"),
    path("roles", role_views.roles, name="roles"),
    path("invitations", invitation_views.index, name="invitations"),
    path("invitations/new", invitation_views.new, name="invitation-new"),
    path("invitations/<str:token>", invitation_views.accept, name="invitation"),
    path("webhooks", webhook_views.webhooks, name="webhooks"),
    path("letters", notice_views.letters, name="letters"),
    path("people", people_views.index, name="people"),
    path("people/new", people_views.new, name="person-new"),
    path("people/<id:pk>", people_views.person, name="person"),
    path("people/<id:pk>/hand-over", hand_over_views.person_hand_over, name="person-hand-over"),
    path("hand-overs", hand_over_views.hand_overs, name="people-hand-overs"),
]
