"""Settings of the tracker, read from the environment; see docs/reference/settings.md."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import Env

from followthrough.web.data_folder import OWN, data_directory, register_file
from followthrough.web.kit.static_files import static_root
from followthrough.web.mail_url import mail_settings
from followthrough.web.provider_url import provider_settings

env = Env()

DEBUG = env.bool("FOLLOWTHROUGH_DEBUG", default=False)
DATA_DIR: Path = data_directory(env.str("FOLLOWTHROUGH_DATA_DIR", default=""))
# Without a key of its own a process invents one: sessions then end with it, and no secret is ever in the code.
SECRET_KEY = env.str("FOLLOWTHROUGH_SECRET_KEY", default="") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = env.list("FOLLOWTHROUGH_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# HTTPS is the rule; only `followthrough demo`, on the loopback address, switches it off.
HTTPS = env.bool("FOLLOWTHROUGH_HTTPS", default=True) and not DEBUG
# Behind a proxy of ours, what it says of the client is believed: the scheme, and the address that it saw.
BEHIND_PROXY = env.bool("FOLLOWTHROUGH_BEHIND_PROXY", default=False)
# The agreement that the home page shows first; without one, that with most evidence.
FEATURED = env.str("FOLLOWTHROUGH_FEATURED", default="")
# How long a request may take to send its body, which is taken before it costs a thread; ten times that for files.
BODY_SECONDS = env.float("FOLLOWTHROUGH_BODY_SECONDS", default=30.0)
# Hosts of our own network that webhooks may reach, also without HTTPS; every other private address is refused.
WEBHOOK_HOSTS: list[str] = env.list("FOLLOWTHROUGH_WEBHOOK_HOSTS", default=[])
# The address of the site as people type it: letters and feeds are written where nobody has asked for a page.
SITE = env.str("FOLLOWTHROUGH_SITE", default="") or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.*')}"
# Whether citations name the address of a day (``@2026-11-28``); a static edition is of one day and holds no others.
DATED_ADDRESSES = True
# Where evidence files are kept: empty is the data folder; s3://bucket/prefix?endpoint=...&region=... is S3-compatible.
FILES_URL = env.str("FOLLOWTHROUGH_FILES_URL", default="")
# The virus scanner that every file passes: host:port of clamd, or the path of its socket; empty is none.
CLAMD = env.str("FOLLOWTHROUGH_CLAMD", default="")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("FOLLOWTHROUGH_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "followthrough.web.limits",
    "followthrough.web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "followthrough.web.audit",
    "followthrough.web.notices",
    "followthrough.web.evidence",
    "followthrough.web.links",
    "followthrough.web.files",
    "followthrough.web.saved_views",
    "followthrough.web.agreements",
    "followthrough.web.activities",
    "followthrough.web.indicators",
    "followthrough.web.assessments",
    "followthrough.web.followup",
    "followthrough.web.records",
    "followthrough.web.workbench",
    "followthrough.web.exchange",
    "followthrough.web.search",
    "followthrough.web.kit",
    "followthrough.web.pages",
    "followthrough.web.papers",
    "followthrough.web.api",
    "followthrough.web.edition",
    "followthrough.web.answers",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "followthrough.web.kit.security_headers.content_security_policy",
    "followthrough.web.api.edge.ApiEdge",
    "followthrough.web.front.middleware.refusals",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "followthrough.web.kit.plain_text.PlainTextOnly",
    "followthrough.web.kit.security_headers.embeds_know_nobody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "followthrough.web.accounts.sessions.SessionSpan",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "followthrough.web.kit.security_headers.private_when_signed_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "followthrough.web.accounts.required_factor.RequiredFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "followthrough.web.limits.middleware.RateLimits",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "followthrough.web.urls"
WSGI_APPLICATION = "followthrough.web.wsgi.application"
APPEND_SLASH = False
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "followthrough.web.pages.todo_views.todo_count",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "followthrough.web.kit.templatetags.ui_tags",
                "followthrough.web.agreements.templatetags.agreement_tags",
                "followthrough.web.workbench.templatetags.workbench_tags",
                "followthrough.web.pages.templatetags.page_tags",
                "followthrough.web.records.templatetags.record_tags",
                "followthrough.web.followup.templatetags.followup_tags",
            ],
        },
    },
    {
        "NAME": "fragments",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "followthrough.web.kit.fragments.environment"},
    },
]


def _database(url: str) -> dict[str, Any]:
    """Return Django's database settings for ``url``, or for the embedded SQLite file when it is empty."""
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": register_file(DATA_DIR),
        "CONN_MAX_AGE": None,
        # A writer takes its lock at once and waits its turn: with Django's defaults, eight writers lose thousands of
        # writes to "database is locked" (docs/adr/0003).
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
            ),
        },
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }


DATABASES = {"default": _database(env.str("DATABASE_URL", default=""))}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
# A second language comes with its catalogue in locale/ and with Django's LocaleMiddleware (docs/adr/0023).
LANGUAGES = [("en", "English")]
# Messages are looked up only where there is another language: the look-ups cost a quarter of a list page.
USE_I18N = len(LANGUAGES) > 1
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "followthrough.web.kit.stylesheet.StylesheetFinder",
]
STATIC_ROOT = static_root(DATA_DIR / OWN, [*STATICFILES_DIRS, Path(__file__).parent / "styles"])
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = env.bool("FOLLOWTHROUGH_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the preload list is for the owner of a domain to join, not for us
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# A browser takes a cookie of this name from us alone: over HTTPS, for this host, never from a neighbour of its domain.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_AGE = env.int("FOLLOWTHROUGH_IDLE_HOURS", default=12) * 3600
SESSION_SPAN = env.int("FOLLOWTHROUGH_SESSION_DAYS", default=14) * 86_400
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "todo"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["followthrough.web.accounts.adapter.Backend"]
PASSWORD_RESET_TIMEOUT = 86_400
# The invented people of the demo sign in only where `followthrough demo` says so.
DEMO = env.bool("FOLLOWTHROUGH_DEMO", default=False)
CONTACT = env.str("FOLLOWTHROUGH_CONTACT", default="")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Sign-up is closed, limits are our own (counted in the database, for every worker), words and letters are ours.
ACCOUNT_ADAPTER = "followthrough.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "followthrough.web.accounts.signing_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = True
# An identity provider of one's own house; it makes no account (docs/adr/0042).
OIDC_URL = env.str("FOLLOWTHROUGH_OIDC_URL", default="")
OIDC_NAME = env.str("FOLLOWTHROUGH_OIDC_NAME", default="") or urlsplit(OIDC_URL).hostname
# Whether the provider asks for a second factor itself, so that nobody is asked twice.
OIDC_FACTOR = env.bool("FOLLOWTHROUGH_OIDC_SECOND_FACTOR", default=False)
SOCIALACCOUNT_PROVIDERS = provider_settings(
    OIDC_URL, env.str("FOLLOWTHROUGH_OIDC_CLIENT", default=""), env.str("FOLLOWTHROUGH_OIDC_SECRET", default=""),
    str(OIDC_NAME or ""),
)  # fmt: skip
SOCIALACCOUNT_ADAPTER = "followthrough.web.accounts.provider_sign_in.ProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # of allauth's own view alone: our door takes a form with its token
# Editors and administrators set up a second factor at their first sign-in, before anything else.
SECOND_FACTOR = env.bool("FOLLOWTHROUGH_SECOND_FACTOR", default=True)
MFA_ADAPTER = "followthrough.web.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "followthrough.web.accounts.mfa_forms.AddPasskeyForm",
    "authenticate_webauthn": "followthrough.web.accounts.mfa_forms.PasskeyForm",
    "login_webauthn": "followthrough.web.accounts.mfa_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "followthrough.web.accounts.mfa_forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SENDS_MAIL = bool(env.str("FOLLOWTHROUGH_EMAIL_URL", default=""))
globals().update(mail_settings(env.str("FOLLOWTHROUGH_EMAIL_URL", default="")))
DEFAULT_FROM_EMAIL = env.str("FOLLOWTHROUGH_EMAIL_FROM", default="followthrough@localhost")
EMAIL_TIMEOUT = 20

# A code of an authenticator app is good once: which were used is known to every worker.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("FOLLOWTHROUGH_LOG_LEVEL", default="WARNING")},
}
