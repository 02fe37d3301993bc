"""Settings of the public site."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from opencompact.settings import doors  # noqa: TID251  settings build on settings


def secret_key(workspace: Path) -> str:
    """The key of the workspace, made once and readable by its owner alone."""
    path = workspace / "secret-key"
    workspace.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123  a descriptor, for its rights
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def static_storage(collected: Path) -> str:
    """Static files under hashed names where `collectstatic` has gathered them, else straight from the package."""
    hashed = (collected / "staticfiles.json").is_file()
    return "whitenoise.storage.CompressedManifestStaticFilesStorage" if hashed else "django.contrib.staticfiles.storage.StaticFilesStorage"


def mail(address: str) -> dict[str, str | int | bool]:
    """The settings of mail: into files where no address is given, `console`, or `smtp://user:password@host:587` (`smtps` for TLS from the start)."""
    backends = "django.core.mail.backends"
    if not address:
        return {"EMAIL_BACKEND": f"{backends}.filebased.EmailBackend"}
    if address == "console":
        return {"EMAIL_BACKEND": f"{backends}.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(f"OPENCOMPACT_MAIL: found {parts.scheme or address}; expected console, smtp://user:password@host:587 or smtps://…")
    encrypted = {"EMAIL_USE_SSL": True} if parts.scheme == "smtps" else {"EMAIL_USE_TLS": bool(parts.username)}
    user = {"EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or "")}
    return {"EMAIL_BACKEND": f"{backends}.smtp.EmailBackend", "EMAIL_HOST": parts.hostname, "EMAIL_PORT": parts.port or 587, **encrypted, **user}


OPENCOMPACT_WORKSPACE, OPENCOMPACT_RELEASE, DATABASES = doors.OPENCOMPACT_WORKSPACE, doors.OPENCOMPACT_RELEASE, doors.DATABASES
USE_TZ, TIME_ZONE, LANGUAGE_CODE = doors.USE_TZ, doors.TIME_ZONE, doors.LANGUAGE_CODE
LOCALE_PATHS = [Path(__file__).parents[1] / "web" / "locale"]  # our words in place of the library's where people sign in
AUTH_USER_MODEL, DEFAULT_AUTO_FIELD = doors.AUTH_USER_MODEL, doors.DEFAULT_AUTO_FIELD

DEBUG = False
SECRET_KEY = os.environ.get("OPENCOMPACT_SECRET_KEY") or secret_key(OPENCOMPACT_WORKSPACE)
ALLOWED_HOSTS = os.environ.get("OPENCOMPACT_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the list of keys says with it when one was last used
    "opencompact.web",
    "opencompact.api",
    *doors.INSTALLED_APPS,
]  # ours first, for its templates
ROOT_URLCONF = "opencompact.web.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "opencompact.web.security.ContentSecurityPolicy",
    "opencompact.api.front.ReadOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *doors.MIDDLEWARE,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "opencompact.web.office.of_signing_in"]},
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = OPENCOMPACT_WORKSPACE / "static"
STORAGES = {"staticfiles": {"BACKEND": static_storage(STATIC_ROOT)}}
WHITENOISE_USE_FINDERS = True

# Signing in: invited people only, by e-mail and passphrase, and a second factor for staff.
SESSION_ENGINE = "opencompact.accounts.queries"
SESSION_COOKIE_NAME, SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE, SESSION_COOKIE_AGE = "opencompact", True, "Lax", 12 * 3600
CSRF_COOKIE_SAMESITE = "Strict"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "/account/login/", "/office/", "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "opencompact.web.accounts.adapter.Adapter"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address that has no account, whoever asks for it
ACCOUNT_LOGOUT_ON_GET, ACCOUNT_PREVENT_ENUMERATION, ACCOUNT_EMAIL_SUBJECT_PREFIX = False, True, "OpenCompact: "
# The library counts tries by the address of a machine unless told otherwise; here only by the account or the e-mail address that is tried.
ACCOUNT_RATE_LIMITS = {
    "login": None, "login_failed": "5/300s/key", "signup": None, "reset_password": "5/m/key", "reset_password_from_key": None, "request_login_code": "3/m/key",
}  # fmt: skip
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation goes to the address, so taking it up proves the address
MFA_TOTP_ISSUER = "OpenCompact"
MFA_TOTP_TOLERANCE = 1  # a code typed as its half minute ends is still good for the next
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]

# Mail goes into files of the workspace unless a host names its server: OPENCOMPACT_MAIL=smtp://user:password@host:587 or console.
EMAIL_FILE_PATH = OPENCOMPACT_WORKSPACE / "mail"
vars().update(mail(os.environ.get("OPENCOMPACT_MAIL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("OPENCOMPACT_MAIL_FROM", "opencompact@localhost")

OPENCOMPACT_CONTACT = os.environ.get("OPENCOMPACT_CONTACT", "")  # the address that challenges are sent to

# A host that serves https sets OPENCOMPACT_HTTPS=1; a person trying it on localhost has no certificate.
SECURE_SSL_REDIRECT = CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = os.environ.get("OPENCOMPACT_HTTPS") == "1"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the other names under a host's domain are not ours to bind to https
SECURE_CONTENT_TYPE_NOSNIFF = True
# With `no-referrer` a real browser's form posts are refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
